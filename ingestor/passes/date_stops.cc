#include "ingestor/passes/date_stops.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "ingestor/passes/date_stay.h"
#include "ingestor/passes/date_undated.h"
#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Of a sentence, that are read.
constexpr size_t kMostDates = 16;

class StopDating {
 public:
  explicit StopDating(TripDating* trip) : trip_(*trip) {
    int days = 0;
    for (const Section& section : trip_.text.document().sections) {
      days += DayOfUnit(section.heading) != nullptr;
    }
    is_diary_ = days > 1;
  }

  void Date() {
    const std::vector<Stop>& stops = trip_.stops;
    for (size_t i = 0; i < stops.size();) {
      if (stops[i].laid_out) {
        DateLaidOut(i);
        ++i;
        continue;
      }
      size_t end = i;
      while (end < stops.size() && !stops[end].laid_out &&
             stops[end].sentence == stops[i].sentence) {
        ++end;
      }
      DateSentence(i, end);
      i = end;
    }
    DateUndated(&trip_);
  }

 private:
  // Stops [first, last) stand in one sentence.
  void DateSentence(size_t first, size_t last) {
    const TokenSpan sentence = SentenceOf(first);
    std::vector<const DateMention*> dates = JourneyDates(trip_.text, sentence);
    // A sentence of more is a table in disguise.
    if (dates.size() > kMostDates) dates.resize(kMostDates);
    const bool main = !main_seen_;
    if (!trip_.text.InTitle(sentence.begin)) main_seen_ = true;
    const size_t all = dates.size();
    TakeEnd(first, last, &dates);
    const bool took_end = dates.size() < all;
    if (dates.empty()) {
      if (!took_end) DateByHeading(first, last);
      return;
    }
    std::set<std::string> countries;
    bool returning = false;
    for (size_t i = first; i < last; ++i) {
      countries.insert(trip_.Country(trip_.stops[i]));
      returning = returning || trip_.stops[i].returning || ComesHome(i);
    }
    const bool covers_all =
        std::includes(countries.begin(), countries.end(),
                      trip_.countries.begin(), trip_.countries.end());
    const DateMention& date = *dates.front();
    if (covers_all && dates.size() == 1 && Ends(date, sentence)) {
      trip_.SetWholeEnd(date);
    } else if (countries.size() == 1) {
      DateOneCountry(dates, first, last, returning);
    } else if (returning && !date.is_range && dates.size() == 1) {
      // "returned on the 24th from a tour that began on the 19th".
      if (took_end && date.span.begin > trip_.dates.whole.spans.back().begin) {
        SetStartBeforeEnd(date);
      }
      trip_.SetWholeEnd(date);
    } else if (returning && !date.is_range &&
               trip_.dates.whole.range.end.empty()) {
      // "returned on Sunday from a tour of ... that began on 25 October".
      trip_.SetWholeEnd(date);
      if (dates.size() == 2 && !dates[1]->is_range)
        SetStartBeforeEnd(*dates[1]);
    } else if (dates.size() > 1) {
      PairDates(dates, first, last);
    } else if (HasLeaving(first, last)) {
      DateLastBefore(date, first, last);
    } else if (main || covers_all) {
      trip_.SetWhole(date);
      DateArrival(first, last, date);
    } else {
      DateGroup(first, last, date);
    }
  }

  void DateLaidOut(size_t i) {
    const std::vector<DateMention>& dates = trip_.text.findings().dates;
    const Stop& stop = trip_.stops[i];
    if (stop.date < 0) return;
    trip_.SetStop(i, dates[stop.date]);
    if (stop.last_date < 0) return;
    const DateMention& last = dates[stop.last_date];
    DatedSpan& slot = trip_.dates.stops[i];
    slot.range.end = Later(last.range.start, last.range.end);
    slot.spans.push_back(last.span);
  }

  TokenSpan SentenceOf(size_t stop) const {
    return trip_.text.document().sentences[trip_.stops[stop].sentence].tokens;
  }

  // "Tuesday 6 November" above "11:00 Meeting in Windhoek".
  void DateByHeading(size_t first, size_t last) {
    const DateMention* day = DayOfHeading(SentenceOf(first));
    if (day == nullptr) return;
    for (size_t i = first; i < last; ++i) trip_.SetStop(i, *day);
  }

  void DateOneCountry(const std::vector<const DateMention*>& dates,
                      size_t first, size_t last, bool returning) {
    const DateMention& date = NearestDate(trip_, dates, first, last);
    if (returning && !date.is_range) {
      trip_.SetWholeEnd(date);
      return;
    }
    for (size_t i = first; i < last; ++i) DateStay(dates, date, i, &trip_);
  }

  void SetStartBeforeEnd(const DateMention& date) {
    if (date.range.start < trip_.dates.whole.range.end) {
      trip_.SetWholeStart(date);
    }
  }

