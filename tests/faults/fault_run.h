// One run of both services, a proxy between them, clients that write and look,
// and the judgement at its end.
#ifndef ATTACHE_TESTS_FAULTS_FAULT_RUN_H_
#define ATTACHE_TESTS_FAULTS_FAULT_RUN_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/checker.h"
#include "tests/faults/history.h"
#include "tests/faults/observers.h"
#include "tests/faults/proxy.h"
#include "tests/faults/workload.h"
#include "tests/integration/pair.h"

namespace attache::testing {

// How long the runs take: short ones by default, long ones where
// ATTACHE_FAULTS=long. ATTACHE_FAULTS_SEED repeats a run's choices.
struct FaultScale {
  bool is_long = false;
  uint32_t seed = 0;

  int Of(int in_short, int in_long) const {
    return is_long ? in_long : in_short;
  }
};
FaultScale ScaleFromEnvironment();

class FaultRun {
 public:
  // The ingestor reaches the query service through link().
  explicit FaultRun(Launch query_service = {}, Launch ingestor = {});
  ~FaultRun();

  Pair& pair() { return *pair_; }
  Proxy& link() { return link_; }
  History& history() { return history_; }
  std::mt19937& random() { return random_; }
  const FaultScale& scale() const { return scale_; }
  // A moment between 0 and `limit_milliseconds`.
  void SleepUpTo(int limit_milliseconds);
  // For the summary: how often each kind of fault was brought about.
  void Count(const std::string& fault, int64_t times = 1) {
    counts_[fault] += times;
  }

  // Clients that write, and two that look. `connect` is where they write; the
  // ingestor itself where it is not set.
  void StartWork(WorkloadOptions options = {}, Workload::Connect connect = {});
  void StopWork();

  // Stops the work, lets everything settle, and holds the index against the
  // history, once as it is and once more after both processes were killed and
  // started. Fails the test for every violation and prints the summary.
  void Verify();

  // What is wrong with the index as it is, once all has settled.
  std::vector<Violation> Judge();

  // Prints what was brought about and what was found.
  void PrintSummary(int64_t violations);

  // Accepts one briefing as the first writer of an id of its own would, and
  // notes it. The status of the call.
  grpc::Status Submit(const std::string& briefing_id, int64_t version,
                      v1::Durability durability = v1::DURABILITY_DURABLE);

 private:
  int64_t Fail(const std::string& when,
               const std::vector<Violation>& violations);

  const FaultScale scale_;
  std::mt19937 random_;
  Proxy link_;
  std::unique_ptr<Pair> pair_;
  History history_;
  std::unique_ptr<Workload> workload_;
  std::unique_ptr<Observers> observers_;
  std::map<std::string, int64_t> counts_;
};

// Of a process, in MiB: the memory that it has in use, and that it has asked
// for, used or not.
int64_t ResidentMebibytes(pid_t pid);
int64_t DataMebibytes(pid_t pid);

// Whether an error of a call says `reason`, an ErrorReason without its prefix,
// and when to try again.
bool Says(const grpc::Status& status, const std::string& reason);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_FAULT_RUN_H_
