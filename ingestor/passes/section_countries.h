// The visited countries that a part of the briefing is about.
#ifndef ATTACHE_INGESTOR_PASSES_SECTION_COUNTRIES_H_
#define ATTACHE_INGESTOR_PASSES_SECTION_COUNTRIES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ingestor/document.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/find_places.h"
#include "ingestor/passes/read_items.h"

namespace attache {

// Of one trip. Holds references to what it was made from; immutable.
class SectionCountries {
 public:
  // O(places + units).
  SectionCountries(const Document& document,
                   const std::vector<PlaceMention>& places, const Trip& trip);

  // Codes in itinerary order; empty for the whole trip.
  std::vector<std::string> OfItem(const Item& item) const;
  // Of a sentence: those that it names, else those of its section.
  std::vector<std::string> OfProse(TokenSpan sentence) const;

 private:
  std::vector<std::string> In(TokenSpan span) const;
  std::vector<std::string> OfSection(uint32_t section) const;

  const Document& document_;
  const std::vector<PlaceMention>& places_;
  std::vector<std::string> visited_;  // in itinerary order, each once
  // The line that introduces the list or table that a unit stands in.
  absl::flat_hash_map<uint32_t, int32_t> intro_of_unit_;
  std::vector<std::vector<std::string>> by_section_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_SECTION_COUNTRIES_H_
