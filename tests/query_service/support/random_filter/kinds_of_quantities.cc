#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/query_service/support/random_filter/kinds.h"

namespace attache::testing::random_filter {

Kind<int64_t> Integers(std::vector<int64_t> values) {
  return {
      kAllComparators, [=](Dice& dice, const std::string& comparator) {
        const int64_t wanted = dice.One(values);
        // A "-" without quotes may negate.
        return InAnyLanguage<int64_t>(
            wanted < 0 ? absl::StrCat("\"", wanted, "\"")
                       : absl::StrCat(wanted),
            [=](int64_t held) { return Compare(comparator, held, wanted); });
      }};
}

Kind<float> Shares() {
  return {kAllComparators, [](Dice& dice, const std::string& comparator) {
            const int percent =
                dice.OneIn(4) ? 25 * dice.Below(6) : dice.Below(101);
            return InAnyLanguage<float>(
                absl::StrFormat("%d.%02d", percent / 100, percent % 100),
                [=](float held) {
                  return Compare(comparator, held,
                                 static_cast<float>(percent) / 100);
                });
          }};
}

Kind<bool> Flags() {
  return {kEqualities, [](Dice& dice, const std::string&) {
            const bool wanted = dice.OneIn(2);
            return InAnyLanguage<bool>(
                wanted ? dice.One(Strings{"true", "TRUE", "\"true\""})
                       : dice.One(Strings{"false", "False", "'false'"}),
                [wanted](bool held) { return held == wanted; });
          }};
}

Kind<v1::Money> Sums() {
  return {kAllComparators, [](Dice& dice, const std::string& comparator) {
            static constexpr std::pair<const char*, int64_t> kSums[] = {
                {"0", 0},
                {"0.5", 500000000},
                {"1", 1000000000},
                {"1.50", 1500000000},
                {"500000", 500000000000000},
                {"500000.000000001", 500000000000001},
                {"1200000000", 1200000000000000000},
            };
            const auto [digits, nanos] = dice.One(kSums);
            const std::string code = dice.One(Strings{"USD", "EUR", "JPY"});
            std::string shown =
                dice.OneIn(3) ? absl::AsciiStrToLower(code) : code;
            shown = dice.OneIn(2) ? absl::StrCat(digits, " ", shown)
                                  : absl::StrCat(shown, " ", digits);
            return InAnyLanguage<v1::Money>(
                absl::StrCat("\"", shown, "\""),
                [comparator, code,
                 wanted = static_cast<__int128>(nanos)](const v1::Money& held) {
                  const __int128 sum =
                      static_cast<__int128>(held.units()) * 1000000000 +
                      held.nanos();
                  return held.currency_code() == code &&
                         Compare(comparator, sum, wanted);
                });
          }};
}

}  // namespace attache::testing::random_filter
