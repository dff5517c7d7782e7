// Restores, crashes and lost acknowledgements, at random, against producers
// that keep to the contract and a naive model of what is to be held.
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

namespace fs = std::filesystem;

// What an ingestor keeps on its disk; copying one is backing it up.
struct Producer {
  std::string id;
  int64_t epoch = 1;
  int64_t last_sequence = 0;
  // The highest sequence that it has ever sent, or may have.
  int64_t last_sent = 0;
  std::deque<v1::RecordWrite> outbox;
  // The latest title of every briefing that it knows.
  std::map<std::string, std::string> known;
  // The index that has been given everything anew.
  std::string resynced_index_id;

  void Enqueue(const std::string& briefing_id, const std::string& title) {
    known[briefing_id] = title;
    outbox.push_back(MakeWrite(++last_sequence, briefing_id, title));
  }
  void EnqueueAll() {
    for (const auto& [briefing_id, title] : std::map(known)) {
      Enqueue(briefing_id, title);
    }
  }
  v1::Hello Hello() const {
    return MakeHello(id, epoch, outbox.empty() ? 0 : outbox.front().sequence(),
                     last_sequence);
  }
  void Acknowledge(int64_t sequence) {
    while (!outbox.empty() && outbox.front().sequence() <= sequence) {
      outbox.pop_front();
    }
  }
  // Numbers all that it knows from there.
  void Rewind(int64_t held) {
    outbox.clear();
    last_sequence = held;
    last_sent = held;
    EnqueueAll();
  }

  // Says Hello as the contract asks, until it is welcome.
  void Connect(Journal& journal) {
    for (;;) {
      const auto welcome = journal.Greet(Hello());
      if (welcome.ok() && welcome->last_sequence() > last_sent) {
        Rewind(welcome->last_sequence());
        continue;
      }
      if (welcome.ok()) {
        Acknowledge(welcome->last_sequence());
        if (welcome->resync() && resynced_index_id != welcome->index_id()) {
          resynced_index_id = welcome->index_id();
          EnqueueAll();
        }
        return;
      }
      const auto details = DetailsOf(welcome.status());
      ASSERT_TRUE(details.has_value()) << welcome.status();
      if (details->reason == "EPOCH_STALE") {
        epoch = std::stoll(details->metadata[0].second) + 1;
      } else {
        ASSERT_EQ(details->reason, "PRODUCER_REWOUND");
        Rewind(std::stoll(details->metadata[0].second));
      }
    }
  }

  // Sends up to `count` writes of its outbox; the acknowledgement may be lost.
  void Send(Journal& journal, size_t count, bool acknowledged) {
    std::vector<v1::RecordWrite> writes;
    for (const v1::RecordWrite& write : outbox) {
      if (writes.size() < count) writes.push_back(write);
    }
    if (writes.empty()) return;
    const int64_t last = writes.back().sequence();
    last_sent = std::max(last_sent, last);
    auto arrived = Arrived(id, writes);
    const auto committed =
        journal.Commit(absl::MakeSpan(arrived), absl::UnixEpoch());
    ASSERT_TRUE(committed.ok()) << committed.status();
    if (acknowledged) Acknowledge(last);
  }
};

