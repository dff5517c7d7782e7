// 1,980 real press releases, through the whole of it.
#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
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

  const CommandResult again = pair.Attache({"ingest", feed});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr(": 1980 unchanged;"));
}

}  // namespace
}  // namespace attache::testing
