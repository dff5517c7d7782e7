#include "ingestor/readers/html_content.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/fold.h"
#include "ingestor/readers/html_clutter.h"
#include "ingestor/readers/html_tree.h"
#include "ingestor/readers/line_shapes.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

// What a declared article must hold of the page's text to be believed.
constexpr double kDeclaredShare = 0.4;
// And the largest of several, of what all of them hold.
constexpr double kLargestShare = 0.6;
// What an element must hold of its parent's text to be taken for it.
constexpr double kNarrowShare = 0.9;
// What is dropped for its class alone holds no more of the page's text: nearly
// all of it, or the most of it in more than a few lines.
constexpr double kNearlyAll = 0.9;
constexpr double kLikelyShare = 0.6;
constexpr uint32_t kLikelyText = 600;

// Characters, white space aside.
uint32_t CountVisible(absl::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) {
    return !absl::ascii_isspace(c) && (c & 0xC0) != 0x80;
  });
}

bool IsArticle(const xmlNode* node) {
  return NameOf(node) == "article" || AttributeOf(node, "role") == "article";
}

bool IsMain(const xmlNode* node) {
  return NameOf(node) == "main" || AttributeOf(node, "role") == "main";
}

bool IsArticleBody(const xmlNode* node) {
  return absl::StrContains(AttributeOf(node, "itemprop"), "articleBody");
}

const xmlNode* ArticleAround(const xmlNode* node) {
  for (; node != nullptr; node = node->parent) {
    if (IsElement(node) && IsArticle(node)) return node;
  }
  return nullptr;
}

}  // namespace

PageContent::PageContent(const xmlNode* page, const PageWords* page_words)
    : page_(page), root_(page) {
  Weigh(page, /*in_link=*/false, /*in_article=*/false);
  // What only its class speaks against may hold the article all the same.
  const uint32_t all = masses_[page].text;
  std::vector<const xmlNode*> likely;
  VisitElements(page, [&](const xmlNode* node) {
    if (IsDropped(node)) return false;
    const Mass& mass = masses_[node];
    if (ClutterOf(node, mass.in_article, page_words) != Clutter::kLikely) {
      return true;
    }
    if (mass.declares && NameOf(node) != "header") return true;
    if (mass.text > all * kNearlyAll) return true;
    if (mass.text > kLikelyText && mass.text > all * kLikelyShare) return true;
    likely.push_back(node);
    return false;
  });
  dropped_.insert(likely.begin(), likely.end());
  masses_.clear();
  Weigh(page, false, false);
  root_ = Choose();
}

// REQUIRES: called for the page anew whenever dropped_ has changed.
PageContent::Mass PageContent::Weigh(const xmlNode* node, bool in_link,
                                     bool in_article) {
  Mass mass;
  if (!IsElement(node)) {
    (in_link ? mass.links : mass.text) = CountVisible(TextOf(node));
    return mass;
  }
  if (IsDropped(node)) return mass;
  if (node != page_ &&
      ClutterOf(node, in_article, nullptr) == Clutter::kCertain) {
    dropped_.insert(node);
    return mass;
  }
  const absl::string_view name = NameOf(node);
  in_link = in_link || name == "a";
  in_article = in_article || IsArticle(node) || IsMain(node);
  mass.in_article = in_article;
  for (const xmlNode* child = node->children; child != nullptr;
       child = child->next) {
    const Mass part = Weigh(child, in_link, in_article);
    mass.text += part.text;
    mass.links += part.links;
    mass.declares = mass.declares || part.declares;
  }
  mass.declares = mass.declares || name == "h1" || IsArticle(node) ||
                  IsMain(node) || IsArticleBody(node);
  masses_[node] = mass;
  return mass;
}

uint32_t PageContent::TextIn(const xmlNode* node) const {
  const auto found = masses_.find(node);
  return found == masses_.end() ? 0 : found->second.text;
}

