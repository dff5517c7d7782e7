// What lists and tables lay out: objectives, sectors, commitments and focus
// areas, told apart by headers and introducing lines.
#ifndef ATTACHE_INGESTOR_PASSES_READ_ITEMS_H_
#define ATTACHE_INGESTOR_PASSES_READ_ITEMS_H_

#include <string>
#include <vector>

#include "ingestor/document.h"

namespace attache {

enum class ItemKind : uint8_t {
  kObjective,
  kSector,
  kCommitment,
  kFocusArea,
  kPoint,  // of a list about the journey that nothing says the kind of
};

struct Item {
  ItemKind kind = ItemKind::kObjective;
  TokenSpan label;        // "Enhance Trade Relations"
  TokenSpan description;  // may be empty, as all below
  TokenSpan impact;       // anticipated impact or expected outcomes
  TokenSpan investment;   // the cell that holds the amount
  std::vector<std::string> key_players;
  TokenSpan players;
  TokenSpan country;  // the cell that names the country
  uint32_t section = 0;
  // The row or item as a whole, for evidence.
  std::vector<TokenSpan> parts;
};

// In text order.
std::vector<Item> ReadItems(const Document& document);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_ITEMS_H_
