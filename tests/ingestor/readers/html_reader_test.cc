#include "ingestor/readers/html_reader.h"

#include <ctime>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/support/document_from_text.h"
#include "tests/support/origins.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

struct Outcome {
  Document document;
  ReadMetadata metadata;
  std::vector<Issue> issues;
};

Outcome Read(absl::string_view html, absl::string_view title = "") {
  ReadOptions options;
  options.title = std::string(title);
  options.page_words = &SharedVocabulary().page_words();
  IssueSink issues;
  ReadResult result = ReadHtml(html, options, issues);
  EXPECT_EQ(FirstWrongOrigin(result.document), "");
  return {std::move(result.document), std::move(result.metadata),
          issues.issues()};
}

std::string Text(absl::string_view html) { return Read(html).document.text; }

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

std::string Cells(const Outcome& outcome, const TableRow& row) {
  std::string cells;
  for (const uint32_t unit : row.cells) {
    absl::StrAppend(&cells, cells.empty() ? "" : "|",
                    outcome.document.units[unit].text);
  }
  return cells;
}

constexpr char kBody[] =
    "<p>Foreign Minister Ada Lund travelled to Chad on Monday for talks on "
    "water, her ministry said in a note.</p>"
    "<p>She will stay for two days and see a new well near the capital, which "
    "was paid for by her country.</p>";
constexpr char kBodyText[] =
    "Foreign Minister Ada Lund travelled to Chad on Monday for talks on "
    "water, her ministry said in a note.\n\n"
    "She will stay for two days and see a new well near the capital, which "
    "was paid for by her country.";

TEST(ReadHtml, PartsBlocksAndKeepsInlineTextTogether) {
  EXPECT_EQ(Text("<p>Talks in <b>Oslo</b> &amp; Bergen.</p><p>Then\n home.</p>"
                 "one<br>and two<br>Three"),
            "Talks in Oslo & Bergen.\n\nThen home.\n\none and two\nThree");
}

TEST(ReadHtml, TakesAFragmentAsItIs) {
  EXPECT_EQ(Text(kBody), kBodyText);
  EXPECT_EQ(Text("<p>See <a href=x>the full text of the statement here</a></p>"
                 "<p><a href=y>The full text of the second statement</a></p>"),
            "See the full text of the statement here\n\n"
            "The full text of the second statement");
}

TEST(ReadHtml, TellsHeadingsListsAndBoldLines) {
  const Outcome outcome = Read(
      "<p>The opening of the text is here.</p><h2>Aims</h2><ul><li>Trade: "
      "more</li><li>Peace<ol start=3><li>Talks</li><li>Tea</li></ol></li></ul>"
      "<p><strong>Outlook</strong></p><p>Good, the minister said at "
      "length.</p>");
  EXPECT_EQ(outcome.document.text,
            "The opening of the text is here.\n\nAims\n\n- Trade: more\n"
            "- Peace\n  3. Talks\n  4. Tea\n\nOutlook\n\n"
            "Good, the minister said at length.");
  EXPECT_THAT(Units(outcome),
              ElementsAre("text The opening of the text is here.",
                          "heading Aims", "item Trade: more", "item Peace",
                          "item Talks", "item Tea", "heading Outlook",
                          "text Good, the minister said at length."));
  ASSERT_THAT(outcome.document.lists, SizeIs(2));
  EXPECT_THAT(outcome.document.lists[1].items, SizeIs(2));
}

TEST(ReadHtml, MakesItemsOfDefinitionsAndOfTypedBullets) {
  EXPECT_EQ(Text("<dl><dt>When</dt><dd>5 May</dd><dt>Where:</dt><dd>Rabat</dd>"
                 "<dd>Fez</dd><dt>Last</dt></dl><p>• One</p><p>• Two</p>"
                 "<ul><li><b>Energy</b><br>A new grid</li></ul>"),
            "- When: 5 May\n- Where: Rabat\n- Fez\n- Last\n• One\n• Two\n"
            "- Energy: A new grid");
}

TEST(ReadHtml, DecodesEntitiesAlsoEscapedTwice) {
  EXPECT_EQ(Text("<p>C&ocirc;te d&amp;rsquo;Ivoire &amp;amp; A&amp;nbsp;B "
                 "&lpar;x&rpar; 5 &lt; 6 < 7</p><p>x</p>"),
            "Côte d’Ivoire & A\u00a0B (x) 5 < 6 < 7\n\nx");
}

