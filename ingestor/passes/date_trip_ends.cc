#include "ingestor/passes/date_trip_ends.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "ingestor/passes/journey_dates.h"
#include "ingestor/passes/person_list.h"
#include "ingestor/passes/read_actors.h"

namespace attache {
namespace {

class EndDating {
 public:
  explicit EndDating(TripDating* trip) : trip_(*trip) {
    for (const Stop& stop : trip->stops) going_.AddAll(stop.actors);
  }

  void Date() {
    DateReturn();
    DateDeparture();
    DateEnd();
    MoveBehindStart();
  }

 private:
  // "returns home on Friday", "will return to Washington on May 5".
  void DateReturn() {
    constexpr uint32_t kBeside = 1;  // tokens
    for (size_t s = 0; s < trip_.text.document().sentences.size(); ++s) {
      const TokenSpan sentence = trip_.text.document().sentences[s].tokens;
      const CueMatch* cue = trip_.text.cues().FirstIn(Cue::kReturn, sentence);
      if (cue == nullptr || !trip_.own[s] ||
          !trip_.dates.whole.range.end.empty()) {
        continue;
      }
      bool abroad = false;
      const auto& places = trip_.text.findings().places;
      for (auto place = FirstFrom(places, cue->end);
           place != places.end() && place->span.begin < sentence.end; ++place) {
        abroad = abroad || (place->span.end <= sentence.end &&
                            trip_.countries.contains(place->country_code));
      }
      const auto next = FirstFrom(trip_.text.findings().dates, cue->end);
      const bool beside = next != trip_.text.findings().dates.end() &&
                          next->span.begin <= cue->end + kBeside;
      // "flew home Friday with an accord on workers in Kuwait".
      if (abroad && !beside) continue;
      const DateMention* best = nullptr;
      for (const DateMention* date : JourneyDates(trip_.text, sentence)) {
        if (date->is_range) continue;
        if (date->span.begin < cue->begin) {
          if (cue->begin - date->span.end <= 6) best = date;
          continue;
        }
        best = date;
        break;
      }
      if (best == nullptr) best = SameDay(*cue, s);
      if (best == nullptr) continue;
      trip_.SetWholeEnd(*best);
    }
  }

  // "on Friday in Lima, before flying home the same evening": the day told last
  // before a word of return that says no other.
  const DateMention* SameDay(const CueMatch& back, size_t s) const {
    const auto& sentences = trip_.text.document().sentences;
    const TokenSpan sentence = sentences[s].tokens;
    bool same = false;
    bool sure = false;
    for (const CueMatch& cue :
         trip_.text.cues().AllIn(Cue::kSameDay, {back.begin, sentence.end})) {
      same = true;
      sure = sure || cue.weight == 1;
    }
    if (!same) return nullptr;
    const DateMention* day = LastDayIn({sentence.begin, back.begin});
    if (day != nullptr || !sure || s == 0 ||
        sentences[s - 1].unit != sentences[s].unit) {
      return day;
    }
    return LastDayIn(sentences[s - 1].tokens);
  }

  const DateMention* LastDayIn(TokenSpan span) const {
    const DateMention* last = nullptr;
    for (const DateMention* date : JourneyDates(trip_.text, span)) {
      if (!date->is_range && IsDay(date->range.start)) last = date;
    }
    return last;
  }

  // The first word of setting out, or what leaves a place at home: "deixou
  // Maputo".
  std::optional<CueMatch> SetOutIn(TokenSpan sentence) const {
    const CueIndex& cues = trip_.text.cues();
    const CueMatch* cue = cues.FirstIn(Cue::kSetOut, sentence);
    if (cue != nullptr) return *cue;
    for (const CueMatch& leave : cues.AllIn(Cue::kLeave, sentence)) {
      if (leave.end >= sentence.end) continue;
      const PlaceMention* place = trip_.text.PlaceAt(leave.end);
      if (place != nullptr && !trip_.home.empty() &&
          place->country_code == trip_.home) {
        return leave;
      }
    }
    return std::nullopt;
  }

