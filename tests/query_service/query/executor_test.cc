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

// Holds of every record or of none, and counts those that it was asked of.
class CountingCheck final : public RecordCheck {
 public:
  explicit CountingCheck(bool needs_full, bool holds = true)
      : needs_full_(needs_full), holds_(holds) {}

  bool Holds(const ParsedRecord& record) const override {
    EXPECT_EQ(record.message().tables_size(), needs_full_ ? 1 : 0);
    ++asked_;
    if (order_ != nullptr) order_->push_back(this);
    return holds_;
  }
  bool needs_full() const override { return needs_full_; }
  std::string ToString() const override { return "counting"; }

  int asked() const { return asked_; }
  // Notes there that it was asked; for one thread.
  void NoteIn(std::vector<const CountingCheck*>& order) { order_ = &order; }

 private:
  const bool needs_full_;
  const bool holds_;
  std::vector<const CountingCheck*>* order_ = nullptr;
  mutable std::atomic<int> asked_ = 0;
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

// One record after the other, each asked of both: so that one parse serves
// both.
TEST_F(ExecutorTest, ChecksSideBySideAreAskedRecordByRecord) {
  const auto snapshot = index_.Pin();
  for (const bool all : {true, false}) {
    // An AND asks the second where the first holds, an OR where it does not.
    const auto first = std::make_shared<CountingCheck>(false, all);
    const auto second = std::make_shared<CountingCheck>(false);
    std::vector<const CountingCheck*> order;
    first->NoteIn(order);
    second->NoteIn(order);
    std::vector<Query> both = {Query::Check(first), Query::Check(second)};
    const Query plan =
        Plan(Query::And({Query::Term(TermField::kVisited, "BR"),
                         all ? Query::And(both) : Query::Or(both)}),
             *snapshot);
    EXPECT_EQ(Count(plan, *snapshot), 10);
    ASSERT_EQ(order.size(), 20u);
    for (size_t i = 0; i < order.size(); ++i) {
      EXPECT_EQ(order[i] == order[0], i % 2 == 0) << i;
    }
  }
}

TEST_F(ExecutorTest, AnOrReadsNoRecordThatPostingsHaveFound) {
  const auto check = std::make_shared<const CountingCheck>(false);
  const Query either =
      Query::Or({Query::Check(check), Query::Term(TermField::kVisited, "PE")});
  EXPECT_EQ(Count(either, *index_.Pin()), 10);
  EXPECT_EQ(check->asked(), 8);
  EXPECT_EQ(Count(Query::And({Query::Term(TermField::kLanguage, "en"), either}),
                  *index_.Pin()),
            10);
  EXPECT_EQ(check->asked(), 16);
}

}  // namespace
}  // namespace attache::testing
