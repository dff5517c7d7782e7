#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/vocabulary/real_vocabulary.h"

namespace attache {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class TermsData : public RealVocabularyTest {
 protected:
  static void ExpectNames(absl::Span<const VocabularyItem> items) {
    EXPECT_FALSE(items.empty());
    for (const VocabularyItem& item : items) {
      for (const char* language : kLanguages) {
        EXPECT_TRUE(HasName(item, language)) << language << ": " << item.id;
      }
    }
  }
};

TEST_F(TermsData, EveryEntryHasANameInEveryLanguage) {
  ExpectNames(vocabulary_->sectors());
  ExpectNames(vocabulary_->objectives());
  ExpectNames(vocabulary_->event_series());
  ExpectNames(vocabulary_->roles());
  ExpectNames(vocabulary_->organizations());
}

TEST_F(TermsData, IdsThatClientsKnowStay) {
  for (const char* id : {"agriculture",
                         "climate_environment",
                         "culture",
                         "cybersecurity",
                         "defense_security",
                         "democracy_human_rights",
                         "development_aid",
                         "digital_technology",
                         "education",
                         "energy",
                         "energy_fossil",
                         "energy_nuclear",
                         "energy_renewable",
                         "finance_banking",
                         "fisheries",
                         "health",
                         "humanitarian",
                         "infrastructure",
                         "labor",
                         "law_enforcement_narcotics",
                         "manufacturing",
                         "migration",
                         "mining_minerals",
                         "science_space",
                         "tourism",
                         "trade",
                         "transport_aviation",
                         "water"}) {
    EXPECT_NE(vocabulary_->FindSector(id), nullptr) << id;
  }
  for (const char* id : {"strengthen_bilateral_ties",
                         "multilateral_coordination",
                         "enhance_trade",
                         "promote_investment",
                         "economic_development",
                         "promote_climate_action",
                         "energy_transition",
                         "energy_security",
                         "strengthen_security_ties",
                         "counter_terrorism",
                         "counter_crime_narcotics",
                         "nonproliferation_arms_control",
                         "peace_mediation",
                         "promote_democracy_rights",
                         "humanitarian_relief",
                         "migration_cooperation",
                         "health_cooperation",
                         "technology_cooperation",
                         "cyber_cooperation",
                         "education_exchange",
                         "cultural_exchange",
                         "science_space_cooperation",
                         "food_security",
                         "infrastructure_connectivity",
                         "consular_citizens",
                         "commemorate_ceremony"}) {
    EXPECT_NE(vocabulary_->FindObjective(id), nullptr) << id;
  }
}

TEST_F(TermsData, EnergyCoversItsKinds) {
  EXPECT_THAT(vocabulary_->SectorWithChildren("energy"),
              UnorderedElementsAre("energy", "energy_fossil", "energy_nuclear",
                                   "energy_renewable"));
}

TEST_F(TermsData, SectorsAndObjectivesAreFoundInEveryLanguage) {
  for (const char* name :
       {"Renewable energy", "energías renovables", "energias renováveis",
        "énergies renouvelables", "energy_renewable"}) {
    EXPECT_EQ(vocabulary_->sector_names().Find(name), "energy_renewable")
        << name;
  }
  for (const char* name : {"food security", "seguridad alimentaria",
                           "segurança alimentar", "sécurité alimentaire"}) {
    EXPECT_EQ(vocabulary_->objective_names().Find(name), "food_security")
        << name;
  }
}

TEST_F(TermsData, EventSeriesAreFoundByTheirAbbreviation) {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"G20", "g20"},     {"G-7", "g7"},        {"OTAN", "nato"},
      {"UNGA", "un_ga"},  {"COP30", "cop"},     {"CELAC", "celac"},
      {"APEC", "apec"},   {"WEF", "davos"},     {"CEDEAO", "ecowas"},
      {"BRICS", "brics"}, {"C5+1", "c5_plus_1"}};
  for (const auto& [name, id] : names) {
    EXPECT_EQ(vocabulary_->event_series_names().Find(name), id) << name;
  }
}

