#include "common/civil_date.h"

#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(CivilDate, CountsDaysFromTheEpochOn) {
  EXPECT_EQ(ToDayNumber({1970, 1, 1}), 0);
  EXPECT_EQ(ToDayNumber({2024, 3, 1}) - ToDayNumber({2024, 2, 28}), 2);
  EXPECT_EQ(FromDayNumber(ToDayNumber({2021, 5, 24})),
            (PartialDate{2021, 5, 24}));
}

TEST(CivilDate, KnowsTheWeekday) {
  EXPECT_EQ(WeekdayOf(ToDayNumber({2021, 5, 24})), 1);
  EXPECT_EQ(WeekdayOf(ToDayNumber({2024, 9, 1})), 7);
}

TEST(CivilDate, RefusesDaysThatDoNotExist) {
  EXPECT_FALSE(IsValid({}));
  EXPECT_FALSE(IsValid({2023, 2, 29}));
  EXPECT_TRUE(IsValid({2024, 2, 29}));
  EXPECT_TRUE(IsValid({0, 2, 29}));
  EXPECT_FALSE(IsValid({2023, 0, 5}));
  EXPECT_FALSE(IsValid({0, 5, 0}));
  EXPECT_FALSE(IsValid({2023, 13, 1}));
}

TEST(CivilDate, APartialDateStandsForItsInterval) {
  EXPECT_EQ(
      IntervalOf({2024, 0, 0}),
      (DayInterval{ToDayNumber({2024, 1, 1}), ToDayNumber({2024, 12, 31})}));
  EXPECT_EQ(
      IntervalOf({2024, 2, 0}),
      (DayInterval{ToDayNumber({2024, 2, 1}), ToDayNumber({2024, 2, 29})}));
  EXPECT_EQ(IntervalOf({0, 2, 3}), std::nullopt);
}

TEST(CivilDate, IsWrittenAndReadAlike) {
  for (const PartialDate& date :
       {PartialDate{2024, 11, 5}, PartialDate{2024, 11, 0},
        PartialDate{2024, 0, 0}, PartialDate{0, 11, 5}}) {
    EXPECT_EQ(ParsePartialDate(ToString(date)), date) << ToString(date);
  }
  EXPECT_EQ(ParsePartialDate("2024-13"), std::nullopt);
  EXPECT_EQ(ParsePartialDate("05/11/2024"), std::nullopt);
}

}  // namespace
}  // namespace attache
