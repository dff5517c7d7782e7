// The readers on texts put together at random from what their markup is made
// of: nothing crashes, and every origin holds.
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/string_view.h"
#include "ingestor/readers/html_reader.h"
#include "ingestor/readers/markdown_reader.h"
#include "tests/support/origins.h"

namespace attache {
namespace {

std::string RandomText(const std::vector<const char*>& parts,
                       std::mt19937& random) {
  std::string text;
  const size_t size = 1 + random() % 40;
  for (size_t i = 0; i < size; ++i) text += parts[random() % parts.size()];
  return text;
}

TEST(RandomMarkup, OriginsHoldInMarkdown) {
  const std::vector<const char*> parts = {
      "a",    "Word ",     " ",    "\n",  "\r\n", "\n\n",  "*",     "**",
      "_",    "`",         "``",   "[",   "](",   ")",     "](x)",  "![",
      "]",    "[b]",       "> ",   "- ",  "1. ",  "# ",    "\t",    "    ",
      "\\",   "\\|",       "|",    "|-|", "é",    "中",    "&amp;", "&",
      "<b>",  "<br>",      "<!--", "-->", "~~",   "---\n", "```\n", "[b]: x\n",
      "[^1]", "[^1]: n\n", "<",    "  \n"};
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = RandomText(parts, random);
    IssueSink issues;
    const ReadResult result = ReadMarkdown(text, ReadOptions(), issues);
    ASSERT_EQ(FirstWrongOrigin(result.document), "") << text;
  }
}

TEST(RandomMarkup, OriginsHoldInHtml) {
  const std::vector<const char*> parts = {
      "a",         "Word ",    " ",
      "\n",        "<p>",      "</p>",
      "<div>",     "</div>",   "<li>",
      "<ul>",      "</ul>",    "<ol>",
      "<table>",   "</table>", "<tr>",
      "<td>",      "<th>",     "<td colspan=3 rowspan=2>",
      "<br>",      "<b>",      "</b>",
      "<a>",       "</a>",     "<h1>",
      "</h1>",     "<h2>",     "<dl>",
      "<dt>",      "<dd>",     "&amp;",
      "&",         "<",        "<!--",
      "-->",       "<pre>",    "</pre>",
      "é",         "中",       "&nbsp;",
      "<article>", "<main>",   "<aside>",
      "<form>",    "<body>",   "<q>",
      "<sup>",     "&amp;lt;"};
  std::mt19937 random(7);
  for (int i = 0; i < 10000; ++i) {
    const std::string html = RandomText(parts, random);
    IssueSink issues;
    const ReadResult result = ReadHtml(html, ReadOptions(), issues);
    ASSERT_EQ(FirstWrongOrigin(result.document), "") << html;
  }
}

}  // namespace
}  // namespace attache
