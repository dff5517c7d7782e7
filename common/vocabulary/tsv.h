// The vocabulary's files, read strictly. Internal to common/vocabulary.
#ifndef ATTACHE_COMMON_VOCABULARY_TSV_H_
#define ATTACHE_COMMON_VOCABULARY_TSV_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attache {

struct TsvRow {
  int line = 0;  // from 1
  std::vector<std::string> cells;
};

struct TsvTable {
  std::string file;  // as errors name it
  std::vector<TsvRow> rows;
};

// INVALID_ARGUMENT "FILE:LINE: reason".
absl::Status ErrorAt(absl::string_view file, int line,
                     absl::string_view reason);

// The same: the row's line, and "VALUE" before the reason.
absl::Status ErrorAtCell(const TsvTable& table, const TsvRow& row,
                         absl::string_view value, absl::string_view reason);

// `content` has lines that begin with '#', then one with the names of
// `columns`, then rows of as many cells. Refused, as ErrorAt: anything else,
// invalid UTF-8, control characters (a CR among them), white space at either
// end of a cell.
absl::StatusOr<TsvTable> ParseTsv(absl::string_view file,
                                  absl::string_view content,
                                  const std::vector<std::string>& columns);

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_TSV_H_
