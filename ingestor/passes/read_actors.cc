#include "ingestor/passes/read_actors.h"

#include <algorithm>

#include "ingestor/passes/brackets.h"

namespace attache {
namespace {

// A word that takes a person as its object, so that whoever stands before the
// next verb need not be its subject.
bool Deed(const CueIndex& cues, uint32_t token) {
  return cues.Is(Cue::kAttend, token) || cues.Is(Cue::kMeet, token) ||
         cues.Is(Cue::kHost, token) || cues.Is(Cue::kTalk, token) ||
         cues.Is(Cue::kAccompany, token) ||
         cues.Is(Cue::kWithCompanions, token);
}

// Whether what stands at `token` makes a person the doer of a noun: "of", "by",
// alone or in one word with the article.
bool OfOrBy(const CueIndex& cues, uint32_t token) {
  return cues.Is(Cue::kBy, token) || cues.Is(Cue::kOf, token);
}

// Whoever is named as the doer only behind the governor: "the visit of
// President X", "trip to A and B by Special Envoy Y", "Viajó a Lima el
// canciller Z".
const PersonMention* ActorBehind(const TripText& text, uint32_t governor,
                                 uint32_t end) {
  const CueIndex& cues = text.cues();
  const bool inverts = cues.Is(Cue::kFinite, governor) && !Deed(cues, governor);
  bool subject = inverts;
  for (uint32_t at = governor; at < end; ++at) {
    if (const PersonMention* mention = text.PersonAt(at)) {
      const uint32_t first = mention->span.begin;
      if (first > governor &&
          (OfOrBy(cues, first - 1) || OfOrBy(cues, first))) {
        return mention;
      }
      if (subject && first > governor && !cues.Is(Cue::kWith, first - 1) &&
          !cues.Is(Cue::kTowards, first - 1) &&
          !cues.Is(Cue::kWithCompanions, first - 1)) {
        return mention;
      }
      at = mention->span.end - 1;
    }
    // Who stands behind another deed belongs to that one.
    if (at > governor && (Deed(cues, at) || cues.Is(Cue::kRelative, at))) {
      subject = false;
    }
  }
  return nullptr;
}

// "the Foreign Minister of Jordan, X, who is in Dublin": whom the clause that
// the governor stands in is about; nullptr where it is no such clause.
const PersonMention* Antecedent(const TripText& text, uint32_t governor,
                                uint32_t begin) {
  constexpr uint32_t kFarthest = 6;  // tokens
  const CueIndex& cues = text.cues();
  uint32_t passed = 0;
  for (uint32_t at = governor; at > begin && passed < kFarthest; --at) {
    if (text.PersonAt(at - 1) != nullptr) return nullptr;
    // "who is paying, from 3 to 5 May, a visit to".
    if (text.DateAt(at - 1) == nullptr) ++passed;
    if (!cues.Is(Cue::kRelative, at - 1)) continue;
    uint32_t end = at - 1;
    if (end > begin && text.document().tokens[end - 1].folded == ",") --end;
    return end > begin ? text.PersonAt(end - 1) : nullptr;
  }
  return nullptr;
}

}  // namespace

Tense ReadTense(const TripText& text, uint32_t governor) {
  const CueIndex& cues = text.cues();
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(governor)].tokens;
  if (cues.Is(Cue::kFuture, governor)) return Tense::kFuture;
  // An auxiliary a few words before decides.
  const uint32_t begin =
      governor > sentence.begin + 6 ? governor - 6 : sentence.begin;
  for (uint32_t at = governor; at > begin; --at) {
    if (cues.Is(Cue::kFuture, at - 1)) return Tense::kFuture;
    if (text.PersonAt(at - 1) != nullptr) break;
  }
  if (cues.Is(Cue::kPast, governor)) return Tense::kPast;
  if (cues.Is(Cue::kPresent, governor)) return Tense::kPresent;
  return Tense::kUnknown;
}

