#include "ingestor/passes/trip_evidence.h"

#include <algorithm>

namespace attache {
namespace {

// Sentences from the top that tell the news.
constexpr int kNewsSentences = 6;

}  // namespace

TripEvidence::TripEvidence(const TripText& text) : text_(text) {
  const CueIndex& cues = text.cues();
  int rank = 0;
  for (size_t i = 0; i < text.document().sentences.size(); ++i) {
    const TokenSpan span = text.document().sentences[i].tokens;
    ranks_.push_back(rank);
    const CueMatch* delegation =
        rank == 0 ? cues.FirstIn(Cue::kDelegation, span) : nullptr;
    if (delegation != nullptr) {
      for (uint32_t at = delegation->end; at < span.end; ++at) {
        const PersonMention* mention = text.PersonAt(at);
        if (mention == nullptr) continue;
        leaders_.insert(mention->person);
        break;
      }
    }
    const bool counts = !span.empty() && text.Tells(static_cast<uint32_t>(i)) &&
                        !text.InTitle(span.begin);
    if (counts) ++rank;
  }
}

// "gave a warm welcome to a delegation from Hanoi led by Deputy Minister X",
// and much further down "X arrived in Ireland on Sunday".
bool TripEvidence::IsOfLeader(const Stop& stop) const {
  return stop.reach == Reach::kTravelled && !stop.other_time &&
         std::any_of(
             stop.actors.begin(), stop.actors.end(),
             [&](uint32_t person) { return leaders_.contains(person); });
}

float TripEvidence::Of(const std::vector<Stop>& stops,
                       const std::string& state) const {
  float evidence = 0;
  float later = 0;
  for (const Stop& stop : stops) {
    const TokenSpan sentence = text_.document().sentences[stop.sentence].tokens;
    if (LiesIn(text_, stop, state)) continue;
    // "spoke by phone with X before flying to Paris" tells of a journey.
    if (stop.reach != Reach::kTravelled &&
        text_.cues().FirstIn(Cue::kRemote, sentence) != nullptr) {
      continue;
    }
    const bool opening = text_.InTitle(sentence.begin) ||
                         ranks_[stop.sentence] < kNewsSentences ||
                         IsOfLeader(stop);
    float weight = stop.reach == Reach::kTravelled ? 0.8f : 0.6f;
    if (stop.actors.empty()) weight -= 0.4f;
    // What is still to come is news, whenever that is, and so is what a text
    // opens with: "travelled to China last week".
    if (stop.other_time && stop.tense != Tense::kFuture &&
        ranks_[stop.sentence] > 0) {
      weight *= 0.5f;
    }
    (opening ? evidence : later) += opening ? weight : weight * 0.5f;
  }
  // A journey that only comes up later is not what the text reports.
  if (evidence == 0) return 0;
  return evidence + later;
}

}  // namespace attache
