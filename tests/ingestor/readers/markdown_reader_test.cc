#include "ingestor/readers/markdown_reader.h"

#include <ctime>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/support/origins.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Outcome {
  Document document;
  ReadMetadata metadata;
  std::vector<Issue> issues;
};

Outcome Read(absl::string_view text, absl::string_view title = "") {
  ReadOptions options;
  options.title = std::string(title);
  IssueSink issues;
  ReadResult result = ReadMarkdown(std::string(text), options, issues);
  return {std::move(result.document), std::move(result.metadata),
          issues.issues()};
}

std::vector<std::string> Units(const Outcome& outcome) {
  std::vector<std::string> units;
  for (const Unit& unit : outcome.document.units) {
    constexpr const char* kNames[] = {"title", "dateline", "heading",
                                      "text",  "item",     "cell"};
    units.push_back(
        absl::StrCat(kNames[static_cast<int>(unit.kind)], " ", unit.text));
  }
  return units;
}

// The text of the only unit.
std::string Unit0(absl::string_view text) {
  const Outcome outcome = Read(text);
  EXPECT_THAT(outcome.document.units, SizeIs(1)) << text;
  EXPECT_THAT(outcome.issues, IsEmpty()) << text;
  return outcome.document.units.empty() ? "" : outcome.document.units[0].text;
}

TEST(ReadMarkdown, TakesWhatCmarkSaysIsText) {
  EXPECT_EQ(
      Unit0("Go to [the **new** port](https://e.org/a_(b) \"Port\") now."),
      "Go to the new port now.");
  EXPECT_EQ(Unit0("An ![image of a bridge](b.png) here"),
            "An image of a bridge here");
  EXPECT_EQ(Unit0("Code `a * b` and ``x ` y`` stay"),
            "Code a * b and x ` y stay");
  EXPECT_EQ(Unit0("Mail <press@example.org> or <https://e.org/x>."),
            "Mail press@example.org or https://e.org/x.");
  EXPECT_EQ(Unit0("Not \\*bold\\* \\| nor \\[linked\\](x)"),
            "Not *bold* | nor [linked](x)");
  EXPECT_EQ(Unit0("***Both*** _one_ __two__ ~~gone~~ snake_case_name 2*3*4"),
            "Both one two snake_case_name 234");
  EXPECT_EQ(Unit0("Hard  \nbreak and\\\nanother<br>third"),
            "Hard break and another third");
  EXPECT_EQ(Unit0("Aid &amp; trade &copy; &eacute;t&eacute; &amp;amp; more"),
            "Aid & trade © été & more");
  EXPECT_EQ(Unit0("An <b>inline</b> <!-- hidden --> tag"), "An inline tag");
  EXPECT_EQ(Unit0("a * b and 5 * 6 and [brackets] and ![x"),
            "a * b and 5 * 6 and [brackets] and ![x");
}

TEST(ReadMarkdown, FollowsReferenceLinksInAnyForm) {
  const Outcome outcome = Read(
      "[p]: https://example.org/p 'The port'\n[Q R]: <u v>\n"
      "See [the port][p], [p], [q r][] and [none][x].\n");
  EXPECT_THAT(Units(outcome),
              ElementsAre("text See the port, p, q r and [none][x]."));
  EXPECT_THAT(outcome.issues, IsEmpty());
  EXPECT_THAT(outcome.document.unread, SizeIs(2));
}

TEST(ReadMarkdown, ReadsFootnotes) {
  const Outcome outcome = Read(
      "The sum[^1] is large.\n\n[^1]: About **3** billion.\n\nNext text.\n");
  EXPECT_THAT(Units(outcome),
              ElementsAre("text The sum is large.", "text Next text.",
                          "text About 3 billion."));
}

TEST(ReadMarkdown, ReadsHeadingsOfBothKinds) {
  EXPECT_THAT(
      Units(Read("# Visit to *Fiji* #\n\nThe visit lasts three days and is the "
                 "first.\n\nAims and\nends\n---\n\nTo talk at length about "
                 "trade.\n\n### Third\n\nA last word of the minister.\n")),
      ElementsAre("title Visit to Fiji",
                  "text The visit lasts three days and is the first.",
                  "heading Aims and ends",
                  "text To talk at length about trade.", "heading Third",
                  "text A last word of the minister."));
}

