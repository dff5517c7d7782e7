// Trips that a briefing reports: who, where, when, whom.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

TEST(DecideTrips, ReadsBothStopsOfATour) {
  const TripSummary trip = TripOf(
      "Trade on the Agenda: Foreign Minister Lindqvist in Brazil and "
      "Peru\n\n"
      "Swedish Foreign Minister Karin Lindqvist travelled to Brazil and "
      "Peru from 4 to 9 March 2024 with a delegation of twenty "
      "companies.\n\n"
      "In Brasília, Lindqvist met Brazilian Foreign Minister Rafael "
      "Monteiro and signed a memorandum on green hydrogen. On 8 March "
      "the minister flew on to Lima, where she was received by President "
      "Lucía Valdivia.",
      "2024-03-12");
  EXPECT_EQ(trip.visits, "BR PE");
  EXPECT_EQ(trip.travelers, "Karin Lindqvist (SE)");
  EXPECT_EQ(trip.meetings, "Lucía Valdivia; Rafael Monteiro");
  EXPECT_EQ(trip.dates, "2024-03-04/2024-03-09");
  EXPECT_EQ(trip.status, "concluded");
}

TEST(DecideTrips, TakesGuestsAsTravelersToTheirHosts) {
  const TripSummary met = TripOf(
      "Secretary Walsh's Meeting with Dutch Foreign Minister de Vries\n\n"
      "Secretary of State Peter Walsh met today with Dutch Foreign "
      "Minister Anna de Vries in Washington. They discussed support for "
      "Ukraine and relations with China.",
      "2022-06-14");
  EXPECT_EQ(met.visits, "US");
  EXPECT_EQ(met.travelers, "Anna de Vries (NL)");
  const TripSummary welcomed = TripOf(
      "Canada to receive Finnish foreign minister\n\n"
      "The Minister of Foreign Affairs of Canada, Nathalie Gagnon, will "
      "welcome the Foreign Minister of Finland, Mikko Saarinen, to Ottawa on "
      "14 March 2024. It is the first visit by a Finnish foreign minister to "
      "Canada in six years.",
      "2024-03-10");
  EXPECT_EQ(welcomed.visits, "CA");
  EXPECT_EQ(welcomed.travelers, "Mikko Saarinen (FI)");
  EXPECT_EQ(welcomed.dates, "2024-03-14/");
}

TEST(DecideTrips, KeepsTheStopsOfATripThatIsPutOff) {
  const TripSummary trip = TripOf(
      "Prime Minister postpones visit to Japan\n\n"
      "Prime Minister Hana Ngata of New Zealand has put off her visit to "
      "Japan because of floods, her office said on Friday. No new date "
      "has been set.\n\n"
      "The prime minister was to travel to Tokyo and Osaka with forty "
      "business leaders.",
      "2023-06-02");
  EXPECT_EQ(trip.visits, "JP");
  EXPECT_EQ(trip.travelers, "Hana Ngata (NZ)");
  EXPECT_EQ(trip.status, "postponed");
}

TEST(DecideTrips, LeavesAPlaceToThoseWhoMeetThere) {
  EXPECT_EQ(TripOf("Foreign Minister Ewa Lis of Poland visited Kenya on Monday "
                   "and spoke of Sudan, where the UN met rebels last week.",
                   "2024-02-11")
                .visits,
            "KE");
}

TEST(DecideTrips, TellsTheNextTripFromTheOneThatEnded) {
  const TripSummary trip = TripOf(
      "President Mwangi back from Angola, leaves for India next week\n\n"
      "President Grace Mwangi of Kenya returned to Nairobi on Saturday, "
      "10 February 2024, after a three-day visit to Angola. In Luanda, "
      "where she arrived on 8 February, she and President João Capita "
      "agreed to resume direct flights.\n\n"
      "On 19 February the President will travel to India for a state "
      "visit that ends on 22 February. In New Delhi she will meet Prime "
      "Minister Arjun Deshpande.",
      "2024-02-11");
  EXPECT_EQ(trip.visits, "AO");
  EXPECT_EQ(trip.travelers, "Grace Mwangi (KE)");
  EXPECT_EQ(trip.dates, "2024-02-08/2024-02-10");
}

