#include "ingestor/readers/markdown_inlines.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <cmark-gfm/buffer.h>
#include <cmark-gfm/houdini.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace attache {
namespace {

constexpr size_t kMaxLabelBytes = 1000;
constexpr int kMaxParentheses = 32;
constexpr size_t kMaxEntityBytes = 40;

// The character references of HTML 5, as cmark reads them: what the one after
// the '&' stands for, and its bytes without the '&'; 0 for none.
size_t DecodeEntity(absl::string_view text, std::string* decoded) {
  cmark_strbuf buffer;
  cmark_strbuf_init(cmark_get_default_mem_allocator(), &buffer, 0);
  const size_t size = houdini_unescape_ent(
      &buffer, reinterpret_cast<const uint8_t*>(text.data()), text.size());
  if (size > 0) {
    decoded->assign(reinterpret_cast<const char*>(buffer.ptr), buffer.size);
  }
  cmark_strbuf_free(&buffer);
  return size;
}

bool IsSpaceOrEnd(char c) { return c == ' ' || c == '\t' || c == '\n'; }

void SkipSpaces(LeafCursor& cursor) {
  while (cursor.Peek() == ' ' || cursor.Peek() == '\t') cursor.Skip();
}

void SkipWhiteSpace(LeafCursor& cursor) {
  while (!cursor.done() && absl::ascii_isspace(cursor.Peek())) cursor.Skip();
}

// "[label]" at the cursor; false, and nothing skipped, where there is none.
bool SkipLabel(LeafCursor& cursor) {
  LeafCursor ahead = cursor;
  if (ahead.Peek() != '[') return false;
  ahead.Skip();
  for (size_t size = 0; size <= kMaxLabelBytes && !ahead.done(); ++size) {
    const char c = ahead.Peek();
    if (c == '[') return false;
    ahead.Skip();
    if (c == ']') {
      cursor = ahead;
      return true;
    }
    if (c == '\\' && absl::ascii_ispunct(ahead.Peek())) {
      ahead.Skip();
      ++size;
    }
  }
  return false;
}

bool SkipDestination(LeafCursor& cursor) {
  if (cursor.Peek() == '<') {
    cursor.Skip();
    while (!cursor.done()) {
      const char c = cursor.Peek();
      if (c == '\n' || c == '<') return false;
      cursor.Skip();
      if (c == '>') return true;
      if (c == '\\' && !cursor.done()) cursor.Skip();
    }
    return false;
  }
  int open = 0;
  while (!cursor.done()) {
    const char c = cursor.Peek();
    if (c == '\\' && absl::ascii_ispunct(cursor.PeekAfter(1))) {
      cursor.Skip(2);
      continue;
    }
    if (c == '(') {
      if (++open > kMaxParentheses) return false;
    } else if (c == ')') {
      if (open == 0) break;
      --open;
    } else if (absl::ascii_isspace(c) || absl::ascii_iscntrl(c)) {
      break;
    }
    cursor.Skip();
  }
  return open == 0;
}

bool SkipTitle(LeafCursor& cursor) {
  const char open = cursor.Peek();
  if (open != '"' && open != '\'' && open != '(') return false;
  const char close = open == '(' ? ')' : open;
  cursor.Skip();
  while (!cursor.done()) {
    const char c = cursor.Peek();
    cursor.Skip();
    if (c == close) return true;
    if (c == '(' && open == '(') return false;
    if (c == '\\' && absl::ascii_ispunct(cursor.Peek())) cursor.Skip();
  }
  return false;
}

// "(destination "title")" at the cursor; nothing skipped where there is none.
bool SkipTarget(LeafCursor& cursor) {
  LeafCursor ahead = cursor;
  if (!ahead.SkipText("(")) return false;
  SkipWhiteSpace(ahead);
  if (!SkipDestination(ahead)) return false;
  const char after = ahead.Peek();
  SkipWhiteSpace(ahead);
  if (absl::ascii_isspace(after)) {
    LeafCursor title = ahead;
    if (SkipTitle(title)) {
      ahead = title;
      SkipWhiteSpace(ahead);
    }
  }
  if (!ahead.SkipText(")")) return false;
  cursor = ahead;
  return true;
}

// Link reference definitions that a paragraph opens with; they are no text.
void SkipDefinitions(LeafCursor& cursor) {
  while (true) {
    LeafCursor ahead = cursor;
    if (!SkipLabel(ahead) || !ahead.SkipText(":")) return;
    SkipWhiteSpace(ahead);
    const LeafCursor destination = ahead;
    if (!SkipDestination(ahead)) return;
    if (ahead.InText() == destination.InText() &&
        ahead.RestOfLine() == destination.RestOfLine()) {
      return;
    }
    LeafCursor end = ahead;
    SkipSpaces(end);
    const bool alone = end.done() || end.Peek() == '\n';
    if (IsSpaceOrEnd(ahead.Peek()) || ahead.done()) {
      LeafCursor title = ahead;
      SkipWhiteSpace(title);
      if (SkipTitle(title)) {
        SkipSpaces(title);
        if (title.done() || title.Peek() == '\n') {
          SkipWhiteSpace(title);
          cursor = title;
          continue;
        }
      }
    }
    if (!alone) return;
    SkipWhiteSpace(end);
    cursor = end;
  }
}

class InlineReader {
 public:
  explicit InlineReader(LeafCursor cursor) : cursor_(std::move(cursor)) {}

