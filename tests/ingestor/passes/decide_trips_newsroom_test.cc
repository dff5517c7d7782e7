// Trips as other newsrooms tell them.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

TEST(DecideTrips, LeavesOutCountriesThatAreOnlyDiscussed) {
  const TripSummary trip = TripOf(
      "Defence Minister in Estonia\n\n"
      "Polish Defence Minister Tomasz Zielinski visited Tallinn on "
      "Monday. He met Estonian Defence Minister Kaarel Tamm to discuss "
      "the war in Ukraine, sanctions on Belarus and deliveries from "
      "South Korea.",
      "2023-08-21");
  EXPECT_EQ(trip.visits, "EE");
  EXPECT_EQ(trip.travelers, "Tomasz Zielinski (PL)");
  EXPECT_EQ(trip.meetings, "Kaarel Tamm");
  EXPECT_EQ(trip.dates, "2023-08-21/");
}

TEST(DecideTrips, SharesAnOfficeInThePlural) {
  const TripSummary trip = TripOf(
      "Ministers Larsen and Holm in Greenland's neighbour Iceland\n\n"
      "Denmark's Ministers Sofie Larsen and Mads Holm travelled to "
      "Reykjavik on 20 March for a meeting with Prime Minister Katrin "
      "Jonsdottir.",
      "2023-03-21");
  EXPECT_EQ(trip.visits, "IS");
  EXPECT_EQ(trip.travelers, "Sofie Larsen (DK); Mads Holm (DK)");
  EXPECT_EQ(trip.meetings, "Katrin Jonsdottir");
  EXPECT_EQ(trip.dates, "2023-03-20/");
}

TEST(DecideTrips, LeavesOutTripsAtOtherTimes) {
  const TripSummary trip = TripOf(
      "Readout of talks on grain\n\n"
      "Ukraine's Minister of Agriculture Oleh Bondar visited Ankara on "
      "20 March 2023. Last month he travelled to Romania and Bulgaria. "
      "Next month, President Kaya will visit Kyiv.",
      "2023-03-21");
  EXPECT_EQ(trip.visits, "TR");
  EXPECT_EQ(trip.travelers, "Oleh Bondar (UA)");
}

TEST(DecideTrips, LeavesOutNamesOfTreatiesAndUniversities) {
  const TripSummary trip = TripOf(
      "Climate envoy in Kenya\n\n"
      "Special Envoy for Climate Change Amara Diallo of Senegal attended "
      "the Africa Climate Summit in Nairobi, Kenya, on 27 November. She "
      "praised the Paris Agreement and thanked the American University "
      "of Beirut and the Washington Post.",
      "2023-11-28");
  EXPECT_EQ(trip.visits, "KE");
  EXPECT_EQ(trip.travelers, "Amara Diallo (SN)");
}

TEST(DecideTrips, CountsASummitAbroad) {
  const TripSummary trip = TripOf(
      "Prime Minister to attend NATO summit\n\n"
      "Canadian Prime Minister Marie Tremblay will attend the NATO "
      "Summit in Vilnius, Lithuania, on July 11 and 12. She will meet "
      "President Darius Kazlauskas.",
      "2023-07-10");
  EXPECT_EQ(trip.visits, "LT");
  EXPECT_EQ(trip.travelers, "Marie Tremblay (CA)");
  EXPECT_EQ(trip.meetings, "Darius Kazlauskas");
  EXPECT_EQ(trip.dates, "2023-07-11/2023-07-12");
}

TEST(DecideTrips, ReadsStatesBehindOffices) {
  const TripSummary trip = TripOf(
      "Kazakh leader in Rome\n\n"
      "President of Kazakhstan Arman Sultanov paid an official visit to "
      "Italy on January 18-19, 2024. He held talks with Prime Minister "
      "of Italy Giulia Conti and President of Italy Paolo Ferri and was "
      "received by Pope Benedict XVII in the Vatican.",
      "2024-01-20");
  EXPECT_EQ(trip.visits, "IT VA");
  EXPECT_EQ(trip.travelers, "Arman Sultanov (KZ)");
  EXPECT_EQ(trip.meetings, "Benedict XVII; Giulia Conti; Paolo Ferri");
  EXPECT_EQ(trip.dates, "2024-01-18/2024-01-19");
}

TEST(DecideTrips, KeepsParticlesOfNames) {
  const TripSummary trip = TripOf(
      "Crown Prince in India\n\n"
      "Crown Prince Khalid bin Salman Al Noor of Oman arrived in New "
      "Delhi on Friday on a two-day state visit at the invitation of "
      "Prime Minister Arjun Deshpande.",
      "2024-01-20");
  EXPECT_EQ(trip.visits, "IN");
  EXPECT_EQ(trip.travelers, "Khalid bin Salman Al Noor (OM)");
  EXPECT_EQ(trip.dates, "2024-01-19/2024-01-20");
}