TEST(ReadHtml, ReadsTablesWithSpans) {
  const Outcome outcome = Read(
      "<table><caption>Funds</caption>"
      "<thead><tr><th rowspan=2>Sector</th><th colspan=2>EUR m</th></tr>"
      "<tr><th>2024</th><th>2025</th></tr></thead>"
      "<tr><td rowspan=2>Rail</td><td>1|2</td><td>3</td></tr>"
      "<tr><td>4</td><td>5</td></tr>"
      "<tr><td colspan=2>Total</td><td>9</td></tr>"
      "<tr><td colspan=3>Source: ministry</td></tr></table>");
  ASSERT_THAT(outcome.document.tables, SizeIs(1));
  const Table& table = outcome.document.tables[0];
  EXPECT_EQ(Cells(outcome, table.header), "Sector|EUR m 2024|EUR m 2025");
  ASSERT_THAT(table.rows, SizeIs(4));
  EXPECT_EQ(Cells(outcome, table.rows[0]), "Rail|1|2|3");
  EXPECT_EQ(Cells(outcome, table.rows[1]), "Rail|4|5");
  EXPECT_EQ(Cells(outcome, table.rows[2]), "Total||9");
  EXPECT_EQ(Cells(outcome, table.rows[3]), "Source: ministry");
  EXPECT_EQ(table.intro, 0);
  EXPECT_EQ(outcome.document.units[0].text, "Funds");
}

// Five cells a row were a thousand in each of the rows below.
TEST(ReadHtml, SpansAddCellsInProportionToThoseThatStand) {
  constexpr size_t kRows = 600;
  std::string html = "<table>";
  for (size_t i = 0; i < kRows; ++i) {
    html += "<tr>";
    for (int j = 0; j < 5; ++j) html += "<td rowspan=500>a";
  }
  const Outcome outcome = Read(html);
  ASSERT_THAT(outcome.document.tables, SizeIs(1));
  size_t cells = outcome.document.tables[0].header.cells.size();
  for (const TableRow& row : outcome.document.tables[0].rows) {
    cells += row.cells.size();
  }
  EXPECT_LE(cells, 5 * (5 * kRows) + 1000);
}

TEST(ReadHtml, SpansOverManyRowsOfASmallTableStand) {
  std::string html =
      "<table><tr><th>Day</th><th>Place</th></tr>"
      "<tr><td rowspan=40>Monday</td><td>0</td></tr>";
  for (int i = 1; i < 40; ++i) absl::StrAppend(&html, "<tr><td>", i, "</td>");
  const Outcome outcome = Read(html + "</table>");
  ASSERT_THAT(outcome.document.tables, SizeIs(1));
  ASSERT_THAT(outcome.document.tables[0].rows, SizeIs(40));
  EXPECT_EQ(Cells(outcome, outcome.document.tables[0].rows[39]), "Monday|39");
}

// Each would be joined to all above it.
TEST(ReadHtml, TakesSoManyRowsIntoAHeader) {
  std::string html = "<table>";
  for (int i = 0; i < 20; ++i) {
    absl::StrAppend(&html, "<tr><th>", i, "</th><th>b", i, "</th></tr>");
  }
  const Outcome outcome = Read(html + "</table>");
  ASSERT_THAT(outcome.document.tables, SizeIs(1));
  const Table& table = outcome.document.tables[0];
  EXPECT_EQ(Cells(outcome, table.header),
            "0 1 2 3 4 5 6 7|b0 b1 b2 b3 b4 b5 b6 b7");
  ASSERT_THAT(table.rows, SizeIs(12));
  EXPECT_EQ(Cells(outcome, table.rows[0]), "8|b8");
}

TEST(ReadHtml, UnfoldsTablesThatLayOutAPageAndListsDetails) {
  EXPECT_EQ(Text("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>"),
            "One.\n\nTwo.");
  EXPECT_EQ(Text("<table><tr><td>Menu</td><td><h2>Visit</h2><p>Text.</p></td>"
                 "</tr><tr><td>a</td><td>b</td></tr></table>"),
            "Menu\n\nVisit\n\nText.\n\na\n\nb");
  EXPECT_EQ(Text("<table><tr><th>Who</th><td>Ada Lund</td></tr>"
                 "<tr><th>Where</th><td>Chad<br>Mali</td></tr></table>"),
            "- Who: Ada Lund\n- Where: Chad Mali");
}