TEST(ReadMarkdown, NestsListsAndNumbersThem) {
  const Outcome outcome = Read(
      "The aims were:\n\n"
      "1. **Trade:** lower\n   tariffs\n"
      "   - fruit\n   - wine\n"
      "2. Security\n\n   with a second paragraph\n\n"
      "3. [x] Done\n");
  EXPECT_THAT(Units(outcome),
              ElementsAre("text The aims were:", "item Trade: lower tariffs",
                          "item fruit", "item wine", "item Security",
                          "text with a second paragraph", "item Done"));
  ASSERT_THAT(outcome.document.lists, SizeIs(2));
  EXPECT_THAT(outcome.document.lists[0].items, ElementsAre(1, 4, 6));
  EXPECT_EQ(outcome.document.lists[0].intro, 0);
  EXPECT_THAT(outcome.document.lists[1].items, ElementsAre(2, 3));
  EXPECT_EQ(outcome.document.lists[1].intro, 1);
}

TEST(ReadMarkdown, TakesLabelledParagraphsForItems) {
  const Outcome outcome = Read(
      "**Energy:** a study of the grid\n\n**Water:** two wells near the "
      "town\n\n**Health:** ten vans\n");
  EXPECT_THAT(outcome.document.units, SizeIs(3));
  EXPECT_EQ(outcome.document.units[1].text, "Water: two wells near the town");
}

TEST(ReadMarkdown, ReadsTablesWithEscapedPipesAndMarksInCells) {
  const std::string text =
      "Plans:\n\n"
      "| Sector | **Sum** (EUR) | Who |\n"
      "|:---|---:|\n"
      "| Rail \\| road | `1 \\| 2` | [Firm](http://f.example/a|b) |\n"
      "| Ports | 5&nbsp;million<br>or more |\n"
      "| - x | # y | 1. z | extra |\n";
  const Outcome outcome = Read(text);
  ASSERT_THAT(outcome.document.tables, SizeIs(1));
  const Table& table = outcome.document.tables[0];
  const auto row = [&](const TableRow& cells) {
    std::vector<std::string> texts;
    for (const uint32_t unit : cells.cells) {
      texts.push_back(outcome.document.units[unit].text);
    }
    return texts;
  };
  EXPECT_THAT(row(table.header), ElementsAre("Sector", "Sum (EUR)", "Who"));
  ASSERT_THAT(table.rows, SizeIs(3));
  EXPECT_THAT(
      row(table.rows[0]),
      ElementsAre("Rail | road", "1 | 2", "[Firm](http://f.example/a", "b)"));
  EXPECT_THAT(row(table.rows[1]), ElementsAre("Ports", "5 million or more"));
  EXPECT_THAT(row(table.rows[2]), ElementsAre("- x", "# y", "1. z", "extra"));
  EXPECT_EQ(table.intro, 0);
  EXPECT_EQ(text.substr(table.range.begin, 8), "| Sector");
  ASSERT_THAT(outcome.issues, SizeIs(1));
  EXPECT_EQ(outcome.issues[0].code, "TABLE_WIDTH_MISMATCH");
  // Behind an escaped pipe, and in code.
  const Unit& escaped = outcome.document.units[table.rows[0].cells[0]];
  const size_t road = escaped.text.find("road");
  const TextRange range = escaped.origin.ToOrigin(road, road + 4);
  EXPECT_EQ(text.substr(range.begin, 4), "road");
  EXPECT_EQ(FirstWrongOrigin(outcome.document), "");
}

TEST(ReadMarkdown, ReadsTablesInsideOfQuotationsAndItems) {
  const Outcome quoted =
      Read("> Before\n>\n> | A | B |\n> |---|---|\n> | 1 | 2 |\n>\n> After\n");
  ASSERT_THAT(quoted.document.tables, SizeIs(1));
  EXPECT_THAT(Units(quoted), ElementsAre("text Before", "cell A", "cell B",
                                         "cell 1", "cell 2", "text After"));
  const Outcome item = Read(
      "- One\n\n  | A | B |\n  |---|---|\n  | 1 | 2 |\n\n- Two\n- Three\n");
  ASSERT_THAT(item.document.lists, SizeIs(1));
  EXPECT_THAT(item.document.lists[0].items, SizeIs(3));
}

