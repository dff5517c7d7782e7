// The journal against a model that holds everything in a map.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

struct Model {
  struct Briefing {
    int64_t version = 0;
    std::string title;
  };
  std::map<std::string, Briefing> briefings;
  std::map<std::string, int64_t> last_sequences;
  std::map<std::string, std::set<int64_t>> refused;
  int64_t revision = 0;

  // As the contract says, one rule after the other.
  void Take(const std::string& producer, const v1::RecordWrite& write) {
    if (write.sequence() <= last_sequences[producer]) return;
    last_sequences[producer] = write.sequence();
    const auto held = briefings.find(write.briefing_id());
    const bool of_any_version = write.withdrawn() && write.version() == 0;
    if (held != briefings.end() && !of_any_version &&
        write.version() < held->second.version) {
      refused[producer].insert(write.sequence());
      return;
    }
    ++revision;
    Briefing& briefing = briefings[write.briefing_id()];
    briefing.version = std::max(briefing.version, write.version());
    briefing.title = write.records().empty() ? "" : write.records(0).title();
  }

  std::map<std::string, std::string> HeldTitles() const {
    std::map<std::string, std::string> titles;
    for (const auto& [id, briefing] : briefings) {
      if (!briefing.title.empty())
        titles[absl::StrCat(id, "#1")] = briefing.title;
    }
    return titles;
  }
};

class JournalOracle : public ::testing::TestWithParam<uint32_t> {
 protected:
  JournalOracle() : random_(GetParam()) { Reopen(); }

  size_t Pick(size_t below) { return random_() % below; }

  void Reopen() {
    journal_.reset();
    journal_ = OpenJournal(directory_.path());
    ASSERT_NE(journal_, nullptr);
  }

  // Writes of all producers in one group; some come a second time.
  std::vector<ArrivedWrite> RandomGroup() {
    std::vector<ArrivedWrite> group;
    std::map<std::string, int64_t> last = model_.last_sequences;
    for (size_t i = 0, count = 1 + Pick(8); i < count; ++i) {
      const std::string producer = absl::StrCat("p", Pick(3));
      int64_t sequence = ++last[producer];
      if (Pick(6) == 0 && sequence > 1) {
        --last[producer];
        sequence = 1 + static_cast<int64_t>(Pick(sequence - 1));
      }
      const std::string briefing = absl::StrCat("b", Pick(5));
      const auto version = static_cast<int64_t>(Pick(4));
      const int kind = static_cast<int>(Pick(8));
      group.push_back(
          {.producer_id = producer,
           .write = kind == 0 ? MakeWithdrawal(sequence, briefing, version)
                    : kind == 1
                        ? MakeWrite(sequence, briefing, "", version)
                        : MakeWrite(sequence, briefing,
                                    absl::StrCat("title ", ++titles_), version),
           .refusal = {}});
    }
    return group;
  }

  void CheckRefusals() {
    for (const auto& [producer, refused] : model_.refused) {
      const auto welcome = journal_->Greet(
          MakeHello(producer, 1, 1, model_.last_sequences[producer]));
      ASSERT_TRUE(welcome.ok()) << welcome.status();
      EXPECT_EQ(welcome->last_sequence(), model_.last_sequences[producer]);
      std::set<int64_t> kept;
      for (const auto& write : welcome->rejected_writes()) {
        kept.insert(write.sequence());
      }
      EXPECT_EQ(kept, refused) << producer;
    }
  }

  std::mt19937 random_;
  TempDirectory directory_;
  std::unique_ptr<Journal> journal_;
  Model model_;
  int titles_ = 0;
};

TEST_P(JournalOracle, HoldsWhatTheModelHolds) {
  for (int step = 0; step < 60 && !HasFatalFailure(); ++step) {
    std::vector<ArrivedWrite> group = RandomGroup();
    for (const ArrivedWrite& arrived : group) {
      model_.Take(arrived.producer_id, arrived.write);
    }
    const auto committed =
        journal_->Commit(absl::MakeSpan(group), absl::UnixEpoch());
    ASSERT_TRUE(committed.ok()) << committed.status();
    if (Pick(5) == 0) Reopen();
    EXPECT_EQ(journal_->revision(), model_.revision);
    ASSERT_EQ(Titles(*journal_), model_.HeldTitles()) << "step " << step;
  }
  CheckRefusals();
}

INSTANTIATE_TEST_SUITE_P(Seeds, JournalOracle, ::testing::Range(0u, 20u));

}  // namespace
}  // namespace attache::testing
