#include "cli/readable_money.h"

#include <limits>
#include <string>

#include "gtest/gtest.h"

namespace attache::cli {
namespace {

v1::Money Usd(int64_t units, int32_t nanos = 0) {
  v1::Money money;
  money.set_currency_code("USD");
  money.set_units(units);
  money.set_nanos(nanos);
  return money;
}

v1::AmountTotal Total(int64_t low, int64_t high, v1::AmountKind kind) {
  v1::AmountTotal total;
  *total.mutable_low() = Usd(low);
  *total.mutable_high() = Usd(high);
  total.set_kind(kind);
  return total;
}

TEST(ReadableAmount, HasThreeDigitsFromAMillionOn) {
  EXPECT_EQ(ReadableAmount(Usd(1200000000)), "1.2 bn");
  EXPECT_EQ(ReadableAmount(Usd(1234567890)), "1.23 bn");
  EXPECT_EQ(ReadableAmount(Usd(45000000)), "45 m");
  EXPECT_EQ(ReadableAmount(Usd(1000000)), "1 m");
  EXPECT_EQ(ReadableAmount(Usd(999999)), "999999");
  EXPECT_EQ(ReadableAmount(Usd(-2500000000000)), "-2.5 tn");
  EXPECT_EQ(ReadableAmount(Usd(0)), "0");
}

TEST(ReadableAmount, TakesTheLargerScaleRatherThanAThousandOfTheSmaller) {
  EXPECT_EQ(ReadableAmount(Usd(999499999)), "999 m");
  EXPECT_EQ(ReadableAmount(Usd(999500000)), "1 bn");
  EXPECT_EQ(ReadableAmount(Usd(999999999999)), "1 tn");
  EXPECT_EQ(ReadableAmount(Usd(std::numeric_limits<int64_t>::max())),
            "9223372 tn");
}

TEST(Decimal, IsExact) {
  EXPECT_EQ(Decimal(Usd(1234567890, 500000000)), "1234567890.5");
  EXPECT_EQ(Decimal(Usd(0, 1)), "0.000000001");
  EXPECT_EQ(Decimal(Usd(-1, -250000000)), "-1.25");
  EXPECT_EQ(Decimal(Usd(0, -250000000)), "-0.25");
  EXPECT_EQ(Decimal(Usd(std::numeric_limits<int64_t>::min(), -999999999)),
            "-9223372036854775808.999999999");
}

TEST(ReadableTotal, SaysTheRangeAndTheKind) {
  constexpr auto kMillion = 1000000;
  EXPECT_EQ(ReadableTotal(Total(kMillion, kMillion, v1::AMOUNT_KIND_SIGNED)),
            "USD 1 m signed");
  EXPECT_EQ(
      ReadableTotal(Total(kMillion, 2 * kMillion, v1::AMOUNT_KIND_PLEDGED)),
      "USD 1 m to 2 m pledged");
  EXPECT_EQ(ReadableTotal(Total(0, kMillion, v1::AMOUNT_KIND_POTENTIAL)),
            "USD up to 1 m potential");
  EXPECT_EQ(ReadableTotal(Total(5, 5, v1::AMOUNT_KIND_UNSPECIFIED)), "USD 5");
  EXPECT_EQ(ReadableTotal(Total(0, 0, static_cast<v1::AmountKind>(9))),
            "USD 0 kind 9");
  v1::AmountTotal bare;
  EXPECT_EQ(ReadableTotal(bare), "0");
}

}  // namespace
}  // namespace attache::cli