TEST(ReadMarkdown, ReadsTablesThatAreIndentedAsCodeIs) {
  EXPECT_THAT(Units(Read("\t>g|%\n|--\nd M")),
              ElementsAre("cell g", "cell %", "text d M"));
  EXPECT_THAT(
      Units(Read("    first\n    a | b\n    --|--\n    c | d\n")),
      ElementsAre("text first", "cell a", "cell b", "cell c", "cell d"));
}

TEST(ReadMarkdown, ReadsNoTableInAFence) {
  const Outcome outcome = Read("```\n| A | B |\n|---|---|\n```\n\nText.\n");
  EXPECT_THAT(outcome.document.tables, IsEmpty());
  EXPECT_THAT(Units(outcome),
              ElementsAre("text | A | B | |---|---|", "text Text."));
}

TEST(ReadMarkdown, ReadsQuotationsWithLazyLines) {
  const Outcome outcome = Read(
      "> The *first*\n> line\nand a lazy one\n>> deeper [in](x)\n> > still\n");
  EXPECT_THAT(Units(outcome), ElementsAre("text The first line and a lazy one",
                                          "text deeper in still"));
  EXPECT_EQ(FirstWrongOrigin(outcome.document), "");
}

TEST(ReadMarkdown, KeepsParagraphsThatStandOnALongLineEach) {
  const std::string words(170, 'w');
  const Outcome outcome = Read(absl::StrCat(
      "# Visit\n![A *bridge*](b.png)\nOn [Monday](x), he\n", words, "\n"));
  EXPECT_THAT(Units(outcome),
              ElementsAre("title Visit", "text A bridge", "text On Monday, he",
                          absl::StrCat("text ", words)));
  const std::string address(170, 'a');
  EXPECT_THAT(Units(Read(absl::StrCat("See [the\nlist](http://e.org/", address,
                                      ")\nof stops\n"))),
              ElementsAre("text See the list of stops"));
}

TEST(ReadMarkdown, TakesFrontMatter) {
  const std::string text =
      "---\r\n"
      "Title: \"Visit to Malta\"\r\n"
      "date: 2024-05-13T09:30:00+02:00\r\n"
      "LANG: en_GB\r\n"
      "tags:\r\n  - travel\r\n"
      "author: Press Office\r\n"
      "---\r\n"
      "\r\n"
      "The president flew to Valletta on Monday.\r\n";
  const Outcome outcome = Read(text);
  EXPECT_THAT(Units(outcome),
              ElementsAre("title Visit to Malta",
                          "text The president flew to Valletta on Monday."));
  EXPECT_EQ(outcome.metadata.language, "en-GB");
  EXPECT_EQ(outcome.metadata.publisher, "Press Office");
  ASSERT_TRUE(outcome.metadata.publish_time.has_value());
  EXPECT_EQ(absl::FormatTime(outcome.metadata.publish_time->time,
                             absl::UTCTimeZone()),
            "2024-05-13T07:30:00+00:00");
  EXPECT_EQ(outcome.metadata.publish_time->utc_offset_minutes, 120);
  // The date's line and the others hold words that stand in no unit.
  EXPECT_THAT(outcome.document.unread, SizeIs(5));
  EXPECT_EQ(FirstWrongOrigin(outcome.document), "");
}

TEST(ReadMarkdown, TakesARuleForNoFrontMatter) {
  const Outcome outcome =
      Read("---\n\nThe envoy left on Monday: it rained.\n\n---\n\nMore.\n");
  EXPECT_THAT(
      Units(outcome),
      ElementsAre("text The envoy left on Monday: it rained.", "text More."));
}

