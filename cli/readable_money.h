// Sums of money as people read them, and as programs do.
#ifndef ATTACHE_CLI_READABLE_MONEY_H_
#define ATTACHE_CLI_READABLE_MONEY_H_

#include <string>

#include "attache/v1/trip_query_service.pb.h"
#include "attache/v1/trip_record.pb.h"

namespace attache::cli {

// To three digits from a million on: "1.23 bn", "950 m", "-2 tn"; smaller sums
// as Decimal.
std::string ReadableAmount(const v1::Money& money);

// Exact, without the currency: "1234567890.5".
std::string Decimal(const v1::Money& money);

// "pledged", "signed"; empty where no kind is given.
std::string FormatKind(v1::AmountKind kind);

// "USD 1.2 bn signed", "EUR 2 m to 3 m", "USD up to 40 m potential".
std::string ReadableTotal(const v1::AmountTotal& total);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_READABLE_MONEY_H_
