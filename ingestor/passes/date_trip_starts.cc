#include "ingestor/passes/date_trip_starts.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>

#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Tokens between a day and the word that it is told before, or of.
constexpr uint32_t kNear = 4;

class StartDating {
 public:
  explicit StartDating(TripDating* trip) : trip_(*trip) {
    for (const DatedSpan& stop : trip_.dates.stops) {
      const PartialDate& start = stop.range.start;
      if (!start.empty() && (first_day_.empty() || start < first_day_)) {
        first_day_ = start;
      }
    }
    FindFirstCountries();
  }

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
      if (day == nullptr) day = DayOfArrival(s);
      if (day == nullptr) day = DayOfStaySince(sentence);
      if (day == nullptr || AfterStop(day->range.start)) continue;
      trip_.SetWholeStart(*day);
      return;
    }
  }

 private:
  const DateMention* DayOfStart(TokenSpan sentence) const {
    const CueIndex& cues = trip_.text.cues();
    const std::vector<const DateMention*> dates =
        JourneyDates(trip_.text, sentence);
    for (const CueMatch& start : cues.AllIn(Cue::kTripStart, sentence)) {
      if (cues.FirstIn(Cue::kTripNoun, {start.begin, start.end}) == nullptr) {
        continue;
      }
      const DateMention* before = nullptr;
      for (const DateMention* date : dates) {
        if (date->is_range || !IsDay(date->range.start)) continue;
        const bool within =
            date->span.begin >= start.begin && date->span.end <= start.end;
        if (within || (date->span.begin >= start.end &&
                       FollowsEnd(trip_.text, start, date->span))) {
          return date;
        }
        if (date->span.end <= start.begin &&
            start.begin - date->span.end <= kNear) {
          before = date;
        }
      }
      if (before != nullptr) return before;
    }
    return nullptr;
  }

  // Of the first country, where nothing says what else is arrived at.
  const DateMention* DayOfArrival(uint32_t s) const {
    const TokenSpan sentence = trip_.text.document().sentences[s].tokens;
    const std::string country = OnlyCountryUpTo(s);
    if (country.empty()) return nullptr;
    const CueMatch* arrival = trip_.text.cues().FirstIn(Cue::kArrive, sentence);
    if (arrival == nullptr || NamesPlace(sentence, country)) return nullptr;
    for (const DateMention* date : JourneyDates(trip_.text, sentence)) {
      if (!date->is_range && IsDay(date->range.start) &&
          date->span.begin >= arrival->end &&
          date->span.begin - arrival->end <= kNear) {
        return date;
      }
    }
    return nullptr;
  }

  // "has been in the city since Monday".
  const DateMention* DayOfStaySince(TokenSpan sentence) const {
    const CueIndex& cues = trip_.text.cues();
    const CueMatch* stay = cues.FirstIn(Cue::kPresence, sentence);
    if (stay == nullptr || NamesPlace(sentence, "")) return nullptr;
    for (const DateMention* date : JourneyDates(trip_.text, sentence)) {
      const uint32_t day = date->span.begin;
      if (!date->is_range && IsDay(date->range.start) && day >= stay->end &&
          day - stay->end <= kNear &&
          (cues.Is(Cue::kSince, day) || cues.Is(Cue::kSince, day - 1))) {
        return date;
      }
    }
    return nullptr;
  }

  // Where the text, its headline aside, first leads to a country, and where to
  // a second one.
  void FindFirstCountries() {
    std::map<std::string, uint32_t> first_of;  // by country, its sentence
    for (const Stop& stop : trip_.stops) {
      const std::string& country = trip_.Country(stop);
      if (!trip_.countries.contains(country) ||
          trip_.text.InTitle(stop.governor)) {
        continue;
      }
      const auto [known, is_new] = first_of.emplace(country, stop.sentence);
      if (!is_new) known->second = std::min(known->second, stop.sentence);
    }
    for (const auto& [country, sentence] : first_of) {
      if (sentence < first_sentence_) {
        second_sentence_ = first_sentence_;
        first_sentence_ = sentence;
        first_country_ = country;
      } else {
        second_sentence_ = std::min(second_sentence_, sentence);
      }
    }
  }

  // The country that the text, its headline aside, has led to so far; empty
  // where there are several.
  std::string OnlyCountryUpTo(uint32_t sentence) const {
    if (second_sentence_ <= sentence) return "";
    if (first_sentence_ <= sentence) return first_country_;
    return trip_.countries.size() == 1 ? *trip_.countries.begin() : "";
  }

  // Whether a sentence names a place outside of `country`, other than by a word
  // for its people.
  bool NamesPlace(TokenSpan sentence, const std::string& country) const {
    const auto& places = trip_.text.findings().places;
    for (auto place = FirstFrom(places, sentence.begin);
         place != places.end() && place->span.begin < sentence.end; ++place) {
      if (place->kind != PlaceKind::kDemonym &&
          (country.empty() || place->country_code != country)) {
        return true;
      }
    }
    return false;
  }

  // Whether some stop is known to begin before `day`, so that it is none of the
  // start.
  bool AfterStop(const PartialDate& day) const {
    return !first_day_.empty() && first_day_ < day;
  }

  static constexpr uint32_t kNever = std::numeric_limits<uint32_t>::max();

  TripDating& trip_;
  PartialDate first_day_;  // of all stops; empty where none is dated
  std::string first_country_;
  uint32_t first_sentence_ = kNever;
  uint32_t second_sentence_ = kNever;
};

}  // namespace

void DateTripStarts(TripDating* trip) { StartDating(trip).Date(); }

}  // namespace attache
