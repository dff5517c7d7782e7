#include "ingestor/passes/read_itinerary.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ReadItinerary, TakesStopsAndDaysFromATable) {
  const TripSummary trip = TripOf(
      "Minister of Mines of Zambia Grace Phiri will travel abroad in May.\n\n"
      "Country | City | Dates\n"
      "---|---|---\n"
      "Finland | Helsinki | 3-4 May\n"
      "Chile | Santiago, Antofagasta | 6-9 May\n",
      "2018-04-20");
  EXPECT_EQ(trip.visits, "FI CL");
  EXPECT_EQ(trip.dates, "2018-05-03/2018-05-09");
  EXPECT_THAT(trip.places, ElementsAre("Helsinki", "Santiago", "Antofagasta"));
  EXPECT_EQ(trip.travelers, "Grace Phiri (ZM)");
}

TEST(ReadItinerary, TakesStopsFromLinesOfDateAndPlace) {
  const TripSummary trip = TripOf(
      "President of Peru Luis Paredes: programme in Europe\n\n"
      "The following engagements are planned:\n\n"
      "- 2-3 October: Lisbon, Portugal, trade forum\n"
      "- 4 October: Madrid, audience with the King\n"
      "- 5-6 October: Rome, meeting with business leaders\n",
      "2019-09-28");
  EXPECT_EQ(trip.visits, "PT ES IT");
  EXPECT_EQ(trip.dates, "2019-10-02/2019-10-06");
}

TEST(ReadItinerary, TakesStopsTravelersAndDaysFromLabels) {
  const TripSummary trip = TripOf(
      "Report on an official journey\n\n"
      "Destinations: Oman and Qatar\n\n"
      "Period: 4-8 February 2020\n\n"
      "Head of delegation: State Secretary of Norway Kari Moen\n\n"
      "The delegation discussed shipping with its hosts.\n",
      "2020-02-12");
  EXPECT_EQ(trip.visits, "OM QA");
  EXPECT_EQ(trip.dates, "2020-02-04/2020-02-08");
  EXPECT_EQ(trip.travelers, "Kari Moen (NO)");
  EXPECT_EQ(trip.status, "concluded");
}

TEST(ReadItinerary, TakesNoDayOfTheReleaseForADayOfTheTrip) {
  const TripSummary trip = TripOf(
      "President of Peru Luis Paredes: programme in Europe\n\n"
      "- 12 September 2019 – Note of the press office.\n"
      "- 2-3 October 2019 – Lisbon, Portugal: trade forum\n"
      "- 4 October 2019 – Rome, Italy: meeting with business leaders\n"
      "- 30 October 2019 – Deadline for questions by the press.\n",
      "2019-09-12");
  EXPECT_EQ(trip.visits, "PT IT");
  EXPECT_EQ(trip.dates, "2019-10-02/2019-10-04");
}

TEST(ReadItinerary, TakesTheDayOfTheReturnWithoutAPlace) {
  const TripSummary trip = TripOf(
      "President of Peru Luis Paredes: programme in Europe\n\n"
      "- 2-3 October 2019 – Lisbon, Portugal: trade forum\n"
      "- 4 October 2019 – Rome, Italy: meeting with business leaders\n"
      "- 6 October 2019 – Return home.\n",
      "2019-09-12");
  EXPECT_EQ(trip.dates, "2019-10-02/2019-10-06");
}

TEST(ReadItinerary, LeavesATableOfTradeAlone) {
  EXPECT_THAT(TripsOf("Minister of Trade Kari Moen presented the figures of "
                      "last year in Oslo.\n\n"
                      "Country | Exports | Imports\n"
                      "---|---|---\n"
                      "Oman | 3 | 4\n"
                      "Qatar | 5 | 6\n",
                      "2020-02-12"),
              IsEmpty());
}

}  // namespace
}  // namespace attache
