// The handlers over a real connection, with the store and the sender behind
// them and no query service, or one that does as it is told.
#include "ingestor/service/ingest_service.h"

#include <future>
#include <thread>

#include "common/error.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/sender.h"
#include "tests/ingestor/outbox/scripted_index.h"
#include "tests/ingestor/outbox/store_fixture.h"

namespace attache {
namespace {

using outbox::MakeBriefing;
using ::testing::ElementsAre;
using ::testing::SizeIs;

// The words of the content are the travelers; "slow" takes its time.
absl::StatusOr<ParseResult> ParseWords(const v1::Briefing& briefing) {
  if (briefing.content() == "unreadable") {
    return MakeError(v1::ERROR_REASON_CONTENT_UNREADABLE, "cannot be read");
  }
  if (briefing.content() == "slow") absl::SleepFor(absl::Milliseconds(100));
  auto parsed = outbox::ReadWords(briefing);
  ParseResult result;
  result.records = std::move(parsed->records);
  result.text = briefing.content();
  return result;
}

class IngestServiceTest : public ::testing::Test {
 protected:
  IngestServiceTest() : store_options_(outbox::TestOptions(directory_)) {}
  ~IngestServiceTest() override { Stop(); }

  void Start(const std::string& query_address = "127.0.0.1:1") {
    outbox_ = outbox::Outbox::Open(store_options_).value();
    reader_ = outbox::StoreReader::Open(store_options_.path).value();
    outbox::SenderOptions sender;
    sender.query_address = query_address;
    sender.store_path = store_options_.path;
    sender_ = outbox::Sender::Start(sender, outbox_.get()).value();
    pool_ = std::make_unique<ParsePool>(3);
    Intake::Parts parts;
    parts.outbox = outbox_.get();
    parts.reader = reader_.get();
    parts.pool = pool_.get();
    parts.parse = ParseWords;
    parts.parser_version = store_options_.parser_version;
    parts.vocabulary_version = store_options_.vocabulary_version;
    parts.max_briefing_bytes = 1 << 20;
    intake_ = std::make_unique<Intake>(std::move(parts));
    IngestService::Options options;
    options.index_timeout = absl::Milliseconds(300);
    options.connected = [this] { return sender_->connected(); };
    service_ = std::make_unique<IngestService>(intake_.get(), options);
    rpc::ServerOptions server;
    server.listen = "127.0.0.1:0";
    server.max_receive_bytes = 64 << 20;
    auto started = rpc::Server::Start(server, {service_.get()});
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    stub_ = v1::IngestService::NewStub(grpc::CreateChannel(
        server_->address(), grpc::InsecureChannelCredentials()));
  }
  void Stop() {
    stub_.reset();
    server_.reset();
    service_.reset();
    pool_.reset();
    sender_.reset();
    intake_.reset();
    reader_.reset();
    outbox_.reset();
  }

