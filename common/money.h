// Exact sums of money, as google.type.Money: value = units + nanos * 10^-9.
#ifndef ATTACHE_COMMON_MONEY_H_
#define ATTACHE_COMMON_MONEY_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attache {

struct Money {
  std::string currency_code;  // ISO 4217
  int64_t units = 0;
  int32_t nanos = 0;
  auto operator<=>(const Money&) const = default;
};

// `digits` with '.' as its decimal separator and no grouping ("2.4", "1500"),
// times 10^`exponent`, exactly. nullopt where it is no such number, is beyond
// int64, or has digits below 10^-9. REQUIRES: 0 <= exponent <= 18.
std::optional<Money> MoneyFromDecimal(absl::string_view digits, int exponent,
                                      absl::string_view currency_code);

// "2400000000 USD", "0.5 EUR".
std::string ToString(const Money& money);

}  // namespace attache

#endif  // ATTACHE_COMMON_MONEY_H_
