// ExportTripRecords over real gRPC.
#include "query_service/service/export_stream.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <malloc.h>

#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/convert/response_bytes.h"
#include "tests/query_service/service/export_stream_fixture.h"

namespace attache::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::IsEmpty;

TEST_F(ExportStreamTest, AnEmptyIndexIsOneResponseWithTheRevision) {
  ASSERT_TRUE(index_.Apply({}, 7).ok());
  const Exported exported = Read({});
  EXPECT_TRUE(exported.status.ok()) << exported.status;
  ASSERT_EQ(exported.responses.size(), 1u);
  EXPECT_EQ(exported.responses[0].revision(), 7);
  EXPECT_EQ(exported.responses[0].next_page_token(), "");
  EXPECT_EQ(exported.responses[0].trip_records_size(), 0);
}

TEST_F(ExportStreamTest, StreamsEverythingInOrderInResponsesOfBoundedSize) {
  for (int i = 0; i < 30; ++i) Write(i * 7, 7, 20'000);
  const Exported exported = Read({});
  EXPECT_TRUE(exported.status.ok()) << exported.status;
  EXPECT_EQ(exported.ids(), Ids());
  ASSERT_GT(exported.responses.size(), 3u);
  for (const auto& response : exported.responses) {
    EXPECT_EQ(response.revision(), revision_);
    EXPECT_LE(response.ByteSizeLong(), kExportChunkBytes + 1000);
    EXPECT_EQ(response.next_page_token().empty(),
              &response == &exported.responses.back());
    // FULL where nothing else is asked for.
    EXPECT_EQ(response.trip_records(0).tables_size(), 1);
  }
}

TEST_F(ExportStreamTest, ServesTheViewAndTheFilterAskedFor) {
  Write(0, 10);
  v1::ExportTripRecordsRequest request;
  request.set_view(v1::RECORD_VIEW_BASIC);
  request.set_filter("visits.country_code:BR");
  const Exported exported = Read(request);
  ASSERT_TRUE(exported.status.ok()) << exported.status;
  EXPECT_EQ(exported.ids(),
            (std::vector<std::string>{"b0#1", "b2#1", "b4#1", "b6#1", "b8#1"}));
  EXPECT_EQ(exported.responses[0].trip_records(0).tables_size(), 0);
  request.set_filter("contry = BR");
  EXPECT_EQ(ReasonOf(Read(request).status), "FILTER_INVALID");
  request.set_filter("");
  request.set_view(static_cast<v1::RecordView>(9));
  EXPECT_EQ(ReasonOf(Read(request).status), "FIELD_INVALID");
}

TEST_F(ExportStreamTest, GoesOnFromEveryTokenWhateverWasWrittenMeanwhile) {
  for (int i = 0; i < 20; ++i) Write(i * 10, 10, 60'000);
  const std::vector<std::string> before = Ids();
  const int64_t revision = revision_;
  const Exported whole = Read({});
  ASSERT_GT(whole.responses.size(), 5u);

  v1::ExportTripRecordsRequest request;
  std::vector<std::string> ids;
  int cuts = 0;
  do {
    // One response of each stream, and writes and merges before the next.
    const Exported part = Read(request, 1);
    ASSERT_EQ(part.responses.size(), 1u) << part.status;
    EXPECT_EQ(part.responses[0].revision(), revision);
    EXPECT_EQ(part.responses[0].SerializeAsString(),
              whole.responses[static_cast<size_t>(cuts)].SerializeAsString());
    for (const std::string& id : part.ids()) ids.push_back(id);
    request.set_page_token(part.responses[0].next_page_token());
    Withdraw(cuts * 3);
    for (int i = 0; i < 9; ++i) Write(1000 + 10 * cuts + i, 1, 100);
    index_.WaitForMerges();
    ++cuts;
  } while (!request.page_token().empty());
  EXPECT_EQ(ids, before);
  EXPECT_EQ(static_cast<size_t>(cuts), whole.responses.size());
}

TEST_F(ExportStreamTest, AStreamUnderWayShowsOneRevision) {
  for (int i = 0; i < 20; ++i) Write(i * 10, 10, 60'000);
  const std::vector<std::string> before = Ids();
  grpc::ClientContext context;
  const auto reader = stub_->ExportTripRecords(&context, {});
  std::vector<std::string> ids;
  v1::ExportTripRecordsResponse response;
  while (reader->Read(&response)) {
    EXPECT_EQ(response.revision(), 20);
    for (const auto& record : response.trip_records()) {
      ids.push_back(record.record_id());
    }
    Withdraw(static_cast<int>(ids.size()) % 200);
    Write(static_cast<int>(ids.size()), 3, 100);
    index_.WaitForMerges();
  }
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(ids, before);
}

TEST_F(ExportStreamTest, ATokenOfTheCurrentRevisionOutlivesARestart) {
  for (int i = 0; i < 5; ++i) Write(i * 10, 10, 60'000);
  Exported exported = Read({}, 1);
  StartService({});
  v1::ExportTripRecordsRequest rest;
  rest.set_page_token(exported.responses[0].next_page_token());
  rest.set_min_revision(99);  // was reached when the token was given out
  std::vector<std::string> ids = exported.ids();
  exported = Read(rest);
  EXPECT_TRUE(exported.status.ok()) << exported.status;
  for (const std::string& id : exported.ids()) ids.push_back(id);
  EXPECT_EQ(ids, Ids());
}

TEST_F(ExportStreamTest, ATokenOfARevisionThatIsGoneHasExpired) {
  StartService({.lifetime = absl::Milliseconds(50)});
  Write(0, 50, 60'000);
  v1::ExportTripRecordsRequest rest;
  rest.set_page_token(Read({}, 1).responses[0].next_page_token());
  Write(100, 1);
  absl::SleepFor(absl::Milliseconds(500));
  const Exported exported = Read(rest);
  EXPECT_EQ(exported.status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(exported.status), "PAGE_EXPIRED");
  EXPECT_THAT(exported.responses, IsEmpty());
}

TEST_F(ExportStreamTest, ARevisionIsHeldAllTheWhileThatAStreamReadsIt) {
  StartService({.lifetime = absl::Milliseconds(50), .capacity = 1});
  Write(0, 200, 60'000);
  grpc::ClientContext context;
  const auto slow = stub_->ExportTripRecords(&context, {});
  v1::ExportTripRecordsResponse response;
  ASSERT_TRUE(slow->Read(&response));
  Write(300, 1);
  absl::SleepFor(absl::Milliseconds(300));
  v1::ExportTripRecordsRequest rest;
  rest.set_page_token(response.next_page_token());
  const Exported exported = Read(rest);
  EXPECT_TRUE(exported.status.ok()) << exported.status;
  EXPECT_EQ(
      exported.ids().size() + static_cast<size_t>(response.trip_records_size()),
      200u);
  context.TryCancel();
  while (slow->Read(&response)) {
  }
  slow->Finish();
}

TEST_F(ExportStreamTest, RefusesTokensThatWereAlteredOrAreOfAnotherExport) {
  Write(0, 50, 60'000);
  v1::ExportTripRecordsRequest request;
  request.set_filter("visits.country_code:BR");
  const std::string token = Read(request, 1).responses[0].next_page_token();
  ASSERT_NE(token, "");
  const auto reason = [&](auto change) {
    v1::ExportTripRecordsRequest changed = request;
    changed.set_page_token(token);
    change(changed);
    return ReasonOf(Read(changed).status);
  };
  const std::string invalid = "PAGE_TOKEN_INVALID";
  EXPECT_EQ(reason([](auto& r) { (*r.mutable_page_token())[20] ^= 1; }),
            invalid);
  EXPECT_EQ(reason([](auto& r) { r.mutable_page_token()->pop_back(); }),
            invalid);
  EXPECT_EQ(reason([](auto& r) { r.set_page_token("none"); }), invalid);
  EXPECT_EQ(reason([](auto& r) { r.set_filter(""); }), invalid);
  EXPECT_EQ(reason([](auto& r) { r.set_view(v1::RECORD_VIEW_BASIC); }),
            invalid);
  // FULL is what nothing stands for.
  v1::ExportTripRecordsRequest same = request;
  same.set_page_token(token);
  same.set_view(v1::RECORD_VIEW_FULL);
  EXPECT_TRUE(Read(same).status.ok());
  // One of a list.
  v1::ListTripRecordsByCountryRequest list;
  list.set_country("BR");
  list.mutable_page()->set_page_size(1);
  v1::ListTripRecordsResponse page;
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->ListTripRecordsByCountry(&context, list, &page).ok());
  EXPECT_EQ(reason([&](auto& r) { r.set_page_token(page.next_page_token()); }),
            invalid);
}

TEST_F(ExportStreamTest, WaitsForARevisionWithoutMissingIt) {
  Write(0, 3);
  v1::ExportTripRecordsRequest request;
  request.set_min_revision(2);
  std::thread writer([this] {
    std::this_thread::sleep_for(milliseconds(100));
    Write(3, 3);
  });
  const Exported exported = Read(request);
  writer.join();
  EXPECT_TRUE(exported.status.ok()) << exported.status;
  EXPECT_EQ(exported.ids().size(), 6u);

  request.set_min_revision(9);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + milliseconds(400));
  const auto reader = stub_->ExportTripRecords(&context, request);
  v1::ExportTripRecordsResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(ReasonOf(rpc::FromGrpcStatus(reader->Finish())),
            "REVISION_NOT_REACHED");
}

TEST_F(ExportStreamTest, AWaitEndsWhenItsClientGoesAway) {
  v1::ExportTripRecordsRequest request;
  request.set_min_revision(9);
  grpc::ClientContext context;
  const auto reader = stub_->ExportTripRecords(&context, request);
  std::thread canceller([&context] {
    std::this_thread::sleep_for(milliseconds(100));
    context.TryCancel();
  });
  v1::ExportTripRecordsResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  canceller.join();
}

TEST_F(ExportStreamTest, NothingIsMadeAheadForAClientThatDoesNotRead) {
  Write(0, 1000, 60'000);
  const auto stub = StubThatTakesLittleAhead();
  const size_t before = mallinfo2().uordblks;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<
      std::unique_ptr<grpc::ClientReader<v1::ExportTripRecordsResponse>>>
      readers;
  constexpr size_t kStreams = 8;
  for (size_t i = 0; i < kStreams; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    readers.push_back(stub->ExportTripRecords(contexts.back().get(), {}));
  }
  absl::SleepFor(absl::Milliseconds(500));
  // A response each, where all would be 60 MB each. (Sanitizers count nothing
  // here.)
  EXPECT_LT(mallinfo2().uordblks, before + (kStreams + 4) * kExportChunkBytes);
  for (auto& context : contexts) context->TryCancel();
  for (auto& reader : readers) {
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
}

// A client that is stalled from its first response on.
class StalledExportTest : public ExportStreamTest {
 protected:
  void Begin(absl::Duration stall_timeout) {
    StartService({.lifetime = absl::Milliseconds(1)}, absl::Seconds(10),
                 stall_timeout);
    Write(0, 1000, 60'000);
    reader_ = stub_->ExportTripRecords(&context_, {});
    v1::ExportTripRecordsResponse response;
    ASSERT_TRUE(reader_->Read(&response));
  }
  bool AwaitUnpinned() {
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    while (service_->pinned_revisions() != 0) {
      if (absl::Now() > deadline) return false;
      absl::SleepFor(absl::Milliseconds(5));
    }
    return true;
  }
  absl::Status ReadToTheEnd() {
    v1::ExportTripRecordsResponse response;
    while (reader_->Read(&response)) {
    }
    return rpc::FromGrpcStatus(reader_->Finish());
  }

  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::ExportTripRecordsResponse>> reader_;
};

TEST_F(StalledExportTest, LetsGoOfItsSnapshotAndSaysSoWhenItIsReadAgain) {
  Begin(absl::Seconds(3));
  EXPECT_EQ(service_->pinned_revisions(), 1u);
  EXPECT_TRUE(AwaitUnpinned());
  const absl::Status status = ReadToTheEnd();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "WATCHER_TOO_SLOW");
}

TEST_F(StalledExportTest, IsCutOffWhereItIsNeverReadAgain) {
  Begin(absl::Milliseconds(100));
  EXPECT_TRUE(AwaitUnpinned());
  // Nothing tells a client that does not read; as long as ten timeouts.
  absl::SleepFor(absl::Seconds(1));
  EXPECT_EQ(ReadToTheEnd().code(), absl::StatusCode::kCancelled);
}

TEST_F(StalledExportTest, ASlowOneThatTakesSomethingNowAndThenGoesOn) {
  StartService({}, absl::Seconds(10), absl::Milliseconds(500));
  Write(0, 300, 60'000);
  const auto stub = StubThatTakesLittleAhead();
  reader_ = stub->ExportTripRecords(&context_, {});
  v1::ExportTripRecordsResponse response;
  size_t records = 0;
  while (reader_->Read(&response)) {
    records += response.trip_records_size();
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_TRUE(reader_->Finish().ok());
  EXPECT_EQ(records, 300u);
}

TEST_F(ExportStreamTest, ADrainEndsStreamsThatAreReadAndThoseThatWait) {
  StartService({}, /*drain_timeout=*/absl::Seconds(20));
  Write(0, 1000, 60'000);
  grpc::ClientContext contexts[2];
  v1::ExportTripRecordsRequest later;
  later.set_min_revision(9);
  // The server has both once the second is answered.
  const auto waiting = stub_->ExportTripRecords(&contexts[0], later);
  const auto reading = stub_->ExportTripRecords(&contexts[1], {});
  v1::ExportTripRecordsResponse response;
  ASSERT_TRUE(reading->Read(&response));

  const absl::Time start = absl::Now();
  std::thread run(
      [this] { server_->RunUntilSignal([this] { service_->Drain(); }); });
  server_->RequestStop();
  std::vector<std::string> ids;
  std::string token;
  do {
    token = response.next_page_token();
    for (const auto& record : response.trip_records()) {
      ids.push_back(record.record_id());
    }
  } while (reading->Read(&response));
  for (const auto& ended : {std::ref(reading), std::ref(waiting)}) {
    const absl::Status status = rpc::FromGrpcStatus(ended.get()->Finish());
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ReasonOf(status), "DRAINING");
    EXPECT_TRUE(DetailsOf(status)->retry_delay.has_value());
  }
  run.join();
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  EXPECT_LT(ids.size(), 1000u);

  StartService({});
  v1::ExportTripRecordsRequest rest;
  rest.set_page_token(token);
  for (const std::string& id : Read(rest).ids()) ids.push_back(id);
  EXPECT_EQ(ids, Ids());
}

TEST_F(ExportStreamTest, AClientThatDoesNotReadHoldsADrainUpNoLongerThanIsSet) {
  StartService({}, /*drain_timeout=*/absl::Milliseconds(300));
  Write(0, 1000, 60'000);
  grpc::ClientContext context;
  const auto reader = stub_->ExportTripRecords(&context, {});
  absl::SleepFor(absl::Milliseconds(200));
  std::thread run(
      [this] { server_->RunUntilSignal([this] { service_->Drain(); }); });
  const absl::Time start = absl::Now();
  server_->RequestStop();
  run.join();
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  context.TryCancel();
  reader->Finish();
}

}  // namespace
}  // namespace attache::testing
