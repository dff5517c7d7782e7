// The metrics of the query service: all their names stand here.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_QUERY_METRICS_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_QUERY_METRICS_H_

#include <cstdint>

#include "absl/time/time.h"
#include "common/metrics/registry.h"
#include "query_service/index/trip_index.h"
#include "query_service/journal/journal.h"
#include "query_service/journal/journal_writer.h"
#include "query_service/service/trip_index_service.h"
#include "query_service/service/trip_query_service.h"
#include "query_service/watch/watch_hub.h"

namespace attache {

// Thread-safe.
class QueryMetrics {
 public:
  // `registry` outlives it.
  explicit QueryMetrics(metrics::Registry& registry);

  void OnMerged(absl::Duration lasted) { merge_seconds_.Observe(lasted); }
  void OnGroup(const JournalWriter::Report& report);

  // What a scrape reads. All of it outlives the metrics server.
  struct State {
    const Journal* journal = nullptr;
    const TripIndex* index = nullptr;
    const JournalWriter* writer = nullptr;
    const WatchHub* hub = nullptr;
    const TripIndexServiceImpl* index_service = nullptr;
    const TripQueryServiceImpl* query_service = nullptr;
    int64_t max_index_bytes = 0;  // 0 for no limit
  };
  void ReadFrom(const State& state);

 private:
  metrics::Registry& registry_;
  metrics::Histogram merge_seconds_;
  metrics::Histogram commit_seconds_;
  metrics::Histogram commit_writes_;
  metrics::Histogram publish_seconds_;
  metrics::Counter failed_commits_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_QUERY_METRICS_H_
