// Readers, a writer and merges at once; run it with ThreadSanitizer.
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/executor.h"
#include "query_service/query/pager.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

constexpr MergePolicy kEager{.fan_in = 2, .max_deleted_share = 0.3};

TEST(IndexThreads, ReadersSeeWholeRevisionsWhileWritesAndMergesGoOn) {
  TripIndex index(TestVocabulary(), kEager);
  std::mutex mutex;
  std::map<int64_t, uint64_t> counts = {{0, 0}};  // by revision
  std::atomic<bool> done = false;

  const auto read = [&] {
    while (!done) {
      const auto snapshot = index.Pin();
      uint64_t expected = 0;
      {
        const std::lock_guard<std::mutex> lock(mutex);
        expected = counts.at(snapshot->revision());
      }
      EXPECT_EQ(snapshot->record_count(), expected);
      PageRequest page;
      page.limit = 7;
      page.max_bytes = SIZE_MAX;
      uint64_t seen = 0;
      std::string last;
      do {
        const PageResult result = FetchPage(page, *snapshot);
        EXPECT_EQ(result.total, expected);
        seen += result.records.size();
        page.after = result.next;
      } while (page.after);
      EXPECT_EQ(seen, expected);
    }
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);

  RandomRecords random(5);
  std::map<std::string, size_t> held;
  for (int64_t revision = 1; revision <= 300; ++revision) {
    std::vector<BriefingRecords> writes;
    for (int i = 0; i < 20; ++i) {
      const std::string id = absl::StrCat("b", i, "-", random.Below(20));
      writes.push_back(ToBriefing(id, random.Briefing(id)));
      held[id] = writes.back().records.size();
    }
    uint64_t count = 0;
    for (const auto& [id, records] : held) count += records;
    {
      const std::lock_guard<std::mutex> lock(mutex);
      counts[revision] = count;
    }
    ASSERT_TRUE(index.Apply(writes, revision).ok());
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  index.WaitForMerges();
  EXPECT_EQ(index.Pin()->record_count(), counts.at(300));
  EXPECT_LT(index.Pin()->views().size(), 40u);
}

TEST(IndexThreads, WakesThoseWhoWaitForARevision) {
  TripIndex index(TestVocabulary());
  std::atomic<int> told = 0;
  std::thread waiter([&] {
    EXPECT_TRUE(index.WaitForRevision(2, absl::InfiniteFuture()));
    EXPECT_GE(index.Pin()->revision(), 2);
  });
  index.NotifyAt(2, [&] { ++told; });
  const auto cancelled = index.NotifyAt(2, [&] { told += 100; });
  index.CancelNotify(cancelled);
  ASSERT_TRUE(index.Apply({}, 1).ok());
  EXPECT_EQ(told, 0);
  ASSERT_TRUE(index.Apply({}, 2).ok());
  waiter.join();
  EXPECT_EQ(told, 1);
  index.NotifyAt(1, [&] { ++told; });
  EXPECT_EQ(told, 2);
  EXPECT_FALSE(index.WaitForRevision(3, absl::Now() + absl::Milliseconds(20)));
}

}  // namespace
}  // namespace attache::testing
