#include "common/vocabulary/vocabulary.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/text/token.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/vocabulary/vocabulary_fixture.h"

namespace attache {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class VocabularyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto vocabulary = fixture_.Load();
    ASSERT_TRUE(vocabulary.ok()) << vocabulary.status();
    vocabulary_ = *vocabulary;
  }

  // "KIND id qualifier weight" of all that the language recognises.
  std::vector<std::string> Recognised(const std::string& text,
                                      const std::string& language = "en") {
    std::vector<std::string> found;
    const std::vector<Token> tokens = Tokenize(text);
    for (const LexiconMatch& match :
         vocabulary_->LexiconOf(language)->Match(tokens)) {
      found.push_back(absl::StrCat(static_cast<int>(match.entry->kind), " ",
                                   match.entry->id, " ", match.entry->qualifier,
                                   " ", match.entry->weight));
    }
    return found;
  }
  static std::string Entry(EntryKind kind, const std::string& rest) {
    return absl::StrCat(static_cast<int>(kind), " ", rest);
  }

  VocabularyFixture fixture_;
  std::shared_ptr<const Vocabulary> vocabulary_;
};

TEST_F(VocabularyTest, KnowsCountriesWithTheirCapitals) {
  ASSERT_EQ(vocabulary_->countries().size(), 5u);
  const Country* peru = vocabulary_->FindCountry("PE");
  ASSERT_NE(peru, nullptr);
  EXPECT_EQ(peru->alpha3, "PER");
  EXPECT_EQ(peru->m49, "604");
  EXPECT_EQ(peru->currency, "PEN");
  EXPECT_EQ(peru->capital_place_id, "lima_pe");
  EXPECT_EQ(peru->NameIn("en"), "Peru");
  EXPECT_EQ(peru->NameIn("es"), "Peru") << "English where there is no other";
  ASSERT_EQ(peru->aliases.size(), 1u);
  EXPECT_EQ(peru->aliases[0].name, "Republic of Peru");
  EXPECT_EQ(vocabulary_->FindCountry("US")->NameIn("es"), "Estados Unidos");
  EXPECT_EQ(vocabulary_->FindCountry("PR")->sovereign, "US");
  EXPECT_EQ(vocabulary_->FindCountry("CI")->capital_place_id, "yamoussoukro_ci")
      << "the first of two";
  EXPECT_EQ(vocabulary_->FindCountry("XK")->m49, "");
  EXPECT_EQ(vocabulary_->FindCountry("ZZ"), nullptr);
}

TEST_F(VocabularyTest, FindsCountriesByCodesAndByNamesInAnyLanguage) {
  const NameIndex& names = vocabulary_->country_names();
  for (const char* name : {"PE", "per", "Perú", "republic of peru"}) {
    EXPECT_EQ(names.Find(name), "PE") << name;
  }
  for (const char* name : {"Côte d'Ivoire", "Cote d’Ivoire", "ivory-coast"}) {
    EXPECT_EQ(names.Find(name), "CI") << name;
  }
  EXPECT_EQ(names.Find("EE. UU."), "US");
  EXPECT_EQ(names.Find("Peruvian"), std::nullopt);
}

TEST_F(VocabularyTest, GathersARegionsCountriesThroughItsParts) {
  const Region* americas = vocabulary_->FindRegion("019");
  ASSERT_NE(americas, nullptr);
  EXPECT_THAT(americas->countries, ElementsAre("PE", "PR", "US"));
  EXPECT_EQ(vocabulary_->FindRegion("caribbean")->parent_id, "019");
  EXPECT_EQ(vocabulary_->region_names().Find("African Continent"), "africa");
  EXPECT_EQ(vocabulary_->region_names().Find("019"), "019");
}

