#include "ingestor/readers/text_reader.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Document Read(absl::string_view text, absl::string_view title = "") {
  ReadOptions options;
  options.title = std::string(title);
  IssueSink issues;
  return ReadText(std::string(text), options, issues);
}

// "kind text" of each unit.
std::vector<std::string> Units(const Document& document) {
  std::vector<std::string> units;
  for (const Unit& unit : document.units) {
    constexpr const char* kNames[] = {"title", "dateline", "heading",
                                      "text",  "item",     "cell"};
    units.push_back(
        absl::StrCat(kNames[static_cast<int>(unit.kind)], " ", unit.text));
  }
  return units;
}

std::vector<std::string> Texts(const Document& document,
                               const std::vector<uint32_t>& units) {
  std::vector<std::string> texts;
  for (const uint32_t unit : units) texts.push_back(document.units[unit].text);
  return texts;
}

TEST(ReadText, TellsHeadingsWithoutMarksOrBlankLines) {
  const Document document = Read(
      "The minister went to Chile and Peru last week to talk about copper.\n"
      "talks in Santiago: The First Day\n"
      "She met her counterpart and signed a memorandum on mining safety.\n"
      "Looking Ahead\n"
      "A second round is planned for the autumn, officials in Lima said.\n");
  EXPECT_THAT(
      Units(document),
      ElementsAre("text The minister went to Chile and Peru last week to talk "
                  "about copper.",
                  "heading talks in Santiago: The First Day",
                  "text She met her counterpart and signed a memorandum on "
                  "mining safety.",
                  "heading Looking Ahead",
                  "text A second round is planned for the autumn, officials in "
                  "Lima said."));
  ASSERT_THAT(document.sections, SizeIs(3));
  EXPECT_EQ(document.sections[1].heading, 1);
  EXPECT_EQ(document.sections[2].first_unit, 3u);
  EXPECT_EQ(document.sections[2].end_unit, 5u);
}

TEST(ReadText, JoinsWrappedLines) {
  const Document document = Read(
      "Minister Travels to Norway\n\n"
      "The foreign minister of Estonia will travel to Oslo on Monday, where\n"
      "he is to open a forum on offshore wind and to meet the minister of\n"
      "energy of Norway.\n\n"
      "On Tuesday he goes on to Bergen, the second city of the country, in\n"
      "order to visit a shipyard.\n");
  EXPECT_THAT(
      Units(document),
      ElementsAre("title Minister Travels to Norway",
                  "text The foreign minister of Estonia will travel to Oslo on "
                  "Monday, where he is to open a forum on offshore wind and to "
                  "meet the minister of energy of Norway.",
                  "text On Tuesday he goes on to Bergen, the second city of "
                  "the country, in order to visit a shipyard."));
}

TEST(ReadText, KeepsParagraphsThatStandOnALineEach) {
  const Document document = Read(
      "The premier arrived in Rabat on Sunday evening for a visit of two "
      "days.\n"
      "He was received at the airport by the head of the government.\n");
  EXPECT_THAT(document.units, SizeIs(2));
}

TEST(ReadText, TellsBylineAndDatelineFromTheText) {
  const Document document = Read(
      "Envoy to Visit Oman and Qatar\n\nOffice of the Spokesperson\n\n"
      "MUSCAT, Oman (XNA) — The special envoy arrived on Sunday for talks with "
      "his hosts on water.\n");
  EXPECT_THAT(
      Units(document),
      ElementsAre("title Envoy to Visit Oman and Qatar",
                  "dateline Office of the Spokesperson",
                  "dateline MUSCAT, Oman (XNA) —",
                  "text The special envoy arrived on Sunday for talks with his "
                  "hosts on water."));
}

TEST(ReadText, TakesADatelineWithALowerCaseMonth) {
  const Document document = Read(
      "Brasília, 12 de maio – A ministra viaja hoje para Lisboa, onde fica "
      "até quinta-feira.\n");
  EXPECT_EQ(document.units[0].text, "Brasília, 12 de maio –");
  EXPECT_EQ(document.units[0].kind, UnitKind::kDateline);
}

TEST(ReadText, TakesADatelineInALanguageOfNoVocabulary) {
  const Document document = Read(
      "Bari, 12 di maggio – La ministra parte oggi per Lisbona, dove resta "
      "fino a domenica.\n");
  EXPECT_EQ(document.units[0].text, "Bari, 12 di maggio –");
  EXPECT_EQ(document.units[0].kind, UnitKind::kDateline);
}

