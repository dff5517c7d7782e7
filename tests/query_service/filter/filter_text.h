// A parsed filter in few characters, for tests.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_FILTER_FILTER_TEXT_H_
#define ATTACHE_TESTS_QUERY_SERVICE_FILTER_FILTER_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "query_service/filter/filter.h"

namespace attache {

inline std::string ShortText(const FilterText& text) {
  return text.quoted ? absl::StrCat("\"", text.text, "\"") : text.text;
}

// (and a (not b) (= visits.country_code "BR") (: stops (or c d))); the empty
// filter is "all". Quoted texts stand in double quotes, as they are.
inline std::string SExpression(const Filter& filter) {
  std::vector<std::string> parts;
  switch (filter.kind) {
    case Filter::Kind::kAll:
      return "all";
    case Filter::Kind::kWord:
      return ShortText(filter.value);
    case Filter::Kind::kAnd:
      parts = {"and"};
      break;
    case Filter::Kind::kOr:
      parts = {"or"};
      break;
    case Filter::Kind::kNot:
      parts = {"not"};
      break;
    case Filter::Kind::kRestriction:
    case Filter::Kind::kGroup:
      parts = {ToString(filter.comparator),
               absl::StrJoin(filter.path, ".",
                             [](std::string* out, const FilterText& name) {
                               absl::StrAppend(out, ShortText(name));
                             })};
      break;
  }
  if (filter.kind == Filter::Kind::kRestriction) {
    parts.push_back(ShortText(filter.value));
  }
  for (const Filter& child : filter.children) {
    parts.push_back(SExpression(child));
  }
  return absl::StrCat("(", absl::StrJoin(parts, " "), ")");
}

// What the spans of `filter`, its names and its values cover of `text`, each
// before those of its parts: a=b c gives {"a=b c", "a=b", "a", "b", "c", "c"}.
inline void AppendSpans(const Filter& filter, absl::string_view text,
                        std::vector<std::string>& spans) {
  const auto add = [&](FilterSpan span) {
    spans.emplace_back(text.substr(span.begin, span.end - span.begin));
  };
  add(filter.span);
  for (const FilterText& name : filter.path) add(name.span);
  if (filter.kind == Filter::Kind::kWord ||
      filter.kind == Filter::Kind::kRestriction) {
    add(filter.value.span);
  }
  for (const Filter& child : filter.children) AppendSpans(child, text, spans);
}

}  // namespace attache

#endif  // ATTACHE_TESTS_QUERY_SERVICE_FILTER_FILTER_TEXT_H_
