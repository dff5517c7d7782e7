#include "query_service/query/executor.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query_service/index/parsed_record.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/planner.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

// Holds of every record, and counts those that it was asked of.
class CountingCheck final : public RecordCheck {
 public:
  explicit CountingCheck(bool needs_full) : needs_full_(needs_full) {}

  bool Holds(const ParsedRecord& record) const override {
    EXPECT_EQ(record.message().tables_size(), needs_full_ ? 1 : 0);
    ++asked_;
    read_ = &record;
    return true;
  }
  bool needs_full() const override { return needs_full_; }
  std::string ToString() const override { return "counting"; }

  int asked() const { return asked_; }
  // What it was asked of last.
  const ParsedRecord* read() const { return read_; }

 private:
  const bool needs_full_;
  mutable std::atomic<int> asked_ = 0;
  mutable const ParsedRecord* read_ = nullptr;
};

// Ten records to Brazil in English, of which the first two go to Peru too.
class ExecutorTest : public ::testing::Test {
 protected:
  ExecutorTest() : index_(TestVocabulary()) {
    std::vector<BriefingRecords> writes;
    for (int i = 0; i < 10; ++i) {
      const std::string id = absl::StrCat("b", i);
      v1::TripRecord record;
      record.set_record_id(id + "#1");
      record.mutable_source()->set_language_code("en");
      record.add_visits()->set_country_code("BR");
      if (i < 2) record.add_visits()->set_country_code("PE");
      record.add_tables()->set_section_title("Programme");
      writes.push_back(ToBriefing(id, {record}));
    }
    EXPECT_TRUE(index_.Apply(writes, 1).ok());
  }

  TripIndex index_;
};

TEST_F(ExecutorTest, ReadsOnlyWhatTheStepsBeforeHaveLeft) {
  const auto check = std::make_shared<const CountingCheck>(false);
  EXPECT_EQ(Count(Query::And({Query::Term(TermField::kVisited, "PE"),
                              Query::Check(check)}),
                  *index_.Pin()),
            2);
  EXPECT_EQ(check->asked(), 2);
}

TEST_F(ExecutorTest, AnAndWithinAnOrReadsNothingThatWasRuledOut) {
  const auto check = std::make_shared<const CountingCheck>(false);
  const Query inner = Query::And(
      {Query::Term(TermField::kLanguage, "en"), Query::Check(check)});
  EXPECT_EQ(
      Count(Query::And(
                {Query::Term(TermField::kVisited, "PE"),
                 Query::Or({inner, Query::Term(TermField::kVisited, "KE")})}),
            *index_.Pin()),
      2);
  EXPECT_EQ(check->asked(), 2);
}

TEST_F(ExecutorTest, GivesTheFullRecordWhereItIsNeeded) {
  const auto check = std::make_shared<const CountingCheck>(true);
  EXPECT_EQ(Count(Query::Check(check), *index_.Pin()), 10);
  EXPECT_EQ(check->asked(), 10);
}

TEST_F(ExecutorTest, ChecksSideBySideReadEachRecordOnce) {
  const auto first = std::make_shared<const CountingCheck>(false);
  const auto second = std::make_shared<const CountingCheck>(false);
  const auto snapshot = index_.Pin();
  // The planner puts them side by side.
  const Query plan = Plan(
      Query::And({Query::Check(first), Query::Term(TermField::kVisited, "BR"),
                  Query::Check(second)}),
      *snapshot);
  EXPECT_EQ(Count(plan, *snapshot), 10);
  EXPECT_EQ(first->asked(), 10);
  EXPECT_EQ(second->asked(), 10);
  EXPECT_NE(first->read(), nullptr);
  EXPECT_EQ(first->read(), second->read());
}

}  // namespace
}  // namespace attache::testing
