// `attache watch` against services that are killed and started again.
#include <string>

#include <signal.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/pair.h"
#include "tests/support/process.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

void Ingest(Pair& pair, const std::string& id, int marker) {
  v1::IngestBriefingRequest request;
  *request.mutable_briefing() = TripBriefing(id, marker);
  request.set_durability(v1::DURABILITY_INDEXED);
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  v1::IngestBriefingResponse response;
  const auto status =
      pair.IngestStub()->IngestBriefing(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
}

std::string ReadLine(RunningCommand& command) {
  std::string line;
  for (std::string c; (c = command.Read(1)) != "\n" && !c.empty();) line += c;
  return line;
}

TEST(WatchCommand, GoesOnWhenTheServiceIsKilledAndEndsQuietly) {
  Pair pair;
  Ingest(pair, "first", 1);
  RunningCommand watch("attache",
                       {"watch", "--query", pair.query_service().address()});
  EXPECT_THAT(ReadLine(watch), MatchesRegex("\\+ 1 first#1  .*"));
  Ingest(pair, "second", 2);
  EXPECT_THAT(ReadLine(watch), MatchesRegex("\\+ 2 second#1  .*"));
  pair.KillQueryService();
  pair.StartQueryService();
  Ingest(pair, "first", 3);
  EXPECT_THAT(ReadLine(watch), MatchesRegex("~ 3 first#1  .*"));
  EXPECT_EQ(pair.Attache({"retract", "second"}).exit_code, 0);
  EXPECT_EQ(ReadLine(watch), "- 4 second#1");
  kill(watch.pid(), SIGINT);
  EXPECT_EQ(watch.Wait(), 0);
  EXPECT_THAT(watch.Err(), HasSubstr("going on after revision 2"));
}

// As `attache watch | head -n 1` does where nothing changes afterwards.
TEST(WatchCommand, EndsQuietlyWhenNobodyReadsAnyMore) {
  Pair pair;
  Ingest(pair, "first", 1);
  RunningCommand watch("attache",
                       {"watch", "--query", pair.query_service().address()});
  EXPECT_THAT(ReadLine(watch), MatchesRegex("\\+ 1 first#1  .*"));
  watch.CloseOutput();
  EXPECT_EQ(watch.Wait(), 0);
  EXPECT_EQ(watch.Err(), "");
}

TEST(WatchCommand, ShowsWhatMatchesNowForPrograms) {
  Pair pair;
  Ingest(pair, "first", 1);
  const CommandResult shown =
      pair.Attache({"watch", "--until-synced", "--format=json"});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("\"recordId\":\"first#1\""));
  EXPECT_THAT(shown.out, HasSubstr("\"synced\":true"));
  const CommandResult refused = pair.Attache({"watch", "visits.("});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("attache: "));
  EXPECT_EQ(pair.Attache({"watch", "--index-id=x"}).exit_code, 2);
}

}  // namespace
}  // namespace attache::testing
