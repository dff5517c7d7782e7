// A query service whose journal takes long to read.
#include <memory>
#include <string>
#include <vector>

#include <signal.h>

#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/faults/failing_disk.h"
#include "tests/faults/fault_run.h"
#include "tests/integration/health_client.h"
#include "tests/integration/pair.h"
#include "tests/support/process.h"

namespace attache::testing {
namespace {

// A pair whose query service is gone, and left a journal of many pages.
class SlowLoadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto ingest = pair_.IngestStub();
    for (int i = 0; i < 200; ++i) {
      grpc::ClientContext context;
      v1::IngestBriefingRequest request;
      *request.mutable_briefing() = TripBriefing(absl::StrCat("b", i), i);
      v1::IngestBriefingResponse response;
      ASSERT_TRUE(ingest->IngestBriefing(&context, request, &response).ok());
    }
    pair_.WaitUntilSettled();
    address_ = pair_.query_service().address();
    pair_.KillIngestor();
    // Not killed: what recovers the log reads much of it before it listens.
    ASSERT_EQ(pair_.query_service().Terminate(), 0);
    pair_.KillQueryService();
  }

  // A read of its journal lasts long enough to look at it meanwhile.
  std::unique_ptr<RunningCommand> StartOnASlowDisk() {
    disk_.DelayReads(100'000);
    return std::make_unique<RunningCommand>(
        "attache-query",
        std::vector<std::string>{
            absl::StrCat("--data_dir=", pair_.query_data()),
            absl::StrCat("--listen=", address_), "--metrics_listen="},
        disk_.environment());
  }

  grpc::Status Read() const {
    const auto stub = v1::TripQueryService::NewStub(Channel(address_));
    grpc::ClientContext context;
    v1::GetTripRecordRequest request;
    request.set_record_id("b7#1");
    v1::TripRecord record;
    return stub->GetTripRecord(&context, request, &record);
  }

  FailingDisk disk_{"/query/journal.db"};
  Pair pair_;
  std::string address_;
};

TEST_F(SlowLoadTest, IsAliveAndNotReadyAndSaysThatItLoads) {
  const auto query_service = StartOnASlowDisk();
  ASSERT_TRUE(AwaitHealth(address_, "liveness", "SERVING"));
  EXPECT_EQ(HealthOf(address_, "readiness"), "NOT_SERVING");
  const grpc::Status status = Read();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(Says(status, "INDEX_LOADING")) << status.error_message();
  disk_.Mend();
  EXPECT_TRUE(AwaitHealth(address_, "readiness", "SERVING"));
  EXPECT_TRUE(Read().ok());
}

TEST_F(SlowLoadTest, EndsWhenItIsToldTo) {
  const auto query_service = StartOnASlowDisk();
  ASSERT_TRUE(AwaitHealth(address_, "liveness", "SERVING"));
  ASSERT_EQ(kill(query_service->pid(), SIGTERM), 0);
  disk_.Mend();
  EXPECT_EQ(query_service->Wait(), 0);
  EXPECT_NE(query_service->Err().find("told to stop while it loads"),
            std::string::npos)
      << query_service->Err();
  pair_.StartQueryService();
  EXPECT_TRUE(Read().ok());
}

}  // namespace
}  // namespace attache::testing