  // "arrived from Djibouti, where she was on Monday".
  void DateLastBefore(const DateMention& date, size_t first, size_t last) {
    for (size_t i = last; i > first; --i) {
      if (trip_.PlaceSpan(trip_.stops[i - 1]).end > date.span.begin) continue;
      trip_.SetStop(i - 1, date);
      return;
    }
  }

  // "returned on 3 June from a tour of Peru and Chile", "concluded on Friday in
  // Lima": takes the date of the end out of those of a sentence's several
  // stops.
  void TakeEnd(size_t first, size_t last,
               std::vector<const DateMention*>* dates) {
    if (!trip_.dates.whole.range.end.empty()) return;
    const TokenSpan sentence = SentenceOf(first);
    const auto end = std::find_if(
        dates->begin(), dates->end(), [&](const DateMention* date) {
          if (date->is_range) return false;
          return (DatesEnd(trip_.text, sentence, date->span) &&
                  !GoesOnBehind(first, last, date->span)) ||
                 EndsAtHome(first, last, date->span);
        });
    if (end == dates->end()) return;
    trip_.SetWholeEnd(**end);
    // "will close the tour in Bishkek on 23 September" dates that stop, too.
    for (size_t i = first; i < last; ++i) {
      if (trip_.stops[i].closes) trip_.SetStop(i, **end);
    }
    dates->erase(end);
  }

  // "ends a visit to Oslo today and goes on to Riga": the end of a stay alone.
  bool GoesOnBehind(size_t first, size_t last, TokenSpan date) const {
    const CueIndex& cues = trip_.text.cues();
    for (size_t i = first; i < last; ++i) {
      const Stop& stop = trip_.stops[i];
      if (stop.reach == Reach::kTravelled && stop.governor > date.end &&
          !stop.leaving && !stop.returning &&
          trip_.countries.contains(trip_.Country(stop)) &&
          (cues.Is(Cue::kTravelOn, stop.governor) ||
           cues.Is(Cue::kTravel, stop.governor))) {
        return true;
      }
    }
    return false;
  }

  // Whether the date stands with a word of return that leads home, or says not
  // where to.
  bool EndsAtHome(size_t first, size_t last, TokenSpan date) const {
    constexpr uint32_t kNear = 8;  // tokens
    const CueIndex& cues = trip_.text.cues();
    for (uint32_t at = date.begin; at > 0 && date.begin - at < kNear; --at) {
      if (trip_.text.SentenceOf(at - 1) != trip_.stops[first].sentence) break;
      if (trip_.text.DateAt(at - 1) != nullptr) break;
      if (!cues.Is(Cue::kReturn, at - 1)) continue;
      return std::none_of(trip_.stops.begin() + first,
                          trip_.stops.begin() + last, [&](const Stop& stop) {
                            const uint32_t place = trip_.PlaceSpan(stop).begin;
                            return stop.returning &&
                                   trip_.Country(stop) != trip_.home &&
                                   place > 0 &&
                                   !cues.Is(Cue::kFrom, place - 1) &&
                                   !cues.Is(Cue::kOf, place - 1);
                          });
    }
    return false;
  }

  // "arrived on Wednesday in Addis Ababa after two days in Cairo": the day of
  // one stop of several, beside the word of arriving there.
  void DateArrival(size_t first, size_t last, const DateMention& date) {
    constexpr uint32_t kNear = 4;  // tokens
    if (date.is_range) return;
    for (size_t i = first; i < last; ++i) {
      const uint32_t governor = trip_.stops[i].governor;
      if (trip_.text.cues().Is(Cue::kArrive, governor) &&
          !trip_.stops[i].leaving && date.span.begin > governor &&
          date.span.begin <= governor + kNear &&
          trip_.PlaceSpan(trip_.stops[i]).begin >= date.span.end &&
          trip_.PlaceSpan(trip_.stops[i]).begin <= date.span.end + kNear) {
        trip_.SetStop(i, date);
      }
    }
  }

  // "arrived at Brasília's air base this morning"; behind what is told of the
  // journey, also "is due in Brasília on Sunday".
  bool ComesHome(size_t i) const {
    const Stop& stop = trip_.stops[i];
    if (trip_.home.empty() || trip_.Country(stop) != trip_.home ||
        stop.leaving || stop.reach != Reach::kTravelled ||
        !trip_.text.cues().Is(Cue::kArrive, stop.governor)) {
      return false;
    }
    return stop.tense == Tense::kPast ||
           std::any_of(trip_.stops.begin(), trip_.stops.begin() + i,
                       [&](const Stop& other) {
                         return other.sentence < stop.sentence &&
                                trip_.countries.contains(trip_.Country(other));
                       });
  }

