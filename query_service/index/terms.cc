#include "query_service/index/terms.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "attache/v1/trip_record.pb.h"
#include "common/text/fold.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

constexpr size_t kMaxNameBytes = 256;
// Keys hold letters, digits and spaces only.
constexpr char kEndOfKey = '\0';

}  // namespace

std::string ReadableValue(absl::string_view key) {
  const absl::string_view value = key.substr(1);
  int number = 0;
  if (static_cast<TermField>(key[0]) == TermField::kStatus &&
      absl::SimpleAtoi(value, &number) && v1::TripStatus_IsValid(number)) {
    const std::string name =
        v1::TripStatus_Name(static_cast<v1::TripStatus>(number));
    return std::string(absl::StripPrefix(name, "TRIP_STATUS_"));
  }
  return absl::StrReplaceAll(value, {{absl::string_view("\0", 1), "="}});
}

std::string NameValue(absl::string_view name) {
  const absl::string_view written = Utf8Prefix(name, kMaxNameBytes);
  const std::string key = FoldToKey(written);
  if (key.empty()) return "";
  return absl::StrCat(key, absl::string_view(&kEndOfKey, 1), written);
}

absl::string_view NameKey(absl::string_view value) {
  return value.substr(0, value.find(kEndOfKey));
}

absl::string_view NameAsWritten(absl::string_view value) {
  const size_t end = value.find(kEndOfKey);
  return end == absl::string_view::npos ? value : value.substr(end + 1);
}

MoneyParts PartsOfMoney(absl::string_view value) {
  MoneyParts parts;
  const size_t colon = value.find(':');
  if (colon == absl::string_view::npos ||
      !absl::SimpleAtoi(value.substr(0, colon), &parts.kind)) {
    return parts;
  }
  parts.currency_code = value.substr(colon + 1);
  return parts;
}

}  // namespace attache
