// The command against guarded services, the tokens that it makes, and what
// neither it nor they may say.
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/access/access_list.h"
#include "common/access/token.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/guarded_pair.h"
#include "tests/support/corpora.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(AccessCommand, TheCommandProvesItselfAndSaysWhatIsMissing) {
  GuardedPair pair;
  const std::string samples = ATTACHE_SOURCE_DIR "/samples";
  CommandResult result =
      pair.Attache("newsroom", {"ingest", samples, "--durability=indexed"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  result = pair.Attache("analysis", {"find", "--country", "Brazil"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Daniel Whitcomb to Brazil"));
  EXPECT_EQ(pair.Attache("analysis", {"status"}).exit_code, 0);

  result = pair.Attache("", {"find", "--country", "Brazil"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("give a token with --token-file or "
                                    "ATTACHE_TOKEN"));
  result = pair.Attache("analysis", {"ingest", samples});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("this call needs the role writer"));
  result = pair.Attache("", {"find", "--country", "Brazil", "--token-file",
                             pair.file("analysis.token")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  result = RunCommand("attache", {"find", "--country", "Brazil", "--query",
                                  pair.query_address()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("--tls-ca"));
  result = RunCommand("attache", {"find", "--country", "Brazil", "--query",
                                  pair.query_address(), "--tls-ca",
                                  pair.file("client-ca.pem")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("--tls-ca"));
}

TEST(AccessCommand, TheHealthProbeNeedsTlsAndNoToken) {
  GuardedPair pair;
  const CommandResult result =
      pair.Attache("", {"health", pair.query_address()});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "SERVING\n");
  const CommandResult plain =
      RunCommand("attache", {"health", pair.query_address()});
  EXPECT_EQ(plain.exit_code, 1);
  EXPECT_THAT(plain.err, HasSubstr("--tls-ca"));
}

TEST(AccessCommand, ACommandMakesTokens) {
  const TempDirectory directory;
  const std::string path = directory.file("token");
  CommandResult result = RunCommand(
      "attache",
      {"token", "--name", "analysis", "--roles", "reader", "--output", path});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto token = ReadToken(ReadFile(path));
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(result.out, AccessLine("analysis", "reader", *token) + "\n");
  EXPECT_EQ(
      std::filesystem::status(path).permissions(),
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  // It takes the place of no other file.
  result = RunCommand("attache", {"token", "--name", "analysis", "--roles",
                                  "reader", "--output", path});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("File exists"));
  EXPECT_EQ(ReadToken(ReadFile(path)).value(), *token);

  result = RunCommand(
      "attache", {"token", "--name", "a", "--roles", "reader,admin", "--hash"},
      *token + "\n");
  EXPECT_EQ(result.out, AccessLine("a", "reader,admin", *token) + "\n");
  result = RunCommand("attache",
                      {"token", "--name", "a", "--roles", "reader", "--hash"},
                      "short");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("not between 20 and 1024"));
  EXPECT_THAT(result.err, Not(HasSubstr("short")));
  result = RunCommand("attache", {"token", "--name", "a", "--roles", "root"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("roles are reader, writer and admin"));
  result =
      RunCommand("attache", {"token", "--name", "a b", "--roles", "reader"});
  EXPECT_THAT(result.err, HasSubstr("--name takes"));
  result = RunCommand("attache", {"token", "--name", "a", "--roles", "reader"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("\n  a reader sha256:"));
}

TEST(AccessCommand, NeitherLogsNorErrorsHoldASecret) {
  GuardedPair pair;
  std::string said;
  const auto note = [&said](const CommandResult& result) {
    absl::StrAppend(&said, result.out, result.err);
  };
  note(pair.Attache("newsroom", {"ingest", ATTACHE_SOURCE_DIR "/samples",
                                 "--durability=indexed"}));
  note(pair.Attache("analysis", {"find", "--country", "Brazil"}));
  note(pair.Attache("stranger", {"find", "--country", "Brazil"}));
  note(pair.Attache("analysis", {"ingest", ATTACHE_SOURCE_DIR "/samples"}));
  // Files that are mixed up: a token where the access file should be, and the
  // key in the place of the certificate.
  WriteFile(pair.file("query.access"), pair.token("analysis"));
  WriteFile(pair.file("query.pem"), ReadFile(pair.file("query.key")));
  for (int i = 0; i < 100; ++i) {
    if (pair.query_service().Log().find("query.access:1") !=
        std::string::npos) {
      break;
    }
    absl::SleepFor(absl::Milliseconds(100));
  }
  note(pair.Attache("analysis", {"status"}));
  const std::string log =
      absl::StrCat(pair.query_service().Log(), pair.ingestor().Log());
  EXPECT_THAT(log, HasSubstr("query.access:1: a line has three fields"));
  EXPECT_THAT(log, HasSubstr("holds no certificate in PEM form"));
  EXPECT_THAT(log, HasSubstr("refused a call"));
  for (const std::string& secret : pair.Secrets()) {
    EXPECT_THAT(log, Not(HasSubstr(secret)));
    EXPECT_THAT(said, Not(HasSubstr(secret)));
  }
  // Of one of the samples.
  EXPECT_THAT(log, Not(HasSubstr("Maritime Security")));
}

}  // namespace
}  // namespace attache::testing
