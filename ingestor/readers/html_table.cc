#include "ingestor/readers/html_table.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ingestor/readers/html_clutter.h"
#include "ingestor/readers/html_tree.h"
#include "ingestor/readers/normalize.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

// A cell with more than this lays out a page and holds no datum.
constexpr size_t kMaxCellBytes = 600;
constexpr size_t kMaxColumns = 50;
constexpr size_t kMaxRowSpan = 500;
// Cells that spans add to a table, for each of its own and beside them: so
// that a table takes memory in proportion to its source.
constexpr size_t kSpannedForEach = 4;
constexpr size_t kSpannedBeside = 1000;
// Of a header; further ones are rows like any other.
constexpr size_t kMaxHeaderRows = 8;

struct Cell {
  size_t text = 0;
  bool header = false;
  size_t columns = 1;
  size_t rows = 1;
};

size_t SpanOf(const xmlNode* cell, const char* name, size_t most) {
  int value = 1;
  if (!absl::SimpleAtoi(AttributeOf(cell, name), &value) || value < 1) return 1;
  return std::min<size_t>(value, most);
}

void AppendFlat(const xmlNode* node, std::string* text) {
  for (const xmlNode* child = node->children; child != nullptr;
       child = child->next) {
    if (!IsElement(child)) {
      absl::StrAppend(text, TextOf(child));
      continue;
    }
    if (ClutterOf(child, /*in_article=*/true, nullptr) == Clutter::kCertain)
      continue;
    const absl::string_view name = NameOf(child);
    const bool inline_element = IsOneOf(
        name,
        {"a",      "abbr", "b",   "bdi",  "bdo", "cite",  "code", "em",  "font",
         "i",      "ins",  "kbd", "mark", "q",   "small", "span", "sub", "sup",
         "strong", "time", "u",   "var",  "wbr", "nobr",  "data", "big", "tt"});
    if (name == "li") {
      absl::StripTrailingAsciiWhitespace(text);
      if (!text->empty() && !absl::EndsWith(*text, ";") &&
          !absl::EndsWith(*text, ":")) {
        *text += ";";
      }
    }
    if (!inline_element) text->push_back(' ');
    AppendFlat(child, text);
    if (!inline_element) text->push_back(' ');
  }
}

class TableReader {
 public:
  explicit TableReader(const xmlNode* table) : table_(table) {
    result_.texts.emplace_back();
  }

  HtmlTable Read() {
    CollectRows(table_);
    if (IsLayout()) return std::move(result_);
    if (caption_ != nullptr) result_.caption = FlatText(caption_);
    if (AreDetails()) {
      result_.kind = HtmlTable::Kind::kDetails;
      for (const auto& row : cells_) {
        result_.rows.push_back({row[0].text, row[1].text});
      }
      return std::move(result_);
    }
    result_.kind = HtmlTable::Kind::kData;
    MakeGrid();
    MergeHeader();
    return std::move(result_);
  }

 private:
  void CollectRows(const xmlNode* node) {
    for (const xmlNode* child = node->children; child != nullptr;
         child = child->next) {
      const absl::string_view name = NameOf(child);
      if (name == "tr") {
        CollectCells(child);
      } else if (name == "caption") {
        caption_ = child;
      } else if (IsOneOf(name, {"thead", "tbody", "tfoot"})) {
        CollectRows(child);
      }
    }
  }

  void CollectCells(const xmlNode* row) {
    std::vector<Cell> cells;
    bool any = false;
    for (const xmlNode* child = row->children; child != nullptr;
         child = child->next) {
      const absl::string_view name = NameOf(child);
      if (name != "td" && name != "th") continue;
      // Its texts are not asked for; of tables in tables they were read once
      // for each of these.
      if (nested_) return;
      VisitElements(child, [this](const xmlNode* inner) {
        const absl::string_view inner_name = NameOf(inner);
        nested_ = nested_ || IsOneOf(inner_name, {"table", "h1", "h2", "h3",
                                                  "article", "form"});
        return !nested_;
      });
      if (nested_) return;
      Cell cell;
      cell.header = name == "th";
      cell.columns = SpanOf(child, "colspan", kMaxColumns);
      cell.rows = SpanOf(child, "rowspan", kMaxRowSpan);
      std::string text = FlatText(child);
      longest_ = std::max(longest_, text.size());
      if (!text.empty()) {
        any = true;
        cell.text = result_.texts.size();
        result_.texts.push_back(std::move(text));
      }
      any_header_ = any_header_ || cell.header;
      cells.push_back(cell);
    }
    widest_ = std::max(widest_, cells.size());
    if (any) cells_.push_back(std::move(cells));
  }

