// A TripIndexService of its own for the corners of the protocol that a real
// query service reaches only in trouble.
#ifndef ATTACHE_TESTS_INGESTOR_OUTBOX_SCRIPTED_INDEX_H_
#define ATTACHE_TESTS_INGESTOR_OUTBOX_SCRIPTED_INDEX_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "attache/v1/trip_index_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"

namespace attache {

// Holds what it is sent; what it does beside is set by the test. Thread-safe.
class ScriptedIndex final : public v1::TripIndexService::Service {
 public:
  struct State {
    int64_t last_sequence = 0;
    int64_t epoch = 0;
    int64_t revision = 0;
    std::string index_id = "index-1";
    std::map<std::string, v1::RecordWrite> held;
  };

  // Listens; the address is kept over Stop and Start.
  void Start() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(address_.empty() ? "127.0.0.1:0" : address_,
                             grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  void Stop() {
    if (server_ == nullptr) return;
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
    server_.reset();
  }
  ~ScriptedIndex() override { Stop(); }

  const std::string& address() const { return address_; }

  template <typename Body>
  auto With(Body body) {
    absl::MutexLock lock(&mutex_);
    return body(*this);
  }
  // Whether `condition` comes true within some seconds.
  bool Await(const std::function<bool(ScriptedIndex&)>& condition) {
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    while (absl::Now() < deadline) {
      if (With(condition)) return true;
      absl::SleepFor(absl::Milliseconds(5));
    }
    return false;
  }

  // To be touched inside With alone.
  State state;
  std::vector<v1::Hello> hellos;
  int max_batch = 0;
  int64_t max_outstanding_seen = 0;
  int window_writes = 8;
  int64_t max_write_bytes = 1 << 20;
  // Takes the next batch, and its Ack is lost.
  bool loses_next_ack = false;
  // Takes writes and stays silent.
  bool holds_acks = false;
  // Reasons by briefing id.
  std::map<std::string, v1::ErrorReason> refuses;
  // What the next Hellos are answered with, instead of a Welcome.
  std::vector<absl::Status> hello_errors;
  // What the open stream ends with, once.
  std::optional<absl::Status> end_with;

 private:
  using Stream = grpc::ServerReaderWriter<v1::StreamTripRecordsResponse,
                                          v1::StreamTripRecordsRequest>;

  grpc::Status StreamTripRecords(grpc::ServerContext* context,
                                 Stream* stream) override {
    v1::StreamTripRecordsRequest request;
    if (!stream->Read(&request) || !request.has_hello()) {
      return rpc::ToGrpcStatus(
          MakeError(v1::ERROR_REASON_HELLO_EXPECTED, "no Hello"));
    }
    v1::StreamTripRecordsResponse response;
    int64_t next = 0;
    if (absl::Status status = Greet(request.hello(), &next, &response);
        !status.ok()) {
      return rpc::ToGrpcStatus(status);
    }
    stream->Write(response);
    while (!context->IsCancelled() && stream->Read(&request)) {
      response.Clear();
      if (absl::Status status = Take(request.batch(), &next, &response);
          !status.ok()) {
        return rpc::ToGrpcStatus(status);
      }
      if (response.has_ack()) stream->Write(response);
    }
    return grpc::Status::OK;
  }

  absl::Status Greet(const v1::Hello& hello, int64_t* next,
                     v1::StreamTripRecordsResponse* response) {
    absl::MutexLock lock(&mutex_);
    hellos.push_back(hello);
    if (!hello_errors.empty()) {
      const absl::Status status = hello_errors.front();
      hello_errors.erase(hello_errors.begin());
      return status;
    }
    if (hello.epoch() < state.epoch) {
      return MakeError(v1::ERROR_REASON_EPOCH_STALE, "stale",
                       {{"epoch", absl::StrCat(state.epoch)}});
    }
    if (state.last_sequence > hello.last_sequence()) {
      return MakeError(v1::ERROR_REASON_PRODUCER_REWOUND, "rewound",
                       {{"last_sequence", absl::StrCat(state.last_sequence)}});
    }
    state.epoch = hello.epoch();
    const int64_t had = hello.first_sequence() > 0 ? hello.first_sequence() - 1
                                                   : hello.last_sequence();
    v1::Welcome* welcome = response->mutable_welcome();
    welcome->set_last_sequence(state.last_sequence);
    welcome->set_revision(state.revision);
    welcome->set_index_id(state.index_id);
    welcome->set_max_outstanding_writes(window_writes);
    welcome->set_max_outstanding_bytes(16 << 20);
    welcome->set_max_write_bytes(max_write_bytes);
    welcome->set_resync(state.last_sequence < had);
    for (const v1::RejectedWrite& rejected : rejected_) {
      if (rejected.sequence() > had) {
        *welcome->add_rejected_writes() = rejected;
      }
    }
    *next = std::max(state.last_sequence, had) + 1;
    return absl::OkStatus();
  }

  absl::Status Take(const v1::WriteBatch& batch, int64_t* next,
                    v1::StreamTripRecordsResponse* response) {
    absl::MutexLock lock(&mutex_);
    if (end_with.has_value()) return *std::exchange(end_with, std::nullopt);
    v1::Ack* ack = holds_acks ? nullptr : response->mutable_ack();
    max_batch = std::max(max_batch, batch.writes_size());
    for (const v1::RecordWrite& write : batch.writes()) {
      if (write.sequence() < *next) continue;
      if (write.sequence() > *next) {
        return MakeError(v1::ERROR_REASON_SEQUENCE_GAP, "gap",
                         {{"expected", absl::StrCat(*next)}});
      }
      ++*next;
      unacknowledged_ = holds_acks ? unacknowledged_ + 1 : 0;
      max_outstanding_seen = std::max(max_outstanding_seen, unacknowledged_);
      if (holds_acks) continue;
      state.last_sequence = write.sequence();
      const auto refused = refuses.find(write.briefing_id());
      if (refused != refuses.end() || write.version() < 0) {
        v1::RejectedWrite* rejected = ack->add_rejected_writes();
        rejected->set_sequence(write.sequence());
        rejected->set_briefing_id(write.briefing_id());
        rejected->mutable_status()->set_reason(ReasonName(
            refused != refuses.end() ? refused->second
                                     : v1::ERROR_REASON_FIELD_INVALID));
        rejected_.push_back(*rejected);
        continue;
      }
      state.held[write.briefing_id()] = write;
      ++state.revision;
    }
    if (std::exchange(loses_next_ack, false)) {
      return absl::UnavailableError("the connection is lost");
    }
    if (ack != nullptr) {
      ack->set_sequence(state.last_sequence);
      ack->set_revision(state.revision);
    }
    return absl::OkStatus();
  }

  absl::Mutex mutex_;
  int64_t unacknowledged_ = 0;
  std::vector<v1::RejectedWrite> rejected_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace attache

#endif  // ATTACHE_TESTS_INGESTOR_OUTBOX_SCRIPTED_INDEX_H_
