// Who is said to go where: every foreign place on somebody's way, told from the
// word that governs it.
#ifndef ATTACHE_INGESTOR_PASSES_READ_JOURNEYS_H_
#define ATTACHE_INGESTOR_PASSES_READ_JOURNEYS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingestor/passes/find_places.h"
#include "ingestor/passes/read_actors.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// How surely a place is on a journey.
enum class Reach : uint8_t {
  kNone,       // spoken of
  kActive,     // something is done there: a meeting, a speech
  kTravelled,  // gone to, in so many words
};

struct Stop {
  uint32_t place = 0;     // index into Findings::places
  uint32_t sentence = 0;  // index into Document::sentences
  Reach reach = Reach::kNone;
  // The word that governs the place ("travel", "visit"); the place itself where
  // the sentence opens with it.
  uint32_t governor = 0;
  bool fronted = false;  // "In Lima, ..."
  // Nothing stands between the deed and the place; of kActive alone.
  bool attached = true;
  bool leaving = false;  // "arrived from Djibouti"
  bool set_out = false;  // "left Djibouti for": where a journey may begin
  bool returning = false;
  bool opens = false;   // "begins in Lima"
  bool closes = false;  // "will end her tour in Lima"
  // The persons who are said to go, indexes into Findings::people; empty where
  // the text means whom it speaks of already.
  std::vector<uint32_t> actors;
  bool anaphor = false;  // "she will travel", "the delegation will meet"
  Tense tense = Tense::kUnknown;
  bool dropped = false;   // taken back: "will no longer visit"
  bool not_made = false;  // "no stop was made in", "who had never visited"
  bool cancelled = false;
  bool postponed = false;
  bool other_time = false;    // "last month", "later this year"
  bool far_date = false;      // dated long before the text, in a month
                              // to come, or said of such a journey
  bool no_news = false;       // dated about a year before the text, or more
  bool looked_ahead = false;  // "ahead of the summit in Madrid"
  bool passing = false;       // of another journey, or of nobody's: MarkPassing
  bool laid_out = false;      // by a table or a line of date and place
  int32_t date = -1;          // index into Findings::dates, of laid_out alone
  int32_t last_date = -1;     // the same, where several days are laid out
  bool is_private = false;    // "U.S. citizens who travel to"
};

// Alpha-2 code of the country of a stop's place; empty for a region.
inline const std::string& CountryOf(const TripText& text, const Stop& stop) {
  return text.findings().places[stop.place].country_code;
}

// Whether a stop's place lies in `state`, see the function of its places.
inline bool LiesIn(const TripText& text, const Stop& stop,
                   absl::string_view state) {
  return LiesIn(text.findings().places[stop.place], state);
}

// Into text order; stops at one place stay in the order that they have.
void SortByPlace(std::vector<Stop>* stops);

// In text order; places within names are left out, the speaker's own country
// and others that are only spoken of are not.
std::vector<Stop> ReadJourneys(const TripText& text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_JOURNEYS_H_