TEST(ReadText, TakesADatelineWithoutADash) {
  for (const char* dateline :
       {"MUSCAT:", "Dakar, 2 October 2020:", "Luanda, Mar 11 (Agência Sul)"}) {
    const Document document = Read(
        std::string(dateline) +
        " The minister left here today for Tunis, where she will stay for two "
        "days and open a fair.\n");
    EXPECT_EQ(document.units[0].text, dateline);
    EXPECT_EQ(document.units[0].kind, UnitKind::kDateline);
  }
}

TEST(ReadText, LeavesADashInTheFirstSentenceAlone) {
  const Document document = Read(
      "The minister – a former banker – will fly to Seoul on Monday for talks "
      "with her counterpart.\n");
  EXPECT_THAT(document.units, SizeIs(1));
}

TEST(ReadText, ReadsListsWithTheirIntroduction) {
  const Document document = Read(
      "She spoke at length. The main aims were:\n"
      "- Trade: lower tariffs\n"
      "  on machines\n"
      "* Education: more exchange\n"
      "\n"
      "• Health: vaccines\n");
  ASSERT_THAT(document.lists, SizeIs(1));
  EXPECT_EQ(document.lists[0].intro, 0);
  EXPECT_THAT(Texts(document, document.lists[0].items),
              ElementsAre("Trade: lower tariffs on machines",
                          "Education: more exchange", "Health: vaccines"));
}

TEST(ReadText, NestsListsByIndent) {
  const Document document = Read(
      "Agenda:\n"
      "1. Economy\n"
      "   a) tariffs\n"
      "   b) ports\n"
      "2. Security\n");
  ASSERT_THAT(document.lists, SizeIs(2));
  EXPECT_THAT(Texts(document, document.lists[0].items),
              ElementsAre("Economy", "Security"));
  EXPECT_THAT(Texts(document, document.lists[1].items),
              ElementsAre("tariffs", "ports"));
  EXPECT_EQ(document.lists[1].intro,
            static_cast<int32_t>(document.lists[0].items[0]));
}

TEST(ReadText, ReadsListsWithoutBullets) {
  const Document document = Read(
      "Key goals of the mission were:\n"
      "Trade: a deal on fruit and wine\n"
      "Security – joint patrols at sea\n"
      "\n"
      "The delegation returned on Friday with little to show for its pains.\n");
  ASSERT_THAT(document.lists, SizeIs(1));
  EXPECT_THAT(document.lists[0].items, SizeIs(2));
  EXPECT_THAT(document.units, SizeIs(4));
}

TEST(ReadText, TakesANumberedLineAboveAParagraphForAHeading) {
  const Document document = Read(
      "1. Talks in Tunis\n"
      "The commissioner met three ministers and the head of the central bank.\n"
      "2. Talks in Algiers\n"
      "In the second half of the week she inspected a gas field in the "
      "south.\n");
  EXPECT_THAT(document.lists, IsEmpty());
  EXPECT_THAT(document.sections, SizeIs(3));
}

TEST(ReadText, ReadsATableWhoseDelimiterRowIsNarrower) {
  ReadOptions options;
  IssueSink issues;
  const std::string text =
      "The table gives the plans:\n"
      "Sector | Investment (EUR) | Players |\n"
      "---|---|\n"
      "Rail | 20 million | Firms X and Y |\n"
      "Ports | 5 million | Firm Z |\n";
  const Document document = ReadText(text, options, issues);
  ASSERT_THAT(document.tables, SizeIs(1));
  const Table& table = document.tables[0];
  EXPECT_THAT(Texts(document, table.header.cells),
              ElementsAre("Sector", "Investment (EUR)", "Players"));
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_THAT(Texts(document, table.rows[1].cells),
              ElementsAre("Ports", "5 million", "Firm Z"));
  EXPECT_EQ(table.intro, 0);
  ASSERT_THAT(issues.issues(), SizeIs(1));
  EXPECT_EQ(issues.issues()[0].code, "TABLE_WIDTH_MISMATCH");
  EXPECT_EQ(text.substr(table.range.begin, 6), "Sector");
}

TEST(ReadText, KeepsCellsBeyondTheHeader) {
  const Document document = Read(
      "| Country | Amount |\n|---|---|\n| Mali | 3 | extra |\n| Niger |\n");
  ASSERT_THAT(document.tables, SizeIs(1));
  EXPECT_THAT(Texts(document, document.tables[0].rows[0].cells),
              ElementsAre("Mali", "3", "extra"));
  EXPECT_THAT(Texts(document, document.tables[0].rows[1].cells),
              ElementsAre("Niger"));
}

TEST(ReadText, ReadsTablesWithoutDelimiterRowOrDrawnWithTabs) {
  EXPECT_THAT(Read("| A | B |\n| 1 | 2 |\n").tables, SizeIs(1));
  EXPECT_THAT(Read("Day\tCity\nMonday\tAccra\nTuesday\tLomé\n").tables,
              SizeIs(1));
  EXPECT_THAT(Read("Either | or, as they say.\n").tables, IsEmpty());
}

