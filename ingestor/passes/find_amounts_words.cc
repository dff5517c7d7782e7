#include "ingestor/passes/find_amounts_words.h"

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace attache {
namespace {

std::optional<AmountWord> AmountWordOf(const LexiconEntry& entry) {
  static const auto* const kKinds =
      new absl::flat_hash_map<absl::string_view, AmountWord>{
          {"magnitude", AmountWord::kMagnitude},
          {"currency", AmountWord::kCurrency},
          {"currency_family", AmountWord::kFamily},
          {"number_word", AmountWord::kNumber},
          {"of_word", AmountWord::kOf},
          {"between", AmountWord::kBetween},
          {"range_to", AmountWord::kTo},
          {"range_to and", AmountWord::kAnd},
          {"approximate", AmountWord::kAbout},
          {"approximate after", AmountWord::kAboutAfter},
          {"at_least", AmountWord::kAtLeast},
          {"at_least after", AmountWord::kAtLeastAfter},
          {"at_most", AmountWord::kAtMost},
          {"at_most after", AmountWord::kAtMostAfter},
          {"not_money", AmountWord::kNotMoney},
          {"potential", AmountWord::kPotential},
          {"pledged", AmountWord::kPledged},
          {"signed", AmountWord::kSigned},
          {"background", AmountWord::kBackground},
      };
  if (entry.kind == EntryKind::kCue && entry.id == "function_word") {
    return AmountWord::kFunction;
  }
  if (entry.kind != EntryKind::kNumber) return std::nullopt;
  std::string id = entry.id;
  if (entry.qualifier == "and" || entry.qualifier == "after") {
    absl::StrAppend(&id, " ", entry.qualifier);
  }
  auto it = kKinds->find(id);
  if (it == kKinds->end()) return std::nullopt;
  return it->second;
}

int AmountValueOf(const LexiconEntry& entry) {
  int number = 0;
  return absl::SimpleAtoi(entry.qualifier, &number) ? number : 0;
}

}  // namespace

AmountWords IndexAmountWords(const Document& document) {
  return AmountWords(document, AmountWordOf, AmountValueOf);
}

}  // namespace attache
