// The metrics of the ingestor: all their names stand here.
#ifndef ATTACHE_INGESTOR_SERVICE_INGEST_METRICS_H_
#define ATTACHE_INGESTOR_SERVICE_INGEST_METRICS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attache/v1/ingest_service.pb.h"
#include "common/metrics/registry.h"
#include "ingestor/outbox/outbox.h"
#include "ingestor/outbox/sender.h"
#include "ingestor/outbox/store_reader.h"
#include "ingestor/service/parse_pool.h"

namespace attache {

// Thread-safe.
class IngestMetrics {
 public:
  // `registry` outlives it.
  explicit IngestMetrics(metrics::Registry& registry);

  void OnParsed(absl::Duration lasted) { parse_seconds_.Observe(lasted); }
  // Of a briefing or a withdrawal.
  void OnAnswered(const absl::StatusOr<v1::IngestResult>& result);
  void OnGroup(const outbox::Outbox::Report& report);
  void OnRefusedWrite(absl::string_view reason);

  // What a scrape reads. All of it outlives the metrics server.
  struct State {
    const outbox::Outbox* outbox = nullptr;
    outbox::StoreReader* reader = nullptr;
    const outbox::Sender* sender = nullptr;
    const ParsePool* pool = nullptr;
    int64_t max_outbox_bytes = 0;
  };
  void ReadFrom(const State& state);

 private:
  metrics::Registry& registry_;
  metrics::Histogram parse_seconds_;
  metrics::Histogram commit_seconds_;
  metrics::Counter failed_commits_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_INGEST_METRICS_H_
