// A journal that comes back damaged is refused or made good, never taken as it
// is.
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/faults/attempted_start.h"
#include "tests/faults/fault_run.h"
#include "tests/support/corpora.h"

namespace attache::testing {
namespace {

constexpr size_t kPageBytes = 4096;

void Overwrite(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class DamagedJournal : public ::testing::Test {
 protected:
  // A journal of some pages, closed in order, and what it holds.
  void SetUp() override {
    for (int i = 0; i < 60; ++i) {
      ASSERT_TRUE(run_.Submit(absl::StrCat("b", i), 1).ok());
    }
    run_.pair().WaitUntilSettled();
    truth_ = AllRecords(*run_.pair().QueryStub());
    ASSERT_EQ(run_.pair().query_service().Terminate(), 0);
    sound_ = ReadFile(run_.pair().query_data() + "/journal.db");
    ASSERT_GT(sound_.size(), 10 * kPageBytes);
  }
  void TearDown() override { run_.PrintSummary(0); }

  // Refused with a reason, or all there.
  void ExpectNoSilentLoss(const std::string& damaged,
                          const std::string& damage) {
    const TempDirectory copy;
    Overwrite(copy.file("journal.db"), damaged);
    const AttemptedStart start("attache-query", copy.path());
    run_.Count(start.was_refused() ? "refused" : "started");
    if (start.was_refused()) {
      EXPECT_NE(start.log().find("damaged"), std::string::npos)
          << damage << ":\n"
          << start.log();
      return;
    }
    const auto stub = v1::TripQueryService::NewStub(Channel(start.address()));
    EXPECT_EQ(AllRecords(*stub), truth_) << damage;
  }

  FaultRun run_;
  std::vector<std::string> truth_;
  std::string sound_;
};

TEST_F(DamagedJournal, WhoseLastPageIsGoneIsRefused) {
  ExpectNoSilentLoss(sound_.substr(0, sound_.size() - kPageBytes), "cut off");
  ExpectNoSilentLoss(sound_.substr(0, sound_.size() - kPageBytes / 2),
                     "half cut off");
}

// Every page is the last one of some journal.
TEST_F(DamagedJournal, WithAPageOfOtherBytesIsNeverTakenAsItIs) {
  const size_t pages = sound_.size() / kPageBytes;
  const size_t step = run_.scale().is_long ? 1 : pages / 8;
  for (size_t page = pages - 1; page >= step; page -= step) {
    std::string zeros = sound_;
    zeros.replace(page * kPageBytes, kPageBytes, kPageBytes, '\0');
    ExpectNoSilentLoss(zeros, absl::StrCat("zeros in page ", page));

    std::string noise = sound_;
    for (size_t i = 0; i < kPageBytes; ++i) {
      noise[page * kPageBytes + i] = static_cast<char>(run_.random()());
    }
    ExpectNoSilentLoss(noise, absl::StrCat("noise in page ", page));

    std::string flipped = sound_;
    flipped[page * kPageBytes + run_.random()() % kPageBytes] ^= 0x10;
    ExpectNoSilentLoss(flipped, absl::StrCat("one bit in page ", page));
  }
}

// What SQLite finds damaged in its log it leaves out, and all that comes after;
// the ingestor notices that it is asked for less than it had acknowledged.
TEST(DamagedLog, IsMadeGoodByTheIngestor) {
  for (const int percent : {50, 99}) {
    FaultRun run;
    for (int i = 0; i < 60; ++i) {
      ASSERT_TRUE(run.Submit(absl::StrCat("b", i), 1).ok());
    }
    run.pair().WaitUntilSettled();
    const std::vector<std::string> truth =
        AllRecordIds(*run.pair().QueryStub());
    run.pair().KillQueryService();
    const std::string path = run.pair().query_data() + "/journal.db-wal";
    std::string log = ReadFile(path);
    ASSERT_GT(log.size(), 10 * kPageBytes);
    for (size_t i = log.size() / 100 * percent; i < log.size(); ++i) {
      log[i] = static_cast<char>(run.random()());
    }
    Overwrite(path, log);
    run.pair().StartQueryService();
    run.pair().WaitUntilSettled();
    EXPECT_EQ(AllRecordIds(*run.pair().QueryStub()), truth);
    run.Count("made_good");
    run.PrintSummary(0);
  }
}

}  // namespace
}  // namespace attache::testing
