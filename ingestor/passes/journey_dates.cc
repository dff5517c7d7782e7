#include "ingestor/passes/journey_dates.h"

#include <algorithm>

namespace attache {
namespace {

// "his office said on Thursday", "announced in a note on 5 May", "summed up, on
// Tuesday, what": the day of the saying, not of what is said.
bool DatesSaying(const TripText& text, const DateMention& date,
                 uint32_t begin) {
  constexpr uint32_t kFarthest = 6;  // tokens
  const CueIndex& cues = text.cues();
  const auto& tokens = text.document().tokens;
  uint32_t first = date.span.begin;
  if (first > begin && tokens[first - 1].folded == "," &&
      date.span.end < tokens.size() && tokens[date.span.end].folded == ",") {
    --first;
  }
  for (uint32_t at = first; at > begin && date.span.begin - at < kFarthest;
       --at) {
    const uint32_t left = at - 1;
    // "the United States": the name holds a verb of saying.
    if (text.PlaceAt(left) != nullptr || text.PersonAt(left) != nullptr) {
      return false;
    }
    if (cues.Is(Cue::kSaid, left)) return true;
    if (text.DateAt(left) != nullptr || text.IsPredicate(left) ||
        cues.Is(Cue::kRelative, left) ||
        text.document().tokens[left].kind == TokenKind::kSign) {
      return false;
    }
  }
  return false;
}

}  // namespace

std::vector<const DateMention*> JourneyDates(const TripText& text,
                                             TokenSpan sentence) {
  std::vector<const DateMention*> dates;
  const bool put_off =
      text.cues().FirstIn(Cue::kPostponed, sentence) != nullptr;
  for (auto at = FirstFrom(text.findings().dates, sentence.begin);
       at != text.findings().dates.end() && at->span.begin < sentence.end;
       ++at) {
    const DateMention& date = *at;
    if (date.span.end > sentence.end || date.range.empty()) continue;
    if (text.PersonAt(date.span.begin) != nullptr) continue;  // "Domingos Neto"
    // "Next week" says no more than "soon".
    if (date.relative && date.is_range && IsDay(date.range.start) &&
        IsDay(date.range.end) &&
        ToDayNumber(date.range.end) - ToDayNumber(date.range.start) == 6) {
      continue;
    }
    // A month or a year alone dates no journey.
    if (!IsDay(date.range.start) && !IsDay(date.range.end)) continue;
    if (!date.is_range && DatesSaying(text, date, sentence.begin)) continue;
    if (put_off && DatesOldPlan(text, date, sentence.begin)) continue;
    dates.push_back(&date);
  }
  return dates;
}

bool DatesOldPlan(const TripText& text, const DateMention& date,
                  uint32_t begin) {
  constexpr uint32_t kFarthest = 3;  // tokens
  const CueIndex& cues = text.cues();
  for (uint32_t at = date.span.begin;
       at > begin && date.span.begin - at < kFarthest; --at) {
    const CueMatch* planned = cues.EndingAt(Cue::kPlanned, at);
    if (planned == nullptr) continue;
    // "is now planned for Monday".
    const uint32_t before = planned->begin;
    return before == begin || !(cues.Is(Cue::kToday, before - 1) ||
                                cues.Is(Cue::kPresent, before - 1));
  }
  return false;
}

bool IsDay(const PartialDate& date) { return date.complete() && IsValid(date); }

PartialDate Earlier(const PartialDate& a, const PartialDate& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return std::min(a, b);
}

PartialDate Later(const PartialDate& a, const PartialDate& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return std::max(a, b);
}

}  // namespace attache
