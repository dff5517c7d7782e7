// What people, or the parser, say that a briefing holds, in the terms that are
// scored.
#ifndef ATTACHE_CLI_EVALUATION_LABELS_H_
#define ATTACHE_CLI_EVALUATION_LABELS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_record.pb.h"

namespace attache::cli {

struct AmountLabel {
  int64_t value = 0;  // whole units; the low or only value
  std::string currency;
  std::string kind;  // "pledged"
};

// Of one briefing. Dates are ISO, empty where there is none.
struct Labels {
  bool is_trip = false;
  std::vector<std::string> visits;  // country codes in itinerary order
  std::set<std::string> mentions;
  std::vector<std::string> travelers;
  std::vector<std::string> meetings;  // named counterparts alone
  std::vector<std::string> events;
  std::set<std::string> sectors;
  std::set<std::string> objectives;
  std::string start;
  std::string end;
  std::vector<AmountLabel> amounts;
  // The words that an item was read from, by metric and value; of predictions.
  std::map<std::pair<std::string, std::string>, std::string> quotes;
};

struct GoldBriefing {
  std::string id;
  std::string language;
  std::string publish_date;
  Labels labels;
};

// JSON lines as annotated by hand. INVALID_ARGUMENT "line N: reason".
absl::StatusOr<std::vector<GoldBriefing>> ReadGold(absl::string_view text);

// The ids that labels use, of terms.json.
struct Terms {
  std::set<std::string> sectors;
  std::set<std::string> objectives;
};
absl::StatusOr<Terms> ReadTerms(absl::string_view text);

// The parent of a sector or objective id; empty at the top.
using ParentOf = std::function<std::string(const std::string& id)>;

// What records of one briefing say, in the same terms. Of several records the
// one that shares most travelers with `gold` speaks, the first on a tie. Ids
// that the terms do not have count as their nearest ancestor there; the planned
// visits of a trip that is off count as mentions.
Labels LabelsOf(const std::vector<v1::TripRecord>& records, const Labels& gold,
                const Terms& terms, const ParentOf& sector_parent,
                const ParentOf& objective_parent);

// Case, accents, honorifics and suffixes aside, the last word of one occurs as
// a word in the other.
bool NamesMatch(absl::string_view a, absl::string_view b);

// At least half of the words of the shorter name, articles and prepositions
// left out, occur in the other.
bool EventsMatch(absl::string_view a, absl::string_view b);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_EVALUATION_LABELS_H_
