#include "ingestor/passes/trip_scope.h"

#include <algorithm>
#include <set>

namespace attache {

TripScope::TripScope(const TripText& text, const std::vector<Stop>& stops,
                     const std::vector<bool>& own, const std::string& home,
                     const std::vector<ProgrammeCell>& programme)
    : text_(text), own_(own), cells_(text.document().units.size()) {
  ReadCountries(stops, home);
  std::set<std::string> visited;
  for (const Stop& stop : stops) {
    visited.insert(CountryOf(text, stop));
  }
  std::vector<const std::string*> country_of_unit(cells_.size(), nullptr);
  for (const ProgrammeCell& cell : programme) {
    const std::string& country =
        text.findings().places[cell.place].country_code;
    if (!visited.contains(country)) continue;
    cells_[cell.unit] =
        cell.counterparts ? Cell::kCounterparts : Cell::kProgramme;
    country_of_unit[cell.unit] = &country;
  }
  for (size_t s = 0; s < countries_.size(); ++s) {
    const uint32_t unit = text.document().sentences[s].unit;
    if (country_of_unit[unit] != nullptr) {
      countries_[s] = *country_of_unit[unit];
    }
  }
}

bool TripScope::Holds(uint32_t sentence) const {
  if (InProgramme(sentence)) return true;
  const TokenSpan span = text_.document().sentences[sentence].tokens;
  const CueIndex& cues = text_.cues();
  return own_[sentence] && text_.Tells(sentence) &&
         cues.FirstIn(Cue::kOtherTime, span) == nullptr &&
         cues.FirstIn(Cue::kRemote, span) == nullptr;
}

bool TripScope::InProgramme(uint32_t sentence) const {
  return cells_[text_.document().sentences[sentence].unit] != Cell::kNone;
}

bool TripScope::AmongCounterparts(uint32_t sentence) const {
  return cells_[text_.document().sentences[sentence].unit] ==
         Cell::kCounterparts;
}

void TripScope::ReadCountries(const std::vector<Stop>& stops,
                              const std::string& home) {
  const auto& sentences = text_.document().sentences;
  countries_.resize(sentences.size());
  std::set<std::string> visited;
  for (const Stop& stop : stops) {
    if (LiesIn(text_, stop, home)) continue;
    const std::string& code = CountryOf(text_, stop);
    visited.insert(code);
    // The first stop of a sentence; a list of several decides nothing.
    std::string& slot = countries_[stop.sentence];
    if (slot.empty()) slot = code;
  }
  std::string current;
  uint32_t section = 0;
  for (size_t i = 0; i < sentences.size(); ++i) {
    const Unit& unit = text_.document().units[sentences[i].unit];
    if (unit.section != section) {
      current.clear();
      section = unit.section;
    }
    if (countries_[i].empty()) {
      countries_[i] = current;
    } else {
      current = countries_[i];
    }
  }
  if (visited.size() == 1) {
    std::fill(countries_.begin(), countries_.end(), *visited.begin());
  }
}

}  // namespace attache
