#include "ingestor/readers/html_to_text.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ingestor/readers/sniff.h"

namespace attache {
namespace {

constexpr int kMaxDepth = 1000;
// A cell with more than this lays out a page and holds no datum.
constexpr size_t kMaxCellBytes = 600;
constexpr size_t kMaxBoldHeadingBytes = 150;

bool OneOf(absl::string_view name, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(),
                     [name](const char* other) { return name == other; });
}

bool IsDropped(absl::string_view name) {
  return OneOf(name, {"script", "style", "noscript", "template", "svg", "head",
                      "iframe", "select", "button", "object"});
}

bool IsBlock(absl::string_view name) {
  return OneOf(
      name, {"p",      "div",     "section", "article", "blockquote", "figure",
             "ul",     "ol",      "dl",      "dt",      "dd",         "header",
             "footer", "main",    "aside",   "nav",     "figcaption", "pre",
             "form",   "address", "h1",      "h2",      "h3",         "h4",
             "h5",     "h6",      "hr",      "caption", "center"});
}

bool IsBold(absl::string_view name) { return OneOf(name, {"b", "strong"}); }

// Text under construction: the document's, or a table cell's.
struct Sink {
  std::string text;
  int breaks = 0;  // line ends due before the next character
  bool space = false;
  size_t line_begin = 0;
  bool line_plain = false;  // something in the line is not bold
};

struct OpenTable {
  std::vector<std::vector<std::string>> rows;
  bool nested = false;
};

class Extractor {
 public:
  explicit Extractor(IssueSink& issues) : issues_(issues) {
    sinks_.emplace_back();
  }

  void Open(absl::string_view name) {
    if (dropped_ > 0 || IsDropped(name)) {
      ++dropped_;
      return;
    }
    if (IsBold(name)) ++bold_;
    if (name == "br") Break(1);
    if (name == "li") return OpenItem();
    if (name == "table") return OpenTableTag();
    if (name == "tr" && !tables_.empty()) tables_.back().rows.emplace_back();
    if ((name == "td" || name == "th") && !tables_.empty()) {
      if (tables_.back().rows.empty()) tables_.back().rows.emplace_back();
      sinks_.emplace_back();
      return;
    }
    if (IsBlock(name)) Break(2);
    if (name == "ul" || name == "ol") lists_.push_back(name == "ol" ? 1 : 0);
    if (name == "pre") ++pre_;
    if (name.size() == 2 && name[0] == 'h' && absl::ascii_isdigit(name[1])) {
      mark_ = std::string(name[1] - '0', '#') + " ";
    }
  }

  void Close(absl::string_view name) {
    if (dropped_ > 0) {
      --dropped_;
      return;
    }
    if (IsBold(name) && bold_ > 0) --bold_;
    if (name == "table") return CloseTable();
    if ((name == "td" || name == "th") && sinks_.size() > 1) {
      EndLine();
      std::string cell = std::move(sinks_.back().text);
      sinks_.pop_back();
      tables_.back().rows.back().push_back(std::move(cell));
      return;
    }
    if ((name == "ul" || name == "ol") && !lists_.empty()) lists_.pop_back();
    if (name == "pre" && pre_ > 0) --pre_;
    if (name == "li") Break(1);
    if (IsBlock(name)) {
      mark_.clear();
      Break(2);
    }
  }

  void Text(absl::string_view text) {
    if (dropped_ > 0) return;
    for (const char c : text) {
      if (pre_ > 0 && c == '\n') {
        Break(1);
      } else if (absl::ascii_isspace(c)) {
        sink().space = true;
      } else {
        Put(c);
      }
    }
  }

  std::string Finish() {
    while (!tables_.empty()) CloseTable();
    EndLine();
    return std::move(sinks_[0].text);
  }

  void TooDeep() {
    if (too_deep_) return;
    too_deep_ = true;
    issues_.Report("HTML_TOO_DEEP",
                   absl::StrCat("Tags are nested more than ", kMaxDepth,
                                " deep; what follows was not read."));
  }

 private:
  Sink& sink() { return sinks_.back(); }

  void Put(char c) {
    Sink& out = sink();
    if (out.breaks > 0 && !out.text.empty()) {
      EndLine();
      out.text.append(out.breaks, '\n');
      out.line_begin = out.text.size();
      out.line_plain = false;
    } else if (out.space && out.text.size() > out.line_begin) {
      out.text.push_back(' ');
    }
    out.breaks = 0;
    out.space = false;
    if (!mark_.empty()) {
      out.text += mark_;
      out.line_plain = true;
      mark_.clear();
    }
    if (bold_ == 0) out.line_plain = true;
    out.text.push_back(c);
  }

  // A line that is bold as a whole heads what follows.
  void EndLine() {
    Sink& out = sink();
    const size_t size = out.text.size() - out.line_begin;
    if (out.line_plain || size == 0 || size > kMaxBoldHeadingBytes) return;
    out.text.insert(out.line_begin, "**");
    out.text += "**";
    out.line_plain = true;
  }

  void Break(int lines) { sink().breaks = std::max(sink().breaks, lines); }

