#include "ingestor/readers/html_to_text.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "ingestor/readers/sniff.h"

namespace attache {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Text(absl::string_view html) {
  IssueSink issues;
  return HtmlToText(html, issues);
}

TEST(HtmlToText, PartsBlocksAndKeepsInlineTextTogether) {
  EXPECT_EQ(Text("<p>Talks in <b>Oslo</b> &amp; Bergen.</p><p>Then\n home.</p>"
                 "one<br>two"),
            "Talks in Oslo & Bergen.\n\nThen home.\n\none\ntwo");
}

TEST(HtmlToText, DropsScriptsStylesAndHead) {
  EXPECT_EQ(
      Text("<html><head><title>x</title><style>p{}</style></head><body>"
           "<script>var a = '<p>no</p>';</script><p>Yes</p></body></html>"),
      "Yes");
}

TEST(HtmlToText, MarksHeadingsListsAndBoldLines) {
  EXPECT_EQ(
      Text("<h2>Aims</h2><ul><li>Trade: more</li><li>Peace<ol><li>Talks"
           "</li></ol></li></ul><p><strong>Outlook</strong></p><p>Good.</p>"),
      "## Aims\n\n- Trade: more\n- Peace\n\n  1. Talks\n\n**Outlook**\n\n"
      "Good.");
}

TEST(HtmlToText, DrawsTablesOfData) {
  EXPECT_EQ(
      Text("<table><tr><th>Sector</th><th>Sum</th></tr><tr><td><p>Rail</p>"
           "</td><td>1|2</td></tr></table><p>End</p>"),
      "| Sector | Sum |\n|---|---|\n| Rail | 1\\|2 |\n\nEnd");
}

TEST(HtmlToText, UnfoldsTablesThatLayOutAPage) {
  EXPECT_EQ(Text("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>"),
            "One.\n\nTwo.");
}

TEST(HtmlToText, ReadsHtmlThatWasEscapedAsAWhole) {
  EXPECT_EQ(Text("&lt;p&gt;Visit to Chad&lt;/p&gt;&lt;p&gt;Two days&lt;/p&gt;"),
            "Visit to Chad\n\nTwo days");
}

TEST(HtmlToText, EndsWhereTagsNestTooDeep) {
  std::string html = "<p>Before</p>";
  for (int i = 0; i < 100000; ++i) html += "<div>";
  IssueSink issues;
  EXPECT_EQ(HtmlToText(html + "after", issues), "Before");
  ASSERT_THAT(issues.issues(), SizeIs(1));
  EXPECT_EQ(issues.issues()[0].code, "HTML_TOO_DEEP");
}

TEST(ResolveMediaType, SniffsWhereNoneIsGiven) {
  EXPECT_EQ(*ResolveMediaType("", "<p>Visit</p>"), "text/html");
  EXPECT_EQ(*ResolveMediaType("", "# Visit\n\n## Aims\n"), "text/markdown");
  EXPECT_EQ(*ResolveMediaType("", "Visit to <Oslo>"), "text/plain");
  EXPECT_EQ(*ResolveMediaType("Text/HTML; charset=utf-8", "x"), "text/html");
}

TEST(ResolveMediaType, TellsMarkdownFromPlainTextThatLooksAlike) {
  for (const char* plain :
       {"Stops\n\n- Oslo\n- Bergen\n\nCountry | City\n---|---\nNorway | "
        "Oslo\n",
        "Outlook\n-------\n\n1. Ports\n2. Rail\n", "#Peru2024 is *near*.",
        "He said [sic] that 2 ** 3 ** 4 is (http://e.org).",
        "---\n\nNote: the envoy left.\n\n---\n"}) {
    EXPECT_EQ(*ResolveMediaType("", plain), "text/plain") << plain;
  }
  for (const char* markdown :
       {"# Visit to Oslo\n\nText.\n", "See [the list](https://e.org).",
        "---\ntitle: Visit\n---\nText\n",
        "**Who:** the envoy\n\n**Where:** Oslo\n",
        "Text [1][a].\n\n[a]: https://e.org\n",
        "# Sums\n\n| A | B |\n|---|---|\n| 1<br>2 | 3<br>4 |\n"}) {
    EXPECT_EQ(*ResolveMediaType("", markdown), "text/markdown") << markdown;
  }
}

TEST(ResolveMediaType, TellsHtmlByItsTags) {
  for (const char* html :
       {"<!-- saved -->\n<?xml version=\"1.0\"?>\n<HTML><body>x",
        "One line<br>and another<br/>one", "<div class=a>Text</div><p>More",
        "<p>See [a](http://e.org) and **b**</p><p>More</p>"}) {
    EXPECT_EQ(*ResolveMediaType("", html), "text/html") << html;
  }
}

TEST(ResolveMediaType, RefusesOtherTypes) {
  const auto details =
      DetailsOf(ResolveMediaType("application/pdf", "x").status());
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "MEDIA_TYPE_UNSUPPORTED");
}

TEST(DeclaredCharset, ReadsParameterAndMeta) {
  EXPECT_EQ(DeclaredCharset("text/plain; charset=\"ISO-8859-1\"", ""),
            "iso-8859-1");
  EXPECT_EQ(DeclaredCharset("", "<html><meta charset='koi8-r'>"), "koi8-r");
  EXPECT_THAT(DeclaredCharset("", "the parameter charset=x"), IsEmpty());
}

}  // namespace
}  // namespace attache
