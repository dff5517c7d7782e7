// Whose country it is where the text does not say it beside the name.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

using ::testing::IsEmpty;

TEST(HomeCountry, IsThePossessorOfTheOffice) {
  const TripSummary trip = TripOf(
      "Uganda's Special Envoy for Water, Ruth Nakato, flew to Oslo on Monday "
      "and met Norway's Minister of Development, Siri Dahl.",
      "2017-03-08");
  EXPECT_EQ(trip.travelers, "Ruth Nakato (UG)");
  EXPECT_EQ(trip.visits, "NO");
}

TEST(HomeCountry, IsTheDelegations) {
  const TripSummary trip = TripOf(
      "Health Minister Ana Tupou will lead Tonga's delegation to the regional "
      "health assembly in Nadi, Fiji, from 3 to 5 May.",
      "2019-04-28");
  EXPECT_EQ(trip.travelers, "Ana Tupou (TO)");
  EXPECT_EQ(trip.visits, "FJ");
}

TEST(HomeCountry, IsTheHeadlines) {
  EXPECT_EQ(TripOf("Bahraini Interior Minister in Muscat\n\n"
                   "Interior Minister Hamad Al Noaimi arrived in Muscat today "
                   "for talks on border posts.",
                   "2015-02-10")
                .travelers,
            "Hamad Al Noaimi (BH)");
}

TEST(HomeCountry, IsWhereTheTextWasFiled) {
  const TripSummary trip = TripOf(
      "DHAKA, June 3 - Commerce Minister Farida Hossain will leave for Hanoi "
      "on Sunday for talks on rice.",
      "2016-06-03");
  EXPECT_EQ(trip.travelers, "Farida Hossain (BD)");
  EXPECT_EQ(trip.visits, "VN");
}

TEST(HomeCountry, IsWhereTheTextIsSigned) {
  EXPECT_EQ(TripOf("Minister of Trade Lena Frey will visit Peru and Chile from "
                   "3 to 7 May 2021.\n\n"
                   "She will open a trade fair and meet business leaders.\n\n"
                   "Bern, 28 April 2021\n",
                   "2021-04-28")
                .travelers,
            "Lena Frey (CH)");
}

TEST(HomeCountry, IsNotWhereTheTravelerGoes) {
  EXPECT_EQ(TripOf("HANOI, June 5 - Commerce Minister Farida Hossain arrived "
                   "in Vietnam today for talks on rice.",
                   "2016-06-05")
                .visits,
            "VN");
}

TEST(HomeCountry, HoldsTownsAloneToBeTravelAtHome) {
  EXPECT_THAT(TripsOf("Minister of Roads Lotte Meijer visited Zwolle and "
                      "Deventer on Friday to open two bridges.",
                      "2016-06-05"),
              IsEmpty());
}

}  // namespace
}  // namespace attache
