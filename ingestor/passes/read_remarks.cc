#include "ingestor/passes/read_remarks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/itinerary_cells.h"

namespace attache {
namespace {

constexpr size_t kHeadUnits = 7;
constexpr uint32_t kLongestLine = 16;  // tokens

void AddOfficers(const TripText& text, TokenSpan span,
                 std::vector<uint32_t>* officers) {
  for (uint32_t at = span.begin; at < span.end; ++at) {
    const PersonMention* mention = text.PersonAt(at);
    if (mention == nullptr || at != mention->span.begin) continue;
    const Person& person = text.findings().people[mention->person];
    if (!person.name.empty() && HoldsOffice(person)) {
      officers->push_back(mention->person);
    }
  }
}

std::vector<Stop> StopsOfLine(const TripText& text, TokenSpan line,
                              const std::vector<uint32_t>& speakers) {
  std::vector<Stop> stops;
  for (const uint32_t place : StopsIn(text, line)) {
    Stop stop;
    stop.place = place;
    stop.sentence = text.SentenceOf(line.begin);
    stop.governor = line.begin;
    stop.reach = Reach::kTravelled;
    stop.actors = speakers;
    stops.push_back(std::move(stop));
  }
  return stops;
}

}  // namespace

std::vector<Stop> ReadRemarks(const TripText& text) {
  const std::vector<Unit>& units = text.document().units;
  const size_t end = std::min<size_t>(
      {units.size(), kHeadUnits, size_t{text.transcript_begin()}});
  std::vector<uint32_t> speakers;
  for (size_t u = 0; u < end; ++u) {
    const TokenSpan span = units[u].tokens;
    // A headline names the speakers of a verbatim record alone.
    const bool title = units[u].kind == UnitKind::kTitle;
    if (title && text.transcript_begin() == units.size()) continue;
    if (!title && span.end - span.begin > kLongestLine) return {};
    AddOfficers(text, span, &speakers);
    if (title || speakers.empty()) continue;
    const std::optional<PlaceLine> line = ReadPlaceLine(text, span);
    if (!line.has_value() || !line->place) continue;
    return StopsOfLine(text, span, speakers);
  }
  return {};
}

}  // namespace attache
