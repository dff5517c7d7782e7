#include "ingestor/passes/find_topics.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "ingestor/passes/running_text.h"

namespace attache {
namespace {

// A topic of prose must reach this weight once, or more of it together.
constexpr float kEnough = 0.5f;
constexpr float kEnoughTogether = 1.0f;
// What context leaves of a cue's weight.
constexpr float kCourtesy = 0.2f;
constexpr float kBackground = 0.45f;
constexpr float kOutsideAims = 0.8f;
// A cue hides those of other topics that begin inside it ("energy security"
// hides "security") unless its gaps make it longer than this.
constexpr uint32_t kLongestPhrase = 5;

// `first` begins no later than `second`.
bool Hides(TokenSpan first, TokenSpan second) {
  if (first.end - first.begin > kLongestPhrase || first == second) return false;
  // "energy security challenges" is about energy, not security challenges.
  if (first.begin < second.begin) return second.begin < first.end;
  return second.end <= first.end;
}

// By token: whether a longer name of a country, place, region or organization
// has it.
std::vector<bool> InNames(const Document& document) {
  std::vector<bool> inside(document.tokens.size());
  for (const LexiconMatch& match : document.matches) {
    if (match.entry->kind != EntryKind::kCountry &&
        match.entry->kind != EntryKind::kPlace &&
        match.entry->kind != EntryKind::kRegion &&
        match.entry->kind != EntryKind::kOrganization) {
      continue;
    }
    if (match.end - match.begin < 2) continue;
    for (uint32_t i = match.begin; i < match.end; ++i) inside[i] = true;
  }
  return inside;
}

// The cues of one kind that mean their topic where they stand.
std::vector<TopicMention> Collect(const Document& document, EntryKind kind,
                                  const TopicContext& context) {
  std::vector<TopicMention> all;
  for (const LexiconMatch& match : document.matches) {
    if (match.entry->kind != kind) continue;
    all.push_back(
        {{match.begin, match.end}, match.entry->id, match.entry->weight});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const TopicMention& a, const TopicMention& b) {
                     if (a.span.begin != b.span.begin) {
                       return a.span.begin < b.span.begin;
                     }
                     if (a.span.end != b.span.end) {
                       return a.span.end > b.span.end;
                     }
                     return a.weight > b.weight;
                   });
  const std::vector<bool> in_names = InNames(document);
  std::vector<TopicMention> kept;
  for (const TopicMention& mention : all) {
    bool hidden =
        in_names[mention.span.begin] && in_names[mention.span.end - 1];
    for (auto it = kept.rbegin(); it != kept.rend() && !hidden; ++it) {
      if (it->span.begin + 2 * kLongestPhrase < mention.span.begin) break;
      bool same = it->id == mention.id && it->span.end > mention.span.begin;
      hidden = same || Hides(it->span, mention.span);
    }
    if (hidden || context.IsOtherwise(mention.span) ||
        context.IsOffice(mention.span)) {
      continue;
    }
    kept.push_back(mention);
  }
  return kept;
}

}  // namespace

std::vector<TopicMention> FindSectors(const Document& document,
                                      const TopicContext& context) {
  std::vector<TopicMention> found =
      Collect(document, EntryKind::kSector, context);
  struct Weights {
    float best = 0;
    float together = 0;
  };
  absl::flat_hash_map<std::string, Weights> prose;
  for (TopicMention& mention : found) {
    if (!IsRunningText(document, mention.span.begin)) continue;
    if (context.IsCourtesy(mention.span)) {
      mention.weight *= kCourtesy;
    } else if (context.IsBackground(mention.span)) {
      mention.weight *= kBackground;
    } else if (context.AimWeight(mention.span) == 0) {
      mention.weight *= kOutsideAims;
    }
    Weights& weights = prose[mention.id];
    weights.best = std::max(weights.best, mention.weight);
    weights.together += mention.weight;
  }
  std::vector<TopicMention> kept;
  for (TopicMention& mention : found) {
    if (IsRunningText(document, mention.span.begin)) {
      const Weights& weights = prose[mention.id];
      if (weights.best < kEnough && weights.together < kEnoughTogether) {
        continue;
      }
    } else if (mention.weight < kEnough) {
      continue;
    }
    kept.push_back(std::move(mention));
  }
  return kept;
}

std::vector<TopicMention> FindObjectiveCues(const Document& document,
                                            const TopicContext& context) {
  return Collect(document, EntryKind::kObjective, context);
}

std::vector<AimPhrase> FindAims(
    const Document& document, const TopicContext& context,
    const std::vector<TopicMention>& objective_cues) {
  std::vector<AimPhrase> aims;
  for (const TopicMention& cue : objective_cues) {
    if (!IsRunningText(document, cue.span.begin) ||
        context.IsCourtesy(cue.span) || context.IsBackground(cue.span)) {
      continue;
    }
    std::optional<TokenSpan> phrase = context.AimAround(cue.span);
    if (!phrase.has_value()) continue;
    float confidence = cue.weight * context.AimWeight(cue.span);
    if (confidence < kEnough) continue;
    bool known = false;
    for (auto it = aims.rbegin(); it != aims.rend() && !known; ++it) {
      if (it->span.end <= phrase->begin) break;
      known = it->span == *phrase && it->objective_id == cue.id;
    }
    if (!known) aims.push_back({*phrase, cue.id, confidence});
  }
  std::stable_sort(aims.begin(), aims.end(),
                   [](const AimPhrase& a, const AimPhrase& b) {
                     return a.span.begin < b.span.begin;
                   });
  return aims;
}

}  // namespace attache
