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

TEST(HomeCountry, IsTheLetterheads) {
  EXPECT_EQ(TripOf("Ministry of Health, Port Vila\n\n"
                   "Minister of Health Rose Kalo will visit Suva from 3 to 5 "
                   "May. She will meet doctors of the hospital.",
                   "2021-04-28")
                .travelers,
            "Rose Kalo (VU)");
  EXPECT_EQ(TripOf("Ministerio de Salud, Tegucigalpa\n\n"
                   "La ministra de Salud Alba Zelaya viajará a Lima del 3 al 5 "
                   "de mayo. Allí se reunirá con médicos del hospital.",
                   "2021-04-28", "es")
                .travelers,
            "Alba Zelaya (HN)");
  EXPECT_EQ(TripOf("Ministério da Saúde, Luanda\n\n"
                   "A ministra da Saúde Alba Zua visitará Lisboa de 3 a 5 de "
                   "maio. A ministra vai reunir-se com médicos do hospital.",
                   "2021-04-28", "pt")
                .travelers,
            "Alba Zua (AO)");
  EXPECT_EQ(TripOf("Ministère du Commerce, Libreville\n\n"
                   "La ministre du Commerce Aline Mba se rendra à Accra du 3 "
                   "au 5 mai. Elle y rencontrera des chefs d'entreprise.",
                   "2021-04-28", "fr")
                .travelers,
            "Aline Mba (GA)");
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
