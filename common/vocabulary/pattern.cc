#include "common/vocabulary/pattern.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status_macros.h"

namespace attache {
namespace {

constexpr size_t kMaxPaths = 256;
constexpr int kMaxGap = 20;

// What stands between two spaces of a pattern.
struct Element {
  std::vector<PatternPath> choices;
  bool optional = false;
};

absl::Status Malformed(absl::string_view reason) {
  return absl::InvalidArgumentError(reason);
}

PatternPath PathOfTokens(const std::vector<Token>& tokens) {
  PatternPath path;
  for (const Token& token : tokens) {
    PatternStep step;
    step.words.push_back({token.folded, CaseOf(token), false});
    path.push_back(std::move(step));
  }
  return path;
}

// A clitic by itself ("'s", "l'") is one token only beside a word.
std::vector<Token> TokensOf(absl::string_view text) {
  if (text.size() > 1 && text.front() == '\'') {
    std::vector<Token> tokens = Tokenize(absl::StrCat("x", text));
    if (tokens.size() == 2) return {std::move(tokens[1])};
  }
  if (text.size() > 1 && text.back() == '\'') {
    std::vector<Token> tokens = Tokenize(absl::StrCat(text, "eau"));
    if (tokens.size() == 2) return {std::move(tokens[0])};
  }
  return Tokenize(text);
}

absl::StatusOr<PatternPath> ParseAlternative(absl::string_view text) {
  const bool prefix = absl::ConsumeSuffix(&text, "*");
  if (text.empty()) {
    return Malformed("a word is missing beside |, ? or *");
  }
  if (text.find_first_of("|?*_") != absl::string_view::npos ||
      absl::StrContains(text, "..")) {
    return Malformed(
        absl::StrCat("\"", text, "\" has a reserved sign where none may be"));
  }
  const std::vector<Token> tokens = TokensOf(text);
  if (tokens.empty()) return Malformed("a word is empty");
  PatternPath path = PathOfTokens(tokens);
  if (prefix) {
    if (tokens.back().kind != TokenKind::kWord) {
      return Malformed(
          absl::StrCat("* must follow a word, not \"", text, "\""));
    }
    path.back().words[0].prefix = true;
  }
  return path;
}

absl::StatusOr<Element> ParseElement(absl::string_view text) {
  Element element;
  PatternStep step;
  if (absl::ConsumePrefix(&text, "..")) {
    if (!absl::SimpleAtoi(text, &step.gap) || step.gap < 1 ||
        step.gap > kMaxGap) {
      return Malformed(absl::StrCat("a gap is written ..1 to ..", kMaxGap,
                                    ", not ..", text));
    }
    step.kind = PatternStep::Kind::kGap;
    element.choices.push_back({std::move(step)});
    return element;
  }
  element.optional = absl::ConsumeSuffix(&text, "?");
  if (text == "_") {
    step.kind = PatternStep::Kind::kAnyToken;
    element.choices.push_back({std::move(step)});
    return element;
  }
  // Single words are one choice together, so that they cost one step.
  for (const absl::string_view alternative : absl::StrSplit(text, '|')) {
    ATTACHE_ASSIGN_OR_RETURN(PatternPath path, ParseAlternative(alternative));
    if (path.size() == 1) {
      step.words.push_back(std::move(path[0].words[0]));
    } else {
      element.choices.push_back(std::move(path));
    }
  }
  if (!step.words.empty()) {
    std::sort(step.words.begin(), step.words.end());
    step.words.erase(std::unique(step.words.begin(), step.words.end()),
                     step.words.end());
    element.choices.push_back({std::move(step)});
  }
  return element;
}

absl::Status CheckPath(const PatternPath& path) {
  if (path.empty()) {
    return Malformed("every word is optional, so it would match nothing");
  }
  if (path.front().kind != PatternStep::Kind::kWords) {
    return Malformed("it must begin with a word, not with a gap or _");
  }
  if (path.back().kind == PatternStep::Kind::kGap) {
    return Malformed("it must not end with a gap");
  }
  for (size_t i = 1; i < path.size(); ++i) {
    if (path[i].kind == PatternStep::Kind::kGap &&
        path[i - 1].kind == PatternStep::Kind::kGap) {
      return Malformed("two gaps stand side by side");
    }
  }
  return absl::OkStatus();
}

}  // namespace

CaseDemand CaseOf(const Token& token) {
  if (token.all_caps) return CaseDemand::kAllCaps;
  return token.capitalized ? CaseDemand::kCapitalized : CaseDemand::kNone;
}

absl::StatusOr<std::vector<PatternPath>> ParsePattern(
    absl::string_view pattern) {
  std::vector<PatternPath> paths(1);
  for (const absl::string_view text :
       absl::StrSplit(pattern, ' ', absl::SkipEmpty())) {
    ATTACHE_ASSIGN_OR_RETURN(const Element element, ParseElement(text));
    std::vector<PatternPath> longer;
    for (const PatternPath& path : paths) {
      if (element.optional) longer.push_back(path);
      for (const PatternPath& choice : element.choices) {
        longer.push_back(path);
        longer.back().insert(longer.back().end(), choice.begin(), choice.end());
      }
    }
    if (longer.size() > kMaxPaths) {
      return Malformed(absl::StrCat("there are more than ", kMaxPaths,
                                    " ways to read it; write several"));
    }
    paths = std::move(longer);
  }
  if (paths.size() == 1 && paths[0].empty()) return Malformed("it is empty");
  for (const PatternPath& path : paths) {
    ATTACHE_RETURN_IF_ERROR(CheckPath(path));
  }
  return paths;
}

absl::StatusOr<PatternPath> PathOfName(absl::string_view name) {
  const std::vector<Token> tokens = Tokenize(name);
  if (tokens.empty()) return Malformed("it is empty");
  return PathOfTokens(tokens);
}

}  // namespace attache
