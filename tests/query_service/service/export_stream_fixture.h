// An index that a real gRPC server answers about, and a client that reads its
// exports.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SERVICE_EXPORT_STREAM_FIXTURE_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SERVICE_EXPORT_STREAM_FIXTURE_H_

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "query_service/index/trip_index.h"
#include "query_service/service/trip_query_service.h"
#include "tests/query_service/support/random_records.h"
#include "tests/support/reason_of.h"

namespace attache::testing {

inline constexpr int kClientLimit = 4 << 20;  // gRPC's default

// What a stream gave, and how it ended.
struct Exported {
  std::vector<v1::ExportTripRecordsResponse> responses;
  absl::Status status;

  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const auto& response : responses) {
      for (const auto& record : response.trip_records()) {
        ids.push_back(record.record_id());
      }
    }
    return ids;
  }
};

class ExportStreamTest : public ::testing::Test {
 protected:
  ExportStreamTest() : index_(TestVocabulary()) { StartService({}); }

  // Also as after a restart: only what was pinned is lost.
  void StartService(const PinOptions& pins,
                    absl::Duration drain_timeout = absl::Seconds(10),
                    absl::Duration stall_timeout = absl::Seconds(60)) {
    stub_.reset();
    server_.reset();
    service_.reset();
    service_ = std::make_unique<TripQueryServiceImpl>(
        gate_, index_, TestVocabulary(),
        ReaderContext{.page_token_key = std::string(32, 'k'),
                      .index_id = [] { return std::string("index"); },
                      .disk_bytes = [] { return int64_t{0}; },
                      .version = "test",
                      .start_time = absl::UnixEpoch(),
                      .pins = pins},
        nullptr, stall_timeout);
    rpc::ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.drain_timeout = drain_timeout;
    auto server = rpc::Server::Start(options, {service_.get()});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    stub_ = v1::TripQueryService::NewStub(grpc::CreateCustomChannel(
        server_->address(), grpc::InsecureChannelCredentials(), arguments));
  }

  // What flow control lets through is the client's to set, and its memory.
  std::unique_ptr<v1::TripQueryService::Stub> StubThatTakesLittleAhead() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 64 << 10);
    return v1::TripQueryService::NewStub(grpc::CreateCustomChannel(
        server_->address(), grpc::InsecureChannelCredentials(), arguments));
  }

  // Records of so many bytes; to Brazil where their number is even.
  void Write(int first, int count, size_t bytes = 300) {
    std::vector<BriefingRecords> writes;
    for (int i = first; i < first + count; ++i) {
      const std::string id = absl::StrCat("b", i);
      v1::TripRecord record;
      record.set_record_id(id + "#1");
      record.set_title(absl::StrCat("Trip ", i, " of revision ", revision_));
      record.add_visits()->set_country_code(i % 2 == 0 ? "BR" : "CL");
      record.add_tables()->add_header(std::string(bytes, 'h'));
      writes.push_back(ToBriefing(id, {record}));
      ids_.insert(id + "#1");
    }
    ASSERT_TRUE(index_.Apply(writes, ++revision_).ok());
  }
  void Withdraw(int i) {
    const std::string id = absl::StrCat("b", i);
    ASSERT_TRUE(index_.Apply({{id, {}}}, ++revision_).ok());
    ids_.erase(id + "#1");
  }
  std::vector<std::string> Ids() const { return {ids_.begin(), ids_.end()}; }

  // Reads up to `limit` responses, then goes away.
  Exported Read(const v1::ExportTripRecordsRequest& request,
                size_t limit = 1'000'000) {
    grpc::ClientContext context;
    const auto reader = stub_->ExportTripRecords(&context, request);
    Exported exported;
    v1::ExportTripRecordsResponse response;
    while (exported.responses.size() < limit && reader->Read(&response)) {
      EXPECT_LT(response.ByteSizeLong(), static_cast<size_t>(kClientLimit));
      exported.responses.push_back(response);
    }
    if (exported.responses.size() == limit) context.TryCancel();
    exported.status = rpc::FromGrpcStatus(reader->Finish());
    return exported;
  }

  TripIndex index_;
  int64_t revision_ = 0;
  std::set<std::string> ids_;
  rpc::Gate gate_;
  std::unique_ptr<TripQueryServiceImpl> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::TripQueryService::Stub> stub_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SERVICE_EXPORT_STREAM_FIXTURE_H_