  void OpenItem() {
    Break(1);
    const size_t depth = lists_.empty() ? 0 : lists_.size() - 1;
    mark_.assign(2 * std::min<size_t>(depth, 20), ' ');
    if (!lists_.empty() && lists_.back() > 0) {
      absl::StrAppend(&mark_, lists_.back()++, ". ");
    } else {
      mark_ += "- ";
    }
  }

  void OpenTableTag() {
    for (OpenTable& table : tables_) table.nested = true;
    tables_.emplace_back();
    // Lists and marks outside do not reach into cells.
    sinks_.emplace_back();
  }

  void CloseTable() {
    if (tables_.empty()) return;
    OpenTable table = std::move(tables_.back());
    tables_.pop_back();
    // What stands in the table outside its cells.
    std::string loose = std::move(sinks_.back().text);
    sinks_.pop_back();
    mark_.clear();
    AppendBlock(loose);
    AppendTable(table);
  }

  void AppendTable(const OpenTable& table) {
    size_t width = 0;
    size_t longest = 0;
    for (const auto& row : table.rows) {
      width = std::max(width, row.size());
      for (const std::string& cell : row) {
        longest = std::max(longest, cell.size());
      }
    }
    if (table.nested || width < 2 || longest > kMaxCellBytes) {
      for (const auto& row : table.rows) {
        for (const std::string& cell : row) AppendBlock(cell);
      }
      return;
    }
    std::string lines;
    for (const auto& row : table.rows) {
      if (row.empty()) continue;
      const bool first = lines.empty();
      for (const std::string& cell : row) {
        absl::StrAppend(&lines, "| ", FlatCell(cell), " ");
      }
      lines += "|\n";
      if (!first) continue;
      for (size_t i = 0; i < row.size(); ++i) lines += "|---";
      lines += "|\n";
    }
    AppendBlock(lines);
  }

  static std::string FlatCell(absl::string_view cell) {
    std::string flat;
    for (const char c : cell) {
      if (c == '|') flat.push_back('\\');
      flat.push_back(c == '\n' ? ' ' : c);
    }
    if (absl::StartsWith(flat, "**") && absl::EndsWith(flat, "**") &&
        flat.size() > 4) {
      flat = flat.substr(2, flat.size() - 4);
    }
    return flat;
  }

  // Whole lines, with their own marks.
  void AppendBlock(absl::string_view block) {
    while (absl::EndsWith(block, "\n")) block.remove_suffix(1);
    if (block.empty()) return;
    EndLine();
    Sink& out = sink();
    if (!out.text.empty()) out.text += "\n\n";
    out.text.append(block.data(), block.size());
    out.line_begin = out.text.size();
    out.line_plain = true;
    out.space = false;
    out.breaks = 2;
  }

  IssueSink& issues_;
  std::vector<Sink> sinks_;
  std::vector<OpenTable> tables_;
  std::vector<int> lists_;  // the next number of an ordered one, else 0
  std::string mark_;        // opens the next line
  int dropped_ = 0;         // depth inside of what is dropped
  int bold_ = 0;
  int pre_ = 0;
  bool too_deep_ = false;
};

struct Run {
  Extractor* extractor;
  htmlParserCtxtPtr context;
};

absl::string_view NameOf(const xmlChar* name) {
  return reinterpret_cast<const char*>(name);
}

void OnStart(void* data, const xmlChar* name, const xmlChar**) {
  auto* run = static_cast<Run*>(data);
  if (run->context->nameNr > kMaxDepth) {
    run->extractor->TooDeep();
    xmlStopParser(run->context);
    return;
  }
  run->extractor->Open(NameOf(name));
}

void OnEnd(void* data, const xmlChar* name) {
  static_cast<Run*>(data)->extractor->Close(NameOf(name));
}

void OnText(void* data, const xmlChar* text, int size) {
  static_cast<Run*>(data)->extractor->Text(
      {reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
}

std::string Extract(absl::string_view html, IssueSink& issues) {
  static const bool kReady = [] {
    xmlInitParser();
    return true;
  }();
  Extractor extractor(issues);
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> context(
      kReady ? htmlCreateMemoryParserCtxt(html.data(), html.size()) : nullptr,
      &htmlFreeParserCtxt);
  if (context == nullptr) return "";
  htmlCtxtUseOptions(context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                        HTML_PARSE_NOWARNING |
                                        HTML_PARSE_NONET |
                                        HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(context.get(), XML_CHAR_ENCODING_UTF8);
  Run run{&extractor, context.get()};
  htmlSAXHandler handler;
  std::memset(&handler, 0, sizeof(handler));
  handler.startElement = OnStart;
  handler.endElement = OnEnd;
  handler.characters = OnText;
  handler.ignorableWhitespace = OnText;
  *context->sax = handler;
  context->userData = &run;
  htmlParseDocument(context.get());
  return extractor.Finish();
}

}  // namespace

std::string HtmlToText(absl::string_view html, IssueSink& issues) {
  std::string text = Extract(html, issues);
  if (LooksLikeHtml(text)) text = Extract(text, issues);
  return text;
}

}  // namespace attache
