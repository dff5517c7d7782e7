// Exact sums of money.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_MONEY_SUM_H_
#define ATTACHE_QUERY_SERVICE_QUERY_MONEY_SUM_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "common/money.h"

namespace attache {

// Of one currency; wide enough for 2^32 sums of any size.
class MoneySum {
 public:
  void Add(int64_t units, int32_t nanos) {
    nanos_ += static_cast<__int128>(units) * kNanosPerUnit + nanos;
  }

  // Units and nanos of one sign. Beyond int64 units it is the largest, or the
  // smallest, sum that Money can hold.
  Money In(absl::string_view currency_code) const;

  bool operator==(const MoneySum&) const = default;

 private:
  static constexpr int64_t kNanosPerUnit = 1'000'000'000;
  __int128 nanos_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_MONEY_SUM_H_
