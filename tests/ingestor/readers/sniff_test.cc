#include "ingestor/readers/sniff.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"

namespace attache {
namespace {

using ::testing::IsEmpty;

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
