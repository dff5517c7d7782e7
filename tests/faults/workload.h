// Clients that write briefings, replace and retract them, for as long as faults
// go on, and note what became of every attempt.
#ifndef ATTACHE_TESTS_FAULTS_WORKLOAD_H_
#define ATTACHE_TESTS_FAULTS_WORKLOAD_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "attache/v1/ingest_service.grpc.pb.h"
#include "tests/faults/history.h"

namespace attache::testing {

// A briefing that tells its version in every record that it gives. `trips` is
// 0, 1 or 2.
v1::Briefing FaultBriefing(const std::string& briefing_id, int64_t version,
                           int trips);

struct WorkloadOptions {
  // Half of them stream, the others call once a briefing.
  int writers = 4;
  // Ids of one writer, which nobody else writes.
  int briefings_per_writer = 60;
  uint32_t seed = 1;
  // A connection breaks only when the ingestor dies, so that what was not
  // answered cannot happen any more.
  bool breaks_mean_death = true;
};

// The threads run until Stop.
class Workload {
 public:
  using Connect = std::function<std::unique_ptr<v1::IngestService::Stub>()>;

  Workload(const WorkloadOptions& options, Connect connect, History* history);
  ~Workload();

  // Lets every attempt end. Idempotent.
  void Stop();

 private:
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_WORKLOAD_H_