TEST(ReadHtml, TakesTheArticleAloneFromAPageOfClutter) {
  const std::string page = absl::StrCat(
      "<!DOCTYPE html><html lang=en><head><title>x</title><style>p{}</style>"
      "</head><body class='menu-open has-sidebar'>"
      "<div id=cookie-banner><p>We and our partners in Peru use cookies to "
      "measure what you read and to make it better for you.</p></div>"
      "<header><a href=/>Home</a> <a href=/w>World</a></header>"
      "<nav><ul><li><a href=1>Brazil</a></li></ul></nav>"
      "<main><article><header><h1>Lund in Chad</h1></header>"
      "<div class=share-buttons>Share on X</div>",
      kBody,
      "<p><strong>Read also:</strong> <a href=y>President flies to Japan for "
      "a summit</a></p>"
      "<div class='related-articles'><p>Minister off to Norway, where talks "
      "on fish begin on Friday morning.</p></div>"
      "<aside><p>In numbers: Kenya</p></aside>"
      "<form><input type=text><p>Subscribe</p></form>"
      "<h2>Related stories</h2><p>Envoy in Laos: what he said and did.</p>"
      "</article></main>"
      "<section id=comments><p>Someone in Fiji wrote this long comment and "
      "more.</p></section>"
      "<div style='display: none'>Hidden Cuba</div>"
      "<footer><p>© Press office, Rome, Italy</p></footer>"
      "<script>var a = '<p>no</p>';</script></body></html>");
  EXPECT_EQ(Text(page), absl::StrCat("Lund in Chad\n\n", kBodyText));
}

TEST(ReadHtml, KnowsClutterByTheWordsOfTheVocabulary) {
  const std::string page = absl::StrCat(
      "<html><body><main><article><h1>Lund in Chad</h1>", kBody,
      "<p>Leggi anche: <a href=y>Il presidente in Giappone</a></p>"
      "<div class=piuLetti><p>Minister off to Norway, where talks on fish "
      "begin on Friday morning.</p></div></article></main></body></html>");
  const std::string text = absl::StrCat("Lund in Chad\n\n", kBodyText);
  PageWords words;
  ReadOptions options;
  options.page_words = &words;
  IssueSink issues;
  EXPECT_NE(ReadHtml(page, options, issues).document.text, text);
  words.leads = {"leggi anche"};
  words.class_words = {"piu letti"};
  EXPECT_EQ(ReadHtml(page, options, issues).document.text, text);
}

TEST(ReadHtml, FindsTheArticleByTheTextWhereNothingDeclaresIt) {
  std::string links;
  for (int i = 0; i < 30; ++i) {
    absl::StrAppend(&links, "<li><a href=x>Minister number ", i,
                    " goes to a country far away</a></li>");
  }
  EXPECT_EQ(
      Text(absl::StrCat("<html><body><div><div class=x1><ul>", links,
                        "</ul></div><div class=x2><h1>Lund in Chad</h1><div>",
                        kBody, "</div></div><div class=x3><ul>", links,
                        "</ul></div></div></body></html>")),
      absl::StrCat("Lund in Chad\n\n", kBodyText));
}

TEST(ReadHtml, KeepsWhatHoldsTheArticleThoughItsClassMisleads) {
  EXPECT_EQ(Text(absl::StrCat("<html><body><div class='content sidebar-left'>"
                              "<article>",
                              kBody, "</article></div></body></html>")),
            kBodyText);
  EXPECT_EQ(Text(absl::StrCat("<body><form id=aspnetForm><div class=social>",
                              kBody, kBody, "</div></form></body>")),
            absl::StrCat(kBodyText, "\n\n", kBodyText));
}

TEST(ReadHtml, TakesTheHeadlineFromTheHeadWhereThePageHasNone) {
  const Outcome outcome =
      Read(absl::StrCat("<html><head><title>Lund in Chad | Ministry of Water"
                        "</title></head><body>",
                        kBody, "</body></html>"));
  EXPECT_EQ(outcome.document.units[0].kind, UnitKind::kTitle);
  EXPECT_EQ(outcome.document.units[0].text, "Lund in Chad");
}

TEST(ReadHtml, TakesLinkedData) {
  const Outcome outcome = Read(absl::StrCat(
      "<html lang=en><head><script type='application/ld+json'>//<![CDATA[\n"
      "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\","
      "\"name\":\"Site\"},{\"@type\":[\"Organization\"],\"@id\":\"#org\","
      "\"name\":\"Ministry &amp; Co\"},{\"@type\":\"NewsArticle\",\"headline\":"
      "\"Lund\nin Chad\",\"datePublished\":\"2024-05-13T23:30:00-05:00\","
      "\"inLanguage\":\"fr-CA\",\"publisher\":{\"@id\":\"#org\"}}]}\n//]]>"
      "</script><script type='application/ld+json'>{broken</script>"
      "<link rel=canonical href='https://e.org/1'></head><body>",
      kBody, "</body></html>"));
  EXPECT_EQ(outcome.metadata.publisher, "Ministry & Co");
  EXPECT_EQ(outcome.metadata.language, "fr-CA");
  EXPECT_EQ(outcome.metadata.uri, "https://e.org/1");
  ASSERT_TRUE(outcome.metadata.publish_time.has_value());
  EXPECT_EQ(absl::FormatTime(outcome.metadata.publish_time->time,
                             absl::UTCTimeZone()),
            "2024-05-14T04:30:00+00:00");
  EXPECT_EQ(outcome.metadata.publish_time->utc_offset_minutes, -300);
  EXPECT_EQ(outcome.document.units[0].text, "Lund in Chad");
}