const xmlNode* PageContent::Declared() const {
  std::vector<const xmlNode*> bodies;
  std::vector<const xmlNode*> articles;
  std::vector<const xmlNode*> mains;
  VisitElements(page_, [&](const xmlNode* node) {
    if (IsDropped(node)) return false;
    if (IsArticleBody(node)) bodies.push_back(node);
    // Of articles within another, as a live report has them, the outer one.
    if (IsArticle(node) && ArticleAround(node->parent) == nullptr) {
      articles.push_back(node);
    }
    if (IsMain(node)) mains.push_back(node);
    return true;
  });
  const uint32_t all = TextIn(page_);
  for (const auto* candidates : {&bodies, &articles, &mains}) {
    const xmlNode* best = nullptr;
    uint64_t sum = 0;
    for (const xmlNode* node : *candidates) {
      sum += TextIn(node);
      if (best == nullptr || TextIn(node) > TextIn(best)) best = node;
    }
    if (best == nullptr || TextIn(best) < all * kDeclaredShare ||
        TextIn(best) < sum * kLargestShare) {
      continue;
    }
    // The body without the lines that open its article is not the whole.
    const xmlNode* around = ArticleAround(best);
    if (around != nullptr && TextIn(around) * kLargestShare <= TextIn(best)) {
      return around;
    }
    return best;
  }
  return nullptr;
}

// Down to the smallest element that still holds nearly all of the text.
const xmlNode* PageContent::Narrow(const xmlNode* from) const {
  const xmlNode* node = from;
  while (true) {
    const xmlNode* heaviest = nullptr;
    for (const xmlNode* child = node->children; child != nullptr;
         child = child->next) {
      if (!IsElement(child) || IsDropped(child)) continue;
      if (heaviest == nullptr || TextIn(child) > TextIn(heaviest)) {
        heaviest = child;
      }
    }
    if (heaviest == nullptr ||
        !IsOneOf(NameOf(heaviest),
                 {"html", "body", "div", "section", "main", "article", "center",
                  "form", "td", "tr", "table", "tbody"}) ||
        TextIn(heaviest) < TextIn(node) * kNarrowShare) {
      return node;
    }
    // Text beside it is let go only where it is links for the most part.
    const auto& mass = masses_.at(node);
    const auto& inner = masses_.at(heaviest);
    const uint32_t text_beside = mass.text - inner.text;
    const uint32_t links_beside = mass.links - inner.links;
    if (text_beside > 0 && text_beside >= links_beside) return node;
    node = heaviest;
  }
}

const xmlNode* PageContent::Choose() const {
  const xmlNode* declared = Declared();
  if (declared != nullptr) return declared;
  const xmlNode* node = Narrow(page_);
  // A table is read whole.
  while (node != page_ && IsOneOf(NameOf(node), {"table", "tbody", "tr"})) {
    node = node->parent;
  }
  return node;
}

LinkShare PageContent::LinksOf(const xmlNode* list) const {
  LinkShare links;
  size_t words = 0;
  size_t items = 0;
  const auto found = masses_.find(list);
  if (found == masses_.end()) return links;
  VisitElements(list, [&](const xmlNode* node) {
    if (IsDropped(node)) return false;
    if (NameOf(node) != "li") return true;
    ++items;
    words += MeasureText(WholeText(node)).words;
    return false;
  });
  const double all = found->second.text + found->second.links;
  if (all > 0) links.share = found->second.links / all;
  if (items > 0) links.words_per_item = static_cast<double>(words) / items;
  return links;
}

const xmlNode* PageContent::FindTitle(absl::string_view headline) const {
  std::vector<const xmlNode*> found;
  VisitElements(page_, [&](const xmlNode* node) {
    const absl::string_view name = NameOf(node);
    if (IsOneOf(name, {"nav", "aside", "footer", "dialog"})) return false;
    if (name == "h1" && !WholeText(node).empty()) found.push_back(node);
    return true;
  });
  const std::string key = FoldToKey(headline);
  for (const xmlNode* node : found) {
    const std::string own = FoldToKey(WholeText(node));
    if (!key.empty() && !own.empty() &&
        (absl::StartsWith(own, key) || absl::StartsWith(key, own))) {
      return node;
    }
  }
  for (const xmlNode* node : found) {
    for (const xmlNode* at = node; at != nullptr; at = at->parent) {
      if (IsElement(at) && IsDropped(at)) break;
      if (at == root_) return node;
    }
  }
  if (found.size() == 1 && headline.empty()) return found[0];
  return nullptr;
}

}  // namespace attache
