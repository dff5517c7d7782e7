// How much of the past the journal keeps.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_OPTIONS_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_OPTIONS_H_

#include <cstdint>

#include "absl/status/status.h"

namespace attache {

// Whichever is reached first cuts the history, oldest revision first; 0 for
// either keeps none.
struct HistoryOptions {
  int64_t revisions = 1'000'000;
  // Of the records that were replaced and of the ids of all that changed, with
  // about a hundred more for each change. A commit cuts a bounded number of
  // changes, so that more may be held for a while.
  int64_t bytes = int64_t{1} << 30;

  bool KeepsNone() const { return revisions == 0 || bytes == 0; }
};

// INVALID_ARGUMENT, naming the flag, where a number is negative.
absl::Status CheckHistoryOptions(const HistoryOptions& options);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_OPTIONS_H_
