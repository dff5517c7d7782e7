#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/query_service/support/plain_words.h"
#include "tests/query_service/support/random_filter/kinds.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing::random_filter {
namespace {

bool Among(const Strings& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Ways to write what stands for those ids.
struct Name {
  Strings written;
  Strings ids;
};

Kind<std::string> Names(const std::vector<Name>& table, Strings patterns) {
  std::vector<std::pair<std::string, Strings>> names;
  for (const Name& name : table) {
    for (const std::string& written : name.written) {
      names.emplace_back(written, name.ids);
    }
  }
  return {kEqualities, [=](Dice& dice, const std::string&) {
            if (!dice.OneIn(6)) {
              const auto& [written, ids] = dice.One(names);
              return InAnyLanguage<std::string>(
                  Quoted(dice, written), [ids = ids](const std::string& held) {
                    return Among(ids, held);
                  });
            }
            const std::string& pattern = dice.One(patterns);
            return InAnyLanguage<std::string>(
                Quoted(dice, pattern), [pattern](const std::string& held) {
                  return PlainMatches(absl::AsciiStrToLower(pattern),
                                      absl::AsciiStrToLower(held));
                });
          }};
}

Strings CountriesOf(const std::string& region_id) {
  return TestVocabulary()->FindRegion(region_id)->countries;
}

// A region and all within it.
Strings Within(const std::string& region_id) {
  Strings ids = {region_id};
  for (size_t i = 0; i < ids.size(); ++i) {
    for (const Region& region : TestVocabulary()->regions()) {
      if (region.parent_id == ids[i]) ids.push_back(region.id);
    }
  }
  return ids;
}

// By number; the names with or without their prefix.
Kind<int64_t> Enum(Strings names, absl::string_view prefix) {
  return {kEqualities,
          [=, prefix = std::string(prefix)](Dice& dice, const std::string&) {
            const int number = dice.Below(static_cast<int>(names.size()));
            std::string name = names[static_cast<size_t>(number)];
            if (dice.OneIn(3)) name = prefix + name;
            if (dice.OneIn(3)) name = absl::AsciiStrToLower(name);
            return InAnyLanguage<int64_t>(
                Quoted(dice, name), [number](int64_t held) {
                  return number != 0 && held == number;
                });
          }};
}

}  // namespace

Kind<std::string> Countries() {
  return Names(
      {{{"BR", "br", "BRA", "076", "Brasil", "Brésil"}, {"BR"}},
       {{"Peru", "604"}, {"PE"}},
       {{"Bélgica", "Belgique"}, {"BE"}},
       {{"US", "Estados Unidos", "U.S.A."}, {"US"}},
       {{"Japón", "JPN"}, {"JP"}},
       {{"005", "South America", "América do Sul"}, CountriesOf("005")},
       {{"Europe"}, CountriesOf("150")},
       {{"Eastern Africa"}, CountriesOf("014")}},
      {"B*", "*r", "*"});
}

Kind<std::string> Regions() {
  return Names({{{"005", "South America"}, {"005"}},
                {{"Americas", "América"}, Within("019")},
                {{"Africa"}, Within("002")},
                {{"Europa"}, Within("150")},
                {{"Indo-Pacífico"}, Within("indo_pacific")}},
               {"0*", "indo*", "*5"});
}

Kind<std::string> Sectors() {
  Strings energy;
  for (const VocabularyItem& item : TestVocabulary()->sectors()) {
    if (item.id == "energy" || item.parent_id == "energy") {
      energy.push_back(item.id);
    }
  }
  return Names(
      {{{"energy", "Énergie"}, energy},
       {{"energy_renewable", "Renewable energy"}, {"energy_renewable"}},
       {{"Agricultura"}, {"agriculture"}},
       {{"education"}, {"education"}}},
      {"energy*", "*sector", "*"});
}

Kind<std::string> Objectives() {
  return Names({{{"enhance_trade", "Ampliar o comércio", "enhance trade"},
                 {"enhance_trade"}},
                {{"energy_security"}, {"energy_security"}}},
               {"enhance*", "*objective"});
}

Kind<std::string> Series() {
  return Names({{{"g20", "Grupo de los 20", "G-20"}, {"g20"}},
                {{"APEC"}, {"apec"}},
                {{"cop"}, {"cop"}}},
               {"g*", "*"});
}

Kind<std::string> Languages() {
  const auto normal = [](const std::string& tag) {
    return absl::AsciiStrToLower(absl::StrReplaceAll(tag, {{"_", "-"}}));
  };
  return {kEqualities, [=](Dice& dice, const std::string&) {
            const std::string wanted = dice.One(Strings{
                "pt", "PT-br", "pt_BR", "e", "en", "es", "fr", "p*", "*-BR"});
            return InAnyLanguage<std::string>(
                Quoted(dice, wanted), [=](const std::string& held) {
                  if (absl::StrContains(wanted, '*')) {
                    return PlainMatches(normal(wanted), normal(held));
                  }
                  return normal(held) == normal(wanted) ||
                         absl::StartsWith(normal(held), normal(wanted) + "-");
                });
          }};
}

Kind<int64_t> Statuses() {
  return Enum({"UNSPECIFIED", "ANNOUNCED", "UNDER_WAY", "CONCLUDED",
               "POSTPONED", "CANCELLED"},
              "TRIP_STATUS_");
}

Kind<int64_t> AmountKinds() {
  return Enum({"UNSPECIFIED", "POTENTIAL", "PLEDGED", "SIGNED", "BACKGROUND"},
              "AMOUNT_KIND_");
}

}  // namespace attache::testing::random_filter
