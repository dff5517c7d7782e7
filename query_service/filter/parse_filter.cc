#include "query_service/filter/parse_filter.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "common/text/utf8.h"
#include "query_service/filter/lexer.h"

namespace attache {
namespace {

using TokenKind = FilterToken::Kind;

constexpr char kTerm[] = "a word, a comparison, NOT or \"(\"";
constexpr char kOperand[] = "a word, a comparison or \"(\"";
constexpr char kValue[] = "a value";
constexpr char kName[] = "a name";
constexpr char kAfterTerm[] = "AND, OR, another term or the end";
constexpr char kAfterInnerTerm[] = "AND, OR, another term or \")\"";

// By recursive descent: one function a rule of the grammar. Each is called
// with the first token of what it reads in token_, and leaves there the first
// that it does not take. A mistake is seen before the token after it is read.
class Parser {
 public:
  explicit Parser(absl::string_view filter) : filter_(filter), lexer_(filter) {}

  absl::StatusOr<Filter> Parse();

 private:
  struct Node {
    Filter filter;
    FilterSpan outer;  // with the parentheses around it
  };

  absl::StatusOr<Node> Expression();
  absl::StatusOr<Node> Factor();
  absl::StatusOr<Node> Sequence();
  absl::StatusOr<Node> Term();
  absl::StatusOr<Node> Operand();
  absl::StatusOr<Node> Composite();
  absl::StatusOr<Node> Comparison(std::vector<FilterText> path);
  absl::StatusOr<std::vector<FilterText>> Texts();
  absl::StatusOr<FilterText> Value(const std::vector<FilterText>& texts) const;

  absl::StatusOr<Node> List(Filter::Kind kind, absl::string_view keyword,
                            absl::StatusOr<Node> (Parser::*part)());

  absl::Status Advance();
  absl::Status TakeMinus();
  bool Is(TokenKind kind) const { return token_.kind == kind; }
  bool IsKeyword(absl::string_view keyword) const;
  bool IsMinus() const;
  bool StartsTerm() const;

  absl::string_view Written(FilterSpan span) const;
  absl::Status Unexpected(absl::string_view expected) const;
  absl::Status FunctionError(const std::vector<FilterText>& name) const;

