#include "cli/readable_money.h"

#include <cmath>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace attache::cli {
namespace {

struct Scale {
  double size;
  const char* name;
};
constexpr Scale kScales[] = {{1e6, "m"}, {1e9, "bn"}, {1e12, "tn"}};
// What three digits can no longer tell from 1000 of the scale.
constexpr double kNextScale = 999.5;

// Three digits, and never as a power of ten.
std::string ThreeDigits(double value) {
  return value < kNextScale ? absl::StrFormat("%.3g", value)
                            : absl::StrFormat("%.0f", value);
}

}  // namespace

std::string ReadableAmount(const v1::Money& money) {
  const double value = static_cast<double>(money.units());
  if (std::abs(value) < kScales[0].size) return Decimal(money);
  const Scale* scale = &kScales[0];
  for (const Scale& larger : kScales) {
    if (std::abs(value) / larger.size >= kNextScale / 1000) scale = &larger;
  }
  return absl::StrCat(value < 0 ? "-" : "",
                      ThreeDigits(std::abs(value) / scale->size), " ",
                      scale->name);
}

std::string Decimal(const v1::Money& money) {
  const int64_t nanos = money.nanos();
  std::string text = absl::StrCat(money.units());
  if (money.units() == 0 && nanos < 0) text = "-0";
  if (nanos == 0) return text;
  absl::StrAppendFormat(&text, ".%09d", std::abs(nanos));
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string FormatKind(v1::AmountKind kind) {
  if (kind == v1::AMOUNT_KIND_UNSPECIFIED) return "";
  if (!v1::AmountKind_IsValid(kind)) {
    return absl::StrCat("kind ", static_cast<int>(kind));
  }
  return absl::AsciiStrToLower(
      absl::StripPrefix(v1::AmountKind_Name(kind), "AMOUNT_KIND_"));
}

std::string ReadableTotal(const v1::AmountTotal& total) {
  const std::string low = ReadableAmount(total.low());
  const std::string high = ReadableAmount(total.high());
  std::string sum = high;
  if (low != high) sum = absl::StrCat(low, " to ", high);
  if (low == "0" && high != "0") sum = absl::StrCat("up to ", high);
  std::string text = absl::StrCat(total.high().currency_code(), " ", sum);
  const std::string kind = FormatKind(total.kind());
  if (!kind.empty()) absl::StrAppend(&text, " ", kind);
  return std::string(absl::StripAsciiWhitespace(text));
}

}  // namespace attache::cli