  bool Read(cmark_node* leaf) {
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iterator(
        cmark_iter_new(leaf), &cmark_iter_free);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE) {
      cmark_node* node = cmark_iter_get_node(iterator.get());
      if (node == leaf) continue;
      const bool read = event == CMARK_EVENT_ENTER ? Enter(node) : Exit(node);
      if (!read) return false;
    }
    return true;
  }

  std::vector<TextRange> TakeRanges() { return std::move(ranges_); }

 private:
  static absl::string_view LiteralOf(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    return literal == nullptr ? "" : literal;
  }

  // An extension's type, which has no constant.
  static bool IsStrikethrough(cmark_node* node) {
    return std::strcmp(cmark_node_get_type_string(node), "strikethrough") == 0;
  }

  bool Enter(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT) return ReadText(LiteralOf(node));
    if (type == CMARK_NODE_CODE) return ReadCode();
    if (type == CMARK_NODE_HTML_INLINE) return ReadHtml(LiteralOf(node));
    if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
      return ReadBreak(type == CMARK_NODE_LINEBREAK);
    }
    if (type == CMARK_NODE_EMPH) return SkipMark(1);
    if (type == CMARK_NODE_STRONG) return SkipMark(2);
    if (IsStrikethrough(node)) return SkipTildes();
    if (type == CMARK_NODE_LINK) {
      if (cursor_.Peek() == '<') {
        cursor_.Skip();
        in_autolink_ = true;
        return true;
      }
      return cursor_.SkipText("[");
    }
    if (type == CMARK_NODE_IMAGE) {
      Space();
      return cursor_.SkipText("![");
    }
    if (type == CMARK_NODE_FOOTNOTE_REFERENCE) return SkipFootnote();
    return false;
  }

  bool Exit(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_EMPH) return SkipMark(1);
    if (type == CMARK_NODE_STRONG) return SkipMark(2);
    if (IsStrikethrough(node)) return SkipTildes();
    if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
      if (in_autolink_) {
        in_autolink_ = false;
        return cursor_.SkipText(">");
      }
      if (!cursor_.SkipText("]")) return false;
      if (!SkipTarget(cursor_)) SkipLabel(cursor_);
    }
    return true;
  }

  bool SkipMark(int size) {
    const char mark = cursor_.Peek();
    if (mark != '*' && mark != '_') return false;
    for (int i = 0; i < size; ++i) {
      if (cursor_.Peek() != mark) return false;
      cursor_.Skip();
    }
    return true;
  }

  bool SkipTildes() {
    if (!cursor_.SkipText("~")) return false;
    cursor_.SkipText("~");
    return true;
  }

  bool SkipFootnote() {
    if (!cursor_.SkipText("[^")) return false;
    while (!cursor_.done() && cursor_.Peek() != ']') cursor_.Skip();
    return cursor_.SkipText("]");
  }

  bool ReadBreak(bool hard) {
    SkipSpaces(cursor_);
    if (hard) cursor_.SkipText("\\");
    if (!cursor_.SkipText("\n")) return false;
    SkipSpaces(cursor_);
    Space();
    return true;
  }

  // A tag holds no text; a line break is a space.
  bool ReadHtml(absl::string_view literal) {
    for (const char c : literal) {
      if (cursor_.Peek() != c) return false;
      cursor_.Skip();
    }
    if (absl::StartsWithIgnoreCase(literal, "<br")) Space();
    return true;
  }

  bool ReadText(absl::string_view literal) {
    std::string decoded;
    while (!literal.empty()) {
      const char c = cursor_.Peek();
      if (c == '&') {
        const absl::string_view rest = cursor_.RestOfLine();
        const size_t size =
            DecodeEntity(rest.substr(1, kMaxEntityBytes), &decoded);
        if (size > 0 && absl::StartsWith(literal, decoded)) {
          Copy(size + 1);
          literal.remove_prefix(decoded.size());
          continue;
        }
      }
      if (c == '\\' && cursor_.PeekAfter(1) == literal[0] &&
          absl::ascii_ispunct(literal[0])) {
        cursor_.Skip();
      } else if (c != literal[0]) {
        return false;
      }
      if (cursor_.done()) return false;
      Copy(1);
      literal.remove_prefix(1);
    }
    return true;
  }

  bool ReadCode() {
    size_t ticks = 0;
    while (cursor_.Peek() == '`') {
      ++ticks;
      cursor_.Skip();
    }
    if (ticks == 0) return false;
    while (!cursor_.done()) {
      const char c = cursor_.Peek();
      if (c == '`') {
        LeafCursor ahead = cursor_;
        size_t run = 0;
        while (ahead.Peek() == '`') {
          ++run;
          ahead.Skip();
        }
        if (run == ticks) {
          cursor_ = ahead;
          return true;
        }
        Copy(run);
      } else if (c == '\n') {
        cursor_.Skip();
        Space();
      } else if (c == '\\' && cursor_.PeekAfter(1) == '|') {
        // Only a table's cell has a reason to escape it there.
        cursor_.Skip();
        Copy(1);
      } else {
        Copy(1);
      }
    }
    return false;
  }

  void Copy(size_t bytes) {
    for (; bytes > 0; --bytes) {
      const std::optional<uint32_t> at = cursor_.InText();
      if (at.has_value()) Append(*at);
      cursor_.Skip();
    }
  }

  void Append(uint32_t at) {
    if (!ranges_.empty() && ranges_.back().end == at &&
        ranges_.back().begin < at) {
      ++ranges_.back().end;
    } else {
      ranges_.push_back({at, at + 1});
    }
  }

  void Space() {
    if (ranges_.empty()) return;
    const uint32_t at = ranges_.back().end;
    if (ranges_.back().begin != at) ranges_.push_back({at, at});
  }

  LeafCursor cursor_;
  std::vector<TextRange> ranges_;
  bool in_autolink_ = false;
};

}  // namespace

