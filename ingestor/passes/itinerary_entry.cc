#include "ingestor/passes/itinerary_entry.h"

#include "ingestor/passes/time_of_day.h"

namespace attache {
namespace {

// The end of the signs and times that an entry opens with: "– 10:00 to 11:00,".
uint32_t EndOfTimes(const TripText& text, TokenSpan entry) {
  const CueIndex& cues = text.cues();
  uint32_t at = entry.begin;
  for (uint32_t before = entry.end; at != before;) {
    before = at;
    while (at < entry.end && PartsEntry(text, at)) ++at;
    const uint32_t past = EndOfTime(text.document(), at, entry.end);
    const bool until =
        past > at && past < entry.end &&
        (cues.Is(Cue::kTowards, past) || cues.Is(Cue::kConjunction, past)) &&
        EndOfTime(text.document(), past + 1, entry.end) > past + 1;
    at = until ? past + 1 : past;
  }
  return at;
}

}  // namespace

bool PartsEntry(const TripText& text, uint32_t token) {
  const Token& sign = text.document().tokens[token];
  return sign.kind == TokenKind::kSign &&
         (sign.folded == ":" || sign.folded == "-" || sign.folded == "," ||
          sign.folded == "(" || sign.folded == "|");
}

const PlaceMention* EntryPlaceAt(const TripText& text, uint32_t at,
                                 TokenSpan entry) {
  if (at >= entry.end) return nullptr;
  const PlaceMention* place = text.PlaceAt(at);
  return place == nullptr || place->inside_name ? nullptr : place;
}

const PlaceMention* OpeningPlace(const TripText& text, TokenSpan entry) {
  const uint32_t opening = EndOfTimes(text, entry);
  uint32_t at = opening;
  while (at < entry.end &&
         (text.cues().Is(Cue::kAt, at) || text.cues().Is(Cue::kArticle, at))) {
    ++at;
  }
  const PlaceMention* place = EntryPlaceAt(text, at, entry);
  if (place == nullptr || at == opening) return place;
  return HasColonBehind(text, *place, entry) ? place : nullptr;
}

bool HasColonBehind(const TripText& text, const PlaceMention& place,
                    TokenSpan entry) {
  const auto& tokens = text.document().tokens;
  uint32_t at = place.span.end;
  if (at + 1 < entry.end && tokens[at].folded == ",") {
    const PlaceMention* around = text.PlaceAt(at + 1);
    if (around != nullptr) at = around->span.end;
  }
  return at < entry.end && tokens[at].folded == ":";
}

bool IsStop(const PlaceMention& place) {
  return !place.country_code.empty() && place.kind != PlaceKind::kDemonym;
}

bool OnlyPasses(const TripText& text, TokenSpan entry) {
  return text.cues().FirstIn(Cue::kTransit, entry) != nullptr;
}

bool IsOff(const TripText& text, TokenSpan entry) {
  return text.cues().FirstIn(Cue::kNotHeld, entry) != nullptr ||
         text.cues().FirstIn(Cue::kDropped, entry) != nullptr;
}

}  // namespace attache