TEST_F(VocabularyTest, KnowsItemsByIdAndName) {
  EXPECT_EQ(vocabulary_->sector_names().Find("energy_solar"), "energy_solar");
  EXPECT_EQ(vocabulary_->sector_names().Find("Solar"), "energy_solar");
  EXPECT_EQ(vocabulary_->sector_names().Find("aids"), std::nullopt)
      << "a cue is no name";
  EXPECT_EQ(vocabulary_->objective_names().Find("boost trade"), "boost_trade");
  EXPECT_EQ(vocabulary_->event_series_names().Find("G20 Summit"), "g20");
  EXPECT_EQ(vocabulary_->FindRole("foreign_minister")->parent_id, "minister");
  EXPECT_EQ(vocabulary_->FindOrganization("un")->NameIn("en"),
            "United Nations");
  EXPECT_EQ(vocabulary_->FindSector("energy_solar")->NameIn("en"),
            "Solar energy");
  EXPECT_EQ(vocabulary_->FindObjective("none"), nullptr);
  EXPECT_EQ(vocabulary_->FindEventSeries("g20")->id, "g20");
  EXPECT_EQ(vocabulary_->FindCurrency("CLP")->minor_digits, 0);
}

TEST_F(VocabularyTest, GivesASectorWithAllBelowIt) {
  EXPECT_THAT(vocabulary_->SectorWithChildren("energy"),
              ElementsAre("energy", "energy_solar", "solar_roofs"));
  EXPECT_THAT(vocabulary_->SectorWithChildren("health"), ElementsAre("health"));
  EXPECT_THAT(vocabulary_->SectorWithChildren("none"), IsEmpty());
}

TEST_F(VocabularyTest, KnowsItsLanguagesEnglishFirst) {
  ASSERT_EQ(vocabulary_->languages().size(), 2u);
  EXPECT_EQ(vocabulary_->languages()[0].code, "en");
  const LanguageSettings* spanish = vocabulary_->FindLanguage("es");
  ASSERT_NE(spanish, nullptr);
  EXPECT_EQ(spanish->name, "Español");
  EXPECT_EQ(spanish->decimal_separator, ',');
  EXPECT_EQ(spanish->stemmer, "spanish");
  EXPECT_TRUE(spanish->day_first);
  EXPECT_FALSE(vocabulary_->FindLanguage("en")->day_first);
  EXPECT_EQ(vocabulary_->LexiconOf("de"), nullptr);
}

TEST_F(VocabularyTest, GathersTheWordsOfPagesOfAllLanguages) {
  EXPECT_THAT(vocabulary_->page_words().leads,
              ElementsAre("read also", "lea mas"));
  EXPECT_THAT(vocabulary_->page_words().class_words, ElementsAre("mas leidas"));
}

TEST_F(VocabularyTest, RecognisesNamesOfTheWorld) {
  EXPECT_THAT(Recognised("Cote d'Ivoire"),
              ElementsAre(Entry(EntryKind::kCountry, "CI common 1")));
  EXPECT_THAT(Recognised("tell us"), IsEmpty());
  EXPECT_THAT(Recognised("two Peruvians"),
              ElementsAre(Entry(EntryKind::kDemonym, "PE  1")));
  EXPECT_THAT(Recognised("Lima"),
              ElementsAre(Entry(EntryKind::kPlace, "PE lima_pe 1")));
  EXPECT_THAT(Recognised("the City of Kings"),
              Contains(Entry(EntryKind::kPlace, "PE lima_pe 1")));
  EXPECT_THAT(Recognised("Lima", "es"),
              ElementsAre(Entry(EntryKind::kPlace, "PE lima_pe 1")))
      << "once, though it is written twice";
  EXPECT_THAT(Recognised("the Caribbean"),
              Contains(Entry(EntryKind::kRegion, "caribbean name 1")));
  EXPECT_THAT(
      Recognised("a United Nations"),
      ElementsAre(Entry(EntryKind::kOrganization, "un United Nations 1")));
  EXPECT_THAT(Recognised("a UN"), ElementsAre(Entry(EntryKind::kOrganization,
                                                    "un United Nations 1")));
}