  absl::string_view filter_;
  FilterLexer lexer_;
  FilterToken token_;
  size_t depth_ = 0;
};

absl::StatusOr<Filter> Parser::Parse() {
  ATTACHE_RETURN_IF_ERROR(Advance());
  if (Is(TokenKind::kEnd)) return Filter();
  ATTACHE_ASSIGN_OR_RETURN(Node node, Expression());
  if (!Is(TokenKind::kEnd)) return Unexpected(kAfterTerm);
  return std::move(node.filter);
}

absl::StatusOr<Parser::Node> Parser::Expression() {
  return List(Filter::Kind::kAnd, "AND", &Parser::Factor);
}

absl::StatusOr<Parser::Node> Parser::Factor() {
  return List(Filter::Kind::kOr, "OR", &Parser::Sequence);
}

absl::StatusOr<Parser::Node> Parser::Sequence() {
  return List(Filter::Kind::kAnd, "", &Parser::Term);
}

// Parts with `keyword` between them, or with nothing where it is empty.
absl::StatusOr<Parser::Node> Parser::List(
    Filter::Kind kind, absl::string_view keyword,
    absl::StatusOr<Node> (Parser::*part)()) {
  const auto goes_on = [&] {
    return keyword.empty() ? StartsTerm() : IsKeyword(keyword);
  };
  ATTACHE_ASSIGN_OR_RETURN(Node first, (this->*part)());
  if (!goes_on()) return first;
  Node list;
  list.filter.kind = kind;
  list.outer = first.outer;
  list.filter.children.push_back(std::move(first.filter));
  while (goes_on()) {
    if (!keyword.empty()) ATTACHE_RETURN_IF_ERROR(Advance());
    ATTACHE_ASSIGN_OR_RETURN(Node next, (this->*part)());
    list.outer.end = next.outer.end;
    list.filter.children.push_back(std::move(next.filter));
  }
  list.filter.span = list.outer;
  return list;
}

absl::StatusOr<Parser::Node> Parser::Term() {
  if (!StartsTerm()) return Unexpected(kTerm);
  if (!IsKeyword("NOT") && !IsMinus()) return Operand();
  const size_t begin = token_.span.begin;
  ATTACHE_RETURN_IF_ERROR(IsMinus() ? TakeMinus() : Advance());
  if (IsKeyword("NOT") || IsMinus()) {
    return FilterError(token_.span.begin,
                       "a term is negated once, by NOT or by \"-\"", kOperand);
  }
  if (!StartsTerm()) return Unexpected(kOperand);
  ATTACHE_ASSIGN_OR_RETURN(Node operand, Operand());
  Node node;
  node.outer = {begin, operand.outer.end};
  node.filter.kind = Filter::Kind::kNot;
  node.filter.span = node.outer;
  node.filter.children.push_back(std::move(operand.filter));
  return node;
}

absl::StatusOr<Parser::Node> Parser::Operand() {
  if (Is(TokenKind::kOpen)) return Composite();
  ATTACHE_ASSIGN_OR_RETURN(std::vector<FilterText> texts, Texts());
  const bool compared = Is(TokenKind::kComparator);
  if (compared || texts.size() > 1) {
    for (const FilterText& text : texts) {
      if (text.quoted || text.text != "*") continue;
      return FilterError(text.span.begin, "\"*\" stands for no name", kName);
    }
  }
  if (compared) return Comparison(std::move(texts));
  Node node;
  node.filter.kind = Filter::Kind::kWord;
  ATTACHE_ASSIGN_OR_RETURN(node.filter.value, Value(texts));
  node.filter.span = node.filter.value.span;
  node.outer = node.filter.span;
  return node;
}

absl::StatusOr<Parser::Node> Parser::Composite() {
  const size_t begin = token_.span.begin;
  if (depth_ == kMaxFilterDepth) {
    return FilterError(
        begin, "too many parentheses stand in one another",
        absl::StrCat("at most ", kMaxFilterDepth, " in one another"));
  }
  ++depth_;
  ATTACHE_RETURN_IF_ERROR(Advance());
  if (Is(TokenKind::kClose)) {
    return FilterError(token_.span.begin, "the parentheses are empty", kTerm);
  }
  ATTACHE_ASSIGN_OR_RETURN(Node node, Expression());
  if (Is(TokenKind::kEnd)) {
    return FilterError(
        token_.span.begin,
        absl::StrCat("the \"(\" of byte ", begin, " is not closed"),
        kAfterInnerTerm);
  }
  if (!Is(TokenKind::kClose)) return Unexpected(kAfterInnerTerm);
  node.outer = {begin, token_.span.end};
  --depth_;
  ATTACHE_RETURN_IF_ERROR(Advance());
  return node;
}

absl::StatusOr<Parser::Node> Parser::Comparison(std::vector<FilterText> path) {
  Node node;
  node.outer.begin = path.front().span.begin;
  node.filter.path = std::move(path);
  node.filter.comparator = token_.comparator;
  ATTACHE_RETURN_IF_ERROR(Advance());
  if (Is(TokenKind::kOpen)) {
    ATTACHE_ASSIGN_OR_RETURN(Node group, Composite());
    node.filter.kind = Filter::Kind::kGroup;
    node.filter.children.push_back(std::move(group.filter));
    node.outer.end = group.outer.end;
  } else {
    if (!StartsTerm() || IsKeyword("NOT")) return Unexpected(kValue);
    if (Written(token_.span) == "-") {
      return FilterError(token_.span.begin, "a lone \"-\" stands here",
                         "a value, or NOT before the field");
    }
    ATTACHE_ASSIGN_OR_RETURN(const std::vector<FilterText> texts, Texts());
    node.filter.kind = Filter::Kind::kRestriction;
    ATTACHE_ASSIGN_OR_RETURN(node.filter.value, Value(texts));
    node.outer.end = node.filter.value.span.end;
  }
  if (Is(TokenKind::kComparator)) {
    return FilterError(
        token_.span.begin,
        absl::StrCat(FilterExcerpt(Written(token_.span)), " follows a value"),
        "AND, OR or another term; a value with : = ! < or > in it goes into "
        "quotes");
  }
  node.filter.span = node.outer;
  return node;
}

// Texts and strings, joined by dots.
absl::StatusOr<std::vector<FilterText>> Parser::Texts() {
  std::vector<FilterText> texts;
  while (true) {
    const bool quoted = Is(TokenKind::kString);
    texts.push_back({std::move(token_.text), quoted, token_.span});
    size_t end = token_.span.end;
    ATTACHE_RETURN_IF_ERROR(Advance());
    const bool touches = token_.span.begin == end;
    if (Is(TokenKind::kOpen) && touches) return FunctionError(texts);
    if (!Is(TokenKind::kDot) || !touches) return texts;
    end = token_.span.end;
    ATTACHE_RETURN_IF_ERROR(Advance());
    if ((!Is(TokenKind::kText) && !Is(TokenKind::kString)) ||
        token_.span.begin != end) {
      return FilterError(end, "no name follows the dot",
                         "a name right after the dot, or the text in quotes");
    }
  }
}

// The value that `texts` are, or the word.
absl::StatusOr<FilterText> Parser::Value(
    const std::vector<FilterText>& texts) const {
  if (texts.size() == 1) return texts.front();
  for (const FilterText& text : texts) {
    if (!text.quoted) continue;
    return FilterError(
        text.span.begin,
        absl::StrCat("a dot joins ", FilterExcerpt(Written(text.span)),
                     " to another text"),
        "a value all in quotes or without any; after a field, a comparator");
  }
  FilterText value;
  value.span = {texts.front().span.begin, texts.back().span.end};
  value.text = std::string(Written(value.span));
  return value;
}

absl::Status Parser::Advance() {
  ATTACHE_ASSIGN_OR_RETURN(token_, lexer_.Next());
  return absl::OkStatus();
}

// Takes the "-" that the token begins with, and leaves the rest.
absl::Status Parser::TakeMinus() {
  const size_t minus = token_.span.begin++;
  token_.text.erase(0, 1);
  if (!token_.text.empty()) return absl::OkStatus();
  ATTACHE_RETURN_IF_ERROR(Advance());
  if (token_.span.begin == minus + 1 && !Is(TokenKind::kEnd)) {
    return absl::OkStatus();
  }
  return FilterError(minus, "a lone \"-\" stands here",
                     "a term right after it, or NOT");
}

bool Parser::IsKeyword(absl::string_view keyword) const {
  return Is(TokenKind::kText) && token_.text == keyword;
}

bool Parser::IsMinus() const {
  return Is(TokenKind::kText) && absl::StartsWith(token_.text, "-");
}

bool Parser::StartsTerm() const {
  return Is(TokenKind::kString) || Is(TokenKind::kOpen) ||
         (Is(TokenKind::kText) && !IsKeyword("AND") && !IsKeyword("OR"));
}

absl::string_view Parser::Written(FilterSpan span) const {
  return filter_.substr(span.begin, span.end - span.begin);
}

absl::Status Parser::Unexpected(absl::string_view expected) const {
  const size_t at = token_.span.begin;
  if (Is(TokenKind::kEnd)) {
    return FilterError(at, "the filter ends here", expected);
  }
  if (Is(TokenKind::kDot)) {
    return FilterError(at, "a dot joins no names here",
                       "names right before and after the dot, or the text in "
                       "quotes");
  }
  return FilterError(
      at, absl::StrCat(FilterExcerpt(Written(token_.span)), " stands here"),
      expected);
}

// The "(" after `name` is the token.
absl::Status Parser::FunctionError(const std::vector<FilterText>& name) const {
  const FilterSpan span = {name.front().span.begin, token_.span.end};
  constexpr absl::string_view kKeywords[] = {"and", "or", "not"};
  const bool keyword = std::find(std::begin(kKeywords), std::end(kKeywords),
                                 name.back().text) != std::end(kKeywords);
  return FilterError(span.begin,
                     absl::StrCat("functions are not supported: ",
                                  FilterExcerpt(Written(span))),
                     keyword ? "AND, OR or NOT in capitals"
                             : "a comparison, or white space before \"(\"");
}

}  // namespace

absl::StatusOr<Filter> ParseFilter(absl::string_view filter) {
  if (filter.size() > kMaxFilterBytes) {
    return FilterError(kMaxFilterBytes,
                       absl::StrCat("the filter has ", filter.size(), " bytes"),
                       absl::StrCat("at most ", kMaxFilterBytes));
  }
  if (const auto invalid = FirstInvalidUtf8(filter)) {
    return FilterError(
        *invalid,
        absl::StrFormat("byte 0x%02X is no part of UTF-8 here",
                        static_cast<unsigned char>(filter[*invalid])),
        "valid UTF-8");
  }
  return Parser(filter).Parse();
}

absl::Status FilterError(size_t position, absl::string_view problem,
                         absl::string_view expected) {
  return MakeError(v1::ERROR_REASON_FILTER_INVALID,
                   absl::StrCat("filter, byte ", position, ": ", problem,
                                "; expected ", expected),
                   {{"position", absl::StrCat(position)},
                    {"expected", std::string(expected)}});
}

}  // namespace attache