  // "left on Sunday on a tour", "will leave Seoul for Budapest on 4 December":
  // the day when the travelers set out from home, where nothing earlier is
  // known.
  void DateDeparture() {
    constexpr uint32_t kNear = 5;  // tokens
    const CueIndex& cues = trip_.text.cues();
    for (size_t s = 0; s < trip_.text.document().sentences.size(); ++s) {
      const TokenSpan sentence = trip_.text.document().sentences[s].tokens;
      if (sentence.empty() || !trip_.own[s] ||
          trip_.text.InTitle(sentence.begin) ||
          !trip_.text.Tells(static_cast<uint32_t>(s)) ||
          cues.FirstIn(Cue::kOtherTime, sentence) != nullptr) {
        continue;
      }
      const std::optional<CueMatch> cue = SetOutIn(sentence);
      if (!cue.has_value() || LeavesAbroad(*cue, sentence) ||
          !TravelersSetOut(*cue, sentence)) {
        continue;
      }
      for (const DateMention* date : JourneyDates(trip_.text, sentence)) {
        const bool near = date->span.begin >= cue->end
                              ? date->span.begin - cue->end <= kNear
                              : date->span.end > cue->begin ||
                                    cue->begin - date->span.end <= kNear;
        if (date->is_range || !near || !IsDay(date->range.start)) continue;
        DateRange& whole = trip_.dates.whole.range;
        if (LeadsHome(*cue, sentence)) {
          if (!whole.end.empty()) break;
          whole.end = date->range.start;
        } else {
          if (StartsBefore(date->range.start, s)) {
            // "arrive on 17 June ... and will depart on the 29th".
            if (!whole.end.empty() || GoesOn(*cue, sentence)) return;
            whole.end = date->range.start;
            trip_.dates.whole.spans.push_back(date->span);
            return;
          }
          whole.start = date->range.start;
        }
        trip_.dates.whole.spans.push_back(date->span);
        return;
      }
    }
  }

  // "The visit ends next Wednesday", "the mission, which concludes on Sunday",
  // "she stays there until Monday": told in a sentence that names no stop.
  void DateEnd() {
    if (!trip_.dates.whole.range.end.empty()) return;
    for (size_t s = 0; s < trip_.text.document().sentences.size(); ++s) {
      const TokenSpan sentence = trip_.text.document().sentences[s].tokens;
      if (sentence.empty() || !trip_.own[s] ||
          trip_.text.InTitle(sentence.begin) ||
          !trip_.text.Tells(static_cast<uint32_t>(s)) ||
          trip_.text.cues().FirstIn(Cue::kOtherTime, sentence) != nullptr) {
        continue;
      }
      for (const DateMention* date : JourneyDates(trip_.text, sentence)) {
        PartialDate end;
        if (DatesEnd(trip_.text, sentence, date->span) &&
            (!date->is_range || date->range.start.empty())) {
          // "which lasts until Sunday".
          end = date->range.start.empty() ? date->range.end : date->range.start;
        } else if (date->range.start.empty() && StaysUntil(*date, sentence)) {
          end = date->range.end;
        }
        if (end.empty()) continue;
        trip_.dates.whole.range.end = end;
        trip_.dates.whole.by_weekday = date->by_weekday;
        trip_.dates.whole.spans.push_back(date->span);
        return;
      }
    }
  }

  // Of a trip to one country.
  bool StaysUntil(const DateMention& date, TokenSpan sentence) const {
    constexpr uint32_t kNear = 4;  // tokens
    if (trip_.countries.size() != 1) return false;
    const uint32_t begin = date.span.begin - sentence.begin > kNear
                               ? date.span.begin - kNear
                               : sentence.begin;
    return trip_.text.cues().FirstIn(Cue::kPresence,
                                     {begin, date.span.begin + 1}) != nullptr;
  }

  // "is to leave for Port-au-Prince on Thursday", where that is home.
  bool LeadsHome(const CueMatch& cue, TokenSpan sentence) const {
    for (uint32_t at = cue.end; at < sentence.end; ++at) {
      const PlaceMention* place = trip_.text.PlaceAt(at);
      if (place == nullptr) continue;
      return place->country_code == trip_.home &&
             trip_.text.cues().Is(Cue::kTowards, at - 1);
    }
    return false;
  }