TEST(DecideTrips, ReadsANewsAgencysOpening) {
  const TripSummary trip = TripOf(
      "Pakistan's prime minister heads to China for investment talks\n\n"
      "ISLAMABAD, Oct 8 (Newswire) - Pakistani Prime Minister Imran "
      "Qureshi will arrive in Beijing on Wednesday for a four-day "
      "official visit, his office said.\n\n"
      "He is scheduled to meet Chinese President Liu Wei and Premier "
      "Chen Hao and will then go to Shenzhen to address a business forum.",
      "2024-10-08");
  EXPECT_EQ(trip.visits, "CN");
  EXPECT_EQ(trip.travelers, "Imran Qureshi (PK)");
  EXPECT_EQ(trip.meetings, "Chen Hao; Liu Wei");
  EXPECT_EQ(trip.dates, "2024-10-09/2024-10-12");
  EXPECT_EQ(trip.status, "announced");
}

TEST(DecideTrips, MeetsThoseListed) {
  const TripSummary trip = TripOf(
      "Readout of Treasury Secretary Hall's visit to India\n\n"
      "Secretary of the Treasury Laura Hall visited Bengaluru, India "
      "from February 22 to 25, 2023, for the G20 Finance Ministers and "
      "Central Bank Governors Meeting. On the margins of the meeting, "
      "she met with Indian Finance Minister Anita Rao, Japanese Finance "
      "Minister Sato Kenta, and German Finance Minister Jonas Keller. "
      "They discussed Russia's war against Ukraine.",
      "2023-03-03");
  EXPECT_EQ(trip.visits, "IN");
  EXPECT_EQ(trip.travelers, "Laura Hall (US)");
  EXPECT_EQ(trip.meetings, "Anita Rao; Jonas Keller; Sato Kenta");
  EXPECT_EQ(trip.dates, "2023-02-22/2023-02-25");
  EXPECT_EQ(trip.status, "concluded");
}

TEST(DecideTrips, DatesEachStop) {
  const TripSummary trip = TripOf(
      "Chancellor's week in Latin America\n\n"
      "The German chancellor, Ute Brandt, is touring Latin America this "
      "week. She arrived in Buenos Aires on 22 April, goes on to "
      "Montevideo on 24 April and will be in Brasília from 25 to 27 "
      "April.",
      "2024-04-20");
  EXPECT_EQ(trip.visits, "AR UY BR");
  EXPECT_EQ(trip.travelers, "Ute Brandt (DE)");
  EXPECT_EQ(trip.dates, "2024-04-22/2024-04-27");
}

TEST(DecideTrips, TakesASecretaryGeneral) {
  const TripSummary trip = TripOf(
      "NATO chief to visit Kyiv\n\n"
      "NATO Secretary General Erik Lund will visit Ukraine and Poland "
      "next week, the alliance said. In Kyiv he is due to meet President "
      "Andriy Kovalenko.",
      "2024-04-20");
  EXPECT_EQ(trip.visits, "UA PL");
  EXPECT_EQ(trip.travelers, "Erik Lund ()");
  EXPECT_EQ(trip.meetings, "Andriy Kovalenko");
}

TEST(DecideTrips, MeetsACounterpart) {
  const TripSummary trip = TripOf(
      "Speaker Okafor concludes visit to Rwanda\n\n"
      "The Speaker of Nigeria's House of Representatives, Chidi Okafor, "
      "concluded a three-day visit to Kigali on Friday after signing a "
      "cooperation agreement with his Rwandan counterpart, Alice Uwase. "
      "Okafor had travelled to Rwanda with six lawmakers.",
      "2024-04-20");
  EXPECT_EQ(trip.visits, "RW");
  EXPECT_EQ(trip.travelers, "Chidi Okafor ()");
  EXPECT_EQ(trip.meetings, "Alice Uwase");
}

TEST(DecideTrips, ReadsAnOfficeOfTwoFields) {
  const TripSummary trip = TripOf(
      "Minister for Trade and Tourism to visit Singapore and Malaysia\n\n"
      "Australia's Minister for Trade and Tourism, Senator Fiona Grant, "
      "will lead a business delegation to Singapore and Malaysia from 17 "
      "to 21 June 2024. In Kuala Lumpur the Minister will co-chair the "
      "Australia-Malaysia Joint Trade Committee with Minister of "
      "Investment Aziz Rahman.",
      "2024-06-10");
  EXPECT_EQ(trip.visits, "SG MY");
  EXPECT_EQ(trip.travelers, "Fiona Grant (AU)");
  EXPECT_EQ(trip.meetings, "Aziz Rahman");
  EXPECT_EQ(trip.dates, "2024-06-17/2024-06-21");
}

