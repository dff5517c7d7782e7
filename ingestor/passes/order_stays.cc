#include "ingestor/passes/order_stays.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace attache {
namespace {

// "ends a visit to Oslo and goes on to Riga": what ends is one stay alone.
bool GoesOn(const TripText& text, const std::vector<Stop>& stops, size_t stop,
            const std::string& home) {
  const CueIndex& cues = text.cues();
  for (size_t i = stop + 1; i < stops.size(); ++i) {
    if (stops[i].sentence != stops[stop].sentence) break;
    const uint32_t governor = stops[i].governor;
    if (stops[i].reach == Reach::kTravelled && !LiesIn(text, stops[i], home) &&
        !stops[i].leaving &&
        CountryOf(text, stops[i]) != CountryOf(text, stops[stop]) &&
        governor > stops[stop].governor &&
        (cues.Is(Cue::kTravelOn, governor) || cues.Is(Cue::kTravel, governor) ||
         cues.Is(Cue::kArrive, governor))) {
      return true;
    }
  }
  return false;
}

}  // namespace

void OrderByList(const std::vector<std::string>& countries,
                 std::vector<Stay>* stays) {
  const auto rank = [&](const Stay& stay) {
    return std::find(countries.begin(), countries.end(), stay.country) -
           countries.begin();
  };
  std::stable_sort(
      stays->begin(), stays->end(),
      [&](const Stay& a, const Stay& b) { return rank(a) < rank(b); });
}

void OrderByNarration(const TripText& text, const std::vector<Stop>& stops,
                      const std::string& home, std::vector<Stay>* stays) {
  const auto country = [&](size_t stop) -> const std::string& {
    return CountryOf(text, stops[stop]);
  };
  std::map<uint32_t, std::vector<size_t>> by_sentence;
  std::map<uint32_t, std::set<std::string>> countries_in;
  for (size_t i = 0; i < stops.size(); ++i) {
    by_sentence[stops[i].sentence].push_back(i);
    countries_in[stops[i].sentence].insert(country(i));
  }
  std::vector<std::string> told;
  bool cued = false;
  for (size_t i = 0; i < stops.size(); ++i) {
    const TokenSpan sentence =
        text.document().sentences[stops[i].sentence].tokens;
    if (text.InTitle(sentence.begin) || LiesIn(text, stops[i], home)) continue;
    const std::set<std::string>& countries = countries_in[stops[i].sentence];
    const CueIndex& cues = text.cues();
    const bool cue = cues.FirstIn(Cue::kFirst, sentence) != nullptr ||
                     cues.FirstIn(Cue::kThen, sentence) != nullptr ||
                     cues.FirstIn(Cue::kTripStart, sentence) != nullptr ||
                     stops[i].leaving;
    if (countries.size() > 1 && !cue) continue;
    cued = cued || cue;
    if (stops[i].leaving && stops[i].fronted) continue;
    if (std::find(told.begin(), told.end(), country(i)) != told.end()) {
      continue;
    }
    if (!stops[i].leaving) {
      told.push_back(country(i));
      continue;
    }
    // "arrived in Lima from Quito": what is left comes first.
    auto before = told.end();
    for (const size_t j : by_sentence[stops[i].sentence]) {
      if (j >= i) break;
      before =
          std::min(before, std::find(told.begin(), told.end(), country(j)));
    }
    told.insert(before, country(i));
  }
  if (!cued || told.size() < stays->size()) return;
  OrderByList(told, stays);
}

void OrderByEnds(const TripText& text, const std::vector<Stop>& stops,
                 const std::string& home, std::vector<Stay>* stays) {
  std::vector<Stay> opening;
  std::vector<Stay> between;
  std::vector<Stay> closing;
  for (Stay& stay : *stays) {
    std::vector<Stay>* part = &between;
    for (const size_t stop : stay.stops) {
      if (stops[stop].opens) part = &opening;
      if (stops[stop].closes && !GoesOn(text, stops, stop, home)) {
        part = &closing;
      }
    }
    part->push_back(std::move(stay));
  }
  *stays = std::move(opening);
  for (std::vector<Stay>* part : {&between, &closing}) {
    std::move(part->begin(), part->end(), std::back_inserter(*stays));
  }
}

void OrderByDates(std::vector<Stay>* stays) {
  // Of the same day, the one that is told first goes first.
  std::vector<std::pair<std::pair<PartialDate, uint32_t>, size_t>> keys;
  std::pair<PartialDate, uint32_t> last;
  int dated = 0;
  for (size_t i = 0; i < stays->size(); ++i) {
    const PartialDate start = IsDay((*stays)[i].dates.start)
                                  ? (*stays)[i].dates.start
                                  : PartialDate{};
    if (!start.empty()) {
      last = {start, (*stays)[i].date_spans.empty()
                         ? 0
                         : (*stays)[i].date_spans.front().begin};
      ++dated;
    }
    keys.push_back({last, i});
  }
  if (dated < 2) return;
  std::stable_sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
    return a.first < b.first;
  });
  std::vector<Stay> ordered;
  for (const auto& [date, index] : keys) {
    ordered.push_back(std::move((*stays)[index]));
  }
  *stays = std::move(ordered);
}

}  // namespace attache
