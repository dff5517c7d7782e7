// A server in this process whose calls ask a gate, for tests of who gets in.
#ifndef ATTACHE_TESTS_COMMON_RPC_GUARDED_SERVER_H_
#define ATTACHE_TESTS_COMMON_RPC_GUARDED_SERVER_H_

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/gate.h"
#include "common/rpc/refused_stream.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/support/reason_of_call.h"

namespace attache::rpc {

using testing::ReasonOf;

// GetIndexStatus is for readers and tells who calls, as its index_id;
// ListVocabulary is for writers, ExplainTripRecords for admins; a watch, for
// readers, lasts until it is revoked or cancelled.
class GuardedService final : public v1::TripQueryService::CallbackService {
 public:
  explicit GuardedService(Gate& gate) : gate_(gate) {}

  grpc::ServerUnaryReactor* GetIndexStatus(
      grpc::CallbackServerContext* context, const v1::GetIndexStatusRequest*,
      v1::GetIndexStatusResponse* response) override {
    const auto admitted = gate_.Admit(*context, Role::kReader);
    if (admitted.ok()) response->set_index_id((*admitted)->principal());
    return Finish(context, admitted.status());
  }
  grpc::ServerUnaryReactor* ListVocabulary(
      grpc::CallbackServerContext* context, const v1::ListVocabularyRequest*,
      v1::ListVocabularyResponse*) override {
    return Finish(context, gate_.Admit(*context, Role::kWriter).status());
  }
  grpc::ServerUnaryReactor* ExplainTripRecords(
      grpc::CallbackServerContext* context,
      const v1::ExplainTripRecordsRequest*,
      v1::ExplainTripRecordsResponse*) override {
    return Finish(context, gate_.Admit(*context, Role::kAdmin).status());
  }
  grpc::ServerWriteReactor<v1::WatchTripRecordsResponse>* WatchTripRecords(
      grpc::CallbackServerContext* context,
      const v1::WatchTripRecordsRequest*) override {
    auto admitted = gate_.Admit(*context, Role::kReader, CallKind::kStream);
    if (!admitted.ok()) {
      return new RefusedStream<
          grpc::ServerWriteReactor<v1::WatchTripRecordsResponse>>(
          admitted.status());
    }
    return Watcher::Start(*std::move(admitted));
  }

 private:
  class Watcher final
      : public grpc::ServerWriteReactor<v1::WatchTripRecordsResponse>,
        public std::enable_shared_from_this<Watcher> {
   public:
    static Watcher* Start(std::shared_ptr<AdmittedCall> call) {
      auto watcher = std::make_shared<Watcher>(std::move(call));
      watcher->self_ = watcher;
      watcher->StartSendInitialMetadata();
      watcher->call_->OnRevoked(
          [weak = watcher->weak_from_this()](const absl::Status& status) {
            if (const auto revoked = weak.lock()) revoked->End(status);
          });
      return watcher.get();
    }
    explicit Watcher(std::shared_ptr<AdmittedCall> call)
        : call_(std::move(call)) {}
    void OnCancel() override { End(absl::CancelledError()); }
    void OnDone() override { self_.reset(); }

   private:
    void End(const absl::Status& status) {
      if (!ended_.exchange(true)) Finish(ToGrpcStatus(status));
    }
    const std::shared_ptr<AdmittedCall> call_;
    std::shared_ptr<Watcher> self_;
    std::atomic<bool> ended_ = false;
  };

  static grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context,
                                          const absl::Status& status) {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpcStatus(status));
    return reactor;
  }

  Gate& gate_;
};

class GuardedServer {
 public:
  explicit GuardedServer(const ServerSecurity& security,
                         const CallLimitOptions& limits = {}) {
    auto gate = Gate::Open(security.access_file, limits);
    EXPECT_TRUE(gate.ok()) << gate.status();
    gate_ = *std::move(gate);
    service_ = std::make_unique<GuardedService>(*gate_);
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.security = security;
    auto server = Server::Start(options, {service_.get()});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  const std::string& address() const { return server_->address(); }

 private:
  std::unique_ptr<Gate> gate_;
  std::unique_ptr<GuardedService> service_;
  std::unique_ptr<Server> server_;
};

// A call's context that does not wait for ever.
inline std::unique_ptr<grpc::ClientContext> SoonContext() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() +
                        std::chrono::seconds(20));
  return context;
}

// Who the server says that the caller is, or why it does not.
inline std::string WhoAmI(
    const std::shared_ptr<grpc::Channel>& channel,
    std::unique_ptr<grpc::ClientContext> context = SoonContext()) {
  v1::GetIndexStatusResponse response;
  const grpc::Status status =
      v1::TripQueryService::NewStub(channel)->GetIndexStatus(context.get(), {},
                                                             &response);
  return status.ok() ? response.index_id() : ReasonOf(status);
}

}  // namespace attache::rpc

#endif  // ATTACHE_TESTS_COMMON_RPC_GUARDED_SERVER_H_