TEST(ReadHtml, TakesOpenGraphAndMetaAndTime) {
  const Outcome graph = Read(absl::StrCat(
      "<html><head><meta property='og:site_name' content='Daily'><meta "
      "property='article:published_time' content='2024-05-13T10:00:00Z'>"
      "<meta property='og:locale' content='pt_BR'><meta property='og:title' "
      "content='Lund in Chad - Daily'></head><body>",
      kBody, "</body></html>"));
  EXPECT_EQ(graph.metadata.publisher, "Daily");
  EXPECT_EQ(graph.metadata.language, "pt-BR");
  EXPECT_EQ(graph.document.units[0].text, "Lund in Chad");
  EXPECT_EQ(absl::ToUnixSeconds(graph.metadata.publish_time->time), 1715594400);
  const Outcome meta = Read(absl::StrCat(
      "<html><head><meta name='DC.date.issued' content='2024-05-13'></head>"
      "<body>",
      kBody, "</body></html>"));
  EXPECT_EQ(absl::ToUnixSeconds(meta.metadata.publish_time->time), 1715558400);
  const Outcome time = Read(absl::StrCat(
      "<html><body><time datetime='2024-05-13 10:00'>13 May</time>", kBody,
      "</body></html>"));
  EXPECT_EQ(absl::ToUnixSeconds(time.metadata.publish_time->time), 1715594400);
}

TEST(ReadHtml, ReadsHtmlThatWasEscapedAsAWhole) {
  EXPECT_EQ(Text("&lt;p&gt;Visit to Chad&lt;/p&gt;&lt;p&gt;Two days&lt;/p&gt;"),
            "Visit to Chad\n\nTwo days");
}

TEST(ReadHtml, KeepsTheTextOfTagsThatNestTooDeep) {
  std::string html = "<p>Before</p>";
  for (int i = 0; i < 100000; ++i) html += "<div>";
  html += "<p>Inside</p>";
  for (int i = 0; i < 100000; ++i) html += "</div>";
  const Outcome outcome = Read(html + "<p>After</p>");
  EXPECT_EQ(outcome.document.text, "Before\n\nInside\n\nAfter");
  ASSERT_THAT(outcome.issues, SizeIs(1));
  EXPECT_EQ(outcome.issues[0].code, "HTML_TOO_DEEP");
}

TEST(ReadHtml, SurvivesBrokenMarkup) {
  EXPECT_EQ(Text("<p>One<p>Two</b></div><li>Three<td>Four<p title=\"a>Five"),
            "One\n\nTwo\n\n- Three\n\nFour\n\nFive");
  EXPECT_THAT(Text("<!-- never closed <p>Text that stays</p>"),
              HasSubstr("Text that stays"));
  EXPECT_THAT(Read("").document.units, IsEmpty());
  EXPECT_THAT(Read("<html></html>").document.units, IsEmpty());
  EXPECT_THAT(Text("<p>a</p><script>x"), Not(HasSubstr("x")));
}

TEST(ReadHtml, TakesTimeInProportionToThePage) {
  std::string attributes = "<a ";
  for (int i = 0; i < 60000; ++i) absl::StrAppend(&attributes, "a", i, " ");
  std::vector<std::string> patterns = {
      "<div>",
      "</b>",
      "<b>",
      "<a></b>",
      "<p>",
      "<li>",
      "<ul><li>",
      "<table>",
      "<td>",
      "<tr><td>",
      "<!--",
      "<!",
      "<a b=\"",
      "<a b='c",
      "<",
      "&",
      "&amp;",
      "&amp;amp;",
      "<br>",
      "<h1>x",
      "<script>",
      "</script>",
      "<p>a</p>",
      "<a>a</a>",
      "<article>x",
      "<dl><dt>a",
      "<table><tr><td colspan=50 rowspan=500>x</td></tr>",
      "<tr><td rowspan=500>x",
      "<q>",
      "<form>",
      "<aside>",
      "<main>x",
      "<font><p>",
      "<title>",
      "<b><p>x",
      "<select><option>x"};
  patterns.push_back(attributes);
  constexpr size_t kSize = 300'000;
  for (const std::string& pattern : patterns) {
    std::string html;
    while (html.size() < kSize) html += pattern;
    const std::clock_t start = std::clock();
    Read(html);
    EXPECT_LT(std::clock() - start, 3 * CLOCKS_PER_SEC)
        << pattern.substr(0, 60);
  }
}

}  // namespace
}  // namespace attache
