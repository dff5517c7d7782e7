#include "ingestor/readers/json_ld.h"

#include <algorithm>
#include <deque>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace attache {
namespace {

using nlohmann::json;

constexpr size_t kMaxObjects = 2000;

// CMS wrap the script in marks of comments, and leave line ends in strings.
json ParseScript(absl::string_view script) {
  constexpr absl::string_view kOpen = "<![CDATA[";
  if (const size_t open = script.find(kOpen); open < script.find('{')) {
    script.remove_prefix(open + kOpen.size());
    script = script.substr(0, script.rfind("]]>"));
  }
  const size_t begin = script.find_first_of("{[");
  const size_t end = script.find_last_of("}]");
  if (begin == script.npos || end == script.npos || end < begin) {
    return json(json::value_t::discarded);
  }
  std::string text(script.substr(begin, end - begin + 1));
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return json::parse(text, nullptr, /*allow_exceptions=*/false);
}

std::string TextOf(const json& object, const char* key) {
  const auto field = object.find(key);
  if (field == object.end()) return "";
  const json* value = &*field;
  if (value->is_array() && !value->empty()) value = &value->front();
  return value->is_string() ? value->get<std::string>() : "";
}

bool HasType(const json& object, bool (*fits)(absl::string_view)) {
  const auto type = object.find("@type");
  if (type == object.end()) return false;
  const auto matches = [fits](const json& name) {
    return name.is_string() && fits(name.get_ref<const std::string&>());
  };
  if (!type->is_array()) return matches(*type);
  return std::any_of(type->begin(), type->end(), matches);
}

// NewsArticle, ReportageNewsArticle, BlogPosting, Report and their like.
bool IsArticleType(absl::string_view type) {
  return absl::EndsWith(type, "Article") || absl::EndsWith(type, "Posting") ||
         type == "Report" || type == "PressRelease";
}

bool IsPageType(absl::string_view type) {
  return absl::EndsWith(type, "WebPage") || type == "ItemPage";
}

class Graph {
 public:
  void Add(const json& root) {
    std::deque<const json*> open = {&root};
    while (!open.empty() && objects_.size() < kMaxObjects) {
      const json* value = open.front();
      open.pop_front();
      if (value->is_array()) {
        for (const json& element : *value) open.push_back(&element);
      } else if (value->is_object()) {
        objects_.push_back(value);
        for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
          const auto field = value->find(key);
          if (field != value->end()) open.push_back(&*field);
        }
      }
    }
  }

  const json* Find(bool (*fits)(absl::string_view)) const {
    for (const json* object : objects_) {
      if (HasType(*object, fits)) return object;
    }
    return nullptr;
  }

  std::string PublisherOf(const json& article) const {
    for (const char* key : {"publisher", "sourceOrganization"}) {
      auto field = article.find(key);
      if (field == article.end()) continue;
      const json* value = &*field;
      if (value->is_array() && !value->empty()) value = &value->front();
      if (value->is_string()) return value->get<std::string>();
      if (!value->is_object()) continue;
      std::string name = TextOf(*value, "name");
      if (!name.empty()) return name;
      const std::string id = TextOf(*value, "@id");
      for (const json* object : objects_) {
        if (id.empty() || TextOf(*object, "@id") != id) continue;
        name = TextOf(*object, "name");
        if (!name.empty()) return name;
      }
    }
    return "";
  }

 private:
  std::vector<const json*> objects_;
};

}  // namespace

ArticleData ReadArticleData(const std::vector<std::string>& scripts) {
  std::deque<json> roots;
  Graph graph;
  for (const std::string& script : scripts) {
    roots.push_back(ParseScript(script));
    if (!roots.back().is_discarded()) graph.Add(roots.back());
  }
  const json* article = graph.Find(IsArticleType);
  if (article == nullptr) article = graph.Find(IsPageType);
  ArticleData data;
  if (article == nullptr) return data;
  data.headline = TextOf(*article, "headline");
  if (data.headline.empty()) data.headline = TextOf(*article, "name");
  data.published = TextOf(*article, "datePublished");
  if (data.published.empty()) data.published = TextOf(*article, "dateCreated");
  data.publisher = graph.PublisherOf(*article);
  data.language = TextOf(*article, "inLanguage");
  data.url = TextOf(*article, "url");
  return data;
}

}  // namespace attache
