#include "ingestor/readers/html_metadata.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/fold.h"
#include "ingestor/readers/html_tree.h"
#include "ingestor/readers/json_ld.h"
#include "ingestor/readers/normalize.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

constexpr size_t kMaxHeadlineBytes = 1000;

// Entities that were escaped twice, and white space.
std::string Clean(absl::string_view text) {
  const TextRange all{0, static_cast<uint32_t>(text.size())};
  return Normalize(text, {all}, RangeStyle::kExact).text;
}

class HeadReader {
 public:
  void Collect(const xmlNode* page) {
    VisitElements(page, [this](const xmlNode* node) {
      // Times there are those of other articles.
      if (IsOneOf(NameOf(node), {"nav", "aside", "footer"})) return false;
      Take(node);
      return true;
    });
  }

  // The first of these meta names that says something.
  std::string Meta(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto found = meta_.find(name);
      if (found != meta_.end()) return found->second;
    }
    return "";
  }

  std::optional<WrittenTime> MetaTime(
      std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto found = meta_.find(name);
      if (found == meta_.end()) continue;
      if (auto time = ParseWrittenTime(found->second)) return time;
    }
    return std::nullopt;
  }

  const std::string& title() const { return title_; }
  const std::string& canonical() const { return canonical_; }
  const std::string& language() const { return language_; }
  const std::optional<WrittenTime>& declared_time() const {
    return declared_time_;
  }
  const std::optional<WrittenTime>& any_time() const { return any_time_; }

 private:
  void Take(const xmlNode* node) {
    const absl::string_view name = NameOf(node);
    if (name == "meta") return TakeMeta(node);
    if (name == "html" && language_.empty()) {
      language_ = LanguageTag(AttributeOf(node, "lang"));
    } else if (name == "title" && title_.empty()) {
      title_ = Clean(WholeText(node));
    } else if (name == "link" && canonical_.empty() &&
               absl::EqualsIgnoreCase(AttributeOf(node, "rel"), "canonical")) {
      canonical_ = AttributeOf(node, "href");
    }
    const std::string property = AttributeOf(node, "itemprop");
    const bool published = absl::StrContains(property, "datePublished");
    if (name != "time" && !published) return;
    std::string written = AttributeOf(node, "datetime");
    if (written.empty()) written = AttributeOf(node, "content");
    const auto time = ParseWrittenTime(written);
    if (!time.has_value()) return;
    if (!any_time_.has_value()) any_time_ = time;
    const std::string classes = absl::AsciiStrToLower(
        absl::StrCat(AttributeOf(node, "class"), " ", property));
    if (!declared_time_.has_value() &&
        (published || HasAttribute(node, "pubdate") ||
         (absl::StrContains(classes, "publi") &&
          !absl::StrContains(classes, "updated")))) {
      declared_time_ = time;
    }
  }

  void TakeMeta(const xmlNode* node) {
    const std::string content = Clean(AttributeOf(node, "content"));
    if (content.empty()) return;
    for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string name = absl::AsciiStrToLower(AttributeOf(node, key));
      if (!name.empty()) meta_.try_emplace(name, content);
    }
  }

  std::unordered_map<std::string, std::string> meta_;
  std::string title_;
  std::string canonical_;
  std::string language_;
  std::optional<WrittenTime> declared_time_;
  std::optional<WrittenTime> any_time_;
};

std::string First(std::initializer_list<std::string> values) {
  for (const std::string& value : values) {
    if (!value.empty()) return value;
  }
  return "";
}

// "Minister in Oslo | Ministry of Trade" without the site's name.
std::string CutSite(absl::string_view title, absl::string_view site,
                    bool only_named) {
  size_t cut = title.npos;
  size_t separator_size = 0;
  for (absl::string_view separator :
       {" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "}) {
    const size_t at = title.rfind(separator);
    if (at != title.npos && (cut == title.npos || at > cut)) {
      cut = at;
      separator_size = separator.size();
    }
  }
  if (cut == title.npos) return std::string(title);
  const absl::string_view head = title.substr(0, cut);
  const absl::string_view tail = title.substr(cut + separator_size);
  const bool named = !site.empty() && FoldToKey(tail) == FoldToKey(site);
  const size_t words = std::count(tail.begin(), tail.end(), ' ') + 1;
  // A dash may well be the title's own.
  const bool dash =
      absl::StrContains("-–—", title.substr(cut + 1, separator_size - 2));
  if (!named &&
      (only_named || words > 6 || (dash && head.size() <= tail.size()))) {
    return std::string(title);
  }
  return named ? std::string(head) : CutSite(head, site, only_named);
}

}  // namespace

HtmlMetadata ReadHtmlMetadata(const xmlNode* page,
                              const std::vector<std::string>& json_ld) {
  HeadReader head;
  head.Collect(page);
  const ArticleData data = ReadArticleData(json_ld);
  const std::string site = head.Meta({"og:site_name"});
  HtmlMetadata result;
  ReadMetadata& metadata = result.metadata;
  metadata.publisher =
      First({Clean(data.publisher), site,
             head.Meta({"publisher", "dc.publisher", "dcterms.publisher",
                        "citation_publisher", "article:publisher:name",
                        "application-name", "dc.creator", "dcterms.creator"})});
  metadata.publish_time = ParseWrittenTime(data.published);
  if (!metadata.publish_time.has_value()) {
    metadata.publish_time = head.MetaTime({"article:published_time",
                                           "og:article:published_time",
                                           "datepublished",
                                           "date",
                                           "dc.date",
                                           "dc.date.issued",
                                           "dcterms.date",
                                           "dcterms.issued",
                                           "dcterms.created",
                                           "dc.date.created",
                                           "pubdate",
                                           "publishdate",
                                           "publish-date",
                                           "publish_date",
                                           "publication_date",
                                           "parsely-pub-date",
                                           "sailthru.date",
                                           "citation_publication_date",
                                           "og:pubdate",
                                           "article.published"});
  }
  if (!metadata.publish_time.has_value()) {
    metadata.publish_time = head.declared_time();
  }
  if (!metadata.publish_time.has_value()) {
    metadata.publish_time = head.any_time();
  }
  metadata.language = First(
      {LanguageTag(data.language), head.language(),
       LanguageTag(head.Meta({"og:locale", "content-language", "dc.language",
                              "dcterms.language", "language"}))});
  for (const std::string& uri :
       {head.canonical(), head.Meta({"og:url"}), data.url}) {
    if (metadata.uri.empty() && (absl::StartsWith(uri, "http://") ||
                                 absl::StartsWith(uri, "https://"))) {
      metadata.uri = uri;
    }
  }
  const std::string social =
      head.Meta({"og:title", "twitter:title", "dc.title", "dcterms.title"});
  result.headline = First({Clean(data.headline), CutSite(social, site, true),
                           CutSite(head.title(), site, false)});
  if (result.headline.size() > kMaxHeadlineBytes) result.headline.clear();
  return result;
}

}  // namespace attache