TEST(DecideTrips, TakesAMonarchAndThoseBehind) {
  const TripSummary trip = TripOf(
      "King Frederik to pay state visit to Canada\n\n"
      "His Majesty King Frederik of Denmark will pay a state visit to "
      "Canada on 10-12 April 2024, accompanied by Foreign Minister Lars "
      "Holm. The King will meet Governor General Rose Martin in Ottawa "
      "and tour Nunavut.",
      "2024-03-01");
  EXPECT_EQ(trip.visits, "CA");
  EXPECT_EQ(trip.travelers, "Frederik (DK); Lars Holm (DK)");
  EXPECT_EQ(trip.meetings, "Rose Martin");
  EXPECT_EQ(trip.dates, "2024-04-10/2024-04-12");
}

TEST(DecideTrips, TakesBackAStopThatIsDropped) {
  const TripSummary trip = TripOf(
      "Deputy Foreign Minister trims tour\n\n"
      "Deputy Foreign Minister Anna Berg of Sweden will travel to "
      "Jordan, Lebanon and Iraq from May 8 to 12. Because of the "
      "security situation she will not visit Lebanon, her office said "
      "later.",
      "2024-05-06");
  EXPECT_EQ(trip.visits, "JO IQ");
  EXPECT_EQ(trip.travelers, "Anna Berg (SE)");
  EXPECT_EQ(trip.dates, "2024-05-08/2024-05-12");
}

TEST(DecideTrips, DatesStopsFromTodayAndTomorrow) {
  const TripSummary trip = TripOf(
      "Minister Clarke visits Oman to boost trade\n\n"
      "UK Minister for the Middle East Lord Clarke travelled to Muscat "
      "today (19 February) to strengthen ties. During the visit, he met "
      "the Omani Foreign Minister, Badr Al Said, and visited the port. "
      "The Minister then travels to Riyadh tomorrow.",
      "2024-02-19");
  EXPECT_EQ(trip.visits, "OM SA");
  EXPECT_EQ(trip.travelers, "Clarke (GB)");
  EXPECT_EQ(trip.meetings, "Badr Al Said");
}

TEST(DecideTrips, VisitsTheSeatOfTheUnitedNations) {
  const TripSummary trip = TripOf(
      "High Representative at the UN General Assembly\n\n"
      "The EU High Representative, Marta Costa, is in New York this week "
      "for the United Nations General Assembly. She will meet the "
      "foreign ministers of Egypt and Jordan.",
      "2024-09-23");
  EXPECT_EQ(trip.visits, "US");
  EXPECT_EQ(trip.travelers, "Marta Costa ()");
}

TEST(DecideTrips, KeepsHyphensAndMonthsInNames) {
  const TripSummary trip = TripOf(
      "South Korean president in Prague\n\n"
      "South Korean President Han Ji-hoon arrived in Prague on Thursday "
      "for a three-day visit. He will hold a summit with Czech President "
      "Jan Novak and Prime Minister Petra Svoboda on Friday.",
      "2024-09-23");
  EXPECT_EQ(trip.visits, "CZ");
  EXPECT_EQ(trip.travelers, "Han Ji-hoon (KR)");
  EXPECT_EQ(trip.meetings, "Jan Novak; Petra Svoboda");
  EXPECT_EQ(trip.dates, "2024-09-19/2024-09-21");
}

TEST(DecideTrips, SharesTheStateOfJoinedMinisters) {
  const TripSummary trip = TripOf(
      "Climate talks: who goes to Baku\n\n"
      "Environment Minister Elena Popescu and Energy Minister Radu "
      "Ionescu of Romania will attend the COP29 climate conference in "
      "Baku, Azerbaijan, from 11 to 22 November.",
      "2024-11-04");
  EXPECT_EQ(trip.visits, "AZ");
  EXPECT_EQ(trip.travelers, "Elena Popescu (); Radu Ionescu (RO)");
  EXPECT_EQ(trip.dates, "2024-11-11/2024-11-22");
}

TEST(DecideTrips, ReadsTheBeginningBehindTheReturn) {
  const TripSummary trip = TripOf(
      "Premier back from Pacific tour\n\n"
      "Premier Tom Faleolo of Samoa returned home on Sunday, 3 November "
      "2024, from a tour of Tonga, Fiji and Vanuatu that began on 25 "
      "October.",
      "2024-11-04");
  EXPECT_EQ(trip.visits, "TO FJ VU");
  EXPECT_EQ(trip.travelers, "Tom Faleolo (WS)");
  EXPECT_EQ(trip.dates, "2024-10-25/2024-11-03");
  EXPECT_EQ(trip.status, "concluded");
}

}  // namespace
}  // namespace attache
