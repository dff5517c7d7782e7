#include <set>
#include <string>

#include "absl/strings/str_split.h"
#include "common/text/token.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/vocabulary/real_vocabulary.h"

namespace attache {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class CountriesData : public RealVocabularyTest {
 protected:
  static void ExpectCountry(const std::string& name, const std::string& code) {
    EXPECT_EQ(vocabulary_->country_names().Find(name), code) << name;
  }
  static void ExpectDemonym(const std::string& language,
                            const std::string& words, const std::string& code) {
    for (const absl::string_view word : absl::StrSplit(words, ' ')) {
      EXPECT_THAT(IdsOf(EntryKind::kDemonym, word, language), Contains(code))
          << language << ": " << word;
    }
  }
};

TEST_F(CountriesData, HoldIso3166AndKosovo) {
  EXPECT_EQ(vocabulary_->countries().size(), 250u);
  ASSERT_NE(vocabulary_->FindCountry("XK"), nullptr);
  EXPECT_EQ(vocabulary_->FindCountry("XK")->m49, "");
  EXPECT_EQ(vocabulary_->FindCountry("BR")->m49, "076");
  EXPECT_EQ(vocabulary_->FindCountry("PR")->sovereign, "US");
}

TEST_F(CountriesData, HaveANameInEveryLanguage) {
  for (const Country& country : vocabulary_->countries()) {
    for (const char* language : kLanguages) {
      EXPECT_TRUE(HasName(country, language)) << language << ": " << country.id;
    }
  }
}

TEST_F(CountriesData, SovereignStatesHaveACapitalAndACurrency) {
  const std::set<std::string> few = {"AQ"};
  for (const Country& country : vocabulary_->countries()) {
    if (!country.sovereign.empty() || few.contains(country.id)) continue;
    EXPECT_NE(vocabulary_->FindPlace(country.capital_place_id), nullptr)
        << country.id;
    EXPECT_NE(vocabulary_->FindCurrency(country.currency), nullptr)
        << country.id;
  }
}

TEST_F(CountriesData, AreFoundByTheNamesThatPeopleUse) {
  ExpectCountry("UK", "GB");
  ExpectCountry("Great Britain", "GB");
  ExpectCountry("U.S.", "US");
  ExpectCountry("USA", "US");
  ExpectCountry("EE.UU.", "US");
  ExpectCountry("EUA", "US");
  ExpectCountry("etats-unis", "US");
  ExpectCountry("UAE", "AE");
  ExpectCountry("DRC", "CD");
  ExpectCountry("RDC", "CD");
  ExpectCountry("DPRK", "KP");
  ExpectCountry("ROK", "KR");
  ExpectCountry("Burma", "MM");
  ExpectCountry("Birmanie", "MM");
  ExpectCountry("Swaziland", "SZ");
  ExpectCountry("Ivory Coast", "CI");
  ExpectCountry("Costa do Marfim", "CI");
  ExpectCountry("Cape Verde", "CV");
  ExpectCountry("Turkey", "TR");
  ExpectCountry("Türkiye", "TR");
  ExpectCountry("Czech Republic", "CZ");
  ExpectCountry("Holanda", "NL");
  ExpectCountry("Vatican", "VA");
  ExpectCountry("West Bank", "PS");
  ExpectCountry("Cisjordania", "PS");
  ExpectCountry("Taiwan", "TW");
  ExpectCountry("Macau", "MO");
  ExpectCountry("Centrafrique", "CF");
  ExpectCountry("Irlanda", "IE");
  ExpectCountry("bra", "BR");
}

TEST_F(CountriesData, AreRecognisedByEveryFormOfTheirDemonym) {
  ExpectDemonym("en", "Peruvian Peruvians", "PE");
  ExpectDemonym("en", "American Americans", "US");
  ExpectDemonym("es", "peruano peruana peruanos peruanas", "PE");
  ExpectDemonym("pt", "alemão alemã alemães alemãs", "DE");
  ExpectDemonym("pt", "sul-africano sul-africanas", "ZA");
  ExpectDemonym("fr", "ivoirien ivoirienne ivoiriens ivoiriennes", "CI");
}

TEST_F(CountriesData, NamesThatMostlyMeanSomethingElseAreOnlyAskedFor) {
  ExpectCountry("Maurice", "MU");
  ExpectCountry("Reunião", "RE");
  EXPECT_THAT(IdsOf(EntryKind::kCountry, "Maurice", "fr"), ElementsAre());
  EXPECT_THAT(IdsOf(EntryKind::kCountry, "Reunião", "pt"), ElementsAre());
  EXPECT_THAT(IdsOf(EntryKind::kCountry, "île Maurice", "fr"), Contains("MU"));
}

TEST_F(CountriesData, EnglishNamesOfPeoplesNeedACapital) {
  EXPECT_THAT(IdsOf(EntryKind::kDemonym, "Polish", "en"), ElementsAre("PL"));
  EXPECT_THAT(IdsOf(EntryKind::kDemonym, "polish", "en"), ElementsAre());
  EXPECT_THAT(IdsOf(EntryKind::kCountry, "turkey", "en"), ElementsAre());
}

TEST_F(CountriesData, NoNameBeginsWithAnArticle) {
  for (const Country& country : vocabulary_->countries()) {
    for (const VocabularyName& name : country.names) {
      const std::string first = Tokenize(name.name)[0].folded;
      EXPECT_THAT((std::set<std::string>{"the", "los", "las", "les", "os"}),
                  Not(Contains(first)))
          << name.name;
    }
  }
}

TEST_F(CountriesData, EveryCountryLiesInARegion) {
  const std::set<std::string> nowhere = {"AQ", "TF"};
  std::set<std::string> placed;
  for (const Region& region : vocabulary_->regions()) {
    placed.insert(region.countries.begin(), region.countries.end());
    for (const char* language : kLanguages) {
      EXPECT_TRUE(HasName(region, language)) << language << ": " << region.id;
    }
  }
  for (const Country& country : vocabulary_->countries()) {
    if (nowhere.contains(country.id)) continue;
    EXPECT_TRUE(placed.contains(country.id)) << country.id;
  }
}

TEST_F(CountriesData, RegionsAreFoundAsPeopleNameThem) {
  const NameIndex& names = vocabulary_->region_names();
  EXPECT_EQ(names.Find("Indo-Pacific"), "indo_pacific");
  EXPECT_EQ(names.Find("Medio Oriente"), "middle_east");
  EXPECT_EQ(names.Find("Moyen-Orient"), "middle_east");
  EXPECT_EQ(names.Find("Latin America"), "419");
  EXPECT_EQ(names.Find("América Latina"), "419");
  EXPECT_EQ(names.Find("North Africa"), "015");
  EXPECT_EQ(names.Find("western balkans"), "western_balkans");
  EXPECT_EQ(names.Find("019"), "019");
  EXPECT_THAT(vocabulary_->FindRegion("baltic_states")->countries,
              UnorderedElementsAre("EE", "LT", "LV"));
  EXPECT_THAT(vocabulary_->FindRegion("balkans")->countries, Contains("XK"));
  EXPECT_THAT(vocabulary_->FindRegion("central_america")->countries,
              Not(Contains("MX")));
}

TEST_F(CountriesData, ARegionsAdjectiveHidesTheCountryInIt) {
  EXPECT_THAT(IdsOf(EntryKind::kRegion, "Latin American", "en"),
              ElementsAre("419"));
  EXPECT_THAT(IdsOf(EntryKind::kRegion, "Korean Peninsula", "en"),
              ElementsAre("korean_peninsula"));
}

}  // namespace
}  // namespace attache
