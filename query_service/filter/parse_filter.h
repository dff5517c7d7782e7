// From text to the tree of a filter, by the grammar of AIP-160.
#ifndef ATTACHE_QUERY_SERVICE_FILTER_PARSE_FILTER_H_
#define ATTACHE_QUERY_SERVICE_FILTER_PARSE_FILTER_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query_service/filter/filter.h"

namespace attache {

// More parentheses in one another than this, and longer filters, are refused.
inline constexpr size_t kMaxFilterDepth = 64;
inline constexpr size_t kMaxFilterBytes = size_t{64} << 10;

// The grammar of https://google.aip.dev/160 with one rule of the contract's
// own: words side by side bind tighter than OR, and OR tighter than AND.
//
//   filter      = [ expression ]
//   expression  = factor { "AND" factor }
//   factor      = sequence { "OR" sequence }
//   sequence    = term { term }
//   term        = [ "NOT" | "-" ] ( restriction | "(" expression ")" )
//   restriction = value | member comparator ( value | "(" expression ")" )
//   value       = string | text { "." text }
//   member      = name { "." name }
//   name        = string | text
//   comparator  = ":" | "=" | "!=" | "<" | "<=" | ">" | ">="
//
// A string stands in double or single quotes, with the escapes \" \' \\ \n \t
// and \*. A text is a run of characters other than white space (Unicode's) and
// ( ) " ' : = ! < > . , though an apostrophe may stand inside it: O'Neil. AND,
// OR and NOT are no texts but after a dot, and a lone * is no name. No white
// space may stand around a dot or after "-"; strings need it where other words
// stand next to them. In a value "-" is part of the text. Refused as mistakes
// are functions, &&, ||, ! and == in place of AND, OR, NOT and =, and curly
// quotes.
//
// One mistake is reported, by FilterError: too many bytes, invalid UTF-8, or
// the first against the grammar. Linear in the filter.
absl::StatusOr<Filter> ParseFilter(absl::string_view filter);

// INVALID_ARGUMENT FILTER_INVALID, with [position, expected]; `position` is a
// byte of the filter, from 0, or its size. `problem` says what stands there:
// "no field is called \"contry\"". The message reads
//   filter, byte 12: no field is called "contry"; expected one of ...
absl::Status FilterError(size_t position, absl::string_view problem,
                         absl::string_view expected);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_FILTER_PARSE_FILTER_H_
