#include "tests/query_service/support/random_filter/parts.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace attache::testing::random_filter {

std::string Quoted(Dice& dice, absl::string_view text) {
  const bool plain =
      !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
               c == '*' || c == '#';
      });
  if (plain && dice.OneIn(2)) return std::string(text);
  return dice.OneIn(2)
             ? absl::StrCat("\"", text, "\"")
             : absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "\\'"}}),
                            "'");
}

}  // namespace attache::testing::random_filter
