#include "query_service/index/terms.h"

#include "absl/strings/numbers.h"
#include "common/text/fold.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

constexpr size_t kMaxNameBytes = 256;
// Keys hold letters, digits and spaces only.
constexpr char kEndOfKey = '\0';

}  // namespace

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