TEST(ReadMarkdown, ReadsHtmlWithin) {
  const Outcome outcome = Read(
      "Opening.\n\n<!-- hidden\n\nnote -->\n\n"
      "<div class=\"x\">\n<h2>Aims</h2>\n<p>To talk &amp; to\nlisten.</p>\n"
      "<ul><li>One</li><li>Two <b>bold</b></li></ul>\n</div>\n\n"
      "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2<br>3</td></tr>"
      "</table>\n\n<script>\nvar x = 1;\n</script>\n\nEnd of it.\n");
  EXPECT_THAT(
      Units(outcome),
      ElementsAre("text Opening.", "heading Aims", "text To talk & to listen.",
                  "item One", "item Two bold", "cell A", "cell B", "cell 1",
                  "cell 2 3", "text End of it."));
  EXPECT_EQ(FirstWrongOrigin(outcome.document), "");
}

TEST(ReadMarkdown, HoldsOriginsBehindTabsCarriageReturnsAndAccents) {
  const std::string text =
      "#\tÜber *São Tomé*\r\n\r\n"
      "-\tÉtat **à** l\\'œuvre\r\n\tsuite &eacute;crite\r\n\r\n"
      "\t- sous [élément](é \"ü\")\r\n\r\n"
      "> 日本 *訪問*  \r\n>\t中国 `x|y`\r\n\r\n"
      "| Pays | Montant |\r\n|---|---|\r\n| Côte d\\|Ivoire | **5** M€ |\r\n";
  const Outcome outcome = Read(text);
  EXPECT_THAT(
      Units(outcome),
      ElementsAre("title Über São Tomé", "item État à l'œuvre suite écrite",
                  "item sous élément", "text 日本 訪問 中国 x|y", "cell Pays",
                  "cell Montant", "cell Côte d|Ivoire", "cell 5 M€"));
  EXPECT_THAT(outcome.issues, IsEmpty());
  const Unit& quote = outcome.document.units[3];
  const size_t china = quote.text.find("中国");
  const TextRange range = quote.origin.ToOrigin(china, china + 6);
  EXPECT_EQ(text.substr(range.begin, range.end - range.begin), "中国");
}

TEST(ReadMarkdown, TakesABoldParagraphForAHeadingAndALinkForNone) {
  const Outcome outcome = Read(
      "**Looking ahead**\n\nThe talks go on in the autumn, officials said on "
      "Friday.\n\n[Read all releases](https://e.org)\n\nThe last paragraph is "
      "a sentence that is long enough to be one.\n");
  EXPECT_EQ(outcome.document.units[0].kind, UnitKind::kTitle);
  EXPECT_EQ(outcome.document.units[2].kind, UnitKind::kParagraph);
}

TEST(ReadMarkdown, TakesTimeInProportionToTheText) {
  const std::vector<std::string> patterns = {
      ">",         "> a\n",     "- ",
      "*a ",       "**a ",      "a**b_c* ",
      "_a ",       "[",         "[a](",
      "![l",       "![[]()",    "<",
      "<a ",       "<!--",      "<?",
      "<![CDATA[", "<!A ",      "a``` `` ` ",
      "`a``b",     "[^1]: a\n", "[^1] ",
      "~~a ",      "a|",        "|b|\n",
      "a\n",       "[a]: b\n",  "* ",
      "[[a]",      "&a",        "\\",
      "]",         "a\n-|-\n",  "a <b c=\"",
      "[a](<b",    "[a](b \"",  "[a",
      "*_",        "\t",        "\n",
      "- a\n",     "- a\n\n",   "<div>\n\n",
      "1. ",       "|",         "\"<a b='",
      "```\n",     "~~~ x\n",   "  - a\n",
      "<p",        "</p",       "<b \"",
      "[a](b '",   "[a][b",     "![a](b (",
      "[^a]: ",    "x[^a]",     "[^a]:\n    [^a]\n"};
  constexpr size_t kSize = 300'000;
  for (const std::string& pattern : patterns) {
    std::string text;
    while (text.size() < kSize) text += pattern;
    const std::clock_t start = std::clock();
    const Outcome outcome = Read(text);
    EXPECT_LT(std::clock() - start, 3 * CLOCKS_PER_SEC) << pattern;
  }
}

}  // namespace
}  // namespace attache
