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

constexpr size_t kEntityWindowBytes = 40;

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
    if (IsStrikethrough(node)) {
      ++struck_;
      return SkipTildes();
    }
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
    if (IsStrikethrough(node)) {
      --struck_;
      return SkipTildes();
    }
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
            DecodeEntity(rest.substr(1, kEntityWindowBytes), &decoded);
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
      if (at.has_value() && struck_ == 0) Append(*at);
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
  int struck_ = 0;  // depth within text that is struck out, and so taken back
};

}  // namespace

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
