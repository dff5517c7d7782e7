#include "ingestor/passes/read_circumstances.h"

#include <cstdint>

#include "common/civil_date.h"
#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Tokens between "returned" and the journey that it ends.
constexpr uint32_t kFarthestReturn = 16;

bool Any(const CueIndex& cues, Cue cue, TokenSpan span) {
  return cues.FirstIn(cue, span) != nullptr;
}

// The date that stands nearest to the place of a stop, or opens its sentence;
// nullptr for none.
const DateMention* DateOf(const TripText& text, const Stop& stop,
                          TokenSpan sentence) {
  constexpr uint32_t kNear = 12;  // tokens
  const uint32_t place = text.findings().places[stop.place].span.begin;
  const DateMention* nearest = nullptr;
  uint32_t least = kNear;
  for (auto date = FirstFrom(text.findings().dates, sentence.begin);
       date != text.findings().dates.end() && date->span.begin < sentence.end;
       ++date) {
    if (date->range.empty()) continue;
    const bool opens = date->span.begin <= sentence.begin + 1;
    const uint32_t apart = date->span.begin >= place ? date->span.begin - place
                                                     : place - date->span.end;
    if (opens || apart < least) {
      nearest = &*date;
      least = opens ? 0 : apart;
    }
    if (opens && IsDay(date->range.start)) break;
  }
  return nearest;
}

// Whether the sentence tells when, and that is long before the text, or in some
// month to come: "In April she went to Peru", "had last been there in May
// 2023".
void ReadFarDate(const TripText& text, TokenSpan sentence, Stop* stop) {
  constexpr DayNumber kLongDays = 30;
  // A day is told of the journey that is reported, too.
  constexpr DayNumber kLongDaysOfDay = 200;
  // What lies that far back is no news, whatever else the text tells.
  constexpr DayNumber kNoNewsDays = 330;
  // "In March she is to make a visit to".
  constexpr DayNumber kFarAhead = 7;
  if (!text.document().publish_day) return;
  const DateMention* date = DateOf(text, *stop, sentence);
  if (date == nullptr) return;
  const PartialDate& last =
      date->range.end.empty() ? date->range.start : date->range.end;
  const auto days = IntervalOf(last);
  if (!days) return;
  const DayNumber today = *text.document().publish_day;
  if (last.day == 0 && last.month != 0 && date->range.end.empty() &&
      days->first > today + kFarAhead) {
    stop->far_date = true;
  }
  if (stop->tense == Tense::kFuture) return;
  const DayNumber away = last.day != 0 ? kLongDaysOfDay : kLongDays;
  stop->far_date = stop->far_date || days->last + away <= today;
  stop->no_news = days->last + kNoNewsDays <= today;
}

// The part of a sentence around `token` that no semicolon parts: "off to Lima;
// the Quito leg is dropped".
TokenSpan ClauseOf(const TripText& text, TokenSpan sentence, uint32_t token) {
  const auto& tokens = text.document().tokens;
  TokenSpan clause{token, token};
  while (clause.begin > sentence.begin &&
         tokens[clause.begin - 1].folded != ";") {
    --clause.begin;
  }
  while (clause.end < sentence.end && tokens[clause.end].folded != ";") {
    ++clause.end;
  }
  return clause;
}

// "will visit Peru instead of Chile": the place that is not gone to stands
// right behind the word, the one that is stands before it or after a comma.
bool ReplacedByOther(const TripText& text, uint32_t place, TokenSpan clause) {
  constexpr uint32_t kNear = 6;  // tokens
  for (const CueMatch& cue :
       text.cues().AllIn(Cue::kInstead, {clause.begin, place})) {
    if (place > cue.end + kNear) continue;
    uint32_t at = cue.end;
    while (at < place && text.document().tokens[at].folded != ",") ++at;
    if (at == place) return true;
  }
  return false;
}

// Whether the clause of a place goes on with `cue`.
bool FollowedBy(const CueIndex& cues, Cue cue, uint32_t place,
                TokenSpan sentence) {
  constexpr uint32_t kNear = 14;  // tokens
  const CueMatch* match = cues.FirstIn(cue, {place, sentence.end});
  return match != nullptr && match->begin <= place + kNear;
}

