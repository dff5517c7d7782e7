#include "ingestor/passes/companion_names.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

std::string TravelersWith(const std::string& company) {
  return TripOf(absl::StrCat("Finnish Foreign Minister Elina Aalto will visit "
                             "Peru on Friday. ",
                             company),
                "2024-05-15", "en")
      .travelers;
}

TEST(CompanionNames, NeedNoOfficeThatTheVocabularyKnows) {
  EXPECT_EQ(TravelersWith("She will be accompanied by harbour engineer Bo Berg "
                          "and Kai Lund, a botanist."),
            "Elina Aalto (FI); Bo Berg (FI); Kai Lund (FI)");
  EXPECT_EQ(TravelersWith("Her delegation includes pilot Bo Berg and Dr. Kai "
                          "Lund."),
            "Elina Aalto (FI); Bo Berg (FI); Kai Lund (FI)");
}

TEST(CompanionNames, FollowATravelerWhoIsSaidToHaveThem) {
  EXPECT_EQ(TravelersWith("Elina Aalto, who was accompanied by engineer Bo "
                          "Berg, left on Friday."),
            "Elina Aalto (FI); Bo Berg (FI)");
}

TEST(CompanionNames, MayBeginADelegationOfTheTravelersState) {
  EXPECT_EQ(TravelersWith("The Finnish delegation includes engineer Bo Berg."),
            "Elina Aalto (FI); Bo Berg (FI)");
  EXPECT_EQ(TravelersWith("A Peruvian trade delegation includes engineer Bo "
                          "Berg."),
            "Elina Aalto (FI)");
}

TEST(CompanionNames, MayHaveASurnameInCapitals) {
  EXPECT_EQ(TravelersWith("She will be accompanied by engineer Bo BERG."),
            "Elina Aalto (FI); Bo BERG (FI)");
}

TEST(CompanionNames, AreNoNamesOfBodiesAndPlaces) {
  EXPECT_EQ(TravelersWith("She will be accompanied by staff of the Turku "
                          "Harbour Trust, Coast Guard officers and a crew "
                          "from Lake Saimaa."),
            "Elina Aalto (FI)");
}

TEST(CompanionNames, AreCalledSomebody) {
  for (const char* bodies :
       {"She will be joined by Nokia Networks, Neste and Stora Enso.",
        "She will be accompanied by Helsingin Sanomat and Turun Sanomat.",
        "She will be accompanied by fans of Turun Palloseura and Kiisla "
        "Vartio."}) {
    EXPECT_EQ(TravelersWith(bodies), "Elina Aalto (FI)") << bodies;
  }
}

TEST(CompanionNames, GoWithTheTravelerAndNobodyElse) {
  for (const char* others :
       {"The orchestra led by conductor Bo Berg will play Finlandia.",
        "She was received by builder Juan Rojas, accompanied by engineer Rosa "
        "Flores and pilot Pedro Soto.",
        "She met builder Juan Rojas, who was accompanied by pilot Pedro Soto.",
        "She was flanked by Peruvian singer Juan Rojas and Lima artist Rosa "
        "Flores.",
        "The Peruvian delegation included engineer Rosa Flores.",
        "The song, accompanied by singer Kai Lund, is old.",
        "The rebels, led by trader Bo Berg, fled the area."}) {
    EXPECT_EQ(TravelersWith(others), "Elina Aalto (FI)") << others;
  }
}

TEST(CompanionNames, EndWhereTheSentenceTellsOfSomethingElse) {
  EXPECT_EQ(TravelersWith("She will be accompanied by harbour engineer Bo "
                          "Berg, who will meet builder Juan Rojas in Lima."),
            "Elina Aalto (FI); Bo Berg (FI)");
}

TEST(CompanionNames, AreReadInOtherLanguages) {
  EXPECT_EQ(TripOf("La presidenta de Finlandia, Elina Aalto, visitará Perú el "
                   "viernes. Integran la delegación el rector Bo Berg y la "
                   "bióloga Maija Lund.",
                   "2024-05-15", "es")
                .travelers,
            "Elina Aalto (FI); Bo Berg (FI); Maija Lund (FI)");
  EXPECT_EQ(TripOf("O presidente da Finlândia, Bo Aalto, viajará ao Peru na "
                   "sexta-feira. Deverá fazer-se acompanhar pelo ministro das "
                   "Finanças, Kai Lund.",
                   "2024-05-15", "pt")
                .travelers,
            "Bo Aalto (FI); Kai Lund (FI)");
  // To attend an opening is not to have company.
  EXPECT_EQ(TripOf("O presidente da Finlândia, Bo Aalto, viajará ao Peru na "
                   "sexta-feira, após acompanhar a inauguração da Torre dos "
                   "Ventos, em Turku.",
                   "2024-05-15", "pt")
                .travelers,
            "Bo Aalto (FI)");
}

}  // namespace
}  // namespace attache
