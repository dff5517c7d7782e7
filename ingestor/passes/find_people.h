// Persons that the text names or calls by the office that they hold.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_PEOPLE_H_
#define ATTACHE_INGESTOR_PASSES_FIND_PEOPLE_H_

#include <string>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/find_places.h"

namespace attache {

// A person, with every place where the text speaks of them: by full name, by
// surname, or by office alone ("the Secretary").
struct Person {
  std::string name;  // fullest form in the text, no title; empty if unnamed
  std::string
      role;  // as written, without country or organization; may be empty
  std::string role_id;
  std::string country_code;  // of the state represented; empty if none is known
  std::string organization;
  std::vector<TokenSpan> mentions;  // in text order; the fullest name's too
  TokenSpan name_span;
  TokenSpan role_span;
  // Some office that is held still ("the former president" is none), and is not
  // one that companies have too ("managing director") with no state, body or
  // field beside it.
  bool holds_office = false;
  float confidence = 1;
};

// In the order of first mention. Found by role and position in the sentence,
// never from a list of names. REQUIRES: `cues` and `places` are of `document`.
std::vector<Person> FindPeople(const Document& document, const CueIndex& cues,
                               const std::vector<PlaceMention>& places);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_PEOPLE_H_