// "No stop was made in Taiwan", "descartó una escala en Vietnam".
bool Negated(const TripText& text, uint32_t governor, uint32_t begin) {
  constexpr uint32_t kNear = 4;  // tokens
  for (uint32_t at = governor + 1; at > begin && governor + 1 - at < kNear;
       --at) {
    if (text.cues().Is(Cue::kNotNegation, at - 1)) return false;
    if (text.cues().Is(Cue::kNegation, at - 1)) return true;
    if (text.PersonAt(at - 1) != nullptr ||
        text.document().tokens[at - 1].kind == TokenKind::kSign) {
      return false;
    }
  }
  return false;
}

// "has invited X and Y to visit Mexico", "lo invitó a visitar Lima": nobody has
// said that they will come.
bool OnlyInvited(const TripText& text, uint32_t governor, uint32_t begin) {
  const CueIndex& cues = text.cues();
  if (governor == begin || !cues.Is(Cue::kTowards, governor - 1)) return false;
  for (uint32_t at = governor - 1; at > begin;) {
    const uint32_t left = at - 1;
    if (const PersonMention* invited = text.PersonAt(left)) {
      at = invited->span.begin;
      continue;
    }
    if (cues.Is(Cue::kInviting, left)) return true;
    if (!cues.Is(Cue::kObjectPronoun, left) &&
        !cues.Is(Cue::kConjunction, left) && !cues.Is(Cue::kArticle, left) &&
        !cues.Is(Cue::kTowards, left)) {
      return false;
    }
    at = left;
  }
  return false;
}

}  // namespace

bool IsPutOffToDate(const TripText& text, const CueMatch& postponed,
                    TokenSpan sentence) {
  constexpr uint32_t kNear = 16;  // tokens
  const CueIndex& cues = text.cues();
  const std::vector<DateMention>& dates = text.findings().dates;
  for (auto date = FirstFrom(dates, postponed.end);
       date != dates.end() && date->span.begin < postponed.end + kNear &&
       date->span.end <= sentence.end;
       ++date) {
    if (!date->range.empty() && cues.Is(Cue::kTowards, date->span.begin - 1) &&
        !DatesOldPlan(text, *date, postponed.end)) {
      return true;
    }
  }
  return false;
}

void ReadCircumstances(const TripText& text, Stop* stop) {
  const CueIndex& cues = text.cues();
  const TokenSpan span = text.document().sentences[stop->sentence].tokens;
  const uint32_t place = text.findings().places[stop->place].span.begin;
  const TokenSpan clause = ClauseOf(text, span, place);
  stop->dropped =
      Any(cues, Cue::kDropped, clause) || ReplacedByOther(text, place, clause);
  stop->not_made = Negated(text, stop->governor, span.begin) ||
                   OnlyInvited(text, stop->governor, span.begin) ||
                   FollowedBy(cues, Cue::kNotHeld, place, clause);
  stop->cancelled = Any(cues, Cue::kCancelled, clause);
  // "arrived for a visit that had been put off": it takes place after all.
  const CueMatch* postponed = cues.FirstIn(Cue::kPostponed, span);
  stop->postponed =
      postponed != nullptr && !IsPutOffToDate(text, *postponed, span) &&
      !(stop->tense == Tense::kPast && stop->governor < postponed->begin &&
        cues.Is(Cue::kArrive, stop->governor));
  stop->other_time = Any(cues, Cue::kOtherTime, span);
  ReadFarDate(text, span, stop);
  stop->is_private =
      stop->actors.empty() && Any(cues, Cue::kPrivateTravel, span);
  // "returned on 3 June from travel to Kenya".
  bool from = false;
  for (uint32_t at = stop->governor;
       at > span.begin && stop->governor - at < kFarthestReturn; --at) {
    from = from || cues.Is(Cue::kFrom, at - 1);
    if (from && cues.Is(Cue::kReturn, at - 1)) stop->returning = true;
  }
  const CueMatch* ahead = cues.FirstIn(Cue::kLookedAhead, span);
  stop->looked_ahead =
      ahead != nullptr && ahead->begin < place && ahead->begin > stop->governor;
}

}  // namespace attache