LeafCursor::LeafCursor(const MarkdownSource& source, size_t first, size_t last,
                       size_t column, int quotes)
    : source_(&source),
      line_(first - 1),
      end_line_(std::min(last, source.lines.size())),
      quotes_(quotes) {
  line_ = std::min(line_, end_line_);
  if (done()) return;
  const FedLine& line = source.lines[line_];
  at_ = std::min<size_t>(line.begin + column - 1, line.end);
}

LeafCursor::LeafCursor(const MarkdownSource& source, size_t line, int quotes)
    : LeafCursor(source, line, line, 1, quotes) {
  EnterLine();
}

void LeafCursor::EnterLine() {
  if (done()) return;
  at_ = source_->lines[line_].begin;
  const std::string& fed = source_->fed;
  int quotes = quotes_;
  while (true) {
    while (fed[at_] != '\n' && absl::ascii_isspace(fed[at_])) ++at_;
    if (quotes == 0 || fed[at_] != '>') return;
    --quotes;
    ++at_;
  }
}

char LeafCursor::PeekAfter(size_t bytes) const {
  if (done() || at_ + bytes > source_->lines[line_].end) return 0;
  return source_->fed[at_ + bytes];
}

absl::string_view LeafCursor::RestOfLine() const {
  if (done()) return {};
  return absl::string_view(source_->fed)
      .substr(at_, source_->lines[line_].end - at_);
}

void LeafCursor::Skip(size_t bytes) {
  if (done()) return;
  at_ += bytes;
  if (at_ <= source_->lines[line_].end) return;
  ++line_;
  EnterLine();
}

bool LeafCursor::SkipText(absl::string_view mark) {
  LeafCursor ahead = *this;
  for (const char c : mark) {
    if (ahead.Peek() != c) return false;
    ahead.Skip();
  }
  *this = ahead;
  return true;
}

std::optional<uint32_t> LeafCursor::InText() const {
  if (done()) return std::nullopt;
  const FedLine& line = source_->lines[line_];
  if (at_ < line.cell_begin) return std::nullopt;
  return source_->ToText(line, at_);
}

std::optional<std::vector<TextRange>> InlineRanges(cmark_node* leaf,
                                                   LeafCursor cursor) {
  // Of a heading with # signs, these; of any other leaf, the definitions that
  // cmark has taken out.
  if (cmark_node_get_type(leaf) == CMARK_NODE_HEADING && cursor.Peek() == '#') {
    while (cursor.Peek() == '#') cursor.Skip();
    SkipSpaces(cursor);
  } else {
    SkipDefinitions(cursor);
  }
  InlineReader reader(std::move(cursor));
  if (!reader.Read(leaf)) return std::nullopt;
  return reader.TakeRanges();
}

}  // namespace attache