TEST_F(TermsData, RolesAreRecognisedInBothGenders) {
  const std::vector<std::pair<std::string, std::string>> es = {
      {"presidenta", "head_of_state"},
      {"primera ministra", "head_of_government"},
      {"ministra de Relaciones Exteriores", "foreign_minister"},
      {"embajadora", "ambassador"}};
  for (const auto& [text, id] : es) {
    EXPECT_THAT(IdsOf(EntryKind::kRole, text, "es"), Contains(id)) << text;
  }
  const std::vector<std::pair<std::string, std::string>> pt = {
      {"primeira-ministra", "head_of_government"},
      {"vice-presidente", "vice_president"},
      {"ministro das Relações Exteriores", "foreign_minister"},
      {"secretária-geral das Nações Unidas", "secretary_general"}};
  for (const auto& [text, id] : pt) {
    EXPECT_THAT(IdsOf(EntryKind::kRole, text, "pt"), Contains(id)) << text;
  }
  const std::vector<std::pair<std::string, std::string>> fr = {
      {"première ministre", "head_of_government"},
      {"ministre des affaires étrangères", "foreign_minister"},
      {"ministre de l’Énergie", "energy_minister"},
      {"ministre de l'Agriculture", "agriculture_minister"},
      {"envoyée spéciale", "special_envoy"}};
  for (const auto& [text, id] : fr) {
    EXPECT_THAT(IdsOf(EntryKind::kRole, text, "fr"), Contains(id)) << text;
  }
  EXPECT_THAT(IdsOf(EntryKind::kRole, "Secretary of State", "en"),
              Contains("foreign_minister"));
  EXPECT_THAT(IdsOf(EntryKind::kRole, "Assistant Secretary of State", "en"),
              Contains("assistant_secretary"));
}

TEST_F(TermsData, MonthsAndWeekdaysAreWholeInEveryLanguage) {
  const std::vector<std::vector<std::string>> months = {
      {"en", "January", "June", "December", "Monday", "Sunday"},
      {"es", "enero", "junio", "diciembre", "lunes", "domingo"},
      {"pt", "janeiro", "junho", "dezembro", "segunda-feira", "domingo"},
      {"fr", "janvier", "juin", "décembre", "lundi", "dimanche"}};
  for (const std::vector<std::string>& row : months) {
    const auto month = [&row](size_t at) {
      return ValuesOf(EntryKind::kDate, "month", row[at], row[0]);
    };
    EXPECT_THAT(month(1), ElementsAre("1")) << row[1];
    EXPECT_THAT(month(2), ElementsAre("6")) << row[2];
    EXPECT_THAT(month(3), ElementsAre("12")) << row[3];
    EXPECT_THAT(ValuesOf(EntryKind::kDate, "weekday", row[4], row[0]),
                ElementsAre("1"));
    EXPECT_THAT(ValuesOf(EntryKind::kDate, "weekday", row[5], row[0]),
                ElementsAre("7"));
  }
}

TEST_F(TermsData, MagnitudesMeanWhatTheirLanguageSays) {
  const auto magnitude = [](const char* text, const char* language) {
    return ValuesOf(EntryKind::kNumber, "magnitude", text, language);
  };
  EXPECT_THAT(magnitude("billion", "en"), ElementsAre("9"));
  EXPECT_THAT(magnitude("billones", "es"), ElementsAre("12"));
  EXPECT_THAT(magnitude("mil millones", "es"), ElementsAre("9"));
  EXPECT_THAT(magnitude("bilhões", "pt"), ElementsAre("9"));
  EXPECT_THAT(magnitude("mil milhões", "pt"), ElementsAre("9"));
  EXPECT_THAT(magnitude("milliards", "fr"), ElementsAre("9"));
  EXPECT_THAT(magnitude("billion", "fr"), ElementsAre("12"));
}

TEST_F(TermsData, CurrencySignsStandForTheirCurrency) {
  const auto currency = [](const char* text, const char* language) {
    return ValuesOf(EntryKind::kNumber, "currency", text, language);
  };
  EXPECT_THAT(currency("$", "en"), Contains("USD"));
  EXPECT_THAT(currency("R$", "pt"), Contains("BRL"));
  EXPECT_THAT(currency("€", "fr"), Contains("EUR"));
  EXPECT_THAT(currency("pesos mexicanos", "es"), Contains("MXN"));
  EXPECT_THAT(currency("pesos", "es"), ElementsAre());
  EXPECT_EQ(vocabulary_->FindCurrency("JPY")->minor_digits, 0);
  EXPECT_EQ(vocabulary_->FindCurrency("KWD")->minor_digits, 3);
}

}  // namespace
}  // namespace attache
