#include "absl/strings/str_cat.h"
#include "tests/ingestor/text_shapes.h"

namespace attache {
namespace {

std::string Times(const std::string& piece, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// All opened, then all closed.
std::function<std::string(size_t)> Nested(std::string open, std::string close) {
  return [=](size_t bytes) {
    const size_t depth = bytes / (open.size() + close.size()) + 1;
    return absl::StrCat("visited Kenya ", Times(open, depth), "x",
                        Times(close, depth));
  };
}

// A header, its delimiters and one row of ever more columns.
std::string WideMarkdownTable(size_t bytes) {
  const size_t columns = bytes / 8;
  return absl::StrCat("|", Times("a|", columns), "\n|", Times("-|", columns),
                      "\n|", Times("b|", columns), "\n");
}

// Rows without the cells that their header promises.
std::string RaggedMarkdownTable(size_t bytes) {
  const size_t columns = bytes / 8;
  return absl::StrCat("|", Times("a|", columns), "\n|", Times("-|", columns),
                      "\n", Times("|\n", columns));
}

std::string Feed(size_t bytes) {
  std::string feed =
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title>";
  for (int i = 0; feed.size() < bytes; ++i) {
    absl::StrAppend(&feed, "<item><guid>", i, "</guid><title>Visit</title>",
                    "<description>&lt;p&gt;visited Kenya</description></item>");
  }
  return feed + "</channel></rss>";
}

std::vector<TextShape> Markdown() {
  const std::string visit = "Minister Ewa Lis visited Kenya. ";
  std::vector<TextShape> shapes = {
      {"nested_lists",
       [](size_t bytes) {
         std::string text;
         for (int i = 0; text.size() < bytes; ++i) {
           absl::StrAppend(&text, std::string(2 * (i % 100), ' '),
                           "- visit Kenya\n");
         }
         return text;
       }},
      {"nested_quotes", Repeating("", ">")},
      {"quotes",
       Repeating(
           "", [](int i) { return Times("> ", i % 100) + "visited Kenya\n"; })},
      {"brackets", Repeating("", "[")},
      {"brackets_closed", Nested("[", "]")},
      {"links_never_closed", Repeating(visit, "[a](")},
      {"images_never_closed", Repeating(visit, "![")},
      {"links", Repeating(visit, "[Kenya](http://a.b/c) ")},
      {"emphasis", Repeating(visit, "*a **b _c ")},
      {"backticks",
       Repeating(visit, [](int i) { return Times("`", i % 300 + 1) + " "; })},
      {"references", Repeating(visit,
                               [](int i) {
                                 return absl::StrCat(
                                     "[r", i, "]: http://a.b\n\n[r", i, "] ");
                               })},
      {"tags_never_closed", Repeating(visit, "<a ")},
      {"comments_never_closed", Repeating(visit, "<!-- ")},
      {"entities", Repeating(visit, "&amp;&#233;")},
      {"wide_table", WideMarkdownTable},
      {"ragged_table", RaggedMarkdownTable},
      {"tall_table", Repeating("| Date | Place |\n|---|---|\n",
                               [](int i) {
                                 return absl::StrCat("| ", Day(i), " | ",
                                                     Country(i), " |\n");
                               })},
      {"headings", Repeating("",
                             [](int i) {
                               return absl::StrCat("## Visit to ", Country(i),
                                                   "\n\n");
                             })},
      {"underlined_headings", Repeating("", "a\n=\n")},
      {"footnotes", Repeating("",
                              [](int i) {
                                return absl::StrCat("[^", i, "]: a [^", i + 1,
                                                    "]\n\n");
                              })},
      {"addresses", Repeating(visit, "www.a.b a@b.c ")},
      {"signs_of_addresses", Repeating("", "a@")},
  };
  for (TextShape& shape : shapes) {
    shape.name = "markdown_" + shape.name;
    shape.media_type = "text/markdown";
  }
  return shapes;
}

std::vector<TextShape> Html() {
  std::vector<TextShape> shapes = {
      {"nested_blocks", Nested("<div>", "</div>")},
      {"nested_lists", Nested("<ul><li>", "</li></ul>")},
      {"nested_tables", Nested("<table><tr><td>", "</td></tr></table>")},
      {"tables_never_closed", Repeating("", "<table><tr><td>a<td>b<tr><td>")},
      {"captions_never_closed", Repeating("", "<table><caption>a")},
      {"blocks_never_closed", Repeating("<p>visited Kenya", "<div>a")},
      {"marks_never_closed", Repeating("", "<p><b><i>a")},
      {"tall_table", Repeating("<table>",
                               [](int i) {
                                 return absl::StrCat("<tr><td>", Day(i), "<td>",
                                                     Country(i));
                               })},
      {"wide_table", Repeating("<table><tr>", "<td>Kenya")},
      {"spanned_columns",
       Repeating("<table>", "<tr><td colspan=50>a<td colspan=50>b")},
      {"spanned_rows",
       Repeating("<table>", "<tr>" + Times("<td rowspan=500>a", 5))},
      {"rows_of_headers", Repeating("<table>", "<tr><th>a<th>b")},
      {"details", Repeating("<dl>", "<dt>Date<dd>5 May 2024")},
      {"links", Repeating("<p>visited Kenya", "<a href='/x'>Kenya</a> ")},
      {"paragraphs", Repeating("",
                               [](int i) {
                                 return absl::StrCat("<p>visited ", Country(i),
                                                     "</p>");
                               })},
      {"headings", Repeating("", "<section><h2>Visit to Peru</h2><p>a")},
      {"line_breaks", Repeating("<p>", "Visit Kenya<br>")},
      {"attributes",
       Repeating("<p>visited Kenya<p ",
                 [](int i) { return absl::StrCat("a", i, "='b' "); })},
      {"clutter",
       Repeating("<p>visited Kenya", "<div class='related share nav'>a</div>")},
      {"comments_never_closed", Repeating("<p>visited Kenya", "<!--")},
      {"entities", Repeating("<p>", "&nbsp;&eacute;&#x263a;")},
      {"signs_of_tags", Repeating("<p>visited Kenya", "<")},
      {"scripts", Repeating("<p>visited Kenya", "<script>a</script>")},
      {"linked_data", Repeating("<p>visited Kenya",
                                "<script type='application/ld+json'>[[[["
                                "</script>")},
      {"lines", Repeating("<pre>", "visited Kenya\n")},
  };
  for (TextShape& shape : shapes) {
    shape.name = "html_" + shape.name;
    shape.media_type = "text/html";
  }
  return shapes;
}

}  // namespace

std::vector<TextShape> MarkupShapes() {
  std::vector<TextShape> shapes = Markdown();
  for (TextShape& shape : Html()) shapes.push_back(std::move(shape));
  shapes.push_back({"feed", Feed, "application/rss+xml"});
  return shapes;
}

}  // namespace attache
