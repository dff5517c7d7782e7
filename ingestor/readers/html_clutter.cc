#include "ingestor/readers/html_clutter.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/text/fold.h"
#include "ingestor/readers/html_tree.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

// Words of classes and ids that name what is no article, as sites of any
// language write them; those of a language are in its pages.tsv. A class is
// split at
// '-', '_', white space and where a capital follows a small letter; an entry of
// two words matches these one after the other.
constexpr const char* kLikelyWords[] = {
    "ad",
    "ads",
    "adsbygoogle",
    "adslot",
    "advert",
    "advertisement",
    "advertising",
    "adunit",
    "adbox",
    "addthis",
    "addtoany",
    "a2a",
    "also read",
    "author bio",
    "author box",
    "back top",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "commentlist",
    "crumbs",
    "disqus",
    "dfp",
    "donate",
    "footer",
    "global header",
    "global nav",
    "hamburger",
    "language switcher",
    "lang switcher",
    "menu",
    "more articles",
    "more from",
    "more news",
    "more stories",
    "most popular",
    "most read",
    "most viewed",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "popular posts",
    "post tags",
    "print link",
    "promo",
    "promoted",
    "promos",
    "read also",
    "read next",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "search form",
    "see also",
    "share",
    "sharebar",
    "sharing",
    "sharedaddy",
    "sidebar",
    "sidenav",
    "sign up",
    "signup",
    "site header",
    "site footer",
    "site nav",
    "skip link",
    "skip content",
    "skip to",
    "skiplink",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "suggested",
    "taboola",
    "tag list",
    "tagcloud",
    "taglist",
    "teaser list",
    "toolbar",
    "top bar",
    "topbar",
    "trending",
    "whatsapp",
};
constexpr const char* kCertainWords[] = {
    "cookie",         "cookies",       "consent",       "cookiebanner",
    "cookiebar",      "cookieconsent", "gdpr",          "lgpd",
    "rgpd",           "onetrust",      "didomi",        "paywall",
    "popup",          "modal",         "lightbox",      "noprint",
    "no print",       "sr only",       "screen reader", "visually hidden",
    "visuallyhidden", "skiplinks",
};
// Before such a word they say that it does not stand there, or only beside it.
constexpr const char* kNegations[] = {"has",     "with", "no",
                                      "without", "not",  "non"};

// The words of "relatedPosts main_nav": related, posts, main, nav.
std::vector<std::string> SplitWords(absl::string_view classes) {
  std::vector<std::string> words;
  char last = ' ';
  for (const char c : classes) {
    const bool part = !absl::ascii_isalnum(c) && (c & 0x80) == 0;
    if (!part) {
      if (last == ' ' ||
          (absl::ascii_isupper(c) && absl::ascii_islower(last))) {
        words.emplace_back();
      }
      words.back().push_back(absl::ascii_tolower(c));
    }
    last = part ? ' ' : c;
  }
  return words;
}

using WordSet = absl::flat_hash_set<std::string>;

// Never deleted, as the classes are looked at until the process ends.
template <size_t N>
const WordSet& SetOf(const char* const (&entries)[N]) {
  return *new WordSet(std::begin(entries), std::end(entries));
}

// Whether `words` hold an entry of one or two words, not negated.
bool Holds(const std::vector<std::string>& words, const WordSet& entries) {
  static const WordSet& negations = SetOf(kNegations);
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && negations.count(words[i - 1]) > 0) continue;
    if (entries.count(words[i]) > 0 ||
        (i + 1 < words.size() &&
         entries.count(absl::StrCat(words[i], " ", words[i + 1])) > 0)) {
      return true;
    }
  }
  return false;
}

bool IsHidden(const xmlNode* element) {
  if (HasAttribute(element, "hidden")) return true;
  if (AttributeOf(element, "aria-hidden") == "true") return true;
  std::string style = absl::AsciiStrToLower(AttributeOf(element, "style"));
  style.erase(std::remove_if(style.begin(), style.end(), absl::ascii_isspace),
              style.end());
  return absl::StrContains(style, "display:none") ||
         absl::StrContains(style, "visibility:hidden");
}

}  // namespace

Clutter ClutterOf(const xmlNode* element, bool in_article,
                  const PageWords* page_words) {
  const absl::string_view name = NameOf(element);
  if (IsOneOf(name,
              {"head",   "script", "style",    "noscript", "template", "svg",
               "canvas", "object", "embed",    "nav",      "aside",    "input",
               "button", "select", "textarea", "dialog",   "menu",     "video",
               "audio",  "map",    "footer",   "math",     "datalist"})) {
    return Clutter::kCertain;
  }
  // Struck out, and so taken back.
  if (IsOneOf(name, {"del", "s", "strike"})) return Clutter::kCertain;
  if (IsOneOf(name, {"html", "body", "main"})) return Clutter::kNone;
  if (name == "header" && !in_article) return Clutter::kLikely;
  if (name == "form") return Clutter::kLikely;
  if (element->properties == nullptr) return Clutter::kNone;
  if (IsHidden(element)) return Clutter::kCertain;
  const std::string role = absl::AsciiStrToLower(AttributeOf(element, "role"));
  if (IsOneOf(role, {"navigation", "banner", "contentinfo", "complementary",
                     "search", "dialog", "alertdialog", "menu", "menubar",
                     "toolbar", "tooltip"})) {
    return Clutter::kCertain;
  }
  static const WordSet& certain = SetOf(kCertainWords);
  static const WordSet& likely = SetOf(kLikelyWords);
  const std::vector<std::string> words = SplitWords(absl::StrCat(
      AttributeOf(element, "class"), " ", AttributeOf(element, "id")));
  if (Holds(words, certain)) return Clutter::kCertain;
  const bool named =
      Holds(words, likely) ||
      (page_words != nullptr && Holds(words, page_words->class_words));
  return named ? Clutter::kLikely : Clutter::kNone;
}

bool LeadsElsewhere(absl::string_view text, const PageWords* page_words) {
  if (page_words == nullptr) return false;
  size_t size = std::min<size_t>(text.size(), 60);
  while (size < text.size() && (text[size] & 0xC0) == 0x80) --size;
  const std::string folded = Fold(text.substr(0, size));
  const size_t begin = folded.find_first_not_of(" >*+-|([{:");
  if (begin == folded.npos) return false;
  const absl::string_view rest = absl::string_view(folded).substr(begin);
  return std::any_of(
      page_words->leads.begin(), page_words->leads.end(),
      [rest](const std::string& lead) { return absl::StartsWith(rest, lead); });
}

}  // namespace attache