TEST(DecideTrips, OrdersAStopBehindTheOneThatItWasReachedFrom) {
  const TripSummary trip = TripOf(
      "Foreign Secretary in East Africa for talks on famine\n\n"
      "The United Kingdom's Foreign Secretary Eleanor Hargreaves is in "
      "Ethiopia today on the second day of a four-day visit to the Horn "
      "of Africa.\n\n"
      "Hargreaves arrived in Addis Ababa from Djibouti, where she "
      "inspected the port on Monday, 17 April 2023. She met Ethiopian "
      "Prime Minister Dawit Bekele and the chairperson of the African "
      "Union Commission, Fatou Diarra. On Wednesday she continues to "
      "Mogadishu, Somalia, to discuss the fight against al-Shabaab.",
      "2023-04-18");
  EXPECT_EQ(trip.visits, "DJ ET SO");
  EXPECT_EQ(trip.travelers, "Eleanor Hargreaves (GB)");
  EXPECT_EQ(trip.meetings, "Dawit Bekele; Fatou Diarra");
  EXPECT_EQ(trip.status, "under way");
}

TEST(DecideTrips, TakesTheEndFromUntil) {
  const TripSummary trip = TripOf(
      "Health minister leaves for Geneva\n\n"
      "Ghana's Minister of Health Kwabena Ofori-Atta leaves today for "
      "Switzerland, where he will take part in the World Health Assembly "
      "until May 22. He will meet WHO Director-General Lina Haddad.",
      "2024-05-15");
  EXPECT_EQ(trip.visits, "CH");
  EXPECT_EQ(trip.travelers, "Kwabena Ofori-Atta (GH)");
  EXPECT_EQ(trip.meetings, "Lina Haddad");
  EXPECT_EQ(trip.dates, "2024-05-15/2024-05-22");
}

TEST(DecideTrips, FindsTheOfficeBehindTheName) {
  const TripSummary trip = TripOf(
      "OSLO - Ingrid Solberg, Norway's minister of trade and industry, "
      "heads to Vietnam and South Korea on Thursday for a week of talks "
      "with shipbuilders.\n\n"
      "She will first stop in Hanoi, before travelling to Seoul.",
      "2024-07-01");
  EXPECT_EQ(trip.visits, "VN KR");
  EXPECT_EQ(trip.travelers, "Ingrid Solberg (NO)");
  EXPECT_EQ(trip.status, "announced");
}

TEST(DecideTrips, PutsNarrationBeforeListing) {
  const TripSummary trip = TripOf(
      "Irish premier to tour Gulf\n\n"
      "The Taoiseach, Séamus Brennan, will visit Kuwait, Qatar and Oman "
      "from 9 to 13 September. He begins his trip in Muscat, then "
      "travels to Doha and finally to Kuwait City.",
      "2024-09-01");
  EXPECT_EQ(trip.visits, "OM QA KW");
  EXPECT_EQ(trip.travelers, "Séamus Brennan (IE)");
  EXPECT_EQ(trip.dates, "2024-09-09/2024-09-13");
}

TEST(DecideTrips, MarksATripThatIsCalledOff) {
  const TripSummary trip = TripOf(
      "German chancellor calls off trip to Turkey\n\n"
      "German Chancellor Ute Brandt has cancelled her planned visit to "
      "Ankara after the attack in Berlin, a spokesman said.",
      "2022-11-03");
  EXPECT_EQ(trip.visits, "TR");
  EXPECT_EQ(trip.travelers, "Ute Brandt (DE)");
  EXPECT_EQ(trip.status, "cancelled");
}

TEST(DecideTrips, CountsAMeetingInAForeignCapital) {
  const TripSummary trip = TripOf(
      "Secretary Walsh's Meeting with Dutch Foreign Minister de Vries\n\n"
      "Secretary of State Peter Walsh met today with Dutch Foreign "
      "Minister Anna de Vries in The Hague. They discussed support for "
      "Ukraine.",
      "2022-06-14");
  EXPECT_EQ(trip.visits, "NL");
  EXPECT_EQ(trip.travelers, "Peter Walsh (US)");
  EXPECT_EQ(trip.meetings, "Anna de Vries");
  EXPECT_EQ(trip.dates, "2022-06-14/");
}

