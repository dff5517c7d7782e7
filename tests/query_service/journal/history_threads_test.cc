// Readers of the history beside the writer.
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using Records = std::map<std::string, std::string>;

Records Held(Journal& journal) {
  Records held;
  const absl::Status status =
      journal.Load(1000, [&](std::vector<JournaledBriefing> chunk) {
        for (const JournaledBriefing& briefing : chunk) {
          for (const JournaledRecord& record : briefing.records) {
            held[record.record_id] = record.wire;
          }
        }
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  return held;
}

// Follows the history from its start to `last`, as a watch does.
Records Follow(HistoryReader& reader, int64_t last) {
  Records held;
  int64_t reached = 0;
  while (reached < last) {
    const auto chunk = reader.Read(reached, 2000);
    if (!chunk.ok()) {
      ADD_FAILURE() << chunk.status();
      return held;
    }
    EXPECT_GE(chunk->up_to, reached);
    for (const HistoryChange& change : chunk->changes) {
      const auto known = held.find(change.record_id);
      EXPECT_EQ(change.before, known == held.end()
                                   ? std::nullopt
                                   : std::optional(known->second))
          << change.record_id << " at " << change.revision;
      if (change.after.has_value()) {
        held[change.record_id] = *change.after;
      } else {
        held.erase(change.record_id);
      }
    }
    reached = chunk->up_to;
  }
  return held;
}

void Write(Journal& journal, int count) {
  std::mt19937 random(1);
  for (int sequence = 1; sequence <= count;) {
    std::vector<v1::RecordWrite> writes;
    for (size_t i = 0, size = 1 + random() % 9; i < size && sequence <= count;
         ++i, ++sequence) {
      const std::string briefing = absl::StrCat("b", random() % 20);
      writes.push_back(random() % 4 == 0
                           ? MakeWithdrawal(sequence, briefing)
                           : MakeWrite(sequence, briefing,
                                       absl::StrCat("title ", sequence)));
    }
    auto arrived = Arrived("p", writes);
    const auto committed =
        journal.Commit(absl::MakeSpan(arrived), absl::UnixEpoch());
    ASSERT_TRUE(committed.ok()) << committed.status();
  }
}

TEST(HistoryThreads, EveryReaderSeesEveryChangeOnceAndInOrder) {
  constexpr int kWrites = 600;
  TempDirectory directory;
  auto journal = OpenJournal(directory.path());
  ASSERT_TRUE(journal->Greet(MakeHello("p", 1, 0, 0)).ok());
  // Two threads share a reader, one has its own.
  const auto shared = *journal->OpenHistory();
  const auto own = *journal->OpenHistory();
  std::vector<Records> seen(3);
  std::vector<std::thread> readers;
  for (size_t i = 0; i < seen.size(); ++i) {
    readers.emplace_back(
        [&, i] { seen[i] = Follow(i == 0 ? *own : *shared, kWrites); });
  }
  Write(*journal, kWrites);
  for (std::thread& reader : readers) reader.join();
  const Records held = Held(*journal);
  EXPECT_FALSE(held.empty());
  for (const Records& records : seen) EXPECT_EQ(records, held);
}

TEST(HistoryThreads, WhatIsCutBesideAReaderIsGoneAndNeverHalfThere) {
  constexpr int kWrites = 600;
  TempDirectory directory;
  auto journal = OpenJournal(directory.path(), {.revisions = 5});
  ASSERT_TRUE(journal->Greet(MakeHello("p", 1, 0, 0)).ok());
  std::atomic<bool> done = false;
  std::thread reader([&] {
    const auto history = *journal->OpenHistory();
    while (!done) {
      const int64_t oldest = journal->oldest_revision();
      EXPECT_GE(journal->revision() + 9, oldest);
      const auto chunk = history->Read(oldest, 1 << 20);
      if (!chunk.ok()) {
        const auto details = DetailsOf(chunk.status());
        ASSERT_TRUE(details.has_value()) << chunk.status();
        ASSERT_EQ(details->reason, "HISTORY_GONE");
        continue;
      }
      EXPECT_LE(chunk->up_to, oldest + 5);
      for (const HistoryChange& change : chunk->changes) {
        EXPECT_TRUE(change.before.has_value() || change.after.has_value());
      }
    }
  });
  Write(*journal, kWrites);
  done = true;
  reader.join();
  EXPECT_EQ(journal->oldest_revision(), kWrites - 5);
}

}  // namespace
}  // namespace attache::testing
