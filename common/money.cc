#include "common/money.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace attache {

std::optional<Money> MoneyFromDecimal(absl::string_view digits, int exponent,
                                      absl::string_view currency_code) {
  // In units of 10^-9, wide enough that a check against int64 suffices.
  __int128 nanos = 0;
  constexpr __int128 kLimit = static_cast<__int128>(INT64_MAX) * 1'000'000'000;
  int scale = exponent + 9;  // of the digit that comes next, plus one
  bool fraction = false;
  bool any = false;
  for (const char c : digits) {
    if (c == '.') {
      if (fraction) return std::nullopt;
      fraction = true;
      continue;
    }
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c)))
      return std::nullopt;
    any = true;
    if (fraction && --scale < 0) {
      if (c != '0') return std::nullopt;
      continue;
    }
    nanos = nanos * 10 + (c - '0');
    if (nanos > kLimit) return std::nullopt;
  }
  if (!any) return std::nullopt;
  for (; scale > 0; --scale) {
    nanos *= 10;
    if (nanos > kLimit) return std::nullopt;
  }
  return Money{std::string(currency_code),
               static_cast<int64_t>(nanos / 1'000'000'000),
               static_cast<int32_t>(nanos % 1'000'000'000)};
}

std::string ToString(const Money& money) {
  std::string value = absl::StrCat(money.units);
  if (money.nanos != 0) {
    std::string decimals = absl::StrFormat("%09d", money.nanos);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    absl::StrAppend(&value, ".", decimals);
  }
  return absl::StrCat(value, " ", money.currency_code);
}

}  // namespace attache
