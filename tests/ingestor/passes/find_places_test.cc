#include "ingestor/passes/find_places.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

TEST(FindPlaces, ReportsADoubtfulNameOnceWithItsCandidates) {
  const Document document = DocumentFromText(
      "She will travel to Hyderabad on Monday. In Hyderabad she will open a "
      "fair.");
  IssueSink issues;
  FindPlaces(document, CueIndex(document), SharedVocabulary(), issues);
  ASSERT_EQ(issues.issues().size(), 1u);
  EXPECT_EQ(issues.issues()[0].code, "AMBIGUOUS_PLACE");
  EXPECT_EQ(issues.issues()[0].message,
            "\"Hyderabad\" was read as IN, but may be PK.");
}

TEST(FindPlaces, TakesTheLongestName) {
  EXPECT_EQ(CountriesNamed("She flew from Equatorial Guinea to Guinea-Bissau "
                           "and on to Papua New Guinea."),
            "GQ GW PG");
  EXPECT_EQ(CountriesNamed("They spoke of South Sudan and of Nigeria."),
            "NG SS");
}

TEST(FindPlaces, CountsAdjectivesAndCapitals) {
  EXPECT_EQ(CountriesNamed("Polish ministers criticised Beijing."), "CN PL");
}

TEST(FindPlaces, TellsGeorgiaTheCountryFromTheState) {
  EXPECT_EQ(CountriesNamed("He will travel to Tbilisi, Georgia, in June."),
            "GE");
  EXPECT_EQ(CountriesNamed("He will travel to Atlanta, Georgia, in June."), "");
}

TEST(FindPlaces, LeavesOutTreatiesUniversitiesAndSeas) {
  EXPECT_EQ(CountriesNamed("He praised the Paris Agreement, studied at the "
                           "American University of Beirut, reads the "
                           "Washington Post and sailed the South China Sea."),
            "");
}

TEST(FindPlaces, LeavesOutNamesOfPersons) {
  EXPECT_EQ(CountriesNamed("Ambassador Jordan met Minister Chad Smith."), "");
}

TEST(FindPlaces, TakesBrusselsAloneForTheUnion) {
  EXPECT_EQ(CountriesNamed("Brussels adopted the directive on Monday."), "");
  EXPECT_EQ(CountriesNamed("She will speak in Brussels on Monday."), "BE");
}

}  // namespace
}  // namespace attache
