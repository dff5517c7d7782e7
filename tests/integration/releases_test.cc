// 1,980 real press releases, through the whole of it.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/integration/pair.h"
#include "tests/support/corpora.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Releases, AreAllTakenSurviveAKillAndAreUnchangedTheSecondTime) {
  const std::filesystem::path feed =
      CorporaDirectory() / "state_releases/releases.rss";
  if (!std::filesystem::exists(feed)) {
    GTEST_SKIP() << feed << " is not there; set ATTACHE_CORPORA to where the "
                 << "corpora lie";
  }
  Pair pair;
  const CommandResult first =
      pair.Attache({"ingest", feed, "--durability=indexed"});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("1980 briefings"));
  EXPECT_THAT(first.out, Not(HasSubstr("rejected")));
  EXPECT_THAT(first.out, Not(HasSubstr("not readable")));

  const std::vector<std::vector<std::string>> questions = {
      {"find", "--country", "Brazil", "--format=json", "--all", "--full"},
      {"find", "--sector", "energy", "--format=json", "--all"},
      {"find", "--objective", "strengthen_security_ties", "--format=json",
       "--limit=20"},
      {"find", "--country", "Africa", "--status", "announced", "--format=csv"},
  };
  std::vector<std::string> answers;
  for (const auto& question : questions) {
    const CommandResult result = pair.Attache(question);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_GT(result.out.size(), 200u) << question[1] << question[2];
    answers.push_back(result.out);
  }
  pair.WaitUntilSettled();
  pair.KillQueryService();
  pair.StartQueryService();
  for (size_t i = 0; i < questions.size(); ++i) {
    EXPECT_EQ(pair.Attache(questions[i]).out, answers[i]);
  }

  // An export holds every record once, in the order of ids.
  const auto query = pair.QueryStub();
  std::vector<std::string> ids;
  {
    v1::ExportTripRecordsResponse response;
    grpc::ClientContext context;
    const auto reader = query->ExportTripRecords(&context, {});
    while (reader->Read(&response)) {
      for (const auto& record : response.trip_records()) {
        ids.push_back(record.record_id());
      }
    }
    EXPECT_TRUE(reader->Finish().ok());
  }
  v1::GetIndexStatusResponse status;
  {
    grpc::ClientContext context;
    EXPECT_TRUE(query->GetIndexStatus(&context, {}, &status).ok());
  }
  EXPECT_EQ(static_cast<int64_t>(ids.size()), status.record_count());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()),
            ids.end());
  const std::vector<std::string> listed = AllRecordIds(*query);
  EXPECT_TRUE(
      std::includes(ids.begin(), ids.end(), listed.begin(), listed.end()));
  const CommandResult exported = pair.Attache({"export", "--format=csv"});
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  size_t row = 0;
  for (const std::string& id : ids) {
    row = exported.out.find("\r\n" + id + ",", row);
    ASSERT_NE(row, std::string::npos) << id;
  }

  const CommandResult again = pair.Attache({"ingest", feed});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr(": 1980 unchanged;"));
}

}  // namespace
}  // namespace attache::testing
