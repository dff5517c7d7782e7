#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/vocabulary/real_vocabulary.h"

namespace attache {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

class PlacesData : public RealVocabularyTest {
 protected:
  static void ExpectPlace(const std::string& language, const std::string& name,
                          const std::string& country) {
    EXPECT_THAT(IdsOf(EntryKind::kPlace, name, language), Contains(country))
        << language << ": " << name;
  }
};

TEST_F(PlacesData, EveryCapitalIsRecognisedInEveryLanguage) {
  for (const Country& country : vocabulary_->countries()) {
    if (country.capital_place_id.empty()) continue;
    const Place* capital = vocabulary_->FindPlace(country.capital_place_id);
    for (const char* language : kLanguages) {
      ExpectPlace(language, capital->name, country.id);
    }
  }
}

TEST_F(PlacesData, CapitalsCarryTheNameOfEachLanguage) {
  ExpectPlace("es", "Moscú", "RU");
  ExpectPlace("es", "Londres", "GB");
  ExpectPlace("pt", "Bruxelas", "BE");
  ExpectPlace("pt", "Genebra", "CH");
  ExpectPlace("pt", "Moscovo", "RU");
  ExpectPlace("fr", "Pékin", "CN");
  ExpectPlace("fr", "Le Caire", "EG");
  ExpectPlace("en", "Kiev", "UA");
  ExpectPlace("en", "Kyiv", "UA");
  ExpectPlace("en", "Nur-Sultan", "KZ");
  ExpectPlace("en", "Brasilia", "BR");
  ExpectPlace("en", "Washington, D.C.", "US");
}

TEST_F(PlacesData, KnowsWhereOfficialTripsGo) {
  for (const auto& [name, country] :
       std::map<std::string, std::string>{{"Davos", "CH"},
                                          {"Camp David", "US"},
                                          {"The Hague", "NL"},
                                          {"Ramallah", "PS"},
                                          {"Jerusalem", "IL"},
                                          {"Strasbourg", "FR"},
                                          {"Sharm El Sheikh", "EG"},
                                          {"Ramstein", "DE"},
                                          {"Rzeszów", "PL"},
                                          {"Okinawa", "JP"},
                                          {"Monte Carlo", "MC"},
                                          {"Bali", "ID"},
                                          {"Galapagos Islands", "EC"}}) {
    ExpectPlace("en", name, country);
  }
}

TEST_F(PlacesData, TheCapitalComesBeforeOtherSeatsOfPower) {
  EXPECT_EQ(vocabulary_->FindCountry("NL")->capital_place_id, "amsterdam_nl");
  EXPECT_EQ(vocabulary_->FindCountry("RU")->capital_place_id, "moscow_ru");
  EXPECT_EQ(vocabulary_->FindCountry("US")->capital_place_id, "washington_us");
  EXPECT_EQ(vocabulary_->FindCountry("BR")->capital_place_id, "brasilia_br");
  EXPECT_EQ(vocabulary_->FindPlace("kremlin_ru")->kind, "capital");
}

TEST_F(PlacesData, NamesWithAnotherMeaningAreMarked) {
  for (const char* id :
       {"victoria_sc", "sucre_bo", "san_jose_cr", "santiago_cl", "cordoba_es",
        "valencia_ve", "nice_fr", "mobile_us", "reading_gb", "split_hr",
        "bath_gb", "lincoln_us", "washington_us", "male_mv", "tripoli_lb"}) {
    const Place* place = vocabulary_->FindPlace(id);
    ASSERT_NE(place, nullptr) << id;
    EXPECT_TRUE(place->ambiguous) << id;
  }
  for (const char* id : {"london_gb", "paris_fr", "lima_pe", "brussels_be",
                         "tripoli_ly", "bogota_co", "tokyo_jp"}) {
    const Place* place = vocabulary_->FindPlace(id);
    ASSERT_NE(place, nullptr) << id;
    EXPECT_FALSE(place->ambiguous) << id;
  }
}

TEST_F(PlacesData, SmallWordsAreNoPlaces) {
  for (const char* word : {"Para", "Of", "Police", "Sale", "Cabo", "Bar"}) {
    for (const char* language : kLanguages) {
      EXPECT_THAT(IdsOf(EntryKind::kPlace, word, language), IsEmpty())
          << language << ": " << word;
    }
  }
}

}  // namespace
}  // namespace attache
