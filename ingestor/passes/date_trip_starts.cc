#include "ingestor/passes/date_trip_starts.h"

#include <algorithm>
#include <cstdint>

#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Tokens between a day and the word that it is told before, or of.
constexpr uint32_t kNear = 4;

class StartDating {
 public:
  explicit StartDating(TripDating* trip) : trip_(*trip) {}

  void Date() {
    if (!trip_.dates.whole.range.start.empty()) return;
    const auto& sentences = trip_.text.document().sentences;
    for (uint32_t s = 0; s < sentences.size(); ++s) {
      const TokenSpan sentence = sentences[s].tokens;
      if (sentence.empty() || !trip_.own[s] || !trip_.text.Tells(s) ||
          trip_.text.InTitle(sentence.begin) ||
          trip_.text.cues().FirstIn(Cue::kOtherTime, sentence) != nullptr) {
        continue;
      }
      const DateMention* day = DayOfStart(sentence);
      if (day == nullptr) day = DayOfArrival(sentence);
      if (day == nullptr || AfterStop(day->range.start)) continue;
      trip_.SetWholeStart(*day);
      return;
    }
  }

 private:
  const DateMention* DayOfStart(TokenSpan sentence) const {
    for (const CueMatch& start :
         trip_.text.cues().AllIn(Cue::kTripStart, sentence)) {
      if (trip_.text.cues().FirstIn(Cue::kTripNoun, {start.begin, start.end}) ==
          nullptr) {
        continue;
      }
      for (const DateMention* date : JourneyDates(trip_.text, sentence)) {
        if (date->is_range || !IsDay(date->range.start)) continue;
        const bool before = date->span.end <= start.begin &&
                            start.begin - date->span.end <= kNear;
        const bool within =
            date->span.begin >= start.begin && date->span.end <= start.end;
        if (before || within ||
            (date->span.begin >= start.end &&
             FollowsEnd(trip_.text, start, date->span))) {
          return date;
        }
      }
    }
    return nullptr;
  }

  // Of a trip to one country, where nothing says what else is arrived at.
  const DateMention* DayOfArrival(TokenSpan sentence) const {
    if (trip_.countries.size() != 1) return nullptr;
    const CueMatch* arrival = trip_.text.cues().FirstIn(Cue::kArrive, sentence);
    if (arrival == nullptr || NamesPlace(sentence)) return nullptr;
    for (const DateMention* date : JourneyDates(trip_.text, sentence)) {
      if (!date->is_range && IsDay(date->range.start) &&
          date->span.begin >= arrival->end &&
          date->span.begin - arrival->end <= kNear) {
        return date;
      }
    }
    return nullptr;
  }

  bool NamesPlace(TokenSpan sentence) const {
    const auto& places = trip_.text.findings().places;
    const auto place = FirstFrom(places, sentence.begin);
    return place != places.end() && place->span.begin < sentence.end;
  }

  // Whether some stop is known to begin before `day`, so that it is none of the
  // start.
  bool AfterStop(const PartialDate& day) const {
    return std::any_of(trip_.dates.stops.begin(), trip_.dates.stops.end(),
                       [&](const DatedSpan& stop) {
                         return !stop.range.start.empty() &&
                                stop.range.start < day;
                       });
  }

  TripDating& trip_;
};

}  // namespace

void DateTripStarts(TripDating* trip) { StartDating(trip).Date(); }

}  // namespace attache
