#include "query_service/journal/record_sum.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/store/database.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal_schema.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

RecordSum SumOf(absl::string_view briefing_id, absl::string_view record_id,
                absl::string_view wire) {
  RecordSum sum;
  sum.Add(briefing_id, record_id, wire);
  return sum;
}

TEST(RecordSum, DoesNotDependOnTheOrderAndForgetsWhatIsRemoved) {
  RecordSum sum;
  sum.Add("a", "a#1", "first");
  sum.Add("b", "b#1", "second");
  RecordSum other;
  other.Add("b", "b#1", "second");
  other.Add("c", "c#1", "third");
  other.Add("a", "a#1", "first");
  EXPECT_FALSE(sum == other);
  other.Remove("c", "c#1", "third");
  EXPECT_EQ(sum, other);
}

TEST(RecordSum, TellsEveryBitAndEveryBorder) {
  const std::string wire = "A record of more than eight bytes.";
  const RecordSum sum = SumOf("a", "a#1", wire);
  for (size_t bit = 0; bit < 8 * wire.size(); ++bit) {
    std::string flipped = wire;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(SumOf("a", "a#1", flipped) == sum) << bit;
  }
  EXPECT_FALSE(
      SumOf("a", "a#1", absl::StrCat(wire, absl::string_view("\0", 1))) == sum);
  EXPECT_FALSE(SumOf("a", "a#", absl::StrCat("1", wire)) == sum);
  EXPECT_FALSE(SumOf("b", "a#1", wire) == sum);
}

TEST(RecordSum, IsReadBackForItsOwnRevisionOnly) {
  const RecordSum sum = SumOf("a", "a#1", "wire");
  EXPECT_EQ(RecordSum::FromText(sum.ToText(7), 7), sum);
  EXPECT_EQ(RecordSum::FromText(sum.ToText(7), 8), std::nullopt);
  EXPECT_EQ(RecordSum::FromText("", 7), std::nullopt);
}

// A journal of three records, one of which was replaced, and a way to change
// its file behind its back.
class SummedJournal : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto journal = OpenJournal(directory_.path());
    ASSERT_TRUE(journal->Greet(MakeHello("p", 1, 0, 0)).ok());
    auto writes = Arrived(
        "p", {MakeWrite(1, "a", "one"), MakeWrite(2, "b", "two"),
              MakeWrite(3, "c", "three"), MakeWrite(4, "b", "two again")});
    ASSERT_TRUE(journal->Commit(absl::MakeSpan(writes), absl::Now()).ok());
    ASSERT_EQ(Titles(*journal).size(), 3u);
  }
  void Change(const std::string& sql) {
    auto database =
        *store::Database::Open(directory_.file("journal.db"), JournalSchema());
    ASSERT_TRUE(database->Execute(sql).ok());
  }
  absl::Status Load() {
    return OpenJournal(directory_.path())->Load(1000, [](auto) {
      return absl::OkStatus();
    });
  }

  const TempDirectory directory_;
};

TEST_F(SummedJournal, LoadsWhatItWrote) { EXPECT_TRUE(Load().ok()); }

TEST_F(SummedJournal, NoticesALostRecord) {
  Change("DELETE FROM records WHERE record_id = 'a#1'");
  EXPECT_EQ(Load().code(), absl::StatusCode::kDataLoss);
}

TEST_F(SummedJournal, NoticesAnAlteredRecord) {
  Change(
      "UPDATE records SET wire = CAST(wire || x'00' AS BLOB) "
      "WHERE record_id = 'a#1'");
  EXPECT_EQ(Load().code(), absl::StatusCode::kDataLoss);
}

TEST_F(SummedJournal, NoticesARecordOfAnotherName) {
  Change("UPDATE records SET record_id = 'a#2' WHERE record_id = 'a#1'");
  EXPECT_EQ(Load().code(), absl::StatusCode::kDataLoss);
}

// As a program leaves it that knows of no sum.
TEST_F(SummedJournal, BeginsANewSumWhereItHasNone) {
  Change("DELETE FROM meta WHERE key = 'record_sum'");
  {
    const auto journal = OpenJournal(directory_.path());
    ASSERT_EQ(Titles(*journal).size(), 3u);
    auto writes = Arrived("p", {MakeWithdrawal(5, "c")});
    ASSERT_TRUE(journal->Commit(absl::MakeSpan(writes), absl::Now()).ok());
  }
  EXPECT_TRUE(Load().ok());
  Change("DELETE FROM records WHERE record_id = 'a#1'");
  EXPECT_EQ(Load().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace attache::testing
