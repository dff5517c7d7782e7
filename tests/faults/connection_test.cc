// Connections break, stall and crawl, between the services and to clients.
#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/faults/fault_run.h"

namespace attache::testing {
namespace {

// One thing that happens to a connection, and its end.
void Disturb(FaultRun& run, Proxy& link) {
  switch (run.random()() % 4) {
    case 0:
      link.Cut();
      run.Count("cuts");
      break;
    case 1:
      link.Reset();
      run.Count("resets");
      break;
    case 2:
      link.Stall();
      run.SleepUpTo(400);
      // What waited is passed on, or lost.
      if (run.random()() % 2 == 0) link.Cut();
      link.Resume();
      run.Count("stalls");
      break;
    default:
      link.SlowTo(100'000);
      run.SleepUpTo(400);
      link.Resume();
      run.Count("slowed");
      break;
  }
}

TEST(Faults, BrokenConnectionsBetweenTheServicesLoseNothing) {
  FaultRun run;
  run.StartWork();
  const int disturbances = run.scale().Of(25, 400);
  for (int i = 0; i < disturbances; ++i) {
    run.SleepUpTo(150);
    Disturb(run, run.link());
  }
  run.Verify();
}

TEST(Faults, BrokenConnectionsAndKillsTogetherLoseNothing) {
  FaultRun run;
  run.StartWork();
  const int rounds = run.scale().Of(8, 150);
  for (int i = 0; i < rounds; ++i) {
    Disturb(run, run.link());
    run.SleepUpTo(100);
    if (run.random()() % 2 == 0) {
      run.pair().KillQueryService();
      Disturb(run, run.link());
      run.pair().StartQueryService();
    } else {
      run.pair().KillIngestor();
      run.pair().StartIngestor();
    }
    run.Count("kills");
  }
  run.Verify();
}

TEST(Faults, BrokenConnectionsOfClientsLoseNothing) {
  FaultRun run;
  Proxy entrance;
  entrance.SetTarget(run.pair().ingestor().address());
  run.StartWork({.breaks_mean_death = false}, [&] {
    return v1::IngestService::NewStub(Channel(entrance.address()));
  });
  const int disturbances = run.scale().Of(20, 300);
  for (int i = 0; i < disturbances; ++i) {
    run.SleepUpTo(150);
    Disturb(run, entrance);
  }
  entrance.Resume();
  run.Verify();
}

// A query service that is there and takes nothing: the clients are told what
// is safe all the same, and nothing is held back for ever.
TEST(Faults, AStalledQueryServiceHoldsUpNoDurableBriefing) {
  FaultRun run;
  ASSERT_TRUE(run.Submit("b0", 1, v1::DURABILITY_INDEXED).ok());
  run.link().Stall();
  for (int i = 1; i <= 20; ++i) {
    ASSERT_TRUE(run.Submit(absl::StrCat("b", i), 1).ok());
  }
  // Answered at the server's own bound, as durable.
  EXPECT_TRUE(run.Submit("b0", 2, v1::DURABILITY_INDEXED).ok());
  run.Count("stalls");
  run.Verify();
}

}  // namespace
}  // namespace attache::testing
