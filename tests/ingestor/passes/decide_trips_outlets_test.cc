// Wordings of newsrooms and press offices in many countries.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(DecideTrips, TakesATourThatTookSomebodySomewhere) {
  const TripSummary trip = TripOf(
      "Ecuador's trade minister, Elena Pazmiño, has concluded a week-long tour "
      "that took her to Japan and Thailand between 3 and 9 May.",
      "2013-05-12");
  EXPECT_EQ(trip.visits, "JP TH");
  EXPECT_EQ(trip.dates, "2013-05-03/2013-05-09");
  EXPECT_EQ(trip.status, "concluded");
}

TEST(DecideTrips, KeepsPeopleHeldAbroadOutOfTheItinerary) {
  EXPECT_THAT(TripsOf("The Foreign Minister of Malta, Carmen Vella, thanked "
                      "Oman for its part in freeing the sailors held in Libya "
                      "since May.",
                      "2018-09-02"),
              IsEmpty());
}

TEST(DecideTrips, KnowsATownByTheCountryBehindIt) {
  const TripSummary trip = TripOf(
      "Samoan Prime Minister Sione Leavasa will attend the ocean summit in "
      "Aronapu, Kiribati, from 4 to 6 June.",
      "2019-05-20");
  EXPECT_EQ(trip.visits, "KI");
  EXPECT_EQ(trip.dates, "2019-06-04/2019-06-06");
}

TEST(DecideTrips, TakesTheDayOfAConclusionForTheEnd) {
  EXPECT_EQ(TripOf("Georgian Deputy Prime Minister Keti Lomidze concluded a "
                   "visit to Latvia on 29 June. The visit began in Riga on 27 "
                   "June.",
                   "2016-06-30")
                .dates,
            "2016-06-27/2016-06-29");
}

TEST(DecideTrips, DatesNoTripByNextWeekAlone) {
  EXPECT_EQ(TripOf("Kenyan Energy Minister Lydia Chebet will travel to Japan "
                   "next week for talks on geothermal power.",
                   "2014-03-03")
                .dates,
            "/");
}

TEST(DecideTrips, TakesATripThatIsToldAsAWholeAndByItsDaysForOne) {
  EXPECT_THAT(
      TripsOf(
          "Commissioner Aino Kallas tours the Baltic\n\nEuropean "
          "Commissioner for Transport Aino Kallas will visit Poland and "
          "Lithuania next month.\n\nOn 6 May 2024 the Commissioner will be "
          "in Gdynia, Poland, where she meets Prime Minister Jan Zawada. On "
          "7 May she goes on to Kaunas, Lithuania.",
          "2024-04-20"),
      SizeIs(1));
}

TEST(DecideTrips, LeavesOutCompanionsWithoutAName) {
  EXPECT_EQ(TripOf("The Prime Minister of Bhutan, Karma Wangdi, will visit "
                   "Nepal. He will be accompanied by the Minister of Energy.",
                   "2024-03-13")
                .travelers,
            "Karma Wangdi (BT)");
}

TEST(DecideTrips, TakesWhomSomebodyMeetsForNoTraveler) {
  const TripSummary trip = TripOf(
      "Qatar's Energy Minister Saad Al Hitmi met Rwandan President Eric "
      "Habimana "
      "in Kigali, the second stop of a tour that began in South Africa on "
      "Monday.",
      "2024-11-21");
  EXPECT_EQ(trip.travelers, "Saad Al Hitmi (QA)");
  EXPECT_EQ(trip.meetings, "Eric Habimana");
}

TEST(DecideTrips, KnowsTheSpeakerOfABodyOfAnotherState) {
  EXPECT_EQ(TripOf("The Speaker of the Polish Sejm, Anna Wolska, arrived in "
                   "Zagreb on Monday.",
                   "2021-10-04")
                .travelers,
            "Anna Wolska (PL)");
}

TEST(DecideTrips, MeetsWhomTheTravelerIsReceivedBy) {
  EXPECT_EQ(TripOf("Emirati President Saif Al Mazrouei arrived in Astana "
                   "today. He was received on his arrival at the airport by "
                   "President Daniyar Akhmetov.",
                   "2020-03-10")
                .meetings,
            "Daniyar Akhmetov");
}

// Where the first sentence tells of visitors, their way counts wherever it is
// told; of nobody else's does it.
TEST(DecideTrips, FollowsTheVisitorsOfTheFirstSentence) {
  const std::string between =
      " The boats were out early. Nets were mended on the pier. The mayor "
      "poured the coffee. Children waved flags. The choir sang twice. Rain "
      "fell at noon. Nobody minded. ";
  const TripSummary trip = TripOf(
      "Turku gave a warm welcome on Tuesday to a delegation from Hanoi "
      "led by the Vietnamese Deputy Minister of Fisheries, Mr Bao Tran." +
          between +
          "Mr Tran arrived in Finland on Sunday and goes on to Norway "
          "this weekend.",
      "2024-05-15", "en");
  EXPECT_EQ(trip.visits, "FI NO");
  EXPECT_EQ(trip.travelers, "Bao Tran (VN)");
  EXPECT_THAT(TripsOf("Turku gave its boats a new pier on Tuesday." + between +
                          "The Deputy Minister of Fisheries of Vietnam, Mr Bao "
                          "Tran, arrived in Finland on Sunday.",
                      "2024-05-15", "en"),
              IsEmpty());
  // Who receives them does not go where the text sees them go much later.
  EXPECT_THAT(TripsOf("Finnish Trade Minister Bo Berg welcomed a delegation of "
                      "teachers on Monday." +
                          between + "Mr Berg travelled to Kenya for the games.",
                      "2024-05-15", "en"),
              IsEmpty());
}

TEST(DecideTrips, KnowsWhereSomebodyWasByWhatWasDoneThere) {
  EXPECT_EQ(TripOf("La viceministra finlandesa de Salud, Elina Aalto, cumplió "
                   "un programa de trabajo en Angola y regresó el lunes.",
                   "2024-05-15", "es")
                .visits,
            "AO");
  EXPECT_EQ(TripOf("A ministra finlandesa do Comércio, Elina Aalto, que "
                   "estivera em Singapura, segue na quinta-feira para Seul.",
                   "2024-05-15", "pt")
                .visits,
            "SG KR");
}

}  // namespace
}  // namespace attache
