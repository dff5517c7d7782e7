#include "ingestor/service/reparse_briefings.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/service/ingest_service_fixture.h"

namespace attache {
namespace {

using outbox::MakeBriefing;

TEST_F(IngestServiceTest, ReparsesWhatAnotherVersionRead) {
  Start();
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(Ingest(MakeBriefing(absl::StrCat("b", i), "doe")).ok());
  }
  Stop();
  store_options_.parser_version = "p2";
  Start();
  ASSERT_TRUE(Ingest(MakeBriefing("b0", "doe")).ok());
  const auto reparse = [&](bool outdated_only) {
    grpc::ClientContext context;
    v1::ReparseBriefingsRequest request;
    request.set_outdated_only(outdated_only);
    auto stream = stub_->ReparseBriefings(&context, request);
    v1::ReparseBriefingsResponse last;
    int64_t done = 0;
    v1::ReparseBriefingsResponse response;
    while (stream->Read(&response)) {
      EXPECT_GE(response.done_count(), done);
      done = response.done_count();
      last = response;
    }
    EXPECT_TRUE(stream->Finish().ok());
    return last;
  };
  v1::ReparseBriefingsResponse last = reparse(true);
  EXPECT_EQ(last.done_count(), 39);
  EXPECT_EQ(last.total_count(), 39);
  // The same records as before: nothing to send.
  EXPECT_EQ(last.changed_count(), 0);
  EXPECT_EQ(reparse(true).total_count(), 0);
  EXPECT_EQ(reparse(false).done_count(), 40);
  EXPECT_EQ(Ingest(MakeBriefing("b1", "doe"))->outcome(),
            v1::INGEST_OUTCOME_UNCHANGED);
}

TEST_F(IngestServiceTest, AReparseEndsWithItsClient) {
  Start();
  for (int i = 0; i < 24; ++i) {
    ASSERT_TRUE(Ingest(MakeBriefing(absl::StrCat("b", i), "slow")).ok());
  }
  grpc::ClientContext context;
  auto stream = stub_->ReparseBriefings(&context, {});
  v1::ReparseBriefingsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  {
    grpc::ClientContext second;
    auto refused = stub_->ReparseBriefings(&second, {});
    EXPECT_EQ(ReasonOf(rpc::FromGrpcStatus(refused->Finish())), "RATE_LIMITED");
  }
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

}  // namespace
}  // namespace attache
