#include "tests/common/vocabulary/vocabulary_fixture.h"

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

namespace fs = std::filesystem;

void AddShared(std::map<std::string, std::string>& files) {
  files["currencies.tsv"] =
      "code\tminor_digits\tsigns\nUSD\t2\t$ US$\nPEN\t2\tS/\nCLP\t0\t$\n"
      "EUR\t2\t€\n";
  files["countries.tsv"] =
      "# Some countries.\nalpha2\talpha3\tm49\tcurrency\tsovereign\n"
      "PE\tPER\t604\tPEN\t\nCI\tCIV\t384\t\t\nUS\tUSA\t840\tUSD\t\n"
      "PR\tPRI\t630\tUSD\tUS\nXK\tXKX\t\tEUR\t\n";
  files["regions.tsv"] =
      "id\tparent\tmembers\n019\t\tUS caribbean PE\ncaribbean\t019\tPR\n"
      "africa\t\tCI\n";
  files["places.tsv"] =
      "id\tname\tcountry\tkind\tpopulation\tambiguous\n"
      "lima_pe\tLima\tPE\tcapital\t9000000\t0\n"
      "yamoussoukro_ci\tYamoussoukro\tCI\tcapital\t350000\t0\n"
      "abidjan_ci\tAbidjan\tCI\tcapital\t5000000\t0\n"
      "mobile_us\tMobile\tUS\tcity\t190000\t1\n";
  files["sectors.tsv"] =
      "id\tparent\nenergy\t\nenergy_solar\tenergy\nsolar_roofs\tenergy_solar\n"
      "health\t\n";
  files["objectives.tsv"] = "id\tparent\nboost_trade\t\n";
  files["event_series.tsv"] = "id\tparent\ng20\t\n";
  files["roles.tsv"] = "id\tparent\nminister\t\nforeign_minister\tminister\n";
  files["organizations.tsv"] = "id\tparent\nun\t\n";
  files["kinds.tsv"] =
      "file\tkind\tvalues\ncues.tsv\ttravel\t\naims.tsv\taim_open\t\n"
      "words.tsv\tfunction_word\t\nwords.tsv\tplural\t\n"
      "headers.tsv\tobjective\t\ndates.tsv\tmonth\t4 5\n"
      "dates.tsv\trange_word\tfrom until\nnumbers.tsv\tmagnitude\tN\n"
      "numbers.tsv\tcurrency\t\n";
}

void AddEnglish(std::map<std::string, std::string>& files) {
  files["en/language.tsv"] =
      "key\tvalue\nname\tEnglish\ndecimal_separator\t.\nstemmer\tenglish\n"
      "date_order\tmdy\n";
  files["en/country_names.tsv"] =
      "code\tkind\tname\nPE\tcommon\tPeru\nPE\tofficial\tRepublic of Peru\n"
      "PE\tdemonym\tPeruvian|Peruvians\nCI\tcommon\tCôte d’Ivoire\n"
      "CI\tshort\tIvory Coast\nUS\tcommon\tUnited States\nUS\tshort\tUS\n"
      "PR\tcommon\tPuerto Rico\nXK\tcommon\tKosovo\n";
  files["en/region_names.tsv"] =
      "id\tkind\tname\n019\tname\tAmericas\ncaribbean\tname\tCaribbean\n"
      "africa\tname\tAfrica\nafrica\talias\tAfrican continent\n";
  files["en/place_names.tsv"] = "id\tname\nlima_pe\tCity of Kings\n";
  files["en/sectors.tsv"] =
      "id\tkind\tphrase\tweight\nenergy\tname\tEnergy\t\n"
      "energy_solar\tname\tSolar energy\t\n"
      "energy_solar\talias\tsolar\t0.75\n"
      "energy_solar\tcue\tpanel|panels ..3 roof*\t0.5\n"
      "solar_roofs\tname\tRoofs\t\nhealth\tname\tHealth\t\n"
      "health\tcue\tAIDS\t\n";
  files["en/objectives.tsv"] =
      "id\tkind\tphrase\tweight\nboost_trade\tname\tBoost trade\t\n";
  files["en/event_series.tsv"] =
      "id\tkind\tphrase\tweight\ng20\tname\tG20 summit\t\n";
  files["en/roles.tsv"] =
      "id\tkind\tphrase\tweight\nminister\tname\tMinister\t\n"
      "foreign_minister\tname\tForeign minister\t\n"
      "foreign_minister\talias\tminister\t\n";
  files["en/organizations.tsv"] =
      "id\tkind\tphrase\tweight\nun\talias\tUN\t\n"
      "un\tname\tUnited Nations\t\n";
  files["en/cues.tsv"] = "kind\tphrase\tweight\ntravel\tarriv*\t0.5\n";
  files["en/aims.tsv"] = "kind\tphrase\tweight\naim_open\tto discuss\t\n";
  files["en/words.tsv"] =
      "kind\tvalue\tphrase\nfunction_word\t\tthe\n"
      "plural\tcompany\tcompanies\n";
  files["en/pages.tsv"] = "kind\tphrase\nlead\tread also\n";
  files["en/headers.tsv"] = "kind\tphrase\nobjective\tgoal|goals\n";
  files["en/dates.tsv"] = "kind\tvalue\tphrase\nmonth\t5\tMay\n";
  files["en/numbers.tsv"] =
      "kind\tvalue\tphrase\nmagnitude\t9\tbillion\n"
      "currency\tUSD\tdollar|dollars\n";
}

}  // namespace

VocabularyFixture::VocabularyFixture() {
  AddShared(files_);
  AddEnglish(files_);
  files_["es/language.tsv"] =
      "key\tvalue\nname\tEspañol\ndecimal_separator\t,\nstemmer\tspanish\n";
  files_["es/country_names.tsv"] =
      "code\tkind\tname\nUS\tcommon\tEstados Unidos\nUS\tshort\tEE. UU.\n";
  files_["es/pages.tsv"] =
      "kind\tphrase\nlead\tLea más\nclass_word\tmás leídas\n";
  files_["es/place_names.tsv"] = "id\tname\nlima_pe\tLima\n";
}

void VocabularyFixture::Append(const std::string& name,
                               const std::string& row) {
  absl::StrAppend(&files_[name], row, "\n");
}

void VocabularyFixture::Replace(const std::string& name,
                                const std::string& what,
                                const std::string& with) {
  EXPECT_EQ(absl::StrReplaceAll({{what, with}}, &files_[name]), 1) << what;
}

absl::StatusOr<std::shared_ptr<const Vocabulary>> VocabularyFixture::Load() {
  for (const auto& entry : fs::directory_iterator(directory())) {
    fs::remove_all(entry.path());
  }
  for (const auto& [name, content] : files_) {
    const fs::path path = fs::path(directory()) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }
  return Vocabulary::Load(directory());
}

std::string VocabularyFixture::Error() {
  const auto vocabulary = Load();
  if (vocabulary.ok()) return "";
  EXPECT_EQ(vocabulary.status().code(), absl::StatusCode::kInvalidArgument);
  return absl::StrReplaceAll(std::string(vocabulary.status().message()),
                             {{directory() + "/", ""}});
}

}  // namespace attache
