// What filters mean by the grammar: each with the tree that it gives.
#include "query_service/filter/parse_filter.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/filter/filter_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;

struct Case {
  std::string filter;
  std::string tree;
};

void ExpectTrees(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.filter);
    const auto filter = ParseFilter(c.filter);
    ASSERT_TRUE(filter.ok()) << filter.status();
    EXPECT_EQ(SExpression(*filter), c.tree);
  }
}

TEST(ParseFilter, BlankIsAll) {
  ExpectTrees({{"", "all"},
               {" ", "all"},
               {"\t\r\n  ", "all"},
               {"\u00A0\u2003", "all"}});
}

TEST(ParseFilter, Words) {
  ExpectTrees({
      {"lithium", "lithium"},
      {"  lithium ", "lithium"},
      {"*", "*"},
      {"lith*", "lith*"},
      {"42", "42"},
      {"São", "São"},
      {"日本", "日本"},
      {"Łódź", "Łódź"},
      {"R&D", "R&D"},
      {"oil/gas", "oil/gas"},
      {"COP-30", "COP-30"},
      {"a|b", "a|b"},
      {"snake_case", "snake_case"},
      {"50%", "50%"},
      {"#energy", "#energy"},
      {"back\\slash", "back\\slash"},
      {"d'affaires", "d'affaires"},
      {"O'Neil", "O'Neil"},
      {"ministers'", "ministers'"},
      {"rock'n'roll", "rock'n'roll"},
      {"L\u2019Aquila", "L\u2019Aquila"},
      {"example.org", "example.org"},
      {"0.75", "0.75"},
      {"v1.2.3", "v1.2.3"},
      {"and", "and"},
      {"Not", "Not"},
      {"ANDES", "ANDES"},
      {"NOTE", "NOTE"},
      {"ORE", "ORE"},
      {"{x}", "{x}"},
      {"\"New York\"", "\"New York\""},
      {"'New York'", "\"New York\""},
      {"\"\"", "\"\""},
      {"\"AND\"", "\"AND\""},
      {"'NOT'", "\"NOT\""},
      {"\"a (b) c, d: e = f\"", "\"a (b) c, d: e = f\""},
      {"\"\u201Ccurly\u201D\"", "\"\u201Ccurly\u201D\""},
  });
}

