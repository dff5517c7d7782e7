#include "ingestor/passes/section_countries.h"

#include <algorithm>
#include <iterator>

#include "absl/algorithm/container.h"

namespace attache {

SectionCountries::SectionCountries(const Document& document,
                                   const std::vector<PlaceMention>& places,
                                   const Trip& trip)
    : document_(document), places_(places) {
  for (const Visit& visit : trip.visits) {
    if (!absl::c_linear_search(visited_, visit.country_code)) {
      visited_.push_back(visit.country_code);
    }
  }
  for (const List& list : document.lists) {
    for (const uint32_t item : list.items) intro_of_unit_[item] = list.intro;
  }
  for (const Table& table : document.tables) {
    for (const TableRow& row : table.rows) {
      if (!row.cells.empty()) intro_of_unit_[row.cells[0]] = table.intro;
    }
  }
  for (uint32_t s = 0; s < document.sections.size(); ++s) {
    by_section_.push_back(OfSection(s));
  }
}

std::vector<std::string> SectionCountries::In(TokenSpan span) const {
  std::vector<std::string> named;
  auto place = std::lower_bound(places_.begin(), places_.end(), span.begin,
                                [](const PlaceMention& p, uint32_t begin) {
                                  return p.span.begin < begin;
                                });
  for (; place != places_.end() && place->span.begin < span.end; ++place) {
    if (!place->inside_name &&
        absl::c_linear_search(visited_, place->country_code) &&
        !absl::c_linear_search(named, place->country_code)) {
      named.push_back(place->country_code);
    }
  }
  std::vector<std::string> ordered;
  for (const std::string& code : visited_) {
    if (absl::c_linear_search(named, code)) ordered.push_back(code);
  }
  return ordered;
}

// Those that its heading names, unless it names all, else the only one that its
// text speaks of.
std::vector<std::string> SectionCountries::OfSection(uint32_t index) const {
  const Section& section = document_.sections[index];
  if (section.heading >= 0) {
    std::vector<std::string> named =
        In(document_.units[section.heading].tokens);
    if (named.size() == visited_.size() && named.size() > 1) return {};
    if (!named.empty()) return named;
  }
  std::vector<std::string> all;
  for (uint32_t u = section.first_unit; u < section.end_unit; ++u) {
    const Unit& unit = document_.units[u];
    if (unit.kind != UnitKind::kParagraph && unit.kind != UnitKind::kTitle) {
      continue;
    }
    for (const std::string& code : In(unit.tokens)) {
      if (!absl::c_linear_search(all, code)) all.push_back(code);
    }
    if (all.size() > 1) return {};
  }
  return all;
}

std::vector<std::string> SectionCountries::OfItem(const Item& item) const {
  for (const TokenSpan& span : {item.country, item.label, item.description}) {
    if (std::vector<std::string> named = In(span); !named.empty()) return named;
  }
  if (const auto intro =
          intro_of_unit_.find(document_.unit_of[item.parts[0].begin]);
      intro != intro_of_unit_.end() && intro->second >= 0) {
    const TokenSpan tokens = document_.units[intro->second].tokens;
    auto sentence = std::upper_bound(
        document_.sentences.begin(), document_.sentences.end(), tokens.end,
        [](uint32_t end, const Sentence& s) { return end <= s.tokens.begin; });
    if (sentence != document_.sentences.begin()) {
      std::vector<std::string> named = In(std::prev(sentence)->tokens);
      if (named.size() == 1) return named;
    }
  }
  return by_section_[item.section];
}

std::vector<std::string> SectionCountries::OfProse(TokenSpan sentence) const {
  if (std::vector<std::string> named = In(sentence); !named.empty()) {
    return named;
  }
  return by_section_[document_.units[document_.unit_of[sentence.begin]]
                         .section];
}

}  // namespace attache
