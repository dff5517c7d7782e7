#include "ingestor/passes/place_surroundings.h"

#include <string>

namespace attache {

int PlaceSurroundings::Next(TokenSpan span) const {
  const uint32_t at = span.end;
  if (!document_.SameUnit(span.begin, at) ||
      document_.tokens[at].kind != TokenKind::kWord) {
    return -1;
  }
  return static_cast<int>(at);
}

int PlaceSurroundings::Previous(TokenSpan span) const {
  if (span.begin == 0 || !document_.SameUnit(span.begin, span.begin - 1) ||
      document_.tokens[span.begin - 1].kind != TokenKind::kWord) {
    return -1;
  }
  return static_cast<int>(span.begin - 1);
}

bool PlaceSurroundings::UnknownCapital(int token) const {
  return token >= 0 && document_.tokens[token].capitalized &&
         !cues_.Ordinary(token);
}

bool PlaceSurroundings::After(Cue cue, TokenSpan span) const {
  if (span.begin == 0) return false;
  if (cues_.EndingAt(cue, span.begin) != nullptr) return true;
  // "in the Netherlands", "University of the Philippines".
  return cues_.Is(Cue::kArticle, span.begin - 1) &&
         cues_.EndingAt(cue, span.begin - 1) != nullptr;
}

// "Paris Agreement", "American Free University".
bool PlaceSurroundings::BeforeNamedBody(TokenSpan span) const {
  for (uint32_t at = span.end;
       at < document_.tokens.size() && at < span.end + 3 &&
       document_.SameUnit(span.begin, at);
       ++at) {
    if (cues_.StartingAt(Cue::kNamedBodyAfter, at) != nullptr) return true;
    const Token& token = document_.tokens[at];
    const bool joins = token.kind == TokenKind::kWord && token.capitalized &&
                       !cues_.Is(Cue::kRoleHead, at);
    if (!joins) return false;
  }
  return false;
}

// "Secretary Jordan", "Chad Smith", "Michael Jordan".
bool PlaceSurroundings::InPersonName(TokenSpan span,
                                     const PlaceMeaning& meaning) const {
  if (meaning.kind == PlaceKind::kDemonym ||
      meaning.kind == PlaceKind::kRegion) {
    return false;
  }
  const int next = Next(span);
  const int previous = Previous(span);
  const bool titled = previous >= 0 && document_.tokens[previous].capitalized &&
                      (cues_.EndingAt(Cue::kHonorific, span.begin) != nullptr ||
                       cues_.EndingAt(Cue::kRoleHead, span.begin) != nullptr);
  const bool named = cues_.Is(Cue::kAlsoPersonName, span.begin) ||
                     (meaning.place != nullptr && meaning.place->ambiguous);
  if (UnknownCapital(next)) return named || titled;
  if (!named) return false;
  if (titled) return true;
  return UnknownCapital(previous) && !After(Cue::kAt, span) && previous > 0 &&
         document_.SameUnit(previous, previous - 1) &&
         document_.tokens[previous - 1].kind == TokenKind::kWord;
}

bool PlaceSurroundings::InsideName(TokenSpan span,
                                   const PlaceMeaning& meaning) const {
  return BeforeNamedBody(span) || After(Cue::kNamedBodyBefore, span) ||
         After(Cue::kLanguageBefore, span) || InPersonName(span, meaning);
}

bool PlaceSurroundings::InCurrency(TokenSpan span) const {
  return span.end < document_.tokens.size() &&
         document_.tokens[span.end].folded == "$" &&
         !document_.tokens[span.end].space_before;
}

bool PlaceSurroundings::Located(TokenSpan span) const {
  return After(Cue::kAt, span) || After(Cue::kTowards, span) ||
         After(Cue::kFrom, span) || After(Cue::kVisitVerb, span);
}

bool PlaceSurroundings::ContinuesList(TokenSpan previous,
                                      TokenSpan span) const {
  if (span.begin - previous.end > 3 ||
      !document_.SameUnit(previous.begin, span.begin)) {
    return false;
  }
  for (uint32_t at = previous.end; at < span.begin; ++at) {
    const std::string& text = document_.tokens[at].folded;
    if (text != "," && text != ";" && text != "(" &&
        !cues_.Is(Cue::kConjunction, at) && !cues_.Is(Cue::kArticle, at)) {
      return false;
    }
  }
  return previous.end < span.begin;
}

TokenSpan PlaceSurroundings::WithCapital(TokenSpan span, PlaceKind kind) const {
  if (kind == PlaceKind::kDemonym) {
    const int next = Next(span);
    const int previous = Previous(span);
    if (previous >= 0 && cues_.Is(Cue::kCapitalNoun, previous)) {
      --span.begin;
    } else if (next >= 0 && cues_.Is(Cue::kCapitalNoun, next)) {
      ++span.end;
    }
    return span;
  }
  if (kind != PlaceKind::kCountry) return span;
  int of = Previous(span);
  if (of > 0 && cues_.Is(Cue::kArticle, of) && !cues_.Is(Cue::kOf, of)) --of;
  if (of > 0 && document_.SameUnit(span.begin, of - 1) &&
      cues_.Is(Cue::kOf, of) && cues_.Is(Cue::kCapitalNoun, of - 1)) {
    span.begin = static_cast<uint32_t>(of - 1);
  }
  return span;
}

}  // namespace attache
