#include "ingestor/passes/currency_families.h"

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace attache {
namespace {

// Units of the opening.
constexpr uint32_t kOpeningUnits = 4;

}  // namespace

CurrencyFamilies::CurrencyFamilies(const Document& document,
                                   const Vocabulary& vocabulary) {
  for (const LexiconMatch& match : document.matches) {
    if (match.entry->kind != EntryKind::kCountry &&
        match.entry->kind != EntryKind::kDemonym) {
      continue;
    }
    const Country* country = vocabulary.FindCountry(match.entry->id);
    if (country == nullptr || country->currency.empty()) continue;
    // What a text opens with is whose it is.
    mentions_[country->currency] +=
        document.unit_of[match.begin] < kOpeningUnits ? 2 : 1;
  }
}

std::string CurrencyFamilies::Resolve(absl::string_view family) const {
  // What one mention in passing does not change.
  constexpr int kClearly = 2;
  std::string best;
  int most = 0;
  for (absl::string_view code : absl::StrSplit(family, ' ')) {
    bool stands = absl::ConsumeSuffix(&code, "*");
    auto it = mentions_.find(code);
    int count = it == mentions_.end() ? 0 : it->second;
    if (stands && count > 0) return std::string(code);
    if (stands && best.empty()) {
      best = std::string(code);
      most = kClearly - 1;
    }
    if (count > most) {
      most = count;
      best = std::string(code);
    }
  }
  return best;
}

}  // namespace attache