TEST(ParseFilter, Escapes) {
  ExpectTrees({
      {R"("say \"yes\"")", R"("say "yes"")"},
      {R"('say "yes"')", R"("say "yes"")"},
      {R"("it's")", R"("it's")"},
      {R"('it\'s')", R"("it's")"},
      {R"("it\'s")", R"("it's")"},
      {R"('\"')", R"(""")"},
      {R"("a\\b")", R"("a\b")"},
      {R"("ends in \\")", R"("ends in \")"},
      {R"("one\ntwo\tthree")", "\"one\ntwo\tthree\""},
      {R"("5\*")", R"("5\*")"},
      {R"("5\**")", R"("5\**")"},
      {R"("5*")", R"("5*")"},
      {R"("\\n")", R"("\n")"},
      {"\"over\ntwo lines\"", "\"over\ntwo lines\""},
  });
}

TEST(ParseFilter, Restrictions) {
  ExpectTrees({
      {"status = CANCELLED", "(= status CANCELLED)"},
      {"status=CANCELLED", "(= status CANCELLED)"},
      {"status= CANCELLED", "(= status CANCELLED)"},
      {"status\t=\nCANCELLED", "(= status CANCELLED)"},
      {"status != CANCELLED", "(!= status CANCELLED)"},
      {"confidence<1", "(< confidence 1)"},
      {"confidence <= 1", "(<= confidence 1)"},
      {"confidence>1", "(> confidence 1)"},
      {"confidence >=1", "(>= confidence 1)"},
      {"title:lithium", "(: title lithium)"},
      {"title: lithium", "(: title lithium)"},
      {"title : lithium", "(: title lithium)"},
      {"title:*", "(: title *)"},
      {"title:\"*\"", "(: title \"*\")"},
      {"title:lith*", "(: title lith*)"},
      {"title:'O\\'Neil'", "(: title \"O'Neil\")"},
      {"title:O'Neil", "(: title O'Neil)"},
      {"title:chargé d'affaires", "(and (: title chargé) d'affaires)"},
      {"title = \"\"", "(= title \"\")"},
      {"confidence >= 0.75", "(>= confidence 0.75)"},
      {"year=2024.5", "(= year 2024.5)"},
      {"url:www.example.org", "(: url www.example.org)"},
      {"url:www.example.*", "(: url www.example.*)"},
      {"url:*.example.org", "(: url *.example.org)"},
      {"host = example.AND", "(= host example.AND)"},
      {"change = -5", "(= change -5)"},
      {"change=-5", "(= change -5)"},
      {"change > -1.5", "(> change -1.5)"},
      {"date >= 2024-11-01", "(>= date 2024-11-01)"},
      {"time >= \"2024-11-01T00:00:00Z\"",
       "(>= time \"2024-11-01T00:00:00Z\")"},
      {"amount >= \"1000000 USD\"", "(>= amount \"1000000 USD\")"},
      {"amount >= 5 USD", "(and (>= amount 5) USD)"},
      {"país = \"Perú\"", "(= país \"Perú\")"},
      {"visits.country_code:BR", "(: visits.country_code BR)"},
      {"a.b.c.d=e", "(= a.b.c.d e)"},
      {"labels.team = red", "(= labels.team red)"},
      {"labels.\"my key\" = red", "(= labels.\"my key\" red)"},
      {"labels.'my key':*", "(: labels.\"my key\" *)"},
      {"\"labels\".team:red", "(: \"labels\".team red)"},
      {"labels.7 = x", "(= labels.7 x)"},
      {"labels.AND = x", "(= labels.AND x)"},
      {"labels.NOT.OR = x", "(= labels.NOT.OR x)"},
      {"labels.-x = y", "(= labels.-x y)"},
      {"labels.\"*\" = x", "(= labels.\"*\" x)"},
      {"12:30", "(: 12 30)"},
      {"status = \"OR\"", "(= status \"OR\")"},
      {"status = or", "(= status or)"},
      {"a=b c=d", "(and (= a b) (= c d))"},
  });
}

TEST(ParseFilter, Precedence) {
  ExpectTrees({
      {"a b", "(and a b)"},
      {"a b c", "(and a b c)"},
      {"a AND b", "(and a b)"},
      {"a AND b AND c", "(and a b c)"},
      {"a OR b", "(or a b)"},
      {"a OR b OR c", "(or a b c)"},
      {"a AND b OR c", "(and a (or b c))"},
      {"a OR b AND c", "(and (or a b) c)"},
      {"a OR b AND c OR d", "(and (or a b) (or c d))"},
      {"a b OR c", "(or (and a b) c)"},
      {"a OR b c", "(or a (and b c))"},
      {"New York Giants OR Yankees", "(or (and New York Giants) Yankees)"},
      {"a b AND c", "(and (and a b) c)"},
      {"a b AND c AND d", "(and (and a b) c d)"},
      {"a b OR c d AND e", "(and (or (and a b) (and c d)) e)"},
      {"a and b", "(and a and b)"},
      {"a or b", "(and a or b)"},
      {"a Or b", "(and a Or b)"},
      {"a\nAND\nb", "(and a b)"},
      {"a\u00A0OR\u2009b", "(or a b)"},
      {"a\u200Bb", "(and a b)"},
      {"x = 1 OR y = 2 AND z : 3", "(and (or (= x 1) (= y 2)) (: z 3))"},
      {"\"a\" \"b\"", "(and \"a\" \"b\")"},
      {"\"a\" OR \"b\"", "(or \"a\" \"b\")"},
  });
}

TEST(ParseFilter, Parentheses) {
  ExpectTrees({
      {"(a)", "a"},
      {"((a))", "a"},
      {"( a )", "a"},
      {"(a = b)", "(= a b)"},
      {"(a AND b) OR c", "(or (and a b) c)"},
      {"a AND (b AND c)", "(and a (and b c))"},
      {"(a AND b) AND c", "(and (and a b) c)"},
      {"(a OR b) OR c", "(or (or a b) c)"},
      {"(a OR b) (c OR d)", "(and (or a b) (or c d))"},
      {"(a OR b)(c OR d)", "(and (or a b) (or c d))"},
      {"a (b OR c)", "(and a (or b c))"},
      {"(a)b", "(and a b)"},
      {"(a)\"b\"", "(and a \"b\")"},
      {"(\"a\")", "\"a\""},
      {"(a)AND(b)", "(and a b)"},
      {"(a)OR(b)", "(or a b)"},
      {"a AND(b OR c)", "(and a (or b c))"},
  });
}

TEST(ParseFilter, Negation) {
  ExpectTrees({
      {"NOT a", "(not a)"},
      {"-a", "(not a)"},
      {"-5", "(not 5)"},
      {"-0.5", "(not 0.5)"},
      {"-\"a b\"", "(not \"a b\")"},
      {"-'a b'", "(not \"a b\")"},
      {"-''", "(not \"\")"},
      {"NOT \"a b\"", "(not \"a b\")"},
      {"NOT (a OR b)", "(not (or a b))"},
      {"NOT(a OR b)", "(not (or a b))"},
      {"-(a OR b)", "(not (or a b))"},
      {"NOT status = CANCELLED", "(not (= status CANCELLED))"},
      {"-status:CANCELLED", "(not (: status CANCELLED))"},
      {"-labels.x:*", "(not (: labels.x *))"},
      {"a -b", "(and a (not b))"},
      {"a-b", "a-b"},
      {"a NOT b", "(and a (not b))"},
      {"NOT a b", "(and (not a) b)"},
      {"NOT a AND NOT b", "(and (not a) (not b))"},
      {"NOT a OR -b", "(or (not a) (not b))"},
      {"NOT (NOT a)", "(not (not a))"},
      {"-(-a)", "(not (not a))"},
      {"-(NOT a)", "(not (not a))"},
      {"-a-b", "(not a-b)"},
      {"-*", "(not *)"},
      {"not a", "(and not a)"},
  });
}

TEST(ParseFilter, Groups) {
  ExpectTrees({
      {"visits:(a)", "(: visits a)"},
      {"visits:(country_code = \"BR\")", "(: visits (= country_code \"BR\"))"},
      {"visits:(country_code = \"BR\" AND dates.start >= \"2024-11-01\")",
       "(: visits (and (= country_code \"BR\") (>= dates.start "
       "\"2024-11-01\")))"},
      {"status = (A OR B)", "(= status (or A B))"},
      {"status=(A OR B)", "(= status (or A B))"},
      {"status != ( A OR B )", "(!= status (or A B))"},
      {"status : (NOT A)", "(: status (not A))"},
      {"change = (-5 OR 3)", "(= change (or (not 5) 3))"},
      {"a.b:(c d)", "(: a.b (and c d))"},
      {"a:(b:(c:(d = 1)))", "(: a (: b (: c (= d 1))))"},
      {"NOT a:(b)", "(not (: a b))"},
      {"-a:(b)", "(not (: a b))"},
      {"a:(b) c", "(and (: a b) c)"},
      {"a:(b)c", "(and (: a b) c)"},
      {"a:((b OR c))", "(: a (or b c))"},
      {"(a:(b OR c)) OR d", "(or (: a (or b c)) d)"},
  });
}

// A group of one word and a restriction print alike above.
TEST(ParseFilter, AGroupIsNoRestriction) {
  EXPECT_EQ(ParseFilter("a:(b)")->kind, Filter::Kind::kGroup);
  EXPECT_EQ(ParseFilter("a:b")->kind, Filter::Kind::kRestriction);
}

TEST(ParseFilter, TheContractsExample) {
  ExpectTrees({{R"(visits:(country_code = "BR" AND dates.start >= "2024-11-01")
                   AND sectors.sector_id:"energy" AND NOT status = CANCELLED)",
                "(and (: visits (and (= country_code \"BR\") (>= dates.start "
                "\"2024-11-01\"))) (: sectors.sector_id \"energy\") (not (= "
                "status CANCELLED)))"}});
}