TEST_F(VocabularyTest, RecognisesPhrasesOfAllKinds) {
  EXPECT_THAT(
      Recognised("solar"),
      ElementsAre(Entry(EntryKind::kSector, "energy_solar alias 0.75")));
  EXPECT_THAT(Recognised("panels on the roofs"),
              Contains(Entry(EntryKind::kSector, "energy_solar cue 0.5")));
  EXPECT_THAT(Recognised("aids"), IsEmpty());
  EXPECT_THAT(Recognised("boost trade"),
              ElementsAre(Entry(EntryKind::kObjective, "boost_trade name 1")));
  EXPECT_THAT(Recognised("G20 summit"),
              ElementsAre(Entry(EntryKind::kEventSeries, "g20 name 1")));
  EXPECT_THAT(
      Recognised("minister"),
      UnorderedElementsAre(Entry(EntryKind::kRole, "minister  1"),
                           Entry(EntryKind::kRole, "foreign_minister  1")));
  EXPECT_THAT(Recognised("arriving"),
              ElementsAre(Entry(EntryKind::kCue, "travel  0.5")));
  EXPECT_THAT(Recognised("companies"),
              ElementsAre(Entry(EntryKind::kCue, "plural company 1")));
  EXPECT_THAT(Recognised("Goals"),
              ElementsAre(Entry(EntryKind::kHeader, "objective  1")));
  EXPECT_THAT(Recognised("in May"),
              ElementsAre(Entry(EntryKind::kDate, "month 5 1")));
  EXPECT_THAT(Recognised("may"), IsEmpty());
  EXPECT_THAT(Recognised("billion"),
              ElementsAre(Entry(EntryKind::kNumber, "magnitude 9 1")));
}

TEST_F(VocabularyTest, TakesTheCapitalOfAShownNameForShow) {
  EXPECT_THAT(Recognised("more solar energy"),
              Contains(Entry(EntryKind::kSector, "energy_solar name 1")));
}

TEST_F(VocabularyTest, RecognisesSignsOfCurrenciesInEveryLanguage) {
  for (const char* language : {"en", "es"}) {
    EXPECT_THAT(Recognised("$5", language),
                ElementsAre(Entry(EntryKind::kNumber, "currency USD 1")))
        << "of the first that lists it";
    EXPECT_THAT(Recognised("S/ 5", language),
                ElementsAre(Entry(EntryKind::kNumber, "currency PEN 1")));
  }
}

TEST_F(VocabularyTest, HasAVersionThatFollowsTheContent) {
  EXPECT_THAT(vocabulary_->version(), ::testing::MatchesRegex("[0-9a-f]{16}"));
  EXPECT_EQ((*fixture_.Load())->version(), vocabulary_->version());
  fixture_.Append("es/country_names.tsv", "PE\tcommon\tPerú");
  EXPECT_NE((*fixture_.Load())->version(), vocabulary_->version());
}

TEST_F(VocabularyTest, KeepsTheFirstOfNamesThatLanguagesShare) {
  fixture_.Append("es/country_names.tsv", "PE\tshort\tUnited States");
  const auto vocabulary = fixture_.Load();
  ASSERT_TRUE(vocabulary.ok()) << vocabulary.status();
  EXPECT_EQ((*vocabulary)->country_names().Find("united states"), "US");
}

TEST_F(VocabularyTest, AllowsAPlaceThatIsNamedLikeACountry) {
  fixture_.Append("places.tsv", "peru_us\tPeru\tUS\tcity\t10000\t1");
  EXPECT_EQ(fixture_.Error(), "");
}

TEST_F(VocabularyTest, LetsOtherLanguagesLackFilesButNotEnglish) {
  fixture_.Remove("es/country_names.tsv");
  EXPECT_EQ(fixture_.Error(), "");
  fixture_.Remove("en/dates.tsv");
  EXPECT_EQ(fixture_.Error(), "en/dates.tsv:1: the file is missing");
}

TEST_F(VocabularyTest, PassesOverFoldersThatAreNoLanguage) {
  fixture_.File("notes/ideas.tsv") = "anything";
  fixture_.File("notes.txt") = "anything";
  EXPECT_EQ(fixture_.Error(), "");
}

TEST(VocabularyLoad, SaysThatAFolderIsMissing) {
  const auto vocabulary = Vocabulary::Load("/nonexistent/vocabulary");
  EXPECT_EQ(vocabulary.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(vocabulary.status().message()),
              ::testing::StartsWith("/nonexistent/vocabulary:1: the folder"));
}

TEST(DefaultVocabularyDirectory, FollowsTheEnvironmentThenTheSourceTree) {
  ASSERT_EQ(setenv("ATTACHE_VOCABULARY", "/some/where", 1), 0);
  EXPECT_EQ(DefaultVocabularyDirectory(), "/some/where");
  ASSERT_EQ(unsetenv("ATTACHE_VOCABULARY"), 0);
  EXPECT_EQ(DefaultVocabularyDirectory(), ATTACHE_SOURCE_DIR "/vocabulary");
}

}  // namespace
}  // namespace attache
