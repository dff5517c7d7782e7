#include "ingestor/passes/choose_places.h"

#include <algorithm>
#include <cstdint>

#include "common/text/fold.h"

namespace attache {
namespace {

// What a town's own country, told elsewhere in the text, adds to its score;
// less than one told right behind the name.
constexpr float kSettled = 5;
// People of a capital that is likelier meant than whatever else has its name.
constexpr int64_t kLargeCapital = 300000;
// What a name right beside the name adds that speaks of the same country.
constexpr float kBeside = 8;
// By how much the best meaning must be better than a rival.
constexpr float kClear = 0.5f;

// Whether the name behind a town's tells its country.
bool QualifiedBy(const PlaceMeaning& meaning, const PlaceName* qualifier) {
  if (qualifier == nullptr || meaning.place == nullptr) return false;
  return std::any_of(qualifier->meanings.begin(), qualifier->meanings.end(),
                     [&](const PlaceMeaning& other) {
                       return other.id == meaning.id &&
                              other.place != meaning.place;
                     });
}

// See PlaceChoice::province.
const PlaceMeaning* ElsewhereProvince(const PlaceName& name,
                                      const PlaceMeaning& best,
                                      const PlaceName* qualifier) {
  if (best.place == nullptr || !best.place->ambiguous || qualifier == nullptr ||
      qualifier->meanings.size() != 1) {
    return nullptr;
  }
  const PlaceMeaning& province = qualifier->meanings.front();
  if (province.place == nullptr || province.place->kind != "site") {
    return nullptr;
  }
  for (const PlaceMeaning& meaning : name.meanings) {
    if (meaning.id == province.id) return nullptr;
  }
  return &province;
}

float BaseScore(const PlaceMeaning& meaning) {
  switch (meaning.kind) {
    case PlaceKind::kCountry:
      return 4;
    case PlaceKind::kDemonym:
      return 3.5f;
    case PlaceKind::kRegion:
      return 3;
    case PlaceKind::kPlace:
      break;
  }
  float score = meaning.place->kind == "capital" ? 2.5f : 1;
  if (meaning.place->ambiguous) score -= 1;
  // Up to 0.8 for the largest towns.
  int64_t population = meaning.place->population;
  for (; population >= 10; population /= 10) score += 0.1f;
  return score;
}

}  // namespace

PlaceChooser::PlaceChooser(const Document& document, const CueIndex& cues,
                           const std::vector<PlaceName>& names)
    : document_(document), cues_(cues), names_(names) {
  ReadContext();
  SettleTowns();
}

void PlaceChooser::ReadContext() {
  for (const PlaceName& name : names_) {
    if (name.meanings.size() != 1) continue;
    const PlaceMeaning& meaning = name.meanings.front();
    if (meaning.kind == PlaceKind::kRegion) continue;
    if (meaning.place == nullptr) {
      context_.countries.insert(meaning.id);
    } else if (!meaning.place->ambiguous) {
      (meaning.place->kind == "capital" ? context_.capitals : context_.towns)
          .insert(meaning.id);
    }
  }
}

void PlaceChooser::SettleTowns() {
  for (size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].meanings.size() < 2) continue;
    const PlaceName* qualifier = Qualifier(document_, cues_, names_, i);
    for (const PlaceMeaning& meaning : names_[i].meanings) {
      if (QualifiedBy(meaning, qualifier)) {
        settled_.try_emplace(FoldToKey(document_.TextOf(names_[i].span)),
                             meaning.id);
      }
    }
  }
}

float PlaceChooser::WithContext(float score,
                                const PlaceMeaning& meaning) const {
  const bool town = context_.towns.contains(meaning.id);
  if (meaning.place == nullptr) {
    if (context_.capitals.contains(meaning.id)) score += 4;
    if (context_.countries.contains(meaning.id)) score += 2;
    if (town) score += 2;
  } else {
    if (town) score += 3.5f;
    if (context_.countries.contains(meaning.id)) score += 2;
  }
  return score;
}

float PlaceChooser::Score(const PlaceMeaning& meaning,
                          const PlaceChoice& choice) const {
  float score = BaseScore(meaning);
  if (meaning.kind == PlaceKind::kRegion) return score;
  if (choice.qualifier != nullptr) {
    const auto& others = choice.qualifier->meanings;
    if (std::any_of(others.begin(), others.end(),
                    [&](const PlaceMeaning& other) {
                      return other.id == meaning.id;
                    })) {
      score += kBeside;
    }
  }
  // "Atlanta, Georgia" and "Tbilisi, Georgia": the town tells which one.
  if (choice.qualified != nullptr) {
    const auto& towns = choice.qualified->meanings;
    if (std::any_of(towns.begin(), towns.end(), [&](const PlaceMeaning& town) {
          return town.id == meaning.id && town.place != nullptr;
        })) {
      score += kBeside;
    }
  }
  return WithContext(score, meaning);
}

PlaceChoice PlaceChooser::Choose(size_t name) const {
  const std::vector<PlaceMeaning>& meanings = names_[name].meanings;
  PlaceChoice choice;
  choice.qualifier = Qualifier(document_, cues_, names_, name);
  if (name > 0 && Qualifier(document_, cues_, names_, name - 1) != nullptr) {
    choice.qualified = &names_[name - 1];
  }
  const auto settled =
      meanings.size() > 1
          ? settled_.find(FoldToKey(document_.TextOf(names_[name].span)))
          : settled_.end();
  std::vector<float> scores;
  size_t best = 0;
  for (const PlaceMeaning& meaning : meanings) {
    const bool is_settled =
        settled != settled_.end() && settled->second == meaning.id;
    scores.push_back(Score(meaning, choice) + (is_settled ? kSettled : 0));
    if (scores.back() > scores[best]) best = scores.size() - 1;
  }
  choice.best = &meanings[best];
  for (size_t i = 0; i < meanings.size(); ++i) {
    if (meanings[i].id != choice.best->id &&
        scores[best] - scores[i] < kClear) {
      choice.rival = &meanings[i];
    }
  }
  choice.province =
      ElsewhereProvince(names_[name], *choice.best, choice.qualifier);
  return choice;
}

bool PlaceChooser::HasSupport(const PlaceChoice& choice, bool located) const {
  const PlaceMeaning& meaning = *choice.best;
  if (meaning.place == nullptr || !meaning.place->ambiguous) return true;
  // "Washington refuses": a large capital needs nobody's word.
  if (meaning.place->kind == "capital" &&
      meaning.place->population >= kLargeCapital) {
    return true;
  }
  return located || choice.qualifier != nullptr ||
         choice.qualified != nullptr ||
         context_.countries.contains(meaning.id) ||
         context_.capitals.contains(meaning.id);
}

}  // namespace attache
