// One call of StreamBriefings.
#ifndef ATTACHE_INGESTOR_SERVICE_STREAM_BRIEFINGS_H_
#define ATTACHE_INGESTOR_SERVICE_STREAM_BRIEFINGS_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "attache/v1/ingest_service.pb.h"
#include "common/rpc/gate.h"
#include "grpcpp/grpcpp.h"
#include "ingestor/service/intake.h"

namespace attache {

class BriefingStream;

// The streams that are open, so that a drain reaches them, and what they have
// read and not answered. Thread-safe.
class OpenStreams {
 public:
  // Bytes of requests. While all streams together hold `max_bytes`, each reads
  // one request at a time; so they hold at most that and one request each.
  explicit OpenStreams(int64_t max_bytes) : max_bytes_(max_bytes) {}

  // DRAINING after Drain.
  absl::Status Add(std::shared_ptr<BriefingStream> stream);
  void Remove(const std::shared_ptr<BriefingStream>& stream);
  void Drain();

  // Counts them until what it returns is gone, which may outlive this.
  std::shared_ptr<void> Hold(int64_t bytes);
  bool HasRoom() const { return *bytes_ < max_bytes_; }

 private:
  const int64_t max_bytes_;
  const std::shared_ptr<std::atomic<int64_t>> bytes_ =
      std::make_shared<std::atomic<int64_t>>(0);
  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<std::shared_ptr<BriefingStream>> streams_ ABSL_GUARDED_BY(mutex_);
};

// Reads ahead within bounds and answers in the order of the requests. An item
// at fault is answered REJECTED; where the server is at fault, or drains, the
// stream ends with its error after the answers before it. Lives until gRPC is
// done with it and nothing of it is under way. Thread-safe.
class BriefingStream
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  static grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* Start(
      std::shared_ptr<rpc::AdmittedCall> call,
      grpc::CallbackServerContext* context, Intake* intake, OpenStreams* open,
      absl::Duration index_timeout);

  // Takes no further request, answers what was read, then ends the stream with
  // DRAINING.
  void Drain();
  // Ends the stream with `status` at once, without the answers that are due:
  // the client may write no more.
  void Revoke(const absl::Status& status);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // A request that was read, and its answer once there is one.
  struct Slot {
    std::string briefing_id;
    int64_t bytes = 0;
    std::shared_ptr<void> share;  // in what all streams hold; until answered
    bool answered = false;
    v1::StreamBriefingsResponse response;
    absl::Status failure;  // that ends the stream
  };

  BriefingStream(std::shared_ptr<rpc::AdmittedCall> call,
                 grpc::CallbackServerContext* context, Intake* intake,
                 OpenStreams* open, absl::Duration index_timeout)
      : call_(std::move(call)),
        context_(context),
        intake_(intake),
        open_(open),
        index_timeout_(index_timeout) {}

  void Take(const std::shared_ptr<Slot>& slot, const grpc::ByteBuffer& wire);
  void OnAnswer(const std::shared_ptr<Slot>& slot,
                absl::StatusOr<v1::IngestResult> result);
  bool MayRead() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void FinishOnce(const absl::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<rpc::AdmittedCall> call_;
  grpc::CallbackServerContext* const context_;
  Intake* const intake_;
  OpenStreams* const open_;
  const absl::Duration index_timeout_;
  const std::shared_ptr<Lane> lane_ = std::make_shared<Lane>();
  const std::shared_ptr<std::atomic<bool>> cancelled_ =
      std::make_shared<std::atomic<bool>>(false);
  std::shared_ptr<BriefingStream> self_;

  // Of the read, and the write, under way.
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;

  absl::Mutex mutex_;
  std::deque<std::shared_ptr<Slot>> slots_ ABSL_GUARDED_BY(mutex_);
  int64_t slot_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool reads_done_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status revoked_ ABSL_GUARDED_BY(mutex_);  // OK where it is not
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_STREAM_BRIEFINGS_H_
