// 1,980 real press releases, through the whole of it.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/pair.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Releases, AreAllTakenSurviveAKillAndAreUnchangedTheSecondTime) {
  const std::string corpora = CorporaDirectory();
  if (corpora.empty())
    GTEST_SKIP() << "the corpora are absent: set ATTACHE_CORPORA";
  const std::string feed = corpora + "/state_releases/releases.rss";
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
