// The tokens that a filter is made of. Internal to query_service/filter.
#ifndef ATTACHE_QUERY_SERVICE_FILTER_LEXER_H_
#define ATTACHE_QUERY_SERVICE_FILTER_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query_service/filter/filter.h"

namespace attache {

struct FilterToken {
  enum class Kind : uint8_t {
    kEnd,
    kText,    // AND, OR, NOT and a leading "-" included
    kString,  // quoted
    kComparator,
    kDot,
    kOpen,
    kClose,
  };

  Kind kind = Kind::kEnd;
  FilterSpan span;
  // Of a text or a string: what FilterText holds of it.
  std::string text;
  Comparator comparator = Comparator::kHas;
};

// Cuts a filter into tokens, one at a time, so that a mistake is reported
// before any that follow it. The filter must outlive it.
class FilterLexer {
 public:
  // REQUIRES: `filter` is valid UTF-8.
  explicit FilterLexer(absl::string_view filter) : filter_(filter) {}

  // The next token; kEnd at the end and ever after. A FilterError where none
  // can be read; call it no more then. O(n) over all calls.
  absl::StatusOr<FilterToken> Next();

 private:
  void SkipSpaces();
  FilterToken Sign(FilterToken::Kind kind);
  absl::StatusOr<FilterToken> Text();
  absl::Status CheckInText(size_t begin, bool inside) const;
  absl::StatusOr<FilterToken> String();
  absl::Status Escape(std::string& text);
  absl::Status CheckAfterString(size_t begin) const;
  absl::StatusOr<FilterToken> ReadComparator();
  absl::Status ComparatorError(size_t begin) const;

  absl::string_view filter_;
  size_t at_ = 0;
};

// What a message quotes of a filter: at most 40 bytes, on one line, between
// double quotes unless `text` brings its own. REQUIRES: valid UTF-8.
std::string FilterExcerpt(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_FILTER_LEXER_H_
