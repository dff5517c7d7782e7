// Points joined to ranges and lists: "from February 20 to 23", "June 7, 8 and
// 10", "between 3 and 5 March". What one point leaves out another gives.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_DATES_EXPRESSIONS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_DATES_EXPRESSIONS_H_

#include <optional>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/find_dates_points.h"

namespace attache {

// A point, or a range of two. One of them may be missing in "until Friday".
struct DateSpan {
  TokenSpan span;
  std::optional<DatePoint> start;
  std::optional<DatePoint> end;
  bool is_range = false;
};

// What was read, and the token after it.
struct DateExpression {
  std::vector<DateSpan> spans;
  uint32_t end = 0;
};

// The expression that begins at `token`; nullopt where none does.
std::optional<DateExpression> ReadDateExpression(const DatePointReader& reader,
                                                 uint32_t token);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_DATES_EXPRESSIONS_H_
