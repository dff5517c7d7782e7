#include "ingestor/service/stream_briefings.h"

#include <future>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/service/ingest_service_fixture.h"

namespace attache {
namespace {

using outbox::MakeBriefing;
using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST_F(IngestServiceTest, StreamsAnswerInOrderAndBadItemsFailAlone) {
  Start();
  std::vector<v1::StreamBriefingsRequest> requests;
  requests.push_back(Item(MakeBriefing("a", "slow")));
  requests.push_back(Item(MakeBriefing("b", "doe")));
  requests.push_back(Item(MakeBriefing("bad id", "doe")));
  requests.emplace_back();
  requests.push_back(Item(MakeBriefing("c", "unreadable")));
  requests.push_back(Item(MakeBriefing("a", "roe")));
  requests.emplace_back().set_retract_briefing_id("b");
  requests.emplace_back().set_retract_briefing_id("bad id");
  const StreamRun run = Stream(requests);
  ASSERT_TRUE(run.status.ok()) << run.status.error_message();
  std::vector<std::string> seen;
  for (const v1::IngestResult& result : run.results) {
    seen.push_back(
        absl::StrCat(result.briefing_id(), " ",
                     v1::IngestOutcome_Name(result.outcome()).substr(15), " ",
                     result.status().reason()));
  }
  EXPECT_THAT(
      seen,
      ElementsAre("a CREATED ", "b CREATED ", "bad id REJECTED FIELD_INVALID",
                  " REJECTED FIELD_INVALID", "c REJECTED CONTENT_UNREADABLE",
                  "a REPLACED ", "b RETRACTED ",
                  "bad id REJECTED FIELD_INVALID"));
  EXPECT_EQ(run.results[2].status().code(), 3);
}

TEST_F(IngestServiceTest, WritesTakeEffectInTheOrderOfTheStream) {
  Start();
  std::vector<v1::StreamBriefingsRequest> requests;
  for (int i = 0; i < 1000; ++i) {
    requests.push_back(
        Item(MakeBriefing(absl::StrCat("b", i % 7),
                          i % 50 == 0 ? "slow" : absl::StrCat("t", i))));
  }
  const StreamRun run = Stream(requests);
  ASSERT_TRUE(run.status.ok()) << run.status.error_message();
  ASSERT_THAT(run.results, SizeIs(1000));
  const auto writes = reader_->ReadPending(0, 2000, 1 << 30).value();
  ASSERT_THAT(writes, SizeIs(1000));
  for (int i = 0; i < 1000; ++i) {
    v1::RecordWrite write;
    ASSERT_TRUE(write.ParseFromString(writes[i].bytes));
    ASSERT_EQ(write.records(0).travelers(0).name(),
              requests[i].briefing().content());
  }
}

TEST_F(IngestServiceTest, AFullOutboxHoldsAStreamBackAndLosesNothing) {
  store_options_.max_pending_bytes = 500;
  index_.Start();
  index_.Stop();
  Start(index_.address());
  std::vector<v1::StreamBriefingsRequest> requests;
  for (int i = 0; i < 400; ++i) {
    requests.push_back(Item(MakeBriefing(absl::StrCat("b", i), "doe")));
  }
  auto running =
      std::async(std::launch::async, [&] { return Stream(requests); });
  EXPECT_EQ(running.wait_for(std::chrono::milliseconds(300)),
            std::future_status::timeout);
  index_.Start();
  const StreamRun run = running.get();
  ASSERT_TRUE(run.status.ok()) << run.status.error_message();
  EXPECT_THAT(run.results, SizeIs(400));
  EXPECT_TRUE(index_.Await(
      [](ScriptedIndex& index) { return index.state.held.size() == 400; }));
}

TEST_F(IngestServiceTest, StreamsBeyondTheirBytesReadOneRequestAtATime) {
  max_stream_bytes_ = 1;
  store_options_.max_pending_bytes = 1;
  index_.Start();
  index_.Stop();
  Start(index_.address());
  ASSERT_TRUE(Ingest(MakeBriefing("first", "doe")).ok());  // takes all room
  parsed_ = 0;
  const auto send = [this](absl::string_view prefix) {
    std::vector<v1::StreamBriefingsRequest> requests;
    for (int i = 0; i < 50; ++i) {
      requests.push_back(Item(MakeBriefing(absl::StrCat(prefix, i), "doe")));
    }
    return Stream(requests);
  };
  std::vector<std::future<StreamRun>> streams;
  for (const absl::string_view prefix : {"a", "b", "c"}) {
    streams.push_back(std::async(std::launch::async, send, prefix));
  }
  // One of each stream, which waits for room in the outbox.
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  while (parsed_ < 3 && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(1));
  }
  absl::SleepFor(absl::Milliseconds(200));
  EXPECT_EQ(parsed_, 3);
  index_.Start();
  for (std::future<StreamRun>& stream : streams) {
    const StreamRun run = stream.get();
    EXPECT_TRUE(run.status.ok()) << run.status.error_message();
    EXPECT_THAT(run.results, SizeIs(50));
  }
}

TEST_F(IngestServiceTest, VanishedClientsLeaveNothingBehind) {
  store_options_.max_pending_bytes = 1;
  Start();
  for (int round = 0; round < 20; ++round) {
    grpc::ClientContext context;
    auto stream = stub_->StreamBriefings(&context);
    for (int i = 0; i < 10; ++i) {
      stream->Write(Item(MakeBriefing(absl::StrCat("b", i), "doe")));
    }
    if (round % 2 == 0) absl::SleepFor(absl::Milliseconds(20));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // What waited for room has gone with its streams: where there is room again,
  // nothing of theirs comes to take it.
  absl::SleepFor(absl::Milliseconds(300));
  const int64_t last_sequence = outbox_->state().last_sequence;
  ASSERT_TRUE(outbox_->Acknowledge(last_sequence, 1, {}).ok());
  absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(outbox_->state().last_sequence, last_sequence);
  EXPECT_TRUE(Ingest(MakeBriefing("last", "doe")).ok());
}

TEST_F(IngestServiceTest, ADrainAnswersWhatWasReadThenEndsTheStream) {
  Start();
  grpc::ClientContext context;
  auto stream = stub_->StreamBriefings(&context);
  stream->Write(Item(MakeBriefing("a", "slow")));
  v1::StreamBriefingsRequest indexed = Item(MakeBriefing("b", "doe"));
  indexed.set_durability(v1::DURABILITY_INDEXED);
  stream->Write(indexed);
  absl::SleepFor(absl::Milliseconds(50));
  service_->Drain(absl::Now());
  v1::StreamBriefingsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.result().briefing_id(), "a");
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.result().durability(), v1::DURABILITY_DURABLE);
  EXPECT_FALSE(stream->Read(&response));
  const absl::Status status = rpc::FromGrpcStatus(stream->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "DRAINING");
  EXPECT_EQ(ReasonOf(rpc::FromGrpcStatus(Stream({}).status)), "DRAINING");
}

}  // namespace
}  // namespace attache
