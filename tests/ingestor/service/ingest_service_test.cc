#include "ingestor/service/ingest_service.h"

#include <future>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/wire.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "tests/ingestor/service/ingest_service_fixture.h"

namespace attache {
namespace {

using outbox::MakeBriefing;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

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

TEST_F(IngestServiceTest, KeepsTheTraceOfTheCallWithTheWrite) {
  Start();
  const std::string ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
  auto kept = [this,
               row = 0](const std::vector<std::string>& traceparents) mutable {
    grpc::ClientContext context;
    for (const std::string& traceparent : traceparents) {
      context.AddMetadata("traceparent", traceparent);
    }
    v1::IngestBriefingRequest request;
    *request.mutable_briefing() = MakeBriefing(absl::StrCat("b", ++row), "doe");
    v1::IngestBriefingResponse response;
    EXPECT_TRUE(stub_->IngestBriefing(&context, request, &response).ok());
    v1::RecordWrite write;
    EXPECT_TRUE(write.ParseFromString(
        reader_->ReadPending(row - 1, 1, 1 << 20).value().at(0).bytes));
    return write.traceparent();
  };
  EXPECT_EQ(kept({"00-" + ids + "-01"}), "00-" + ids + "-01");
  EXPECT_EQ(kept({"01-" + ids + "-00-more"}), "00-" + ids + "-00");
  EXPECT_EQ(kept({}), "");
  EXPECT_EQ(kept({std::string(55, 'a')}), "");
  EXPECT_EQ(kept({"00-" + ids + "-01", "00-" + ids + "-01"}), "");
}

TEST_F(IngestServiceTest, TellsWhatBecameOfEachOnce) {
  Start();
  EXPECT_TRUE(Ingest(MakeBriefing("a", "doe")).ok());
  EXPECT_TRUE(Ingest(MakeBriefing("a", "doe")).ok());
  EXPECT_FALSE(Ingest(MakeBriefing("c d", "doe")).ok());
  EXPECT_FALSE(Ingest(MakeBriefing("e", "unreadable")).ok());
  Stream({Item(MakeBriefing("f", "doe")), Item(MakeBriefing("g", "unreadable")),
          v1::StreamBriefingsRequest()});
  Stop();
  EXPECT_THAT(answered_, UnorderedElementsAre(
                             "a CREATED", "a UNCHANGED", "c d FIELD_INVALID",
                             "e CONTENT_UNREADABLE", "f CREATED",
                             "g CONTENT_UNREADABLE", " FIELD_INVALID"));
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

// "\xff" as briefing.briefing_id.
grpc::ByteBuffer NotUtf8() {
  const std::string bytes = "\x0a\x03\x0a\x01\xff";
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

TEST_F(IngestServiceTest, ARequestThatIsNotUtf8IsInvalid) {
  Start();
  const auto channel = grpc::CreateChannel(server_->address(),
                                           grpc::InsecureChannelCredentials());
  for (const char* method :
       {"ParseBriefing", "IngestBriefing", "RetractBriefing", "GetBriefing"}) {
    grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(
        channel);
    grpc::ClientContext context;
    const grpc::ByteBuffer request = NotUtf8();
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, absl::StrCat("/attache.v1.IngestService/", method),
                   {}, &request, &response,
                   [&](grpc::Status status) { done.set_value(status); });
    const grpc::Status status = done.get_future().get();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT)
        << method;
    EXPECT_EQ(ReasonOf(rpc::FromGrpcStatus(status)), "FIELD_INVALID") << method;
  }
}

TEST_F(IngestServiceTest, AnItemThatIsNotUtf8FailsAloneAndTheStreamGoesOn) {
  Start();
  const auto channel = grpc::CreateChannel(server_->address(),
                                           grpc::InsecureChannelCredentials());
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto wait = [&] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  const auto stream = stub.PrepareCall(
      &context, "/attache.v1.IngestService/StreamBriefings", &queue);
  stream->StartCall(nullptr);
  ASSERT_TRUE(wait());
  for (const grpc::ByteBuffer& request :
       {rpc::Encode(Item(MakeBriefing("a", "doe"))), NotUtf8(),
        rpc::Encode(Item(MakeBriefing("b", "roe")))}) {
    stream->Write(request, nullptr);
    ASSERT_TRUE(wait());
  }
  stream->WritesDone(nullptr);
  ASSERT_TRUE(wait());
  std::vector<v1::IngestOutcome> outcomes;
  grpc::ByteBuffer bytes;
  for (stream->Read(&bytes, nullptr); wait(); stream->Read(&bytes, nullptr)) {
    v1::StreamBriefingsResponse response;
    ASSERT_TRUE(rpc::Decode(bytes, &response).ok());
    outcomes.push_back(response.result().outcome());
  }
  grpc::Status status;
  stream->Finish(&status, nullptr);
  ASSERT_TRUE(wait());
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(outcomes, ElementsAre(v1::INGEST_OUTCOME_CREATED,
                                    v1::INGEST_OUTCOME_REJECTED,
                                    v1::INGEST_OUTCOME_CREATED));
  queue.Shutdown();
  while (wait()) {
  }
}

TEST_F(IngestServiceTest, ADurabilityThatItDoesNotKnowIsInvalid) {
  Start();
  const auto result =
      Ingest(MakeBriefing("a", "doe"), static_cast<v1::Durability>(99));
  EXPECT_EQ(ReasonOf(result.status()), "FIELD_INVALID");
}

}  // namespace
}  // namespace attache
