// A client of the oracle of watches.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCHER_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCHER_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "attache/v1/trip_query_service.pb.h"
#include "tests/query_service/service/watch_model.h"
#include "tests/query_service/service/watch_server.h"
#include "tests/query_service/support/plain_filter.h"
#include "tests/query_service/support/random_filter.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {

// What all watchers together met.
struct WatchCounts {
  std::atomic<int> resumed = 0;
  std::atomic<int> gone = 0;
  std::atomic<int> afresh = 0;
  std::atomic<int> revisions = 0;
  std::atomic<int> changes = 0;
};

// A client that folds what it is sent, forgets what a broken stream left
// incomplete, and holds each complete revision against the model.
class Watcher {
 public:
  Watcher(WatchServer& server, WatchModel& model, WatchCounts& counts,
          uint32_t seed);

  // Until it has seen revision `last`, which is set at the end.
  void Run(const std::atomic<int64_t>& last);

 private:
  void Connect(const std::atomic<int64_t>& last);

  void Take(const v1::WatchTripRecordsResponse& response, bool resumed);

  // `sent_` holds only complete revisions: what is pending stands apart until
  // its revision is complete.
  void Fold(const v1::TripChange& change);

  // Moves `state_`, the plain evaluation, on to `revision`.
  void CatchUp(int64_t revision, std::vector<std::string>* expected);

  void Compare(int64_t revision);

  WatchServer& server_;
  WatchModel& model_;
  WatchCounts& counts_;
  RandomRecords random_;
  const RandomFilter filter_;
  const bool basic_;
  std::string index_id_;
  int64_t revision_ = 0;  // the last complete one
  bool synced_ = false;
  PlainRecords matches_;                    // of the start, so far
  std::vector<v1::TripChange> incomplete_;  // after revision_
  std::vector<std::string> pending_;        // the same as text
  PlainRecords sent_;                       // at revision_
  PlainRecords state_;                      // by plain code, at plain_at_
  int64_t plain_at_ = 0;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCHER_H_
