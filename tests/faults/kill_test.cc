// Processes die at any moment, while briefings come in.
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/faults/fault_run.h"

namespace attache::testing {
namespace {

TEST(Faults, TheTextsOfTheWorkGiveTheTripsThatTheySay) {
  FaultRun run;
  for (int trips = 0; trips <= 2; ++trips) {
    v1::ParseBriefingRequest request;
    *request.mutable_briefing() = FaultBriefing("b", 7, trips);
    grpc::ClientContext context;
    v1::ParseBriefingResponse response;
    ASSERT_TRUE(run.pair()
                    .IngestStub()
                    ->ParseBriefing(&context, request, &response)
                    .ok());
    EXPECT_EQ(response.records_size(), trips);
    for (const v1::TripRecord& record : response.records()) {
      EXPECT_EQ(record.source().version(), 7);
      EXPECT_EQ(record.labels().at("version"), "7");
    }
  }
}

// The runs below are worth what they would find.
TEST(Faults, ARunSeesWhatIsReallyLost) {
  FaultRun run;
  for (const char* id : {"b0", "b1"}) {
    ASSERT_TRUE(run.Submit(id, 1, v1::DURABILITY_INDEXED).ok());
  }
  EXPECT_TRUE(run.Judge().empty());
  run.pair().KillIngestor();
  run.pair().KillQueryService();
  std::filesystem::remove_all(run.pair().query_data());
  std::filesystem::remove_all(run.pair().ingestor_data());
  run.pair().StartQueryService();
  run.pair().StartIngestor();
  std::vector<std::string> found;
  for (const Violation& violation : run.Judge()) {
    found.push_back(
        absl::StrCat(NameOf(violation.kind), " ", violation.briefing_id));
  }
  EXPECT_THAT(found, ::testing::UnorderedElementsAre("lost b0", "lost b1",
                                                     "revision went back "));
}

TEST(Faults, KillsLoseNothing) {
  FaultRun run;
  run.StartWork();
  const int kills = run.scale().Of(30, 300);
  for (int kill = 0; kill < kills; ++kill) {
    run.SleepUpTo(300);
    const int which = static_cast<int>(run.random()() % 5);
    const bool query_service = which <= 2;
    const bool ingestor = which >= 2;
    if (query_service) run.pair().KillQueryService();
    if (ingestor) run.pair().KillIngestor();
    run.SleepUpTo(100);
    if (query_service) run.pair().StartQueryService();
    if (ingestor) run.pair().StartIngestor();
    run.Count("kills", int{query_service} + int{ingestor});
  }
  run.SleepUpTo(500);
  run.Verify();
}

// A start is a moment too: the journal is read, the outbox is counted up, the
// first Hello is on its way.
TEST(Faults, KillsDuringStartsLoseNothing) {
  FaultRun run;
  run.StartWork();
  const int kills = run.scale().Of(6, 60);
  for (int kill = 0; kill < kills; ++kill) {
    run.SleepUpTo(200);
    run.pair().KillQueryService();
    run.pair().KillIngestor();
    run.pair().StartQueryService();
    run.SleepUpTo(20);
    run.pair().KillQueryService();
    run.pair().StartIngestor();
    run.SleepUpTo(20);
    run.pair().KillIngestor();
    run.pair().StartQueryService();
    run.pair().StartIngestor();
    run.Count("kills", 4);
  }
  run.Verify();
}

}  // namespace
}  // namespace attache::testing
