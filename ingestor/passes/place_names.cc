#include "ingestor/passes/place_names.h"

#include <cstdint>
#include <utility>

namespace attache {
namespace {

bool ReadMeaning(const LexiconEntry& entry, const Vocabulary& vocabulary,
                 PlaceMeaning* meaning) {
  switch (entry.kind) {
    case EntryKind::kCountry:
      meaning->kind = PlaceKind::kCountry;
      break;
    case EntryKind::kDemonym:
      meaning->kind = PlaceKind::kDemonym;
      break;
    case EntryKind::kRegion:
      meaning->kind = PlaceKind::kRegion;
      break;
    case EntryKind::kPlace:
      meaning->kind = PlaceKind::kPlace;
      meaning->place = vocabulary.FindPlace(entry.qualifier);
      if (meaning->place == nullptr) return false;
      break;
    default:
      return false;
  }
  meaning->id = entry.id;
  return true;
}

// "Australia and New Zealand" names two countries, though there is a region of
// that name; "Gulf of Guinea" names none.
bool ListsCountries(const Document& document, const LexiconMatch& region) {
  bool country = false;
  bool conjunction = false;
  for (const LexiconMatch& match :
       document.MatchesIn({region.begin, region.end})) {
    country = country || match.entry->kind == EntryKind::kCountry;
    conjunction = conjunction || (match.entry->kind == EntryKind::kCue &&
                                  match.entry->id == "conjunction");
  }
  return country && conjunction;
}

}  // namespace

std::vector<PlaceName> ReadPlaceNames(const Document& document,
                                      const Vocabulary& vocabulary) {
  std::vector<PlaceName> names;
  uint32_t taken = 0;
  for (const LexiconMatch& match : document.matches) {
    PlaceMeaning meaning;
    if (!ReadMeaning(*match.entry, vocabulary, &meaning)) continue;
    if (meaning.kind == PlaceKind::kRegion && ListsCountries(document, match)) {
      continue;
    }
    const TokenSpan span{match.begin, match.end};
    if (!names.empty() && names.back().span == span) {
      names.back().meanings.push_back(std::move(meaning));
      continue;
    }
    if (match.begin < taken) continue;
    names.push_back({span, {std::move(meaning)}});
    taken = match.end;
  }
  return names;
}

const PlaceName* Qualifier(const Document& document, const CueIndex& cues,
                           const std::vector<PlaceName>& names, size_t i) {
  if (i + 1 >= names.size()) return nullptr;
  const PlaceName& next = names[i + 1];
  const uint32_t sign = names[i].span.end;
  if (next.span.begin <= sign || next.span.begin > sign + 3) return nullptr;
  if (!document.SameUnit(sign, next.span.begin) ||
      !document.SameUnit(sign, names[i].span.begin)) {
    return nullptr;
  }
  const std::string& text = document.tokens[sign].folded;
  if (text != "," && text != "(") return nullptr;
  for (uint32_t at = sign + 1; at < next.span.begin; ++at) {
    if (!cues.Is(Cue::kArticle, at) && !cues.Is(Cue::kAt, at)) return nullptr;
  }
  return &next;
}

}  // namespace attache
