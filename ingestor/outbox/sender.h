// Streams what the outbox holds to the query service, for as long as the
// process lives.
#ifndef ATTACHE_INGESTOR_OUTBOX_SENDER_H_
#define ATTACHE_INGESTOR_OUTBOX_SENDER_H_

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "attache/v1/trip_index_service.grpc.pb.h"
#include "common/rpc/channel.h"
#include "grpcpp/grpcpp.h"
#include "ingestor/outbox/outbox.h"
#include "ingestor/outbox/sender_session.h"
#include "ingestor/outbox/store_reader.h"

namespace attache::outbox {

struct SenderOptions {
  std::string query_address;
  rpc::ChannelSecurity query_security;
  // The file of the outbox, to read pending writes from.
  std::string store_path;
  std::string parser_version;
  std::string vocabulary_version;
  // Told of each write that the query service refused, by the reason that it
  // gave. Must not block.
  std::function<void(absl::string_view reason)> on_refused =
      [](absl::string_view) {};
};

// Thread-safe. Waits for the query service as long as it takes, and connects
// again with growing, random delays. The outbox outlives it.
class Sender {
 public:
  // Errors as rpc::OpenChannel and StoreReader::Open.
  static absl::StatusOr<std::unique_ptr<Sender>> Start(
      const SenderOptions& options, Outbox* outbox);
  // Ends the stream; what was not acknowledged is sent by the next process.
  ~Sender();

  // Welcomed, and the stream is open.
  bool connected() const { return connected_; }
  // How often that has come about.
  int64_t connections() const { return connections_; }

 private:
  using Stream = grpc::ClientReaderWriter<v1::StreamTripRecordsRequest,
                                          v1::StreamTripRecordsResponse>;

  Sender(const SenderOptions& options,
         const std::shared_ptr<grpc::Channel>& channel, Outbox* outbox,
         std::unique_ptr<StoreReader> reader);
  void Run();
  absl::Status RunStream();
  void ReadResponses(Stream* stream);
  absl::Status TakeResponse(const v1::StreamTripRecordsResponse& response);
  absl::Status TakeWelcome(const v1::Welcome& welcome);
  absl::Status TakeAck(const v1::Ack& ack);
  // Of those above the sequence `after`.
  void TellRefused(const std::vector<v1::RejectedWrite>& refused,
                   int64_t after);
  absl::Status WriteUntilEnd(Stream* stream);
  // Sends what is pending and fits into the window; false where the stream is
  // broken.
  absl::StatusOr<bool> SendPending(Stream* stream);
  // The message of a pending write, with its sequence.
  absl::StatusOr<v1::RecordWrite> Load(const PendingWrite& write);
  // Gives what the service refused for its form its true reason.
  std::vector<v1::RejectedWrite> TrueReasons(
      std::vector<v1::RejectedWrite> rejected);
  absl::Status FillBatch(const std::vector<PendingWrite>& pending,
                         int64_t max_bytes, v1::WriteBatch* batch);
  void Follow(const SenderSession::Next& next, const absl::Status& status);
  // Until `change` succeeds or the sender stops.
  void Insist(const std::function<absl::Status()>& change);
  void LogEnd(const SenderSession::Next& next, const absl::Status& status);
  void Signal();
  bool Stopping();
  void Sleep(absl::Duration delay);

  bool HasNews() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return signalled_ || ended_ || stopping_;
  }
  bool IsStopping() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_;
  }

  Outbox* const outbox_;
  const std::unique_ptr<StoreReader> reader_;
  const std::string query_address_;
  const std::unique_ptr<v1::TripIndexService::Stub> stub_;
  const std::function<void(absl::string_view)> on_refused_;
  std::atomic<bool> connected_ = false;
  std::atomic<int64_t> connections_ = 0;
  std::mt19937_64 random_;
  std::string last_logged_;
  absl::Time last_log_time_ = absl::InfinitePast();

  // The outbox is never called while it is held: the outbox signals new writes
  // under a lock of its own.
  absl::Mutex mutex_;
  SenderSession session_ ABSL_GUARDED_BY(mutex_);
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;
  // Writes that were sent without content, and their sizes.
  std::map<int64_t, int64_t> oversized_ ABSL_GUARDED_BY(mutex_);
  // Why this side gave the stream up; OK where the other side ended it.
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  bool signalled_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_SENDER_H_