  // Whether a place is named behind the word of setting out.
  bool GoesOn(const CueMatch& cue, TokenSpan sentence) const {
    for (uint32_t at = cue.end; at < sentence.end; ++at) {
      if (trip_.text.PlaceAt(at) != nullptr) return true;
    }
    return false;
  }

  // Whether the journey is known to have begun by then. A weekday that is told
  // behind the departure may well be the one after it.
  bool StartsBefore(const PartialDate& day, size_t sentence) const {
    const PartialDate& start = trip_.dates.whole.range.start;
    if (!start.empty() && start <= day) return true;
    for (size_t i = 0; i < trip_.stops.size(); ++i) {
      const DatedSpan& stop = trip_.dates.stops[i];
      const bool movable =
          stop.by_weekday && trip_.stops[i].sentence > sentence;
      if (!stop.range.start.empty() && !movable && stop.range.start < day) {
        return true;
      }
    }
    return false;
  }

  // Whether it is the travelers who leave, and a place that they leave: not
  // "The train left", "who left office".
  bool TravelersSetOut(const CueMatch& cue, TokenSpan sentence) const {
    const CueIndex& cues = trip_.text.cues();
    uint32_t next = cue.end;
    if (next < sentence.end && cues.Is(Cue::kArticle, next)) ++next;
    if (next < sentence.end) {
      const Token& token = trip_.text.document().tokens[next];
      const bool leads =
          trip_.text.PlaceAt(next) != nullptr ||
          trip_.text.DateAt(next) != nullptr ||
          token.kind != TokenKind::kWord || token.capitalized ||
          cues.Is(Cue::kAt, next) || cues.Is(Cue::kTowards, next) ||
          cues.Is(Cue::kFrom, next) || cues.Is(Cue::kOf, next) ||
          cues.Is(Cue::kToday, next) || cues.Is(Cue::kFunctionWord, next);
      if (!leads) return false;
      // "saída de Brasília", a noun.
      if (cues.Is(Cue::kFrom, next) || cues.Is(Cue::kOf, next)) return true;
    }
    bool anaphor = false;
    const std::vector<uint32_t> actors =
        ReadActors(trip_.text, cue.begin, &anaphor);
    if (actors.empty()) return anaphor;
    return going_.HasAny(actors);
  }

  // Whether it is a country of the tour that is left.
  bool LeavesAbroad(const CueMatch& cue, TokenSpan sentence) const {
    for (uint32_t at = cue.end; at < sentence.end && at < cue.end + 4; ++at) {
      const PlaceMention* place = trip_.text.PlaceAt(at);
      if (place == nullptr) continue;
      const bool from = trip_.text.cues().Is(Cue::kFrom, at - 1) ||
                        trip_.text.cues().Is(Cue::kLeave, at - 1);
      return from && trip_.countries.contains(place->country_code);
    }
    return false;
  }

  // "will leave on Sunday ... On Friday she is in Prague": a weekday that was
  // read as the one before the travelers set out is the one behind it.
  void MoveBehindStart() {
    constexpr DayNumber kWeek = 7;
    const PartialDate start = trip_.dates.whole.range.start;
    if (!IsDay(start)) return;
    for (DatedSpan& stop : trip_.dates.stops) {
      if (!stop.by_weekday || !IsDay(stop.range.start)) continue;
      const DayNumber day = ToDayNumber(stop.range.start);
      if (day >= ToDayNumber(start) || day + kWeek < ToDayNumber(start)) {
        continue;
      }
      stop.range.start = FromDayNumber(day + kWeek);
      if (IsDay(stop.range.end)) {
        stop.range.end = FromDayNumber(ToDayNumber(stop.range.end) + kWeek);
      }
    }
  }

  TripDating& trip_;
  PersonList going_;  // at any stop
};

}  // namespace

void DateTripEnds(TripDating* trip) { EndDating(trip).Date(); }

}  // namespace attache