std::vector<std::string> SpansOf(const std::string& text) {
  const auto filter = ParseFilter(text);
  EXPECT_TRUE(filter.ok()) << filter.status();
  std::vector<std::string> spans;
  if (filter.ok()) AppendSpans(*filter, text, spans);
  return spans;
}

TEST(ParseFilter, SpansAreWithoutTheParenthesesAround) {
  EXPECT_THAT(SpansOf("  "), ElementsAre(""));
  EXPECT_THAT(SpansOf("  a "), ElementsAre("a", "a"));
  EXPECT_THAT(SpansOf("(( a ))"), ElementsAre("a", "a"));
  EXPECT_THAT(SpansOf("( a OR  b )"),
              ElementsAre("a OR  b", "a", "a", "b", "b"));
  EXPECT_THAT(SpansOf("(a)"), ElementsAre("a", "a"));
}

TEST(ParseFilter, SpansTakeInTheParenthesesOfTheirParts) {
  EXPECT_THAT(SpansOf(" (a) AND (b) "),
              ElementsAre("(a) AND (b)", "a", "a", "b", "b"));
  EXPECT_THAT(SpansOf("((a) b)"), ElementsAre("(a) b", "a", "a", "b", "b"));
  EXPECT_THAT(SpansOf("NOT ( a )"), ElementsAre("NOT ( a )", "a", "a"));
  EXPECT_THAT(SpansOf("x -\"a\""),
              ElementsAre("x -\"a\"", "x", "x", "-\"a\"", "\"a\"", "\"a\""));
  EXPECT_THAT(SpansOf("a.'b' : ( c )"),
              ElementsAre("a.'b' : ( c )", "a", "'b'", "c", "c"));
  EXPECT_THAT(SpansOf("(a >= 0.75)"), ElementsAre("a >= 0.75", "a", "0.75"));
  EXPECT_THAT(SpansOf("é = 'ü' x"),
              ElementsAre("é = 'ü' x", "é = 'ü'", "é", "'ü'", "x", "x"));
}

TEST(ParseFilter, EveryComparatorHasItsSign) {
  for (const char* sign : {":", "=", "!=", "<", "<=", ">", ">="}) {
    const auto filter = ParseFilter(absl::StrCat("a", sign, "b"));
    ASSERT_TRUE(filter.ok()) << filter.status();
    EXPECT_STREQ(ToString(filter->comparator), sign);
  }
}

}  // namespace
}  // namespace attache