class World {
 public:
  explicit World(uint32_t seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      producers_.emplace_back().id = absl::StrCat("p", i);
    }
    OpenIn("journal0");
  }

  void Step() {
    Producer& producer = producers_[Pick(producers_.size())];
    switch (Pick(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        producer.Enqueue(absl::StrCat(producer.id, "-", Pick(6)),
                         absl::StrCat("title ", ++titles_));
        break;
      case 4:
      case 5:
      case 6:
        producer.Connect(*journal_);
        producer.Send(*journal_, 1 + Pick(5), Pick(3) != 0);
        break;
      case 7:
        ++producer.epoch;
        producer.Connect(*journal_);
        break;
      case 8:
        CrashService();
        break;
      case 9:
        if (Pick(4) == 0) backup_ = CopyOfFiles();
        break;
      case 10:
        if (Pick(6) == 0 && !backup_.empty() && may_restore_service_) {
          Restore(backup_);
        }
        break;
      default:
        break;
    }
  }

  // The producer's disk is replaced by an older copy of it.
  void BackUpProducer() { older_ = producers_[0]; }
  void RestoreProducer() {
    producers_[0] = older_;
    ++producers_[0].epoch;
    producers_[0].last_sent = producers_[0].last_sequence;
  }

  void KeepServiceUnrestored() { may_restore_service_ = false; }

  // Everything is sent and acknowledged.
  void Settle() {
    for (Producer& producer : producers_) {
      producer.Connect(*journal_);
      while (!producer.outbox.empty()) producer.Send(*journal_, 4, true);
    }
  }

  std::map<std::string, std::string> Known() const {
    std::map<std::string, std::string> all;
    for (const Producer& producer : producers_) {
      for (const auto& [briefing_id, title] : producer.known) {
        all[absl::StrCat(briefing_id, "#1")] = title;
      }
    }
    return all;
  }
  std::map<std::string, std::string> Held() { return Titles(*journal_); }
  std::string index_id() const { return journal_->index_id(); }

 private:
  size_t Pick(size_t below) { return random_() % below; }

  void OpenIn(const std::string& name) {
    journal_directory_ = directory_.file(name);
    fs::create_directories(journal_directory_);
    journal_ = OpenJournal(journal_directory_);
    ASSERT_NE(journal_, nullptr);
  }
  // What the disk holds at this moment, log and all.
  std::string CopyOfFiles() {
    const std::string name = absl::StrCat("copy", ++copies_);
    fs::copy(journal_directory_, directory_.file(name));
    fs::remove(directory_.file(name) + "/journal.db-shm");
    return name;
  }
  void CrashService() {
    const std::map<std::string, std::string> held = Held();
    const std::string copy = CopyOfFiles();
    journal_.reset();
    OpenIn(copy);
    EXPECT_EQ(Held(), held);
  }
  // An older copy over the files themselves: the journal cannot tell by itself.
  void Restore(const std::string& copy) {
    journal_.reset();
    for (const auto& file : fs::directory_iterator(journal_directory_)) {
      if (file.path().filename() != "journal.db") fs::remove(file.path());
    }
    for (const auto& file : fs::directory_iterator(directory_.file(copy))) {
      fs::copy_file(file.path(),
                    journal_directory_ + "/" + file.path().filename().string(),
                    fs::copy_options::overwrite_existing);
    }
    journal_ = OpenJournal(journal_directory_);
    ASSERT_NE(journal_, nullptr);
  }

  std::mt19937 random_;
  TempDirectory directory_;
  std::string journal_directory_;
  std::string backup_;
  std::unique_ptr<Journal> journal_;
  std::vector<Producer> producers_;
  Producer older_;
  bool may_restore_service_ = true;
  int titles_ = 0;
  int copies_ = 0;
};

class JournalRestore : public ::testing::TestWithParam<uint32_t> {};

TEST_P(JournalRestore, HoldsTheLatestOfEveryBriefingWhateverHappened) {
  World world(GetParam());
  for (int i = 0; i < 150 && !HasFatalFailure(); ++i) {
    world.Step();
    if (i % 50 == 49) {
      world.Settle();
      EXPECT_EQ(world.Held(), world.Known()) << "after step " << i;
    }
  }
}

TEST_P(JournalRestore, LosesNothingWhenAProducerIsRestored) {
  World world(GetParam());
  for (int i = 0; i < 30; ++i) world.Step();
  world.BackUpProducer();
  for (int i = 0; i < 40; ++i) world.Step();
  world.Settle();
  const auto before = world.Held();
  world.RestoreProducer();
  // With both sides restored, what neither copy has is gone.
  world.KeepServiceUnrestored();
  for (int i = 0; i < 30; ++i) world.Step();
  world.Settle();
  const auto held = world.Held();
  for (const auto& [record_id, title] : before) {
    EXPECT_TRUE(held.contains(record_id)) << record_id;
  }
  for (const auto& [record_id, title] : world.Known()) {
    ASSERT_TRUE(held.contains(record_id)) << record_id;
    EXPECT_EQ(held.at(record_id), title) << record_id;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, JournalRestore, ::testing::Range(0u, 40u));

TEST(JournalIndexId, ACopyOfTheFilesIsAnotherIndex) {
  TempDirectory directory;
  fs::create_directories(directory.file("a"));
  const std::string id = (*Journal::Open(directory.file("a")))->index_id();
  fs::copy(directory.file("a"), directory.file("b"));
  EXPECT_NE((*Journal::Open(directory.file("b")))->index_id(), id);
  fs::rename(directory.file("a"), directory.file("c"));
  EXPECT_EQ((*Journal::Open(directory.file("c")))->index_id(), id);
}

TEST(JournalIndexId, ChangesWhenAHelloShowsThatMuchIsMissingAndOnlyOnce) {
  TempDirectory directory;
  auto journal = OpenJournal(directory.path());
  const std::string id = journal->index_id();
  const auto first = journal->Greet(MakeHello("p", 1, 8, 9));
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first->resync());
  EXPECT_NE(first->index_id(), id);
  const auto second = journal->Greet(MakeHello("p", 1, 8, 12));
  EXPECT_TRUE(second->resync());
  EXPECT_EQ(second->index_id(), first->index_id());
  auto writes = Arrived("p", {MakeWrite(8, "a", "A")});
  ASSERT_TRUE(journal->Commit(absl::MakeSpan(writes), absl::UnixEpoch()).ok());
  const auto third = journal->Greet(MakeHello("p", 1, 9, 12));
  EXPECT_FALSE(third->resync());
  EXPECT_EQ(third->last_sequence(), 8);
  EXPECT_EQ(third->index_id(), first->index_id());
}

}  // namespace
}  // namespace attache::testing
