// Clients that look at the index while faults go on.
#ifndef ATTACHE_TESTS_FAULTS_OBSERVERS_H_
#define ATTACHE_TESTS_FAULTS_OBSERVERS_H_

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "attache/v1/trip_query_service.grpc.pb.h"
#include "tests/faults/history.h"

namespace attache::testing {

// All records of the index, by an export; nullopt where the service was not
// there to the end. `begun` and `ended` are for the caller to set.
std::optional<Read> ReadIndex(v1::TripQueryService::Stub& stub);

// One exports the index again and again; another watches it, goes on from its
// last revision whenever the stream breaks, and so knows what the index holds
// without ever reading it again. Both note what they see.
class Observers {
 public:
  using Connect = std::function<std::unique_ptr<v1::TripQueryService::Stub>()>;

  Observers(Connect connect, History* history);
  ~Observers();

  // Idempotent.
  void Stop();

 private:
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_OBSERVERS_H_
