#include "common/money.h"

#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(Money, KeepsDecimalsExactly) {
  EXPECT_EQ(MoneyFromDecimal("2.4", 9, "USD"), (Money{"USD", 2400000000, 0}));
  EXPECT_EQ(MoneyFromDecimal("0.1", 0, "EUR"), (Money{"EUR", 0, 100000000}));
  EXPECT_EQ(MoneyFromDecimal("1.2345678901", 1, "EUR"),
            (Money{"EUR", 12, 345678901}));
  EXPECT_EQ(MoneyFromDecimal("7.000000000000", 0, "EUR"), (Money{"EUR", 7, 0}));
}

TEST(Money, RefusesWhatItCannotHold) {
  EXPECT_EQ(MoneyFromDecimal("", 0, "USD"), std::nullopt);
  EXPECT_EQ(MoneyFromDecimal(".", 0, "USD"), std::nullopt);
  EXPECT_EQ(MoneyFromDecimal("1,5", 0, "USD"), std::nullopt);
  EXPECT_EQ(MoneyFromDecimal("1.2.3", 0, "USD"), std::nullopt);
  EXPECT_EQ(MoneyFromDecimal("9223372036854775808", 0, "USD"), std::nullopt);
  EXPECT_EQ(MoneyFromDecimal("99999999999999999999999999999999999999999999", 18,
                             "USD"),
            std::nullopt);
  EXPECT_EQ(MoneyFromDecimal("0.0000000001", 0, "USD"), std::nullopt);
}

TEST(Money, IsReadable) {
  EXPECT_EQ(ToString(Money{"USD", 5, 500000000}), "5.5 USD");
  EXPECT_EQ(ToString(Money{"JPY", 30, 0}), "30 JPY");
}

}  // namespace
}  // namespace attache
