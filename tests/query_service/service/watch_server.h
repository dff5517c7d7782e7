// The query service in this process, for tests of watches.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_SERVER_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_SERVER_H_

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "attache/v1/trip_index_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "query_service/service/query_server.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {

// Start, Stop and Write are for one thread; Stub for any.
class WatchServer {
 public:
  explicit WatchServer(QueryServerOptions options = {})
      : options_(std::move(options)) {
    options_.server.listen = "127.0.0.1:0";
    options_.server.drain_timeout = absl::Seconds(20);
    options_.data_dir = directory_.file("data");
    options_.vocabulary_dir = ATTACHE_SOURCE_DIR "/vocabulary";
    Start();
  }
  ~WatchServer() { Stop(/*drain=*/false); }

  void Start() {
    auto server = QueryServer::Start(options_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    const std::scoped_lock lock(mutex_);
    address_ = server_->address();
  }
  // As at SIGTERM, or as abruptly as one process can.
  void Stop(bool drain) {
    producer_.reset();
    if (server_ != nullptr && drain) {
      std::thread running([this] { server_->Run(); });
      server_->RequestStop();
      running.join();
    }
    server_.reset();
  }

  std::unique_ptr<v1::TripQueryService::Stub> Stub() {
    const std::scoped_lock lock(mutex_);
    // A channel of its own, so that a slow client slows nobody else's.
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return v1::TripQueryService::NewStub(grpc::CreateCustomChannel(
        address_, grpc::InsecureChannelCredentials(), arguments));
  }

  // Each is one revision more; returns when they are acknowledged.
  void Write(std::vector<v1::RecordWrite> writes) {
    if (producer_ == nullptr) Connect();
    v1::StreamTripRecordsRequest request;
    for (v1::RecordWrite& write : writes) {
      write.set_sequence(++sequence_);
      *request.mutable_batch()->add_writes() = std::move(write);
    }
    ASSERT_TRUE(producer_->stream->Write(request));
    v1::StreamTripRecordsResponse response;
    do {
      ASSERT_TRUE(producer_->stream->Read(&response));
      ASSERT_EQ(response.ack().rejected_writes_size(), 0);
    } while (response.ack().sequence() < sequence_);
    ASSERT_EQ(response.ack().revision(), sequence_);
  }
  int64_t revision() const { return sequence_; }

 private:
  struct Producer {
    std::unique_ptr<v1::TripIndexService::Stub> stub;
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReaderWriter<v1::StreamTripRecordsRequest,
                                             v1::StreamTripRecordsResponse>>
        stream;
    ~Producer() {
      if (stream == nullptr) return;
      context.TryCancel();
      (void)stream->Finish();
    }
  };

  void Connect() {
    producer_ = std::make_unique<Producer>();
    producer_->stub = v1::TripIndexService::NewStub(grpc::CreateChannel(
        server_->address(), grpc::InsecureChannelCredentials()));
    producer_->stream = producer_->stub->StreamTripRecords(&producer_->context);
    v1::StreamTripRecordsRequest request;
    *request.mutable_hello() = MakeHello("p", 1, 0, sequence_);
    v1::StreamTripRecordsResponse response;
    ASSERT_TRUE(producer_->stream->Write(request));
    ASSERT_TRUE(producer_->stream->Read(&response));
    ASSERT_EQ(response.welcome().last_sequence(), sequence_);
  }

  TempDirectory directory_;
  QueryServerOptions options_;
  std::unique_ptr<QueryServer> server_;
  std::unique_ptr<Producer> producer_;
  int64_t sequence_ = 0;
  std::mutex mutex_;
  std::string address_;  // guarded by mutex_
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_SERVER_H_
