// Disks that are full, fail, or come back damaged.
#include <cerrno>
#include <functional>
#include <optional>
#include <string>

#include <sys/resource.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/faults/attempted_start.h"
#include "tests/faults/failing_disk.h"
#include "tests/faults/fault_run.h"
#include "tests/integration/health_client.h"

namespace attache::testing {
namespace {

constexpr char kOutboxFile[] = "/ingestor/ingestor.db";
constexpr char kJournalFile[] = "/query/journal.db";

// How a disk fails, and how it is well again.
struct DiskFault {
  const char* name;
  std::function<void(FailingDisk&)> begin;
};

class FaultyDisk : public ::testing::TestWithParam<DiskFault> {};

const DiskFault kDiskFaults[] = {
    {"Full", [](FailingDisk& disk) { disk.FailWrites(ENOSPC); }},
    {"WritesFail", [](FailingDisk& disk) { disk.FailWrites(EIO); }},
    {"SyncsFail", [](FailingDisk& disk) { disk.FailSyncs(EIO); }},
};

INSTANTIATE_TEST_SUITE_P(Faults, FaultyDisk, ::testing::ValuesIn(kDiskFaults),
                         [](const auto& info) { return info.param.name; });

bool CanRead(FaultRun& run) {
  return ReadIndex(*run.pair().QueryStub()).has_value();
}

TEST_P(FaultyDisk, IsSaidAndBothGoOnOnceItIsWell) {
  FailingDisk outbox(kOutboxFile);
  FailingDisk journal(kJournalFile);
  FaultRun run({.environment = journal.environment()},
               {.environment = outbox.environment()});
  ASSERT_TRUE(run.Submit("b0", 1, v1::DURABILITY_INDEXED).ok());
  // The ingestor's: writes are refused, reads go on.
  for (int round = 1; round <= 3; ++round) {
    GetParam().begin(outbox);
    for (int i = 0; i < 5; ++i) {
      const grpc::Status status = run.Submit("b0", 10 * round + i);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
      EXPECT_TRUE(Says(status, "DISK_REFUSES_WRITES"))
          << status.error_message();
    }
    EXPECT_TRUE(CanRead(run));
    outbox.Mend();
    const grpc::Status status = run.Submit(absl::StrCat("b", round), 1);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  // The query service's: the index stands still, and is read; the ingestor
  // takes what comes.
  run.pair().WaitUntilSettled();
  GetParam().begin(journal);
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(run.Submit(absl::StrCat("c", i), 1).ok());
  }
  const std::optional<Read> held = ReadIndex(*run.pair().QueryStub());
  ASSERT_TRUE(held.has_value());
  EXPECT_EQ(held->records.size(), 8u);
  journal.Mend();
  run.pair().WaitUntilSettled();
  // The ingestor dies while its disk fails.
  GetParam().begin(outbox);
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(run.Submit(absl::StrCat("c", i), 2).ok());
  }
  run.pair().KillIngestor();
  outbox.Mend();
  run.pair().StartIngestor();
  run.Count("disk_faults", 5);
  run.Count("kills");
  run.Verify();
}

TEST_P(FaultyDisk, AgainAndAgainUnderLoadAndWithKillsLosesNothing) {
  FailingDisk outbox(kOutboxFile);
  FailingDisk journal(kJournalFile);
  FaultRun run({.environment = journal.environment()},
               {.environment = outbox.environment()});
  run.StartWork();
  const int rounds = run.scale().Of(8, 100);
  for (int i = 0; i < rounds; ++i) {
    run.SleepUpTo(200);
    const bool of_outbox = run.random()() % 2 == 0;
    FailingDisk& disk = of_outbox ? outbox : journal;
    GetParam().begin(disk);
    run.Count("disk_faults");
    run.SleepUpTo(200);
    if (run.random()() % 3 != 0) {
      disk.Mend();
      continue;
    }
    run.Count("kills");
    if (of_outbox) {
      run.pair().KillIngestor();
      disk.Mend();
      run.pair().StartIngestor();
    } else {
      run.pair().KillQueryService();
      disk.Mend();
      run.pair().StartQueryService();
    }
  }
  run.Verify();
}

TEST(Faults, AStartOnAFullDiskIsRefusedAndSaysWhy) {
  for (const char* program : {"attache-query", "attache-ingestor"}) {
    const TempDirectory directory;
    // A data directory as it is after a kill.
    EXPECT_FALSE(AttemptedStart(program, directory.path()).was_refused());
    FailingDisk disk(directory.path());
    disk.FailWrites(ENOSPC);
    const AttemptedStart start(program, directory.path(), disk.environment());
    EXPECT_TRUE(start.was_refused());
    EXPECT_NE(start.log().find("the disk is full"), std::string::npos)
        << start.log();
    disk.Mend();
    EXPECT_FALSE(AttemptedStart(program, directory.path(), disk.environment())
                     .was_refused());
  }
}

// No file of the process may grow beyond `bytes`: the kernel's own refusal.
void LimitFiles(pid_t pid, rlim_t bytes) {
  const rlimit limit{bytes, RLIM_INFINITY};
  ASSERT_EQ(prlimit(pid, RLIMIT_FSIZE, &limit, nullptr), 0);
}

TEST(Faults, FilesThatMayNotGrowAreSaidAndNothingIsLostOnceThereIsRoom) {
  FaultRun run;
  ASSERT_TRUE(run.Submit("b0", 1, v1::DURABILITY_INDEXED).ok());

  LimitFiles(run.pair().ingestor().pid(), 4096);
  run.Count("disk_faults", 2);
  const grpc::Status refused = run.Submit("b1", 1);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(Says(refused, "DISK_REFUSES_WRITES"));
  LimitFiles(run.pair().ingestor().pid(), RLIM_INFINITY);
  EXPECT_TRUE(run.Submit("b1", 1, v1::DURABILITY_INDEXED).ok());

  LimitFiles(run.pair().query_service().pid(), 4096);
  EXPECT_TRUE(run.Submit("b2", 1).ok());
  EXPECT_TRUE(AwaitHealth(run.pair().query_service().address(), "readiness",
                          "NOT_SERVING"));
  // Those of b0 and b1 yet.
  const auto read = ReadIndex(*run.pair().QueryStub());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->records.size(), 4u);
  LimitFiles(run.pair().query_service().pid(), RLIM_INFINITY);
  run.Verify();
}

}  // namespace
}  // namespace attache::testing