TEST(DecideTrips, TakesTravelersOfSeveralStates) {
  const TripSummary trip = TripOf(
      "Presidents of Ghana and Togo to Attend Inauguration in Liberia\n\n"
      "The President of Ghana, Kofi Mensah, and the President of Togo, "
      "Ama Lawson, will travel to Monrovia on January 22 to attend the "
      "inauguration of Liberia's president-elect, Joseph Kollie.",
      "2023-01-20");
  EXPECT_EQ(trip.visits, "LR");
  EXPECT_EQ(trip.travelers, "Kofi Mensah (GH); Ama Lawson (TG)");
  EXPECT_EQ(trip.dates, "2023-01-22/");
}

TEST(DecideTrips, KeepsAFamilyNameThatComesFirst) {
  const TripSummary trip = TripOf(
      "Prime Minister Ishikawa Leaves for APEC\n\n"
      "Prime Minister Ishikawa Haruto of Japan departed Tokyo on "
      "November 14 for a trip to Peru and Brazil. In Lima he attended "
      "the APEC Leaders' Meeting and held talks with President Yoon "
      "Min-jae of the Republic of Korea. He is now in Rio de Janeiro for "
      "the G20 summit and will return to Tokyo on November 21.",
      "2024-11-18");
  EXPECT_EQ(trip.visits, "PE BR");
  EXPECT_EQ(trip.travelers, "Ishikawa Haruto (JP)");
  EXPECT_EQ(trip.meetings, "Yoon Min-jae");
  EXPECT_EQ(trip.dates, "2024-11-14/2024-11-21");
  EXPECT_EQ(trip.status, "under way");
}

TEST(DecideTrips, TakesGeorgiaForTheCountryBesideItsCapital) {
  const TripSummary trip = TripOf(
      "Assistant Secretary Lane's Travel to Georgia\n\n"
      "Assistant Secretary of State Karen Lane will travel to Tbilisi, "
      "Georgia, June 14-16 to meet Prime Minister Irakli Beridze.",
      "2022-06-10");
  EXPECT_EQ(trip.visits, "GE");
  EXPECT_EQ(trip.travelers, "Karen Lane (US)");
  EXPECT_EQ(trip.meetings, "Irakli Beridze");
  EXPECT_EQ(trip.dates, "2022-06-14/2022-06-16");
}

TEST(DecideTrips, TakesJordanForASurname) {
  const TripSummary trip = TripOf(
      "Ambassador Jordan Visits Kenya\n\n"
      "Ambassador-at-Large for Global Health Michael Jordan of the "
      "United States will visit Nairobi, Kenya, from June 13 to 15, 2022.",
      "2022-06-10");
  EXPECT_EQ(trip.visits, "KE");
  EXPECT_EQ(trip.travelers, "Michael Jordan (US)");
  EXPECT_EQ(trip.dates, "2022-06-13/2022-06-15");
}

TEST(DecideTrips, TakesATravelerByOfficeAlone) {
  const TripSummary trip = TripOf(
      "Thailand's foreign minister visits Laos\n\n"
      "Thailand's foreign minister visited Vientiane on Monday, where he "
      "met Laotian Prime Minister Sone Vongsa and discussed power "
      "exports to Vietnam.",
      "2024-08-20");
  EXPECT_EQ(trip.visits, "LA");
  EXPECT_EQ(trip.meetings, "Sone Vongsa");
}

TEST(DecideTrips, GivesAnOrganizationsOfficerNoCountry) {
  const TripSummary trip = TripOf(
      "UN special envoy in Damascus\n\n"
      "The United Nations Special Envoy for Syria, Lars Eklund, arrived "
      "in Damascus on Thursday for talks with Foreign Minister Samir "
      "Haddad. He will continue to Beirut on Saturday.",
      "2024-02-02");
  EXPECT_EQ(trip.visits, "SY LB");
  EXPECT_EQ(trip.travelers, "Lars Eklund ()");
  EXPECT_EQ(trip.meetings, "Samir Haddad");
  EXPECT_EQ(trip.dates, "2024-02-01/");
}

