#include "ingestor/passes/validate.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Codes(const Trip& trip,
                               const std::vector<LinkedItem>& items = {}) {
  const Document document = DocumentFromText("Some words to point at.");
  IssueSink issues;
  Validate(document, {trip}, {items}, issues);
  std::vector<std::string> codes;
  for (const Issue& issue : issues.issues()) codes.push_back(issue.code);
  return codes;
}

Trip TripOf(DateRange dates, const std::vector<DateRange>& visits) {
  Trip trip;
  trip.dates = dates;
  for (const DateRange& visit : visits) {
    trip.visits.emplace_back().dates = visit;
  }
  return trip;
}

TEST(Validate, AcceptsVisitsWithinTheTrip) {
  EXPECT_THAT(Codes(TripOf({{2024, 5, 1}, {2024, 5, 9}},
                           {{{2024, 5, 1}, {2024, 5, 3}}, {{2024, 5, 4}, {}}})),
              IsEmpty());
  EXPECT_THAT(Codes(TripOf({{2024, 5, 1}, {}}, {{{2024, 5, 0}, {}}})),
              IsEmpty());
}

TEST(Validate, ReportsAnEndBeforeItsStart) {
  EXPECT_THAT(Codes(TripOf({{2024, 5, 9}, {2024, 5, 1}}, {})),
              ElementsAre("DATES_REVERSED"));
}

TEST(Validate, ReportsAVisitOutsideTheTrip) {
  EXPECT_THAT(Codes(TripOf({{2024, 5, 1}, {2024, 5, 9}},
                           {{{2024, 6, 1}, {2024, 6, 3}}})),
              ElementsAre("VISIT_OUTSIDE_TRIP"));
  EXPECT_THAT(Codes(TripOf({{2024, 5, 2}, {}}, {{{2024, 5, 1}, {}}})),
              ElementsAre("VISIT_OUTSIDE_TRIP"));
}

TEST(Validate, ReportsVisitsOutOfOrder) {
  EXPECT_THAT(Codes(TripOf({}, {{{2024, 5, 4}, {}}, {{2024, 5, 2}, {}}})),
              ElementsAre("VISIT_ORDER"));
}

TEST(Validate, ReportsItemsThatTheVocabularyHasNothingFor) {
  LinkedItem laid_out;
  laid_out.kind = ItemKind::kSector;
  LinkedItem prose = laid_out;
  prose.from_prose = true;
  LinkedItem focus;
  focus.kind = ItemKind::kFocusArea;
  EXPECT_THAT(Codes(Trip(), {laid_out, prose, focus}),
              ElementsAre("ITEM_WITHOUT_ID"));
}

TEST(Validate, CountsItemsWithoutIdsRatherThanNamingAllOfThem) {
  LinkedItem sector;
  sector.kind = ItemKind::kSector;
  EXPECT_EQ(Codes(Trip(), std::vector<LinkedItem>(5000, sector)).size(), 21u);
}

}  // namespace
}  // namespace attache
