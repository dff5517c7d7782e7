#include "tests/query_service/support/random_filter.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "tests/query_service/support/full_records.h"
#include "tests/query_service/support/plain_words.h"
#include "tests/query_service/support/random_filter/kinds.h"
#include "tests/query_service/support/random_filter/parts.h"
#include "tests/query_service/support/random_filter/record_fields.h"

namespace attache::testing {
namespace random_filter {
namespace {

// Titles, items, tables and names.
Strings SearchedTexts(const v1::TripRecord& r) {
  Strings texts = {r.title(), r.source().title()};
  const auto add = [&texts](const auto&... values) {
    (texts.push_back(values), ...);
  };
  const auto add_all = [&texts](const auto& values) {
    texts.insert(texts.end(), values.begin(), values.end());
  };
  for (const auto& t : r.travelers()) add(t.name(), t.role(), t.organization());
  for (const auto& visit : r.visits()) add_all(visit.places());
  for (const auto& region : r.regions()) add(region.text());
  for (const auto& event : r.events()) add(event.name());
  for (const auto& m : r.meetings()) {
    add(m.counterpart(), m.role(), m.organization());
  }
  for (const auto& o : r.objectives()) {
    add(o.text(), o.description(), o.anticipated_impact());
  }
  for (const auto& s : r.sectors()) {
    add(s.text(), s.description());
    add_all(s.key_players());
  }
  for (const auto& c : r.commitments()) add(c.text(), c.description());
  for (const auto& f : r.focus_areas()) {
    add(f.text(), f.expected_outcomes(), f.description());
  }
  for (const auto& table : r.tables()) {
    add(table.section_title());
    add_all(table.header());
    for (const auto& row : table.rows()) add_all(row.cells());
  }
  std::erase(texts, "");
  return texts;
}

Part<v1::TripRecord> Word(Dice& dice) {
  const bool pattern = dice.OneIn(5);
  std::string text;
  if (pattern) {
    text = dice.One(kPatterns);
  } else {
    text = dice.One(SharedWords());
    if (dice.OneIn(4)) text = dice.One(SharedTexts());
    if (text == "—") text = "trade talks";
  }
  const auto holds = [=](const std::string& held, const std::string& language) {
    return pattern ? TextMatches(":", text, held)
                   : PlainHoldsPhrase(language, held, text);
  };
  // An asterisk alone asks for nothing; in quotes for a text.
  const std::string written = Quoted(dice, text);
  const bool anything = written == "*";
  return {written, [=](const v1::TripRecord& r, const std::string& language) {
            if (anything) return true;
            for (const std::string& held : SearchedTexts(r)) {
              if (holds(held, language)) return true;
            }
            return false;
          }};
}

// Whether postings or columns hold what the filter is of, or most of it.
bool IsIndexed(absl::string_view filter) {
  static constexpr absl::string_view kPaths[] = {
      "record_id",
      "source.briefing_id",
      "source.publisher",
      "source.publish_time",
      "source.language_code",
      "title",
      "status",
      "travelers.name",
      "travelers.country_code",
      "visits.country_code",
      "mentioned_countries.country_code",
      "regions.region_id",
      "dates.start",
      "events.series_id",
      "objectives.objective_id",
      "objectives.text",
      "sectors.sector_id",
      "extraction.confidence",
      "labels.",
  };
  return std::any_of(
      std::begin(kPaths), std::end(kPaths),
      [&](absl::string_view path) { return absl::StartsWith(filter, path); });
}

Part<v1::TripRecord> AnyField(Dice& dice) {
  return Finished(dice.One(Fields<v1::TripRecord>())(dice, 2, ""));
}

Part<v1::TripRecord> IndexedField(Dice& dice) {
  while (true) {
    Part<v1::TripRecord> part = AnyField(dice);
    if (IsIndexed(part.text)) return part;
  }
}

Part<v1::TripRecord> FilterOfRecords(Dice& dice) {
  // What the index answers would hide among what has to be read.
  const bool indexed = dice.OneIn(2);
  return Expression<v1::TripRecord>(dice, 2, [&] {
    if (dice.OneIn(7)) return Word(dice);
    return indexed ? IndexedField(dice) : AnyField(dice);
  });
}

}  // namespace
}  // namespace random_filter

RandomFilter MakeRandomFilter(uint32_t seed) {
  random_filter::Dice dice(seed);
  auto part = random_filter::FilterOfRecords(dice);
  return {std::move(part.text),
          [holds = std::move(part.holds)](const v1::TripRecord& record) {
            return holds(record, record.source().language_code());
          }};
}

}  // namespace attache::testing