std::vector<uint32_t> ReadActors(const TripText& text, uint32_t governor,
                                 bool* anaphor) {
  const CueIndex& cues = text.cues();
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(governor)].tokens;
  *anaphor = false;
  if (const PersonMention* person =
          Antecedent(text, governor, sentence.begin)) {
    return {person->person};
  }
  // The last one named before the governor, if nothing else is said between.
  bool predicate_between = false;
  const PersonMention* nearest = nullptr;
  const PersonMention* first = nullptr;
  bool nearest_anaphor = false;
  bool adjoining = true;  // "jointly held", "Conclude Trip"
  for (uint32_t at = governor; at > sentence.begin;) {
    const uint32_t left = at - 1;
    if (const PersonMention* mention = text.PersonAt(left)) {
      // "met X and was received by Y in Z": what "and" goes on with is said of
      // the subject, not of X.
      const uint32_t begin = mention->span.begin;
      // "met President X during a tour": whom somebody meets is none who goes;
      // but "the spokesman said President X is on a tour".
      const CueMatch* said = cues.EndingAt(Cue::kSaid, begin);
      const bool reports = said != nullptr && said->weight == 1;
      if (begin > sentence.begin && Deed(cues, begin - 1) && !reports &&
          text.IsPredicate(begin - 1)) {
        predicate_between = true;
      }
      // "spoke with X before flying to Paris": the subject flies.
      if (begin > sentence.begin && cues.Is(Cue::kWith, begin - 1) &&
          !cues.Is(Cue::kWithCompanions, begin - 1)) {
        predicate_between = true;
      }
      uint32_t after = mention->span.end;
      if (after < governor && text.document().tokens[after].folded == ",") {
        ++after;
      }
      if (after < governor && cues.Is(Cue::kConjunction, after)) {
        predicate_between = true;
      }
      if (nearest == nullptr && !nearest_anaphor && !predicate_between) {
        nearest = mention;
      }
      first = mention;
      at = mention->span.begin;
      continue;
    }
    if (text.IsAnaphor(left)) {
      if (nearest == nullptr && !predicate_between) nearest_anaphor = true;
      if (nearest == nullptr) first = nullptr;
      *anaphor = true;
    }
    if (Deed(cues, left) && !(adjoining && text.IsPredicate(left))) {
      predicate_between = true;
    }
    // "will make a trip".
    adjoining =
        adjoining && (text.IsPredicate(left) || cues.Is(Cue::kArticle, left));
    at = left;
  }
  // "Medina will continue her travels": the pronoun means the subject, whom the
  // sentence names first.
  if (nearest_anaphor && first == nullptr) return {};
  const PersonMention* actor = nearest != nullptr ? nearest : first;
  if (actor == nullptr) {
    if (*anaphor) return {};
    const PersonMention* behind = ActorBehind(text, governor, sentence.end);
    if (behind != nullptr) return {behind->person};
    *anaphor = cues.Is(Cue::kFinite, governor);
    return {};
  }
  *anaphor = false;
  std::vector<uint32_t> actors = {actor->person};
  // "A and B will travel": the ones joined to it, "A (Green) and B (Labour)"
  // among them.
  uint32_t at = actor->span.begin;
  while (at > sentence.begin) {
    uint32_t left = at;
    bool joined = false;
    while (left > sentence.begin &&
           (text.document().tokens[left - 1].folded == "," ||
            cues.Is(Cue::kConjunction, left - 1) ||
            cues.Is(Cue::kArticle, left - 1) ||
            cues.Is(Cue::kHonorific, left - 1) ||
            text.PlaceAt(left - 1) != nullptr)) {
      // "X and Lincoln Mayor Y": the place is of the office; "and Her Majesty
      // Queen Y".
      joined = joined || text.PlaceAt(left - 1) == nullptr;
      --left;
    }
    if (!joined) break;
    left = BeforeBrackets(text.document(), sentence.begin, left);
    if (left == sentence.begin) break;
    const PersonMention* other = text.PersonAt(left - 1);
    if (other == nullptr) break;
    actors.push_back(other->person);
    at = other->span.begin;
  }
  std::reverse(actors.begin(), actors.end());
  // "A and B met C to plan their trip": the others of the first one's group.
  at = actor->span.end;
  while (nearest == nullptr && at + 1 < sentence.end &&
         (cues.Is(Cue::kConjunction, at) ||
          text.document().tokens[at].folded == ",")) {
    const PersonMention* other = text.PersonAt(at + 1);
    if (other == nullptr) break;
    actors.push_back(other->person);
    at = other->span.end;
  }
  return actors;
}

}  // namespace attache
