// Texts that speak of foreign countries and report no trip.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

using ::testing::IsEmpty;

TEST(DecideTrips, LeavesOutASpeechAtHome) {
  EXPECT_THAT(
      TripsOf(
          "Remarks by the Minister of Energy at the National Wind "
          "Conference\n\n"
          "Minister of Energy Mads Holm of Denmark opened the National Wind "
          "Conference in Aarhus today. He thanked engineers from Germany, "
          "the Netherlands and the United Kingdom for their part in offshore "
          "projects.",
          "2023-09-12"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutATelephoneCall) {
  EXPECT_THAT(
      TripsOf(
          "Minister Gagnon to host Finnish counterpart\n\n"
          "The Minister of Foreign Affairs of Canada, Nathalie Gagnon, will "
          "speak by telephone with her Finnish counterpart, Mikko Saarinen, "
          "on 14 March 2024. They will discuss the Arctic and support for "
          "Ukraine.",
          "2024-03-11"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutJourneysAtHome) {
  EXPECT_THAT(
      TripsOf("Assistant Secretary Doyle's Travel to Chicago and Detroit\n\n"
              "Assistant Secretary of State for Consular Affairs Paula Doyle "
              "will travel to Chicago, Illinois and Detroit, Michigan, May "
              "12-13, to observe passport operations. She will discuss "
              "cooperation with Canada.",
              "2022-05-10"),
      IsEmpty());
}

TEST(DecideTrips, KnowsANamesakeByTheProvinceBehindIt) {
  EXPECT_THAT(
      TripsOf("Assistant Secretary of State for Consular Affairs Paula Doyle "
              "will travel to Portsmouth, New Hampshire, May 12-13.",
              "2022-05-10"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutTravelAdvisories) {
  EXPECT_THAT(
      TripsOf(
          "Travel Advisory Updates\n\n"
          "U.S. citizens should reconsider travel to Nicaragua and Honduras "
          "due to crime. Travelers who visit Honduras should enroll in the "
          "Smart Traveler program.",
          "2022-05-10"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutCallsThatTheHeadlineNames) {
  EXPECT_THAT(
      TripsOf(
          "Secretary Walsh's Call with Japanese Foreign Minister Mori\n\n"
          "Secretary of State Peter Walsh spoke today with Japanese Foreign "
          "Minister Kenji Mori. The Secretary and the Foreign Minister "
          "discussed Russia's war against Ukraine.",
          "2022-05-10"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutNationalDays) {
  EXPECT_THAT(
      TripsOf(
          "Paraguay National Day\n\n"
          "On behalf of the Government of the United States of America, I "
          "congratulate the people of Paraguay on 211 years of independence. "
          "I look forward to working with President Benítez.",
          "2022-05-10"),
      IsEmpty());
}

TEST(DecideTrips, TakesGeorgiaForTheStateBesideItsTown) {
  EXPECT_THAT(
      TripsOf("Assistant Secretary Lane's Travel to Atlanta\n\n"
              "Assistant Secretary of State Karen Lane will travel to Atlanta, "
              "Georgia, June 14-16 to meet university students.",
              "2022-06-10"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutVirtualMeetings) {
  EXPECT_THAT(
      TripsOf("Secretary Walsh at the virtual ministerial\n\n"
              "Secretary of State Peter Walsh participated virtually in the "
              "ministerial meeting hosted by Italy in Rome on July 9.",
              "2021-07-10"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutSanctions) {
  EXPECT_THAT(
      TripsOf("Sanctions on Officials in Nicaragua\n\n"
              "The Department of State is imposing visa restrictions on 100 "
              "members of the Nicaraguan National Assembly. Secretary of State "
              "Peter Walsh said that the United States will continue to use "
              "diplomatic tools in Nicaragua.",
              "2021-07-10"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutCallsBetweenForeigners) {
  EXPECT_THAT(
      TripsOf("Foreign ministers speak by phone\n\n"
              "Foreign Minister of Japan Mori Kenji spoke by telephone with "
              "Foreign Minister of Fiji Josefa Tora on Friday. They discussed "
              "fisheries and climate change.",
              "2024-03-01"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutManagersOfCompanies) {
  EXPECT_THAT(
      TripsOf("Automaker's chief executive visits Hungary\n\n"
              "Chief Executive Tom Baker of Nordmotor visited a new plant in "
              "Hungary on Friday and met workers.",
              "2024-03-01"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutTourists) {
  EXPECT_THAT(
      TripsOf("Tourists return to Sri Lanka\n\n"
              "More than 100,000 tourists visited Sri Lanka in February, the "
              "tourism ministry said, as travellers from India, Russia and "
              "Germany returned to Colombo.",
              "2024-03-01"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutAMinistersToursAtHome) {
  EXPECT_THAT(
      TripsOf(
          "Minister Dlamini visits Durban\n\n"
          "South Africa's Minister of Transport, Sipho Dlamini, visited "
          "Durban and Pietermaritzburg on Thursday to inspect damaged roads. "
          "He thanked engineers from Mozambique.",
          "2024-03-01"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutInvitations) {
  EXPECT_THAT(
      TripsOf("President invites Indian leader\n\n"
              "President Rosa Alvarez of Mexico has invited Indian Prime "
              "Minister Arjun Deshpande to visit Mexico next year. The two "
              "countries mark 75 years of relations.",
              "2024-11-04"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutGovernmentsThatAreSpokenOf) {
  EXPECT_THAT(
      TripsOf("Ministry rejects accusations\n\n"
              "The Ministry of Foreign Affairs of Latvia said that Moscow and "
              "Minsk had violated its airspace. Foreign Minister Anda Kalnina "
              "called on Beijing to use its influence.",
              "2024-11-04"),
      IsEmpty());
}

TEST(DecideTrips, LeavesOutWhatPassesFallsAndGainsAbroad) {
  EXPECT_THAT(TripsOf("La presidenta de Finlandia, Elina Aalto, sigue de cerca "
                      "lo que pasa en Venezuela.",
                      "2024-05-15", "es"),
              IsEmpty());
  EXPECT_THAT(TripsOf("La ministra de Hacienda de Finlandia, Elina Aalto, dijo "
                      "que la inflación baja a Chile.",
                      "2024-05-15", "es"),
              IsEmpty());
  EXPECT_THAT(TripsOf("A presidente da Finlândia, Elina Aalto, disse que a "
                      "inflação desce a Portugal.",
                      "2024-05-15", "pt"),
              IsEmpty());
}

}  // namespace
}  // namespace attache
