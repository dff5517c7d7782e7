// The promises of a watch (ordered, unique, reliable, atomic, resumable,
// bookmarked) against plain code: watchers come and go at random while records
// are written, the service is stopped and started, and the history is cut.
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/query_service/service/watch_model.h"
#include "tests/query_service/service/watch_server.h"
#include "tests/query_service/service/watcher.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

class WatchOracle : public ::testing::TestWithParam<uint32_t> {};

TEST_P(WatchOracle, WatchersSeeWhatThePlainEvaluationSees) {
  RandomRecords random(GetParam());
  QueryServerOptions options;
  static constexpr int64_t kRevisions[] = {1'000'000, 40, 5};
  options.history.revisions = kRevisions[GetParam() % 3];
  WatchServer server(options);
  WatchModel model;
  WatchCounts counts;
  std::atomic<int64_t> last = 0;
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      Watcher(server, model, counts, 1000 * GetParam() + i).Run(last);
    });
  }
  for (int step = 0; step < 150; ++step) {
    if (step % 40 == 39) {
      server.Stop(/*drain=*/random.OneIn(2));
      server.Start();
    }
    std::vector<v1::RecordWrite> writes;
    for (int i = random.Below(step % 25 == 0 ? 40 : 4); i >= 0; --i) {
      v1::RecordWrite& write = writes.emplace_back();
      write.set_briefing_id(absl::StrCat("b", random.Below(12)));
      for (const auto& record : random.Briefing(write.briefing_id())) {
        *write.add_records() = record;
      }
      write.set_withdrawn(write.records().empty() && random.OneIn(2));
      model.Write(write);
    }
    server.Write(std::move(writes));
    if (HasFatalFailure()) break;
    if (random.OneIn(3)) absl::SleepFor(absl::Milliseconds(random.Below(40)));
  }
  last = server.revision();
  for (std::thread& thread : threads) thread.join();
  // Else nothing much was tried.
  EXPECT_GT(counts.resumed, 20);
  EXPECT_GT(counts.revisions, 200);
  EXPECT_GT(counts.changes, 500);
  RecordProperty("resumed", counts.resumed);
  RecordProperty("history_gone", counts.gone);
  RecordProperty("afresh", counts.afresh);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WatchOracle, ::testing::Range(0u, 6u));

}  // namespace
}  // namespace attache::testing
