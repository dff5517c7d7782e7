#include "ingestor/passes/date_undated.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// "On April 25, she will thank Kosovo": a sentence that opens with a date and
// names one of the countries dates that stop, where nothing else does.
void DateByOpening(TripDating* trip) {
  std::map<std::string, size_t> undated;  // the country's first stop
  for (size_t i = trip->stops.size(); i-- > 0;)
    undated[trip->Country(trip->stops[i])] = i;
  for (size_t i = 0; i < trip->stops.size(); ++i) {
    if (!trip->dates.stops[i].range.empty())
      undated.erase(trip->Country(trip->stops[i]));
  }
  for (size_t s = 0; s < trip->text.document().sentences.size(); ++s) {
    const TokenSpan sentence = trip->text.document().sentences[s].tokens;
    if (sentence.empty() || !trip->own[s] ||
        !trip->text.Tells(static_cast<uint32_t>(s))) {
      continue;
    }
    const std::vector<const DateMention*> dates =
        JourneyDates(trip->text, sentence);
    if (dates.empty() || dates.front()->span.begin > sentence.begin + 3 ||
        trip->text.cues().FirstIn(Cue::kOtherTime, sentence) != nullptr) {
      continue;
    }
    // The first one named after it is what the sentence is about.
    std::string country;
    const auto& places = trip->text.findings().places;
    for (auto place = FirstFrom(places, dates.front()->span.end);
         place != places.end() && place->span.begin < sentence.end; ++place) {
      if (place->span.end > sentence.end || place->inside_name ||
          !trip->countries.contains(place->country_code)) {
        continue;
      }
      country = place->country_code;
      break;
    }
    const auto slot = undated.find(country);
    const bool whole_known =
        !trip->dates.whole.range.empty() && trip->countries.size() == 1;
    if (slot != undated.end() && !whole_known) {
      trip->SetStop(slot->second, *dates.front());
      if (!trip->dates.stops[slot->second].range.empty()) undated.erase(slot);
    }
  }
}

bool StandsByTripNoun(const TripDating& trip, TokenSpan date,
                      TokenSpan sentence) {
  constexpr uint32_t kNear = 4;  // tokens
  const uint32_t begin =
      date.begin - sentence.begin > kNear ? date.begin - kNear : sentence.begin;
  return trip.text.cues().FirstIn(
             Cue::kTripNoun,
             {begin, std::min(sentence.end, date.end + kNear)}) != nullptr;
}

// Whether no stop is known to begin outside of `range`; a weekday may be that
// of the next week.
bool HoldsStops(const TripDating& trip, const DateRange& range) {
  return std::all_of(trip.dates.stops.begin(), trip.dates.stops.end(),
                     [&](const DatedSpan& stop) {
                       const PartialDate& start = stop.range.start;
                       return start.empty() || stop.by_weekday ||
                              (range.start <= start && start <= range.end);
                     });
}

// "The mission, from 24 to 30 November, made its way from Accra to Dakar",
// "will pay a visit to Latin America from 4 to 9 May": the first range told of
// the journey, where it stands with no stop.
void DateByTripNoun(TripDating* trip) {
  if (!trip->dates.whole.range.empty()) return;
  const CueIndex& cues = trip->text.cues();
  const auto& sentences = trip->text.document().sentences;
  for (uint32_t s = 0; s < sentences.size(); ++s) {
    const TokenSpan sentence = sentences[s].tokens;
    if (!trip->own[s] || !trip->text.Tells(s) ||
        cues.FirstIn(Cue::kTripNoun, sentence) == nullptr ||
        cues.FirstIn(Cue::kOtherTime, sentence) != nullptr) {
      continue;
    }
    const std::vector<const DateMention*> dates =
        JourneyDates(trip->text, sentence);
    if (dates.size() != 1 || !dates.front()->is_range ||
        !StandsByTripNoun(*trip, dates.front()->span, sentence)) {
      continue;
    }
    if (HoldsStops(*trip, dates.front()->range)) trip->SetWhole(*dates.front());
    return;
  }
}

}  // namespace

void DateUndated(TripDating* trip) {
  DateByOpening(trip);
  DateByTripNoun(trip);
}

}  // namespace attache
