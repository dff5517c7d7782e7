#include "ingestor/readers/markdown_cursor.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace attache {
namespace {

constexpr size_t kMaxLinkLabelBytes = 1000;
constexpr int kMaxParentheses = 32;

bool IsSpaceOrEnd(char c) { return c == ' ' || c == '\t' || c == '\n'; }

void SkipWhiteSpace(LeafCursor& cursor) {
  while (!cursor.done() && absl::ascii_isspace(cursor.Peek())) cursor.Skip();
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

void SkipSpaces(LeafCursor& cursor) {
  while (cursor.Peek() == ' ' || cursor.Peek() == '\t') cursor.Skip();
}

bool SkipLabel(LeafCursor& cursor) {
  LeafCursor ahead = cursor;
  if (ahead.Peek() != '[') return false;
  ahead.Skip();
  for (size_t size = 0; size <= kMaxLinkLabelBytes && !ahead.done(); ++size) {
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

}  // namespace attache
