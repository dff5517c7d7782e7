// A filter as it is written: the tree of AIP-160, with positions, no meaning.
#ifndef ATTACHE_QUERY_SERVICE_FILTER_FILTER_H_
#define ATTACHE_QUERY_SERVICE_FILTER_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace attache {

// Bytes [begin, end) of the filter.
struct FilterSpan {
  size_t begin = 0;
  size_t end = 0;

  bool operator==(const FilterSpan&) const = default;
};

// A name or a value. Of a quoted one `text` holds what the quotes enclose with
// escapes undone, save that an escaped asterisk keeps its backslash: "\*" is
// the character, "*" stands for anything. An asterisk after a backslash is
// always the character: `\\*` is refused. Of an unquoted one `text` is what
// stands there, inner dots included; `span` takes in the quotes.
struct FilterText {
  std::string text;
  bool quoted = false;
  FilterSpan span;

  bool operator==(const FilterText&) const = default;
};

enum class Comparator : uint8_t { kHas, kEq, kNe, kLt, kLe, kGt, kGe };

// "=", ">=", ":".
const char* ToString(Comparator comparator);

// A tree; a plain value.
struct Filter {
  enum class Kind : uint8_t {
    kAll,          // an empty filter
    kAnd,          // of two or more children
    kOr,           // likewise
    kNot,          // of the one child
    kWord,         // `value` alone; nothing is compared
    kRestriction,  // `path` `comparator` `value`
    kGroup,        // `path` `comparator` (the one child)
  };

  Kind kind = Kind::kAll;
  std::vector<Filter> children;
  // The names between the dots: visits.country_code is two.
  std::vector<FilterText> path;
  Comparator comparator = Comparator::kHas;
  FilterText value;
  // The whole expression, without the parentheses around it but with those
  // around its parts; of kAll [0, 0). What stands there parses to this tree.
  FilterSpan span;

  bool operator==(const Filter&) const = default;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_FILTER_FILTER_H_
