// What is refused: where, and what was expected there.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/filter/parse_filter.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

struct Case {
  std::string filter;
  size_t position;
  std::string problem;   // a part of it
  std::string expected;  // likewise
};

void ExpectErrors(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.filter);
    const auto filter = ParseFilter(c.filter);
    ASSERT_FALSE(filter.ok());
    EXPECT_EQ(filter.status().code(), absl::StatusCode::kInvalidArgument);
    const auto details = DetailsOf(filter.status());
    ASSERT_TRUE(details.has_value());
    EXPECT_EQ(details->reason, "FILTER_INVALID");
    EXPECT_THAT(details->metadata,
                ElementsAre(Pair("expected", HasSubstr(c.expected)),
                            Pair("position", absl::StrCat(c.position))));
    const std::string message(filter.status().message());
    const std::string start = absl::StrCat("filter, byte ", c.position, ": ");
    const size_t expected = message.find("; expected ");
    ASSERT_TRUE(absl::StartsWith(message, start)) << message;
    ASSERT_NE(expected, std::string::npos) << message;
    EXPECT_THAT(message.substr(start.size(), expected - start.size()),
                HasSubstr(c.problem));
    EXPECT_THAT(message.substr(expected), HasSubstr(c.expected));
  }
}

TEST(FilterError, SaysWhereAndWhatWasExpected) {
  const absl::Status error =
      FilterError(12, "no field is called \"contry\"", "one of visits, title");
  EXPECT_EQ(error.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(error.message(),
            "filter, byte 12: no field is called \"contry\"; expected one of "
            "visits, title");
  EXPECT_THAT(DetailsOf(error)->metadata,
              ElementsAre(Pair("expected", "one of visits, title"),
                          Pair("position", "12")));
}

TEST(ParseFilterErrors, ATermIsMissing) {
  ExpectErrors({
      {"AND", 0, "\"AND\" stands here", "a word"},
      {"OR", 0, "\"OR\" stands here", "a word"},
      {"NOT", 3, "ends here", "a word"},
      {"a AND", 5, "ends here", "a word"},
      {"a AND  ", 7, "ends here", "a word"},
      {"a OR", 4, "ends here", "a word"},
      {"OR b", 0, "\"OR\"", "a word"},
      {"AND b", 0, "\"AND\"", "a word"},
      {"a AND OR b", 6, "\"OR\"", "a word"},
      {"a OR AND b", 5, "\"AND\"", "a word"},
      {"a AND AND b", 6, "\"AND\"", "a word"},
      {"a OR OR b", 5, "\"OR\"", "a word"},
      {"a NOT", 5, "ends here", "a word"},
      {"a NOT OR b", 6, "\"OR\"", "a word"},
      {"NOT AND", 4, "\"AND\"", "a word"},
      {"(AND b)", 1, "\"AND\"", "NOT or \"(\""},
      {"(a AND)", 6, "\")\"", "a word"},
      {"(a OR )", 6, "\")\"", "a word"},
      {"(NOT)", 4, "\")\"", "a comparison or \"(\""},
      {"a AND )", 6, "\")\"", "a word"},
      {"AND = 5", 0, "\"AND\"", "a word"},
      {"NOT = 5", 4, "\"=\"", "a word"},
      {"= 5", 0, "\"=\"", "a word"},
      {":x", 0, "\":\"", "a word"},
      {"a AND = 5", 6, "\"=\"", "a comparison"},
  });
}

TEST(ParseFilterErrors, AValueIsMissing) {
  ExpectErrors({
      {"a =", 3, "ends here", "a value"},
      {"a = ", 4, "ends here", "a value"},
      {"a:", 2, "ends here", "a value"},
      {"a >= AND b", 5, "\"AND\"", "a value"},
      {"a = OR", 4, "\"OR\"", "a value"},
      {"a = NOT b", 4, "\"NOT\"", "a value"},
      {"(a = )", 5, "\")\"", "a value"},
      {"a = = b", 4, "\"=\"", "a value"},
      {"a < > b", 4, "\">\"", "a value"},
      {"a = -", 4, "lone \"-\"", "a value"},
      {"a = - 5", 4, "lone \"-\"", "a value"},
      {"a = -(b)", 4, "lone \"-\"", "NOT before the field"},
      {"a = -\"b\"", 4, "lone \"-\"", "a value"},
  });
}

TEST(ParseFilterErrors, AValueIsOver) {
  const std::string quotes = "goes into quotes";
  ExpectErrors({
      {"a = b = c", 6, "\"=\" follows a value", "AND, OR or another term"},
      {"a:b:c", 3, "\":\"", quotes},
      {"1 < a < 5", 6, "\"<\"", quotes},
      {"a:(b):c", 5, "\":\"", quotes},
      {"a = \"b\" : c", 8, "\":\"", quotes},
      {"published >= 2024-11-01T00:00:00Z", 26, "\":\"", quotes},
      {"2024-11-01T00:00:00Z", 16, "\":\"", quotes},
      {"url = https://example.org", 11, "\":\"", quotes},
      {"(a) = b", 4, "\"=\" stands here", "AND, OR, another term or the end"},
      {"((a) = b)", 5, "\"=\" stands here", "another term or \")\""},
  });
}

TEST(ParseFilterErrors, Parentheses) {
  ExpectErrors({
      {"()", 1, "are empty", "a word"},
      {"( )", 2, "are empty", "a word"},
      {"a:()", 3, "are empty", "a word"},
      {"a AND ()", 7, "are empty", "a word"},
      {"NOT ()", 5, "are empty", "a word"},
      {"(", 1, "ends here", "a word"},
      {"(a", 2, "the \"(\" of byte 0 is not closed", "\")\""},
      {"((a)", 4, "the \"(\" of byte 0", "\")\""},
      {"a:(b AND (c)", 12, "the \"(\" of byte 2", "\")\""},
      {"a AND (b ", 9, "the \"(\" of byte 6", "\")\""},
      {")", 0, "\")\"", "a word"},
      {"a)", 1, "\")\"", "another term or the end"},
      {"(a))", 3, "\")\"", "another term or the end"},
      {"a = b)", 5, "\")\"", "another term or the end"},
      {")a(", 0, "\")\"", "a word"},
  });
}

TEST(ParseFilterErrors, Negations) {
  ExpectErrors({
      {"NOT NOT a", 4, "negated once", "a word"},
      {"NOT -a", 4, "negated once", "a word"},
      {"-NOT a", 1, "negated once", "a word"},
      {"--a", 1, "negated once", "a word"},
      {"NOT -(a)", 4, "negated once", "\"(\""},
      {"-", 0, "lone \"-\"", "a term right after it"},
      {"- a", 0, "lone \"-\"", "a term right after it"},
      {"a - b", 2, "lone \"-\"", "a term right after it"},
      {"- (a)", 0, "lone \"-\"", "NOT"},
      {"-)", 1, "\")\"", "a word"},
      {"-=a", 1, "\"=\"", "a word"},
      {"-AND", 1, "\"AND\"", "a word"},
      {"-.5", 1, "dot", "names right before and after"},
  });
}

TEST(ParseFilterErrors, OtherLanguagesOperators) {
  ExpectErrors({
      {"a == b", 2, "\"==\" is no comparator", "="},
      {"a === b", 2, "\"===\"", "="},
      {"a := b", 2, "\":=\"", "="},
      {"a <> b", 2, "\"<>\"", "!="},
      {"a !== b", 2, "\"!==\"", "!="},
      {"a =! b", 2, "\"=!\"", "!="},
      {"a => b", 2, "\"=>\"", ">="},
      {"a =< b", 2, "\"=<\"", "<="},
      {"a :: b", 2, "\"::\"", "one of : = != < <= > >="},
      {"a >> b", 2, "\">>\"", "one of"},
      {"a <=> b", 2, "\"<=>\"", "one of"},
      {"!a", 0, "\"!\" is no comparator", "NOT"},
      {"! a", 0, "\"!\"", "NOT"},
      {"a AND !b", 6, "\"!\"", "NOT"},
      {"!(a)", 0, "\"!\"", "NOT"},
      {"a ! b", 2, "\"!\"", "!="},
      {"Hello!", 5, "\"!\"", "NOT"},
      {"a && b", 2, "\"&&\"", "AND"},
      {"a&&b", 1, "\"&&\"", "AND"},
      {"a = 1&&b = 2", 5, "\"&&\"", "AND"},
      {"a || b", 2, "\"||\"", "OR"},
      {"a||b", 1, "\"||\"", "OR"},
  });
}

TEST(ParseFilterErrors, Functions) {
  const std::string problem = "functions are not supported";
  ExpectErrors({
      {"f(x)", 0, problem, "a comparison"},
      {"f()", 0, problem, "a comparison"},
      {"f(a, b)", 0, problem, "a comparison"},
      {"a AND f(x)", 6, problem, "a comparison"},
      {"math.abs(x) > 3", 0, problem, "a comparison"},
      {"a = f(x)", 4, "\"f(\"", "a comparison"},
      {"-f(x)", 1, problem, "white space before \"(\""},
      {"not(a)", 0, problem, "NOT in capitals"},
      {"a and(b)", 2, problem, "AND, OR or NOT in capitals"},
  });
}

TEST(ParseFilterErrors, Commas) {
  ExpectErrors({
      {"a, b", 1, "a comma", "OR between values"},
      {",", 0, "a comma", "quotes"},
      {"a:(b, c)", 4, "a comma", "OR between values"},
      {"country IN (a, b)", 13, "a comma", "OR between values"},
      {"amount > 1,000", 10, "a comma", "in quotes"},
      {"\"a\",\"b\"", 3, "a comma", "OR between values"},
  });
}

TEST(ParseFilterErrors, Dots) {
  ExpectErrors({
      {".", 0, "joins no names", "names right before and after"},
      {".5", 0, "joins no names", "in quotes"},
      {"a.", 2, "no name follows", "right after the dot"},
      {"a. = b", 2, "no name follows", "right after the dot"},
      {"a. b = c", 2, "no name follows", "right after the dot"},
      {"a .b = c", 2, "joins no names", "right before and after"},
      {"a . b = c", 2, "joins no names", "right before and after"},
      {"a..b", 2, "no name follows", "right after the dot"},
      {"a.(b)", 2, "no name follows", "right after the dot"},
      {"St. Gallen", 3, "no name follows", "the text in quotes"},
      {"a = .5", 4, "joins no names", "in quotes"},
      {"a = 5.", 6, "no name follows", "in quotes"},
      {"(a).b = c", 3, "joins no names", "right before and after"},
      {"NOT.a = b", 3, "joins no names", "right before and after"},
      {"OR.a = b", 0, "\"OR\"", "a word"},
      {"* = 5", 0, "\"*\" stands for no name", "a name"},
      {"a.* = 5", 2, "\"*\" stands for no name", "a name"},
      {"*.a:b", 0, "\"*\" stands for no name", "a name"},
      {"a.*", 2, "\"*\" stands for no name", "a name"},
      {"a = \"b\".c", 4, "a dot joins \"b\"", "all in quotes or without any"},
      {"a = b.\"c\"", 6, "a dot joins \"c\"", "all in quotes"},
      {"labels.\"my key\"", 7, "a dot joins \"my key\"", "a comparator"},
  });
}

TEST(ParseFilterErrors, Quotes) {
  ExpectErrors({
      {"\"", 0, "not closed", "another \""},
      {"'", 0, "not closed", "another '"},
      {"\"abc", 0, "not closed: \"abc", "another \""},
      {"a = \"b AND c", 4, "not closed", "another \""},
      {"a = 'b\"", 4, "not closed", "another '"},
      {"\"abc\\\"", 0, "not closed", "another \""},
      {"\"abc\\", 0, "not closed", "another \""},
      {"title:'O'Neil'", 9, "right after the quoted 'O'", "\\'"},
      {"\"a\"b", 3, "right after the quoted \"a\"", "white space"},
      {"\"a\"\"b\"", 3, "right after the quoted", "\\\""},
      {"\"a\"(b)", 3, "right after the quoted", "white space"},
      {"\"a\"AND b", 3, "right after the quoted", "white space"},
      {"a\"b\"", 1, "a quote follows \"a\"", "white space"},
      {"NOT\"b\"", 3, "a quote follows \"NOT\"", "white space"},
      {R"("a\qb")", 2, "\"\\q\" is no escape", "\\\\ for a backslash"},
      {R"("a\éb")", 2, "\"\\é\" is no escape", "\\n"},
      {R"('C:\temp\new\x')", 12, "\"\\x\" is no escape", "backslash"},
      {R"("a\\*")", 2, "a backslash stands before a wildcard", "\\*"},
      {"\u201Cabc\u201D", 0, "\u201C is not a straight quote", "straight"},
      {"a = \u2018b\u2019", 4, "\u2018 is not", "straight quotes"},
      {"a = \u2019b\u2019", 4, "\u2019 is not", "straight quotes"},
      {"a\u201Cb", 1, "\u201C is not", "straight quotes"},
      {"\u00ABBr\u00E9sil\u00BB", 0, "\u00AB is not", "straight quotes"},
      {"-\u2019a\u2019", 1, "\u2019 is not", "straight quotes"},
      {"\u201EBerlin\u201C", 0, "\u201E is not", "straight quotes"},
  });
}

TEST(ParseFilterErrors, InvalidUtf8) {
  ExpectErrors({
      {"\xFF", 0, "byte 0xFF", "valid UTF-8"},
      {"caf\xE9", 3, "byte 0xE9", "valid UTF-8"},
      {"\"caf\xE9\"", 4, "byte 0xE9", "valid UTF-8"},
      {"a = \xC0\x80", 4, "byte 0xC0", "valid UTF-8"},
      {"é\xED\xA0\x80", 2, "byte 0xED", "valid UTF-8"},
      {") \x80", 2, "byte 0x80", "valid UTF-8"},
  });
}

TEST(ParseFilterErrors, WhatStandsThereIsCutAndOnOneLine) {
  const std::string long_text(200, 'x');
  const std::string error(
      ParseFilter(absl::StrCat(long_text, "(a)")).status().message());
  EXPECT_THAT(error, HasSubstr(std::string(40, 'x') + "…\""));
  EXPECT_THAT(error, Not(HasSubstr(std::string(41, 'x'))));

  // 40 bytes would end in the middle of a character.
  std::string accents = "x";
  for (int i = 0; i < 100; ++i) absl::StrAppend(&accents, "é");
  const std::string cut(
      ParseFilter(absl::StrCat(accents, "(a)")).status().message());
  EXPECT_THAT(cut, HasSubstr(absl::StrCat(accents.substr(0, 39), "…\"")));

  ExpectErrors({{"'a\nb", 0, "'a b", "another '"}});
}

std::string Nested(size_t depth, absl::string_view open) {
  std::vector<absl::string_view> parts(depth, open);
  parts.push_back("a");
  return absl::StrCat(absl::StrJoin(parts, ""), std::string(depth, ')'));
}

TEST(ParseFilterErrors, DepthHasALimit) {
  EXPECT_TRUE(ParseFilter(Nested(kMaxFilterDepth, "(")).ok());
  EXPECT_TRUE(ParseFilter(Nested(kMaxFilterDepth, "x:(")).ok());
  EXPECT_TRUE(ParseFilter(Nested(kMaxFilterDepth, "NOT (b OR ")).ok());
  ExpectErrors({
      {Nested(kMaxFilterDepth + 1, "("), 64, "too many parentheses",
       "at most 64"},
      {Nested(kMaxFilterDepth + 1, "x:("), 64 * 3 + 2, "too many parentheses",
       "at most 64"},
      {Nested(kMaxFilterDepth + 1, "-("), 64 * 2 + 1, "too many parentheses",
       "at most 64"},
  });
  // It is depth that counts: as many side by side are fine.
  std::string many;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&many, "(a)");
  EXPECT_TRUE(ParseFilter(many).ok());
}

TEST(ParseFilterErrors, LengthHasALimit) {
  EXPECT_TRUE(ParseFilter(std::string(kMaxFilterBytes, 'a')).ok());
  ExpectErrors({{std::string(kMaxFilterBytes + 1, 'a'), 65536,
                 "has 65537 bytes", "at most 65536"}});
}

}  // namespace
}  // namespace attache