TEST(DecideTrips, GivesACommissionerNoCountry) {
  const TripSummary trip = TripOf(
      "Commissioner Novak travels to Moldova\n\n"
      "European Commissioner for Enlargement Petra Novak will be in "
      "Chişinău, Moldova, on 4 and 5 April to meet President Ana Rotaru. "
      "The Commissioner will also visit a refugee centre near the border "
      "with Ukraine.",
      "2024-04-02");
  EXPECT_EQ(trip.visits, "MD");
  EXPECT_EQ(trip.travelers, "Petra Novak ()");
  EXPECT_EQ(trip.meetings, "Ana Rotaru");
  EXPECT_EQ(trip.dates, "2024-04-04/2024-04-05");
}

TEST(DecideTrips, TakesAReturnForTheEndAlone) {
  const TripSummary trip = TripOf(
      "Special Envoy Reyes Returns from Travel to Kenya and Uganda\n\n"
      "U.S. Special Envoy for the Great Lakes Maria Reyes returned on "
      "June 3 from travel to Kenya and Uganda. During her trip she met "
      "with senior officials to discuss the crisis in Sudan.",
      "2021-06-04");
  EXPECT_EQ(trip.visits, "KE UG");
  EXPECT_EQ(trip.travelers, "Maria Reyes (US)");
  EXPECT_EQ(trip.dates, "/2021-06-03");
  EXPECT_EQ(trip.status, "concluded");
}

TEST(DecideTrips, TakesTheLeadersOfADelegation) {
  const TripSummary trip = TripOf(
      "U.S. Delegation to Travel to Australia\n\n"
      "A U.S. delegation led by Deputy Secretary of Commerce Daniel "
      "Ortiz and Under Secretary of State Helen Brooks will travel to "
      "Canberra, Australia, from October 9 to 12, 2023.",
      "2023-10-02");
  EXPECT_EQ(trip.visits, "AU");
  EXPECT_EQ(trip.travelers, "Daniel Ortiz (US); Helen Brooks (US)");
  EXPECT_EQ(trip.dates, "2023-10-09/2023-10-12");
}

TEST(DecideTrips, TakesThoseWhoAccompany) {
  const TripSummary trip = TripOf(
      "Under Secretary Brooks travels to Chile\n\n"
      "Under Secretary for Economic Growth, Energy, and the Environment "
      "Helen Brooks will travel to Santiago, Chile, May 8-10. She will "
      "be accompanied by Deputy Assistant Secretary for Trade Policy "
      "Omar Haddad and Special Representative for Commercial Affairs "
      "Lucy Chen. In Santiago the Under Secretary will meet with "
      "Minister of Mining Pablo Soto and Minister of Energy Carla Rojas.",
      "2023-05-02");
  EXPECT_EQ(trip.visits, "CL");
  EXPECT_EQ(trip.travelers,
            "Helen Brooks (US); Omar Haddad (US); Lucy Chen (US)");
  EXPECT_EQ(trip.meetings, "Carla Rojas; Pablo Soto");
  EXPECT_EQ(trip.dates, "2023-05-08/2023-05-10");
}

TEST(DecideTrips, KeepsATripThatIsPutOffToADate) {
  const TripSummary trip = TripOf(
      "Minister Soto's visit to Spain moved\n\n"
      "Chile's Minister of Mining Pablo Soto has postponed his visit to "
      "Spain to 6 June. In Madrid he will meet Minister of Economy Elena "
      "Ruiz.",
      "2023-05-02");
  EXPECT_EQ(trip.visits, "ES");
  EXPECT_EQ(trip.travelers, "Pablo Soto (CL)");
  EXPECT_EQ(trip.meetings, "Elena Ruiz");
  EXPECT_EQ(trip.status, "announced");
}

TEST(DecideTrips, CountsStops) {
  const TripSummary trip = TripOf(
      "Vice President Diaz to attend inauguration\n\n"
      "Vice President Carmen Diaz of the Philippines will travel to "
      "Paraguay for the inauguration on August 15, with stops in San "
      "Francisco and Lima.",
      "2023-08-21");
  EXPECT_EQ(trip.visits, "PY US PE");
  EXPECT_EQ(trip.travelers, "Carmen Diaz (PH)");
}

}  // namespace
}  // namespace attache