  bool HasLeaving(size_t first, size_t last) const {
    return std::any_of(trip_.stops.begin() + first, trip_.stops.begin() + last,
                       [&](const Stop& stop) {
                         return stop.leaving &&
                                trip_.Country(stop) != trip_.home;
                       });
  }

  // One range of several stops: it opens with the first and ends with the last.
  void DateGroup(size_t first, size_t last, const DateMention& date) {
    DatedSpan& opening = trip_.dates.stops[first];
    if (opening.range.empty()) {
      opening.range.start = date.range.start;
      opening.spans.push_back(date.span);
    }
    DatedSpan& closing = trip_.dates.stops[last - 1];
    if (closing.range.empty() && !date.range.end.empty()) {
      closing.range.end = date.range.end;
      closing.spans.push_back(date.span);
    }
  }

  // "on Wednesday in Kuwait": the day right before a place, but for one word;
  // nullptr for none.
  const DateMention* DayBefore(TokenSpan place) const {
    constexpr uint32_t kNear = 1;  // tokens
    for (uint32_t at = place.begin;
         at > 0 && place.begin - at <= kNear && at > kNear; --at) {
      const DateMention* date = trip_.text.DateAt(at - 1);
      if (date != nullptr && !date->is_range && IsDay(date->range.start)) {
        return date;
      }
    }
    return nullptr;
  }

  bool EachBehindDay(size_t first, size_t last) const {
    return std::all_of(trip_.stops.begin() + first, trip_.stops.begin() + last,
                       [&](const Stop& stop) {
                         return DayBefore(trip_.PlaceSpan(stop)) != nullptr;
                       });
  }

  // "to Milan June 20-22, Tirana June 30, and Ohrid July 1-3"; "on May 14 to
  // Berlin and on May 15 to Paris".
  void PairDates(std::vector<const DateMention*> dates, size_t first,
                 size_t last) {
    const uint32_t last_place = trip_.PlaceSpan(trip_.stops[last - 1]).end;
    const bool leading =
        dates.front()->span.end <= trip_.PlaceSpan(trip_.stops[first]).begin;
    const bool trailing = dates.back()->span.begin >= last_place;
    if (leading && !dates.front()->is_range && EachBehindDay(first, last)) {
      for (size_t i = first; i < last; ++i) {
        trip_.SetStop(i, *DayBefore(trip_.PlaceSpan(trip_.stops[i])));
      }
      return;
    }
    if (leading && trailing) {  // the trip first, then its stops
      if (dates.front()->is_range) trip_.SetWhole(*dates.front());
      dates.erase(dates.begin());
    }
    const bool before = leading && !trailing;
    for (size_t i = first; i < last; ++i) {
      const TokenSpan place = trip_.PlaceSpan(trip_.stops[i]);
      const DateMention* own = nullptr;
      for (const DateMention* date : dates) {
        if (before && date->span.end <= place.begin) own = date;
        if (!before && own == nullptr && date->span.begin >= place.end) {
          own = date;
        }
      }
      if (own != nullptr) trip_.SetStop(i, *own);
    }
  }

  // "concluded a visit to Peru on 3 May", "today wrapped up", "the tour, which
  // ends on Friday": the only day of a sentence that tells the end.
  bool Ends(const DateMention& date, TokenSpan sentence) const {
    constexpr uint32_t kBefore = 2;  // tokens between the day and the word
    const CueMatch* end = trip_.text.cues().FirstIn(Cue::kTripEnd, sentence);
    return end != nullptr && !date.is_range &&
           !trip_.text.InTitle(sentence.begin) &&
           (end->begin < date.span.begin ||
            end->begin <= date.span.end + kBefore);
  }

  // The day that heads the section of a sentence in a diary, which has several
  // such headings; nullptr elsewhere.
  const DateMention* DayOfHeading(TokenSpan sentence) const {
    if (!is_diary_) return nullptr;
    const Document& document = trip_.text.document();
    const uint32_t unit = document.unit_of[sentence.begin];
    return DayOfUnit(document.sections[document.units[unit].section].heading);
  }

  // The day that a heading is; nullptr where it is none.
  const DateMention* DayOfUnit(int32_t heading) const {
    constexpr uint32_t kLongest = 8;  // tokens
    if (heading < 0) return nullptr;
    const TokenSpan tokens = trip_.text.document().units[heading].tokens;
    if (tokens.empty() || tokens.end - tokens.begin > kLongest) return nullptr;
    const DateMention* date = trip_.text.DateAt(tokens.begin);
    return date != nullptr && IsDay(date->range.start) ? date : nullptr;
  }

  TripDating& trip_;
  bool is_diary_ = false;
  bool main_seen_ = false;  // the first sentence of prose that names a stop
};

}  // namespace

void DateStops(TripDating* trip) { StopDating(trip).Date(); }

}  // namespace attache
