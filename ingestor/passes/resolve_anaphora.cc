#include "ingestor/passes/resolve_anaphora.h"

#include <algorithm>

#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Sentences that a pronoun reaches back over.
constexpr uint32_t kSentencesBack = 3;

// Whether a person is named as what something is done to, or with.
bool IsObject(const TripText& text, TokenSpan mention, uint32_t begin) {
  if (mention.begin == begin) return false;
  const CueIndex& cues = text.cues();
  const uint32_t before = mention.begin - 1;
  for (const Cue cue :
       {Cue::kWith, Cue::kBy, Cue::kTowards, Cue::kOf, Cue::kFrom, Cue::kMeet,
        Cue::kHost, Cue::kAccompany, Cue::kWithCompanions}) {
    if (cues.Is(cue, before)) return true;
  }
  return false;
}

bool HasPronoun(const TripText& text, TokenSpan sentence) {
  return text.cues().FirstIn(Cue::kPronoun, sentence) != nullptr;
}

// Whether nothing but "," and "and" stands between two mentions.
bool Listed(const TripText& text, uint32_t begin, uint32_t end) {
  for (uint32_t at = begin; at < end; ++at) {
    if (text.document().tokens[at].folded != "," &&
        !text.cues().Is(Cue::kConjunction, at) &&
        !text.cues().Is(Cue::kArticle, at)) {
      return false;
    }
  }
  return true;
}

// Whom a sentence is about, as its words before the first pronoun tell; `fits`
// says who may be meant. -1 where it names nobody such.
template <typename Fits>
int64_t SubjectOf(const TripText& text, TokenSpan sentence, const Fits& fits) {
  const CueMatch* pronoun = text.cues().FirstIn(Cue::kPronoun, sentence);
  const PersonMention* object = nullptr;  // the last one
  for (auto mention = FirstFrom(text.mentions(), sentence.begin);
       mention != text.mentions().end() && mention->span.begin < sentence.end;
       ++mention) {
    // The pronoun means the one of the sentences before.
    if (pronoun != nullptr && pronoun->end <= mention->span.begin) return -1;
    const bool listed = object != nullptr &&
                        Listed(text, object->span.end, mention->span.begin);
    if (listed || IsObject(text, mention->span, sentence.begin)) {
      object = &*mention;
      continue;
    }
    if (fits(mention->person)) return mention->person;
  }
  return -1;
}

// The person that the sentences before `sentence` are about; -1 for none.
int64_t SubjectBefore(const TripText& text, const std::string& home,
                      const std::string& country, uint32_t sentence) {
  const auto& sentences = text.document().sentences;
  const auto fits = [&](uint32_t index) {
    const Person& person = text.findings().people[index];
    return HoldsOffice(person) && StateOf(person, home) != country;
  };
  for (uint32_t back = 1; back <= std::min(kSentencesBack, sentence); ++back) {
    const uint32_t s = sentence - back;
    const TokenSpan span = sentences[s].tokens;
    if (span.empty() || !text.Tells(s) || text.InTitle(span.begin)) continue;
    const int64_t subject = SubjectOf(text, span, fits);
    if (subject >= 0) return subject;
  }
  return -1;
}

}  // namespace

void ResolveAnaphora(const TripText& text, const std::string& home,
                     std::vector<Stop>* stops) {
  for (Stop& stop : *stops) {
    if (!stop.anaphor || !stop.actors.empty()) continue;
    const TokenSpan sentence = text.document().sentences[stop.sentence].tokens;
    const bool finite = text.cues().Is(Cue::kFinite, stop.governor);
    if (!finite && !HasPronoun(text, sentence)) continue;
    // "La delegación volará": all of them, and nobody whom the text met.
    if (text.cues().FirstIn(Cue::kDelegation,
                            {sentence.begin, stop.governor + 1}) != nullptr) {
      continue;
    }
    const int64_t subject =
        SubjectBefore(text, home, CountryOf(text, stop), stop.sentence);
    if (subject >= 0) stop.actors = {static_cast<uint32_t>(subject)};
  }
}

}  // namespace attache
