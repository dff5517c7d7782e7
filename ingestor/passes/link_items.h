// Gives what the briefing lays out and states in prose its place: in which
// trip, for which visited countries, of which sectors, to which objective.
#ifndef ATTACHE_INGESTOR_PASSES_LINK_ITEMS_H_
#define ATTACHE_INGESTOR_PASSES_LINK_ITEMS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/find_amounts.h"
#include "ingestor/passes/find_topics.h"
#include "ingestor/passes/read_items.h"

namespace attache {

// An objective, sector, commitment or focus area of one trip.
struct LinkedItem {
  ItemKind kind = ItemKind::kObjective;
  // Objective or sector id; empty where none fits, or the kind has none.
  std::string id;
  TokenSpan label;
  TokenSpan description;
  TokenSpan impact;
  std::optional<uint32_t> amount;  // index into LinkInput::amounts
  std::vector<std::string> key_players;
  std::vector<std::string> country_codes;  // empty for the whole trip
  std::vector<std::string> sector_ids;     // the main one first
  std::vector<TokenSpan> evidence;
  bool from_prose = false;
  float confidence = 1;
};

struct LinkInput {
  const Document& document;
  const std::vector<Trip>& trips;
  const std::vector<PlaceMention>& places;
  const std::vector<AmountMention>& amounts;
  const std::vector<TopicMention>& sectors;
  const std::vector<TopicMention>& objectives;
  const std::vector<AimPhrase>& aims;
  const std::vector<Item>& items;
};

// For each trip its items: those laid out in lists and tables in text order,
// then objectives that points of lists and focus areas speak of, where no
// objective item has them, then aims, then sectors, of prose. An item goes to
// the trip that its section speaks of most, the first where none does. Its
// countries are the visited ones named in its country cell, else in its own
// words, else in the line that introduces it, else in its section's heading,
// else the only one that its section speaks of. A sector that only prose speaks
// of, in a sentence about the trip, gets one entry.
std::vector<std::vector<LinkedItem>> LinkItems(const LinkInput& input,
                                               const Vocabulary& vocabulary);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_LINK_ITEMS_H_
