// Sends briefings over StreamBriefings and outlives broken connections.
#ifndef ATTACHE_CLI_INGEST_STREAM_H_
#define ATTACHE_CLI_INGEST_STREAM_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "cli/briefing_source.h"

namespace attache::cli {

// What became of one briefing: an answer of the ingestor, or why it was not
// even sent.
struct IngestedItem {
  std::string name;
  absl::StatusOr<v1::IngestResult> result;
};

// Many briefings are under way at once; what was sent and not answered when a
// stream breaks is sent again, which briefing ids make harmless. Not
// thread-safe; one Run.
class IngestStream {
 public:
  IngestStream(v1::IngestService::StubInterface& stub, std::string address,
               v1::Durability durability)
      : stub_(stub), address_(std::move(address)), durability_(durability) {}

  // Sends all of `source`; calls `done` for each, in order, on this thread.
  // Gives up with the error when several attempts in a row got no answer.
  absl::Status Run(BriefingSource& source,
                   const std::function<void(const IngestedItem&)>& done);

 private:
  // Sent or about to be, not yet answered. Without a request where the item
  // could not be read: it waits for its turn to be reported.
  struct Pending {
    std::string name;
    std::optional<v1::StreamBriefingsRequest> request;
    absl::Status error;
  };
  using Stream = grpc::ClientReaderWriterInterface<v1::StreamBriefingsRequest,
                                                   v1::StreamBriefingsResponse>;

  // One stream, from the first unanswered item on.
  grpc::Status RunOnce(BriefingSource& source,
                       const std::function<void(const IngestedItem&)>& done);
  void Send(Stream& stream, BriefingSource& source);
  // Reports the items at the front that had no request.
  void ReportUnsent(const std::function<void(const IngestedItem&)>& done);

  v1::IngestService::StubInterface& stub_;
  const std::string address_;
  const v1::Durability durability_;

  std::mutex mutex_;
  std::condition_variable room_;
  std::deque<Pending> pending_;  // guarded by mutex_; elements stay put
  // Of those in pending_ that have a request: what could not be read takes no
  // room, for no answer will make any.
  size_t unanswered_ = 0;     // guarded by mutex_
  size_t pending_bytes_ = 0;  // guarded by mutex_
  bool broken_ = false;       // guarded by mutex_
  bool exhausted_ = false;    // the source; guarded by mutex_
  size_t answered_ = 0;
};

}  // namespace attache::cli

#endif  // ATTACHE_CLI_INGEST_STREAM_H_
