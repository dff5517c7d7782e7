#include "ingestor/passes/find_heads.h"

#include <algorithm>

#include "ingestor/passes/decide_travelers.h"

namespace attache {
namespace {

// Whether a stop tells where the text's own journey leads.
bool IsGoneTo(const Stop& stop) {
  return stop.reach == Reach::kTravelled && !stop.passing;
}

class HeadFinder {
 public:
  HeadFinder(const TripText& text, const Abroad& abroad,
             const std::vector<Stop>& stops)
      : text_(text), abroad_(abroad), stops_(stops) {}

  PersonList Find() const {
    PersonList heads = Named();
    if (heads.empty()) heads = Delegates();
    if (heads.empty()) heads = Opening();
    return heads;
  }

 private:
  bool GoesAsOfficer(const Stop& stop, uint32_t person) const {
    return HoldsOffice(text_.findings().people[person]) &&
           abroad_.Is(stop, person);
  }

  PersonList Named() const {
    PersonList heads;
    for (const Reach reach : {Reach::kTravelled, Reach::kActive}) {
      for (const Stop& stop : stops_) {
        if (stop.reach != reach || stop.passing || !stop.attached) continue;
        for (const uint32_t actor : stop.actors) {
          if (GoesAsOfficer(stop, actor)) heads.Add(actor);
        }
        if (heads.empty()) continue;
        AddCoTravelers(&heads);
        return heads;
      }
    }
    return heads;
  }

  // "A and B visited": those who elsewhere go together with a head.
  void AddCoTravelers(PersonList* heads) const {
    const std::string state = abroad_.StateOf(heads->front());
    for (const Stop& stop : stops_) {
      if (!IsGoneTo(stop) || !heads->HasAny(stop.actors)) continue;
      for (const uint32_t actor : stop.actors) {
        if (HoldsOffice(text_.findings().people[actor]) &&
            abroad_.StateOf(actor) == state) {
          heads->Add(actor);
        }
      }
    }
  }

  // "A delegation led by A and B will travel".
  PersonList Delegates() const {
    PersonList heads;
    const PersonList delegation = ReadDelegation(text_);
    if (delegation.empty()) return heads;
    absl::flat_hash_set<std::string> seen;  // countries
    for (const Stop& stop : stops_) {
      if (!IsGoneTo(stop) || !seen.insert(CountryOf(text_, stop)).second) {
        continue;
      }
      for (const uint32_t person : delegation) {
        if (GoesAsOfficer(stop, person)) heads.Add(person);
      }
      if (!heads.empty()) break;
    }
    return heads;
  }

  // "The delegation flies to Kigali today", "7:15 Departs for Windhoek": the
  // officer whom the text opens with, where it says of nobody that they go.
  PersonList Opening() const {
    constexpr uint32_t kOpeningSentences = 4;
    PersonList heads;
    absl::flat_hash_set<std::string> seen;  // countries, behind the opening
    for (const Stop& stop : stops_) {
      if (!IsGoneTo(stop) || !stop.actors.empty() ||
          !(OfDelegation(stop) || text_.InList(stop.sentence) ||
            stop.laid_out) ||
          (stop.sentence >= kOpeningSentences &&
           !seen.insert(CountryOf(text_, stop)).second)) {
        continue;
      }
      for (const PersonMention& mention : text_.mentions()) {
        const uint32_t sentence = text_.SentenceOf(mention.span.begin);
        if (sentence >= std::min(kOpeningSentences, stop.sentence)) break;
        if (GoesAsOfficer(stop, mention.person) &&
            !text_.findings().people[mention.person].name.empty()) {
          heads.Add(mention.person);
          return heads;
        }
      }
    }
    return heads;
  }

  bool OfDelegation(const Stop& stop) const {
    const TokenSpan span = text_.document().sentences[stop.sentence].tokens;
    return stop.anaphor &&
           text_.cues().FirstIn(Cue::kDelegation,
                                {span.begin, stop.governor + 1}) != nullptr;
  }

  const TripText& text_;
  const Abroad& abroad_;
  const std::vector<Stop>& stops_;
};

bool AtOtherTime(const Stop& stop) { return stop.other_time || stop.far_date; }

}  // namespace

void MarkPassing(const Abroad& abroad, std::vector<Stop>* stops) {
  for (Stop& stop : *stops) {
    stop.passing =
        stop.looked_ahead || stop.is_private || stop.not_made || stop.no_news;
  }
  const bool has_plain =
      std::any_of(stops->begin(), stops->end(), [&](const Stop& stop) {
        return IsGoneTo(stop) && !AtOtherTime(stop) &&
               std::any_of(
                   stop.actors.begin(), stop.actors.end(),
                   [&](uint32_t actor) { return abroad.Is(stop, actor); });
      });
  if (!has_plain) return;
  for (Stop& stop : *stops) stop.passing |= AtOtherTime(stop);
}

PersonList FindHeads(const TripText& text, const Abroad& abroad,
                     const std::vector<Stop>& stops) {
  return HeadFinder(text, abroad, stops).Find();
}

}  // namespace attache
