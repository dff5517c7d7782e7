#include "ingestor/passes/date_trip_days.h"

#include <cstdint>

#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Dates of a sentence that are read.
constexpr int kMostDatesRead = 16;

class DayDating {
 public:
  explicit DayDating(TripDating* trip)
      : trip_(*trip), sent_from_trip_(SentFromTrip()) {
    for (const DatedSpan& stop : trip->dates.stops) {
      first_of_stops_ = Earlier(first_of_stops_, stop.range.start);
    }
  }

  void Date() {
    for (const DateMention& date : trip_.text.findings().dates) {
      if (date.trip_day == 0 && date.length_days == 0) continue;
      const uint32_t sentence = trip_.text.SentenceOf(date.span.begin);
      if (!trip_.own[sentence] || !trip_.text.Tells(sentence)) continue;
      if (date.trip_day != 0) {
        DateByTripDay(date, sentence);
      } else if (Closes(date.span, sentence)) {
        SetEnd(DayOf(date.span, sentence), date.span);
      }
    }
  }

 private:
  void DateByTripDay(const DateMention& date, uint32_t sentence) {
    const PartialDate day = DayOf(date.span, sentence);
    if (date.trip_day < 0) {
      SetEnd(day, date.span);
      return;
    }
    DatedSpan& whole = trip_.dates.whole;
    if (!whole.range.start.empty() || !IsDay(day)) return;
    whole.range.start = FromDayNumber(ToDayNumber(day) - (date.trip_day - 1));
    whole.spans.push_back(date.span);
  }

  void SetEnd(const PartialDate& day, TokenSpan span) {
    DatedSpan& whole = trip_.dates.whole;
    if (!whole.range.end.empty() || !IsDay(day) || day < FirstDay()) return;
    whole.range.end = day;
    whole.spans.push_back(span);
  }

  // The first day that is known of the trip.
  PartialDate FirstDay() const {
    return Earlier(trip_.dates.whole.range.start, first_of_stops_);
  }

  // "Wrapping up a three-day mission": the length is that of what ends.
  bool Closes(TokenSpan length, uint32_t sentence) const {
    const TokenSpan tokens = trip_.text.document().sentences[sentence].tokens;
    for (const CueMatch& over :
         trip_.text.cues().AllIn(Cue::kTripEnd, tokens)) {
      if (over.begin < length.begin && length.end <= over.end) return true;
    }
    return false;
  }

  // The day that a sentence is about: one that it names, that of a saying, too,
  // or else the day of the text, where it tells of that.
  PartialDate DayOf(TokenSpan span, uint32_t sentence) const {
    const auto& findings = trip_.text.findings();
    const TokenSpan tokens = trip_.text.document().sentences[sentence].tokens;
    int days = 0;
    PartialDate day;  // the nearest one before, or the first one behind
    for (auto date = FirstFrom(findings.dates, tokens.begin);
         date != findings.dates.end() && date->span.begin < tokens.end;
         ++date) {
      // "before the rains of April" is no day.
      if (date->range.empty() || !IsDay(date->range.start)) continue;
      if (date->is_range) return {};
      if (days > 0 && date->span.begin > span.begin) break;
      day = Within(*date);
      if (++days > kMostDatesRead) return {};
    }
    if (days > 0) return day;
    if (!trip_.text.document().publish_day || !sent_from_trip_) return {};
    return FromDayNumber(*trip_.text.document().publish_day);
  }

  // A weekday that was read as one before the trip is the one after that.
  PartialDate Within(const DateMention& date) const {
    constexpr DayNumber kWeek = 7;
    const PartialDate first = FirstDay();
    const PartialDate& day = date.range.start;
    if (!date.by_weekday || !IsDay(first) || day >= first) return day;
    return FromDayNumber(ToDayNumber(day) + kWeek);
  }

  // Whether the text was sent from a country of the trip.
  bool SentFromTrip() const {
    for (const PlaceMention& place : trip_.text.findings().places) {
      if (!trip_.text.InDateline(place.span.begin)) continue;
      return trip_.countries.contains(place.country_code);
    }
    return false;
  }

  TripDating& trip_;
  const bool sent_from_trip_;
  PartialDate first_of_stops_;
};

}  // namespace

void DateTripDays(TripDating* trip) { DayDating(trip).Date(); }

}  // namespace attache
