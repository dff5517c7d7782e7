// Random trees, printed in random ways, come back; garbage does no harm.
#include "tests/query_service/filter/random_filters.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/error.h"
#include "gtest/gtest.h"
#include "query_service/filter/parse_filter.h"
#include "tests/query_service/filter/filter_text.h"

namespace attache {
namespace {

Filter WithoutSpans(Filter filter) {
  filter.span = {};
  filter.value.span = {};
  for (FilterText& name : filter.path) name.span = {};
  for (Filter& child : filter.children) child = WithoutSpans(std::move(child));
  return filter;
}

// The bytes of every expression parse to that expression.
void ExpectSpansParse(const Filter& filter, absl::string_view text) {
  const absl::string_view part =
      text.substr(filter.span.begin, filter.span.end - filter.span.begin);
  const auto parsed = ParseFilter(part);
  ASSERT_TRUE(parsed.ok()) << parsed.status() << " in " << part;
  EXPECT_EQ(WithoutSpans(*parsed), WithoutSpans(filter)) << part;
  EXPECT_EQ(parsed->span, (FilterSpan{0, part.size()})) << part;
  for (const Filter& child : filter.children) ExpectSpansParse(child, text);
}

TEST(RandomFilters, ComeBackAsTheyWere) {
  for (uint32_t seed = 0; seed < 5000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Filter filter = RandomFilter(dice, static_cast<int>(dice.Roll(5)));
    const std::string text = RandomlyPrinted(dice, filter);
    const auto parsed = ParseFilter(text);
    ASSERT_TRUE(parsed.ok()) << parsed.status() << " in " << text;
    ASSERT_EQ(WithoutSpans(*parsed), filter) << text << "\n"
                                             << SExpression(*parsed) << "\n"
                                             << SExpression(filter);
    ExpectSpansParse(*parsed, text);
    if (HasFailure()) return;
  }
}

// A failure must say where, within the filter.
void ParseAnything(const std::string& text) {
  const auto filter = ParseFilter(text);
  if (filter.ok()) {
    std::vector<std::string> spans;
    AppendSpans(*filter, text, spans);
    return;
  }
  const auto details = DetailsOf(filter.status());
  ASSERT_TRUE(details.has_value()) << text;
  ASSERT_EQ(details->reason, "FILTER_INVALID") << text;
  ASSERT_EQ(details->metadata.size(), 2u) << text;
  EXPECT_FALSE(details->metadata[0].second.empty()) << text;
  size_t position = 0;
  ASSERT_TRUE(absl::SimpleAtoi(details->metadata[1].second, &position)) << text;
  EXPECT_LE(position, text.size()) << text;
}

TEST(RandomFilters, GarbageOfTokens) {
  static const std::vector<std::string> parts = {
      "a", "AND", "OR",   "NOT", "-", "(",  ")",     ":",   "=",  "!",   "<",
      ">", ".",   ",",    "\"",  "'", "\\", "*",     "&&",  "||", " ",   " ",
      " ", "é",   "\xFF", "“",   "’", "5",  "\"b\"", "a=b", "\n", "\\n", "x.y"};
  for (uint32_t seed = 0; seed < 20000; ++seed) {
    Dice dice(seed);
    std::string text;
    for (size_t i = dice.Roll(16); i > 0; --i) text += dice.Pick(parts);
    ParseAnything(text);
    if (HasFailure()) return;
  }
}

TEST(RandomFilters, GarbageOfBytes) {
  for (uint32_t seed = 0; seed < 5000; ++seed) {
    Dice dice(seed);
    const size_t values = seed % 2 == 0 ? 256 : 128;
    std::string text;
    for (size_t i = dice.Roll(40); i > 0; --i) {
      text += static_cast<char>(dice.Roll(values));
    }
    ParseAnything(text);
    if (HasFailure()) return;
  }
}

TEST(RandomFilters, DamagedOnes) {
  for (uint32_t seed = 0; seed < 5000; ++seed) {
    Dice dice(seed);
    const Filter filter = RandomFilter(dice, 3);
    std::string text = RandomlyPrinted(dice, filter);
    const size_t at = dice.Roll(text.size());
    switch (dice.Roll(3)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.erase(at, 1);
        break;
      default:
        text.insert(at, 1, "()\"'.,:=!<>- *\\"[dice.Roll(15)]);
        break;
    }
    ParseAnything(text);
    if (HasFailure()) return;
  }
}

std::string Filled(absl::string_view part) {
  std::string text;
  while (text.size() + part.size() <= kMaxFilterBytes) {
    absl::StrAppend(&text, part);
  }
  return text;
}

// As long as filters may be, and made to be slow.
TEST(HostileFilters, AreReadInLinearTime) {
  for (const absl::string_view part : {"a",
                                       "a ",
                                       "é",
                                       "a AND ",
                                       "a OR ",
                                       "NOT ",
                                       "NOT a ",
                                       "-",
                                       "-a ",
                                       "(",
                                       ")",
                                       "(a)",
                                       "() ",
                                       "a:(",
                                       "a:(b) ",
                                       "x=1 ",
                                       "x=1 OR ",
                                       "a.",
                                       ".",
                                       "'",
                                       "\"",
                                       "\"a\" ",
                                       "\"\\\"",
                                       "\\",
                                       "\"\\\\",
                                       "=",
                                       "!",
                                       ":",
                                       "&",
                                       "& ",
                                       "|",
                                       ",",
                                       "*",
                                       "* ",
                                       "a=",
                                       "a = ",
                                       "(a OR b) AND ",
                                       "-(a) ",
                                       "\n",
                                       " ",
                                       "\u3000",
                                       "f(",
                                       "x.\"y\".",
                                       "\xFF",
                                       "a'",
                                       "AND ",
                                       "OR "}) {
    SCOPED_TRACE(part);
    const std::string text = Filled(part);
    ParseAnything(text);
    ParseAnything(text + "a");
    ParseAnything(text.substr(1));
  }
}

TEST(HostileFilters, LongOnesParse) {
  const auto parses = [](absl::string_view part, absl::string_view last) {
    std::string text = Filled(part);
    text.resize(text.size() - part.size());
    absl::StrAppend(&text, last);
    const auto filter = ParseFilter(text);
    EXPECT_TRUE(filter.ok()) << part << filter.status();
  };
  parses("a ", "");
  parses("a AND ", "a");
  parses("a OR ", "a");
  parses("NOT a ", "");
  parses("-a ", "");
  parses("a.", "a");
  parses("\"a\" ", "");
  parses("(a)", "");
  parses("a:(b) ", "");
  parses("x=1 OR ", "a");
  parses(" ", "");
  parses("'it\\'s' ", "");
}

TEST(HostileFilters, WideAndDeep) {
  const std::string open = "x:(a OR NOT (b OR ";
  std::string text;
  for (size_t i = 0; i < kMaxFilterDepth / 2; ++i) text += open;
  text += "c";
  text += std::string(kMaxFilterDepth, ')');
  std::string many;
  while (many.size() + text.size() + 5 <= kMaxFilterBytes) {
    absl::StrAppend(&many, many.empty() ? "" : " AND ", text);
  }
  const auto filter = ParseFilter(many);
  ASSERT_TRUE(filter.ok()) << filter.status();
  EXPECT_GT(filter->children.size(), 50u);
}

}  // namespace
}  // namespace attache