TEST(ReadText, ReadsTablesWithABlankLineBetweenRows) {
  const Document document =
      Read("Goal | Impact\n\n---|---\n\nPeace | Calm\n\nTrade | Growth\n");
  ASSERT_THAT(document.tables, SizeIs(1));
  EXPECT_THAT(document.tables[0].rows, SizeIs(2));
}

TEST(ReadText, ReadsMarkdownHeadings) {
  const Document document = Read(
      "# Visit to Fiji\n\nThe visit lasts three days and is the first.\n\n"
      "## Aims ##\n\n- **Climate**: loss and damage\n\nOutlook\n-------\n\n"
      "More is to come in the new year.\n");
  EXPECT_THAT(Units(document),
              ElementsAre("title Visit to Fiji",
                          "text The visit lasts three days and is the first.",
                          "heading Aims", "item Climate: loss and damage",
                          "heading Outlook",
                          "text More is to come in the new "
                          "year."));
}

TEST(ReadText, RecognisesTheGivenTitleAtTheTop) {
  const Document document =
      Read("Visit to Malta\nThe president flew to Valletta on Monday.\n",
           "Visit to  Malta");
  EXPECT_THAT(Units(document),
              ElementsAre("title Visit to Malta", "title Visit to Malta",
                          "text The president flew to Valletta on Monday."));
  EXPECT_TRUE(document.units[0].in_title);
  EXPECT_FALSE(document.units[1].in_title);
}

TEST(ReadText, NormalizesAndKeepsThePlaceOfEveryWord) {
  const std::string text =
      "Aid &amp;amp; trade\u00a0grew on all levels.Both sides of the "
      "U.S.foreign service agreed,too, at www.Example.Com today.";
  const Document document = Read(text);
  const Unit& unit = document.units[0];
  EXPECT_EQ(unit.text,
            "Aid & trade grew on all levels. Both sides of the U.S. foreign "
            "service agreed, too, at www.Example.Com today.");
  const size_t both = unit.text.find("Both");
  const TextRange range = unit.origin.ToOrigin(both, both + 4);
  EXPECT_EQ(text.substr(range.begin, range.end - range.begin), "Both");
  const TextRange entity = unit.origin.ToOrigin(4, 5);
  EXPECT_EQ(text.substr(entity.begin, entity.end - entity.begin), "&amp;amp;");
}

TEST(ReadText, TakesTheTextOfLinksAndImages) {
  EXPECT_EQ(Read("See [the text](https://example.org/a_b) and [1] or so!\n\n"
                 "![A bridge](b.png)\n")
                .units[0]
                .text,
            "See the text and [1] or so!");
  EXPECT_EQ(Read("![A bridge](b.png)").units[0].text, "A bridge");
}

TEST(ReadText, TakesTheTopHeadingForTheTitleBelowAPagesDetails) {
  const Document document = Read(
      "* 4 May 2023\n* 2 min read\n\n# Visit to Malta\n\nThe talks went on "
      "for the whole of the day.\n\n## Energy\n\nA cable will be laid.\n");
  EXPECT_EQ(document.units[2].kind, UnitKind::kTitle);
  EXPECT_THAT(document.sections, SizeIs(2));
}

TEST(ReadText, KeepsTheSpaceThatHoldsANumberTogether) {
  EXPECT_EQ(Read("1\u202f650 and 2&nbsp;000 and 3\u00a0x").units[0].text,
            "1\u202f650 and 2\u00a0000 and 3 x");
}

TEST(ReadText, TakesTimeInProportionToTheText) {
  std::string line(size_t{4} << 20, 'a');
  for (size_t i = 7; i < line.size(); i += 9) line[i] = " .|[*&"[i % 6];
  EXPECT_THAT(Read(line).units, SizeIs(1));
  std::string table = "A|B\n-|-\n";
  for (int i = 0; i < 50000; ++i) table += "cell|1\n";
  EXPECT_THAT(Read(table).tables[0].rows, SizeIs(50000));
  std::string pipes;
  for (int i = 0; i < 50000; ++i) pipes += i % 2 == 0 ? "a|b\n" : "a|b|c|d\n";
  EXPECT_THAT(Read(pipes).tables, IsEmpty());
}

TEST(ReadText, TakesNothingButSpaceForNoText) {
  EXPECT_THAT(Read("").units, IsEmpty());
  EXPECT_THAT(Read(" \n\t\n\u00a0\n").units, IsEmpty());
}

}  // namespace
}  // namespace attache
