#include "query_service/index/searched_text.h"

#include <algorithm>
#include <iterator>

namespace attache {
namespace {

constexpr absl::string_view kPaths[] = {
    "commitments.description",
    "commitments.text",
    "events.name",
    "focus_areas.description",
    "focus_areas.expected_outcomes",
    "focus_areas.text",
    "meetings.counterpart",
    "meetings.organization",
    "meetings.role",
    "objectives.anticipated_impact",
    "objectives.description",
    "objectives.text",
    "regions.text",
    "sectors.description",
    "sectors.key_players",
    "sectors.text",
    "source.title",
    "tables.header",
    "tables.rows.cells",
    "tables.section_title",
    "title",
    "travelers.name",
    "travelers.organization",
    "travelers.role",
    "visits.places",
};

}  // namespace

void ForEachSearchedText(const v1::TripRecord& record,
                         absl::FunctionRef<void(absl::string_view)> take) {
  take(record.title());
  take(record.source().title());
  for (const auto& traveler : record.travelers()) {
    take(traveler.name());
    take(traveler.role());
    take(traveler.organization());
  }
  for (const auto& visit : record.visits()) {
    for (const auto& place : visit.places()) take(place);
  }
  for (const auto& region : record.regions()) take(region.text());
  for (const auto& event : record.events()) take(event.name());
  for (const auto& meeting : record.meetings()) {
    take(meeting.counterpart());
    take(meeting.role());
    take(meeting.organization());
  }
  for (const auto& objective : record.objectives()) {
    take(objective.text());
    take(objective.description());
    take(objective.anticipated_impact());
  }
  for (const auto& sector : record.sectors()) {
    take(sector.text());
    take(sector.description());
    for (const auto& player : sector.key_players()) take(player);
  }
  for (const auto& commitment : record.commitments()) {
    take(commitment.text());
    take(commitment.description());
  }
  for (const auto& focus : record.focus_areas()) {
    take(focus.text());
    take(focus.expected_outcomes());
    take(focus.description());
  }
  for (const auto& table : record.tables()) {
    take(table.section_title());
    for (const auto& cell : table.header()) take(cell);
    for (const auto& row : table.rows()) {
      for (const auto& cell : row.cells()) take(cell);
    }
  }
}

bool IsSearchedText(absl::string_view path) {
  return std::find(std::begin(kPaths), std::end(kPaths), path) !=
         std::end(kPaths);
}

}  // namespace attache
