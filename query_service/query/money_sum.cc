#include "query_service/query/money_sum.h"

#include <algorithm>
#include <limits>
#include <string>

namespace attache {

Money MoneySum::In(absl::string_view currency_code) const {
  constexpr __int128 kLeast =
      static_cast<__int128>(std::numeric_limits<int64_t>::min()) *
          kNanosPerUnit -
      (kNanosPerUnit - 1);
  constexpr __int128 kMost =
      static_cast<__int128>(std::numeric_limits<int64_t>::max()) *
          kNanosPerUnit +
      (kNanosPerUnit - 1);
  const __int128 nanos = std::clamp(nanos_, kLeast, kMost);
  return {std::string(currency_code),
          static_cast<int64_t>(nanos / kNanosPerUnit),
          static_cast<int32_t>(nanos % kNanosPerUnit)};
}

}  // namespace attache
