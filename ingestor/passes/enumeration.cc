#include "ingestor/passes/enumeration.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace attache {
namespace {

// A part that shares the first one's noun has no more words than this.
constexpr uint32_t kMaxSharedTokens = 2;

bool IsSign(const Document& document, uint32_t at, absl::string_view sign) {
  return document.tokens[at].kind == TokenKind::kSign &&
         document.tokens[at].folded == sign;
}

std::vector<uint32_t> CueTokens(const Document& document, TokenSpan span,
                                absl::string_view cue) {
  std::vector<uint32_t> tokens;
  for (const LexiconMatch& match : document.MatchesIn(span)) {
    if (match.entry->kind == EntryKind::kCue && match.entry->id == cue &&
        match.end == match.begin + 1) {
      tokens.push_back(match.begin);
    }
  }
  return tokens;
}

std::vector<TokenSpan> SplitParts(const Document& document, TokenSpan span) {
  bool semicolons = false;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    semicolons = semicolons || IsSign(document, i, ";");
  }
  const std::vector<uint32_t> ands = CueTokens(document, span, "list_and");
  std::vector<TokenSpan> parts;
  TokenSpan part{span.begin, span.begin};
  int depth = 0;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (IsSign(document, i, "(") || IsSign(document, i, "[")) ++depth;
    if (IsSign(document, i, ")") || IsSign(document, i, "]")) --depth;
    const bool comma = IsSign(document, i, ",") && !semicolons;
    const bool conjunction = std::binary_search(ands.begin(), ands.end(), i) &&
                             (!semicolons || part.empty());
    if (depth <= 0 && (comma || conjunction || IsSign(document, i, ";"))) {
      if (!part.empty()) parts.push_back(part);
      part = {i + 1, i + 1};
    } else {
      part.end = i + 1;
    }
  }
  if (!part.empty()) parts.push_back(part);
  return parts;
}

// The singular of the plural noun that `part` opens with; empty for none.
std::string SharedNoun(const Document& document,
                       const std::vector<TokenSpan>& parts) {
  const TokenSpan first = parts[0];
  if (parts.size() < 2 || first.end - first.begin < 2 ||
      first.end - first.begin > kMaxSharedTokens + 1) {
    return "";
  }
  for (size_t i = 1; i < parts.size(); ++i) {
    const Token& token = document.tokens[parts[i].begin];
    if (parts[i].end - parts[i].begin > kMaxSharedTokens ||
        (token.kind == TokenKind::kWord && !token.capitalized)) {
      return "";
    }
  }
  for (const LexiconMatch& match : document.MatchesIn(first)) {
    if (match.begin != first.begin || match.end != first.begin + 1 ||
        match.entry->kind != EntryKind::kCue || match.entry->id != "plural") {
      continue;
    }
    std::string singular = match.entry->qualifier;
    if (document.tokens[first.begin].capitalized) {
      singular[0] = absl::ascii_toupper(singular[0]);
    }
    return singular;
  }
  return "";
}

}  // namespace

std::vector<std::string> SplitEnumeration(const Document& document,
                                          TokenSpan span) {
  const std::vector<TokenSpan> parts = SplitParts(document, span);
  std::vector<std::string> texts;
  if (parts.empty()) return texts;
  const std::string noun = SharedNoun(document, parts);
  for (size_t i = 0; i < parts.size(); ++i) {
    TokenSpan part = parts[i];
    if (!noun.empty() && i == 0) ++part.begin;
    const absl::string_view text = document.TextOf(part);
    texts.push_back(noun.empty() ? std::string(text)
                                 : absl::StrCat(noun, " ", text));
  }
  return texts;
}

}  // namespace attache
