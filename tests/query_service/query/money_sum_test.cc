#include "query_service/query/money_sum.h"

#include <limits>

#include "gtest/gtest.h"

namespace attache {
namespace {

constexpr auto kMost = std::numeric_limits<int64_t>::max();
constexpr auto kLeast = std::numeric_limits<int64_t>::min();

TEST(MoneySum, IsExactToTheNano) {
  MoneySum sum;
  for (int i = 0; i < 10; ++i) sum.Add(0, 100000000);
  EXPECT_EQ(sum.In("EUR"), (Money{"EUR", 1, 0}));
  sum.Add(9007199254740993, 1);  // above what a double can tell apart
  EXPECT_EQ(sum.In("EUR"), (Money{"EUR", 9007199254740994, 1}));
}

TEST(MoneySum, HasUnitsAndNanosOfOneSign) {
  MoneySum sum;
  sum.Add(-1, 250000000);
  EXPECT_EQ(sum.In("USD"), (Money{"USD", 0, -750000000}));
  sum.Add(2, 0);
  EXPECT_EQ(sum.In("USD"), (Money{"USD", 1, 250000000}));
}

TEST(MoneySum, StopsAtTheEndsOfMoneyAndComesBack) {
  MoneySum sum;
  for (int i = 0; i < 3; ++i) sum.Add(kMost, 999999999);
  EXPECT_EQ(sum.In("USD"), (Money{"USD", kMost, 999999999}));
  for (int i = 0; i < 3; ++i) sum.Add(-kMost, -999999999);
  EXPECT_EQ(sum.In("USD"), (Money{"USD", 0, 0}));
  for (int i = 0; i < 3; ++i) sum.Add(kLeast, -999999999);
  EXPECT_EQ(sum.In("USD"), (Money{"USD", kLeast, -999999999}));
}

TEST(MoneySum, TakesNanosThatNoMoneyShouldHave) {
  MoneySum sum;
  sum.Add(0, std::numeric_limits<int32_t>::max());
  EXPECT_EQ(sum.In("USD"), (Money{"USD", 2, 147483647}));
}

}  // namespace
}  // namespace attache