  absl::StatusOr<v1::IngestResult> Ingest(
      const v1::Briefing& briefing,
      v1::Durability durability = v1::DURABILITY_UNSPECIFIED) {
    grpc::ClientContext context;
    v1::IngestBriefingRequest request;
    *request.mutable_briefing() = briefing;
    request.set_durability(durability);
    v1::IngestBriefingResponse response;
    const grpc::Status status =
        stub_->IngestBriefing(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return response.result();
  }
  static std::string ReasonOf(const absl::Status& status) {
    const auto details = DetailsOf(status);
    return details ? details->reason : status.ToString();
  }
  v1::ListRejectedBriefingsResponse Rejected(int page_size = 0,
                                             const std::string& token = "") {
    grpc::ClientContext context;
    v1::ListRejectedBriefingsRequest request;
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListRejectedBriefingsResponse response;
    const grpc::Status status =
        stub_->ListRejectedBriefings(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  v1::GetIngestStatusResponse Status() {
    grpc::ClientContext context;
    v1::GetIngestStatusResponse response;
    EXPECT_TRUE(stub_->GetIngestStatus(&context, {}, &response).ok());
    return response;
  }

  // A stream of submissions of which every item is answered.
  struct StreamRun {
    std::vector<v1::IngestResult> results;
    grpc::Status status;
  };
  static v1::StreamBriefingsRequest Item(const v1::Briefing& briefing) {
    v1::StreamBriefingsRequest request;
    *request.mutable_briefing() = briefing;
    return request;
  }
  StreamRun Stream(const std::vector<v1::StreamBriefingsRequest>& requests) {
    StreamRun run;
    grpc::ClientContext context;
    auto stream = stub_->StreamBriefings(&context);
    std::thread writing([&] {
      for (const auto& request : requests) {
        if (!stream->Write(request)) return;
      }
      stream->WritesDone();
    });
    v1::StreamBriefingsResponse response;
    while (stream->Read(&response)) run.results.push_back(response.result());
    writing.join();
    run.status = stream->Finish();
    return run;
  }

  outbox::ScratchDirectory directory_;
  outbox::StoreOptions store_options_;
  ScriptedIndex index_;
  std::unique_ptr<outbox::Outbox> outbox_;
  std::unique_ptr<outbox::StoreReader> reader_;
  std::unique_ptr<outbox::Sender> sender_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<ParsePool> pool_;
  std::unique_ptr<IngestService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
};

TEST_F(IngestServiceTest, ParsesWithoutKeepingAnything) {
  Start();
  grpc::ClientContext context;
  v1::ParseBriefingRequest request;
  *request.mutable_briefing() = MakeBriefing("a", "doe roe");
  v1::ParseBriefingResponse response;
  ASSERT_TRUE(stub_->ParseBriefing(&context, request, &response).ok());
  EXPECT_THAT(response.records(), SizeIs(2));
  EXPECT_EQ(response.text(), "doe roe");
  EXPECT_EQ(Status().last_sequence(), 0);
}

TEST_F(IngestServiceTest, AcceptsWhileTheQueryServiceIsAway) {
  Start();
  const auto created = Ingest(MakeBriefing("a", "doe"));
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->outcome(), v1::INGEST_OUTCOME_CREATED);
  EXPECT_EQ(created->durability(), v1::DURABILITY_DURABLE);
  EXPECT_THAT(created->record_ids(), ElementsAre("a#1"));
  EXPECT_EQ(Ingest(MakeBriefing("a", "doe"))->outcome(),
            v1::INGEST_OUTCOME_UNCHANGED);
  EXPECT_EQ(Ingest(MakeBriefing("a", "roe"))->outcome(),
            v1::INGEST_OUTCOME_REPLACED);
  EXPECT_EQ(Ingest(MakeBriefing("b", " "))->outcome(),
            v1::INGEST_OUTCOME_NO_TRIP);
  EXPECT_EQ(ReasonOf(Ingest(MakeBriefing("c", "")).status()), "FIELD_INVALID");
}

TEST_F(IngestServiceTest, SaysWhatIsWrongAndListsIt) {
  Start();
  EXPECT_EQ(ReasonOf(Ingest(MakeBriefing("a b", "doe")).status()),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Ingest(MakeBriefing("c", "unreadable")).status()),
            "CONTENT_UNREADABLE");
  const std::string large(5 << 20, 'x');
  EXPECT_EQ(ReasonOf(Ingest(MakeBriefing("d", large)).status()),
            "CONTENT_TOO_LARGE");
  v1::ListRejectedBriefingsResponse page = Rejected(2);
  ASSERT_THAT(page.rejected_briefings(), SizeIs(2));
  EXPECT_EQ(page.rejected_briefings(0).briefing().briefing_id(), "d");
  EXPECT_EQ(page.rejected_briefings(0).briefing().content(), "");
  EXPECT_EQ(page.rejected_briefings(1).briefing().content(), "unreadable");
  EXPECT_EQ(page.rejected_briefings(1).status().reason(), "CONTENT_UNREADABLE");
  page = Rejected(2, page.next_page_token());
  ASSERT_THAT(page.rejected_briefings(), SizeIs(1));
  EXPECT_EQ(page.rejected_briefings(0).briefing().briefing_id(), "a b");
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(IngestServiceTest, PagesOfRejectedBriefingsStayWithinAMessage) {
  Start();
  for (int i = 0; i < 30; ++i) {
    v1::Briefing briefing =
        MakeBriefing(absl::StrCat("b", i), std::string(250'000, 'x'));
    briefing.set_media_type("image/png");
    EXPECT_FALSE(Ingest(briefing).ok());
  }
  int count = 0;
  std::string token;
  do {
    const auto page = Rejected(100, token);
    EXPECT_LT(page.ByteSizeLong(), 4u << 20);
    count += page.rejected_briefings_size();
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(count, 30);
}

TEST_F(IngestServiceTest, WaitsForTheIndexAndNoLongerThanItMay) {
  index_.Start();
  Start(index_.address());
  const auto indexed = Ingest(MakeBriefing("a", "doe"), v1::DURABILITY_INDEXED);
  ASSERT_TRUE(indexed.ok()) << indexed.status();
  EXPECT_EQ(indexed->durability(), v1::DURABILITY_INDEXED);
  EXPECT_EQ(indexed->revision(), 1);
  EXPECT_TRUE(Status().connected());
  index_.With([](ScriptedIndex& index) { return index.holds_acks = true; });
  const absl::Time start = absl::Now();
  const auto durable = Ingest(MakeBriefing("b", "doe"), v1::DURABILITY_INDEXED);
  ASSERT_TRUE(durable.ok()) << durable.status();
  EXPECT_EQ(durable->durability(), v1::DURABILITY_DURABLE);
  EXPECT_LT(absl::Now() - start, absl::Seconds(3));
}

TEST_F(IngestServiceTest, AnswersBeforeTheClientsDeadline) {
  Start();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(200));
  v1::IngestBriefingRequest request;
  *request.mutable_briefing() = MakeBriefing("a", "doe");
  request.set_durability(v1::DURABILITY_INDEXED);
  v1::IngestBriefingResponse response;
  const grpc::Status status =
      stub_->IngestBriefing(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.result().durability(), v1::DURABILITY_DURABLE);
}

TEST_F(IngestServiceTest, SaysWhenTheOutboxIsFull) {
  store_options_.max_pending_bytes = 1;
  Start();
  ASSERT_TRUE(Ingest(MakeBriefing("a", "doe")).ok());
  const absl::Status full = Ingest(MakeBriefing("b", "doe")).status();
  EXPECT_EQ(full.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(full), "OUTBOX_FULL");
  EXPECT_TRUE(DetailsOf(full)->retry_delay.has_value());
  EXPECT_THAT(Rejected().rejected_briefings(), SizeIs(0));
}

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

TEST_F(IngestServiceTest, GivesABriefingBackUntilItIsRetracted) {
  Start();
  v1::Briefing briefing = MakeBriefing("a", "doe", 3);
  (*briefing.mutable_labels())["desk"] = "africa";
  ASSERT_TRUE(Ingest(briefing).ok());
  const auto get = [&](const std::string& id, v1::GetBriefingResponse* out) {
    grpc::ClientContext context;
    v1::GetBriefingRequest request;
    request.set_briefing_id(id);
    return rpc::FromGrpcStatus(stub_->GetBriefing(&context, request, out));
  };
  v1::GetBriefingResponse response;
  ASSERT_TRUE(get("a", &response).ok());
  EXPECT_EQ(response.briefing().SerializeAsString(),
            briefing.SerializeAsString());
  EXPECT_EQ(response.text(), "doe");

  grpc::ClientContext context;
  v1::RetractBriefingRequest retract;
  retract.set_briefing_id("a");
  v1::RetractBriefingResponse retracted;
  ASSERT_TRUE(stub_->RetractBriefing(&context, retract, &retracted).ok());
  EXPECT_EQ(retracted.result().outcome(), v1::INGEST_OUTCOME_RETRACTED);
  EXPECT_EQ(ReasonOf(get("a", &response)), "BRIEFING_NOT_FOUND");
  EXPECT_EQ(ReasonOf(get("", &response)), "FIELD_INVALID");
}

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

TEST_F(IngestServiceTest, ReportsWhatWaits) {
  Start();
  ASSERT_TRUE(Ingest(MakeBriefing("a", "doe")).ok());
  const v1::GetIngestStatusResponse status = Status();
  EXPECT_EQ(status.last_sequence(), 1);
  EXPECT_EQ(status.acknowledged_sequence(), 0);
  EXPECT_GT(status.outbox_bytes(), 0);
  EXPECT_FALSE(status.connected());
  EXPECT_GT(status.oldest_pending_time().seconds(), 1'600'000'000);
  EXPECT_EQ(status.parser_version(), "p1");
  EXPECT_EQ(status.vocabulary_version(), "v1");
  EXPECT_EQ(status.producer_id(), outbox_->state().producer_id);
}

}  // namespace
}  // namespace attache
