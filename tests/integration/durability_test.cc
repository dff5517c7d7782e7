// What was acknowledged is there, whichever data directory is restored from an
// older copy. tests/faults has kills, broken connections and failing disks.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/integration/pair.h"

namespace attache::testing {
namespace {

namespace fs = std::filesystem;

void CopyFresh(const std::string& from, const std::string& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

// Accepts one briefing, durably; false where the ingestor was not there.
bool Ingest(v1::IngestService::Stub& stub, const v1::Briefing& briefing,
            v1::Durability durability = v1::DURABILITY_DURABLE) {
  v1::IngestBriefingRequest request;
  *request.mutable_briefing() = briefing;
  request.set_durability(durability);
  v1::IngestBriefingResponse response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(20));
  return stub.IngestBriefing(&context, request, &response).ok() &&
         response.result().outcome() != v1::INGEST_OUTCOME_REJECTED;
}

std::vector<std::string> IdsFor(int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) ids.push_back(absl::StrCat("b", i, "#1"));
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(Durability, AQueryServiceRestoredFromAnOlderCopyIsBroughtUpToDate) {
  Pair pair;
  const auto ingest = pair.IngestStub();
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(Ingest(*ingest, TripBriefing(absl::StrCat("b", i), i),
                       v1::DURABILITY_INDEXED));
  }
  const TempDirectory backup;
  pair.KillQueryService();
  CopyFresh(pair.query_data(), backup.path() + "/query");
  pair.StartQueryService();
  for (int i = 10; i < 25; ++i) {
    ASSERT_TRUE(Ingest(*ingest, TripBriefing(absl::StrCat("b", i), i),
                       v1::DURABILITY_INDEXED));
  }
  // One that the copy holds has changed since.
  ASSERT_TRUE(
      Ingest(*ingest, TripBriefing("b3", 1003), v1::DURABILITY_INDEXED));
  pair.KillQueryService();
  CopyFresh(backup.path() + "/query", pair.query_data());
  pair.StartQueryService();
  pair.WaitUntilSettled();

  const auto query = pair.QueryStub();
  EXPECT_EQ(AllRecordIds(*query), IdsFor(25));
  v1::GetTripRecordRequest request;
  request.set_record_id("b3#1");
  v1::TripRecord record;
  grpc::ClientContext context;
  ASSERT_TRUE(query->GetTripRecord(&context, request, &record).ok());
  EXPECT_EQ(record.source().publish_time().seconds(), 1709900000 + 1003);
}

TEST(Durability, AnEmptyQueryServiceIsFilledAgain) {
  Pair pair;
  const auto ingest = pair.IngestStub();
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(Ingest(*ingest, TripBriefing(absl::StrCat("b", i), i),
                       v1::DURABILITY_INDEXED));
  }
  pair.KillQueryService();
  fs::remove_all(pair.query_data());
  pair.StartQueryService();
  pair.WaitUntilSettled();
  EXPECT_EQ(AllRecordIds(*pair.QueryStub()), IdsFor(12));
}

TEST(Durability, AnIngestorRestoredFromAnOlderCopyLosesNothing) {
  Pair pair;
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(Ingest(*pair.IngestStub(),
                       TripBriefing(absl::StrCat("b", i), i),
                       v1::DURABILITY_INDEXED));
  }
  const TempDirectory backup;
  pair.KillIngestor();
  CopyFresh(pair.ingestor_data(), backup.path() + "/ingestor");
  pair.StartIngestor();
  for (int i = 10; i < 20; ++i) {
    ASSERT_TRUE(Ingest(*pair.IngestStub(),
                       TripBriefing(absl::StrCat("b", i), i),
                       v1::DURABILITY_INDEXED));
  }
  pair.KillIngestor();
  CopyFresh(backup.path() + "/ingestor", pair.ingestor_data());
  pair.StartIngestor();
  // It writes on, and what it writes counts.
  for (int i = 20; i < 30; ++i) {
    ASSERT_TRUE(Ingest(*pair.IngestStub(),
                       TripBriefing(absl::StrCat("b", i), i),
                       v1::DURABILITY_INDEXED));
  }
  pair.WaitUntilSettled();
  EXPECT_EQ(AllRecordIds(*pair.QueryStub()), IdsFor(30));
}

TEST(Durability, AnswersAreTheSameByteForByteAfterAKill) {
  Pair pair;
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(Ingest(*pair.IngestStub(),
                       TripBriefing(absl::StrCat("b", i), i),
                       v1::DURABILITY_INDEXED));
  }
  const auto ask = [&] {
    v1::ListTripRecordsByCountryRequest request;
    request.set_country("Chile");
    request.mutable_page()->set_page_size(7);
    v1::ListTripRecordsResponse response;
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    const grpc::Status status = pair.QueryStub()->ListTripRecordsByCountry(
        &context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.SerializeAsString();
  };
  const std::string before = ask();
  const std::vector<std::string> all_before = AllRecords(*pair.QueryStub());
  pair.KillQueryService();
  pair.StartQueryService();
  EXPECT_EQ(ask(), before);
  EXPECT_EQ(AllRecords(*pair.QueryStub()), all_before);
  EXPECT_EQ(all_before.size(), 40u);
}

}  // namespace
}  // namespace attache::testing