  bool IsLayout() const {
    const std::string role = AttributeOf(table_, "role");
    return nested_ || role == "presentation" || role == "none" || widest_ < 2 ||
           longest_ > kMaxCellBytes || (cells_.size() < 2 && !any_header_);
  }

  bool AreDetails() const {
    return std::all_of(cells_.begin(), cells_.end(), [](const auto& row) {
      return row.size() == 2 && row[0].header && !row[1].header &&
             row[0].text != 0 && row[0].columns == 1 && row[1].columns == 1 &&
             row[0].rows == 1 && row[1].rows == 1;
    });
  }

  void MakeGrid() {
    struct Above {
      size_t text = 0;
      size_t rows = 0;  // that it still spans
    };
    std::vector<Above> above;
    size_t spare = kSpannedBeside;  // what spans may still add
    for (const std::vector<Cell>& cells : cells_) {
      spare += kSpannedForEach * cells.size();
      std::vector<size_t> row;
      const bool header = IsHeader(cells);
      const auto take_above = [&] {
        while (spare > 0 && row.size() < above.size() &&
               above[row.size()].rows > 0) {
          --spare;
          --above[row.size()].rows;
          row.push_back(above[row.size()].text);
        }
      };
      for (const Cell& cell : cells) {
        take_above();
        // A line across the table says something of the rows below it.
        const bool across = cells.size() == 1 && cell.columns > 1;
        const size_t columns = across ? 1 : cell.columns;
        for (size_t i = 0; i < columns && row.size() < kMaxColumns * 20; ++i) {
          if (i > 0 && spare == 0) break;
          if (i > 0) --spare;
          if (above.size() <= row.size()) above.resize(row.size() + 1);
          const size_t text = i == 0 || header ? cell.text : 0;
          above[row.size()] = {text, cell.rows - 1};
          row.push_back(text);
        }
      }
      take_above();
      result_.rows.push_back(std::move(row));
      headers_.push_back(header);
    }
    // A line across that opens the table is its caption.
    while (result_.rows.size() > 1 && result_.rows[0].size() == 1 &&
           result_.rows[1].size() > 1) {
      absl::StrAppend(&result_.caption, result_.caption.empty() ? "" : " ",
                      result_.texts[result_.rows[0][0]]);
      result_.rows.erase(result_.rows.begin());
      headers_.erase(headers_.begin());
    }
  }

  static bool IsHeader(const std::vector<Cell>& cells) {
    return std::all_of(cells.begin(), cells.end(),
                       [](const Cell& cell) { return cell.header; });
  }

  void MergeHeader() {
    auto& rows = result_.rows;
    for (size_t merged = 1; merged < kMaxHeaderRows && rows.size() > 2 &&
                            headers_[0] && headers_[1];
         ++merged) {
      const size_t width = std::max(rows[0].size(), rows[1].size());
      rows[0].resize(width);
      rows[1].resize(width);
      for (size_t i = 0; i < width; ++i) {
        const size_t top = rows[0][i];
        const size_t below = rows[1][i];
        if (below == 0 || below == top) continue;
        if (top == 0) {
          rows[0][i] = below;
          continue;
        }
        rows[0][i] = result_.texts.size();
        result_.texts.push_back(
            absl::StrCat(result_.texts[top], " ", result_.texts[below]));
      }
      rows.erase(rows.begin() + 1);
      headers_.erase(headers_.begin() + 1);
    }
  }

  const xmlNode* table_;
  const xmlNode* caption_ = nullptr;
  HtmlTable result_;
  std::vector<std::vector<Cell>> cells_;
  std::vector<bool> headers_;  // by row of the grid
  size_t widest_ = 0;
  size_t longest_ = 0;
  bool nested_ = false;
  bool any_header_ = false;
};

}  // namespace

HtmlTable ReadHtmlTable(const xmlNode* table) {
  return TableReader(table).Read();
}

std::string FlatText(const xmlNode* node) {
  std::string text;
  AppendFlat(node, &text);
  text = DecodeEntities(text);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

}  // namespace attache
