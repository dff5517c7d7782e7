// Reads WatchTripRecords and outlives broken connections.
#ifndef ATTACHE_CLI_WATCH_READER_H_
#define ATTACHE_CLI_WATCH_READER_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace attache::cli {

// A stream that breaks is followed by one that goes on from the last revision
// that was complete, for as long as it takes. One Run; Stop from any thread.
class WatchReader {
 public:
  // `stub` outlives it; `address` is for messages.
  WatchReader(v1::TripQueryService::StubInterface& stub, std::string address)
      : stub_(stub), address_(std::move(address)) {}

  // True to read on.
  using Take = std::function<bool(const v1::WatchTripRecordsResponse&)>;
  // Called with a sentence where a stream broke and another is begun.
  using Tell = std::function<void(const std::string&)>;

  // Calls `take` for each response, in order, on this thread. Of a revision
  // that a broken stream left incomplete the changes come again, and where it
  // broke before all was there that matched at the start, these do. OK where
  // `take` or Stop ended it; an error where the service was never reached, or
  // where there is nothing to go on from: it says how to start afresh.
  absl::Status Run(v1::WatchTripRecordsRequest request, const Take& take,
                   const Tell& tell);
  void Stop();

 private:
  grpc::Status RunOnce(v1::WatchTripRecordsRequest& request, const Take& take);
  // False where Stop ended the wait.
  bool Wait(absl::Duration delay);
  bool stopped();
  absl::Status Error(const grpc::Status& status, int64_t revision) const;

  v1::TripQueryService::StubInterface& stub_;
  const std::string address_;
  bool done_ = false;      // `take` had enough
  bool answered_ = false;  // by the stream at hand
  bool reached_ = false;   // ever

  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopped_ = false;                    // guarded by mutex_
  grpc::ClientContext* context_ = nullptr;  // guarded by mutex_
};

}  // namespace attache::cli

#endif  // ATTACHE_CLI_WATCH_READER_H_
