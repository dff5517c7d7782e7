#include "common/text/glob.h"

#include <cstddef>
#include <utility>

#include "absl/strings/match.h"

namespace attache {
namespace {

constexpr absl::string_view kEscaped = "\\*";

// Calls `piece` with what stands between the asterisks, escapes undone.
template <typename F>
void ForEachPiece(absl::string_view pattern, F piece) {
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (absl::StartsWith(pattern.substr(i), kEscaped)) {
      text.push_back(pattern[++i]);
    } else if (pattern[i] == '*') {
      piece(std::exchange(text, {}));
    } else {
      text.push_back(pattern[i]);
    }
  }
  piece(std::move(text));
}

}  // namespace

Glob::Glob(absl::string_view pattern,
           absl::FunctionRef<std::string(absl::string_view)> normalize) {
  ForEachPiece(pattern, [&](const std::string& piece) {
    pieces_.push_back(normalize(piece));
  });
}

bool Glob::IsPattern(absl::string_view text) {
  size_t pieces = 0;
  ForEachPiece(text, [&](const std::string& /*piece*/) { ++pieces; });
  return pieces > 1;
}

std::string Glob::Unescaped(absl::string_view text) {
  std::string unescaped;
  ForEachPiece(text, [&](std::string piece) { unescaped = std::move(piece); });
  return unescaped;
}

bool Glob::Matches(absl::string_view text) const {
  if (pieces_.size() == 1) return text == pieces_[0];
  if (!absl::StartsWith(text, pieces_.front())) return false;
  text.remove_prefix(pieces_.front().size());
  if (!absl::EndsWith(text, pieces_.back())) return false;
  text.remove_suffix(pieces_.back().size());
  // The first place where a piece stands leaves the most for those behind it.
  for (size_t i = 1; i + 1 < pieces_.size(); ++i) {
    const size_t at = text.find(pieces_[i]);
    if (at == absl::string_view::npos) return false;
    text.remove_prefix(at + pieces_[i].size());
  }
  return true;
}

}  // namespace attache
