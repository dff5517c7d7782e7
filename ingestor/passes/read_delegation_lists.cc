#include "ingestor/passes/read_delegation_lists.h"

#include <algorithm>

namespace attache {
namespace {

// The unit that says what the list holds: the line that leads to it, else the
// heading above it; -1 where there is neither.
int32_t IntroOf(const Document& document, const List& list) {
  if (list.intro >= 0 || list.items.empty()) return list.intro;
  const uint32_t section = document.units[list.items.front()].section;
  return document.sections[section].heading;
}

// "DELEGATION".
bool IsLabel(const TripText& text, TokenSpan intro) {
  constexpr uint32_t kLongestIntro = 10;  // tokens
  return intro.end - intro.begin <= kLongestIntro &&
         text.cues().FirstIn(Cue::kLabelTravelers, intro) != nullptr;
}

// "... from 2 to 7 March. He is accompanied by:".
bool LeadsToCompanions(const TripText& text, TokenSpan intro) {
  constexpr uint32_t kFarthest = 8;  // tokens before the colon
  if (intro.empty() || text.document().tokens[intro.end - 1].folded != ":") {
    return false;
  }
  const TokenSpan last{intro.end - std::min(kFarthest, intro.end - intro.begin),
                       intro.end};
  for (const Cue cue : {Cue::kWithCompanions, Cue::kGoesAlong,
                        Cue::kDelegationIs, Cue::kAccompany}) {
    if (text.cues().FirstIn(cue, last) != nullptr) return true;
  }
  return false;
}

void AddFirstOfEachItem(const TripText& text, const List& list,
                        std::vector<uint32_t>* persons) {
  for (const uint32_t item : list.items) {
    const TokenSpan span = text.document().units[item].tokens;
    for (uint32_t at = span.begin; at < span.end; ++at) {
      const PersonMention* mention = text.PersonAt(at);
      if (mention == nullptr) continue;
      persons->push_back(mention->person);
      break;
    }
  }
}

}  // namespace

ListedPersons ReadDelegationLists(const TripText& text) {
  const Document& document = text.document();
  ListedPersons listed;
  for (const List& list : document.lists) {
    const int32_t intro = IntroOf(document, list);
    if (intro < 0) continue;
    const TokenSpan tokens = document.units[intro].tokens;
    if (IsLabel(text, tokens)) {
      AddFirstOfEachItem(text, list, &listed.travelers);
    } else if (intro == list.intro && LeadsToCompanions(text, tokens)) {
      AddFirstOfEachItem(text, list, &listed.companions);
    }
  }
  return listed;
}

}  // namespace attache
