// What is wrong with a vocabulary is told with file, line and reason.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/common/vocabulary/vocabulary_fixture.h"

namespace attache {
namespace {

// A row added at the end of a file.
struct BadRow {
  std::string file;
  std::string row;
  std::string error;
};

class BadRows : public ::testing::TestWithParam<BadRow> {};

TEST_P(BadRows, StopTheLoad) {
  VocabularyFixture fixture;
  fixture.Append(GetParam().file, GetParam().row);
  EXPECT_EQ(fixture.Error(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Shared, BadRows,
    ::testing::Values(
        BadRow{"sectors.tsv", "mining",
               "sectors.tsv:6: it has 1 cells instead of 2"},
        BadRow{"sectors.tsv", "", "sectors.tsv:6: it has 1 cells instead of 2"},
        BadRow{"sectors.tsv", "mining \t",
               "sectors.tsv:6: \"mining \" has a space at its end"},
        BadRow{"sectors.tsv", "mining\t\r",
               "sectors.tsv:6: it has a carriage return; lines end with \\n "
               "alone"},
        BadRow{"sectors.tsv", "m\x01\t",
               "sectors.tsv:6: it has a control character"},
        BadRow{"sectors.tsv", "m\xE9\t",
               "sectors.tsv:6: it is not valid UTF-8"},
        BadRow{"sectors.tsv", "Mining\t",
               "sectors.tsv:6: \"Mining\" is no id (a-z, 0-9 and _)"},
        BadRow{"sectors.tsv", "energy\t",
               "sectors.tsv:6: \"energy\" stands twice"},
        BadRow{"sectors.tsv", "mining\tmines",
               "sectors.tsv:6: \"mines\" is unknown"},
        BadRow{"sectors.tsv", "mining\tmining",
               "sectors.tsv:6: \"mining\" is above itself"},
        BadRow{"sectors.tsv", "a\tb\nb\tc\nc\tb",
               "sectors.tsv:7: \"b\" is above itself"},
        BadRow{"sectors.tsv", "mining\t",
               "en/sectors.tsv:1: \"mining\" has no name"},
        BadRow{"countries.tsv", "Q\tQQQ\t999\t\t",
               "countries.tsv:8: \"Q\" is no alpha-2 code"},
        BadRow{"countries.tsv", "QQ\tQQ\t999\t\t",
               "countries.tsv:8: \"QQ\" is no alpha-3 code"},
        BadRow{"countries.tsv", "QQ\tQQQ\t\t\t",
               "countries.tsv:8: \"\" is no M49 code of three digits"},
        BadRow{"countries.tsv", "PE\tQQQ\t999\t\t",
               "countries.tsv:8: \"PE\" stands twice"},
        BadRow{"countries.tsv", "QQ\tPER\t999\t\t",
               "countries.tsv:8: \"PER\" stands twice"},
        BadRow{"countries.tsv", "QQ\tQQQ\t604\t\t",
               "countries.tsv:8: \"604\" stands twice"},
        BadRow{"countries.tsv", "QQ\tQQQ\t999\tQQQ\t",
               "countries.tsv:8: \"QQQ\" is an unknown currency"},
        BadRow{"countries.tsv", "QQ\tQQQ\t999\t\tZZ",
               "countries.tsv:8: \"ZZ\" is unknown"},
        BadRow{"countries.tsv", "QQ\tQQQ\t999\t\t",
               "en/country_names.tsv:1: \"QQ\" has no common name"},
        BadRow{"regions.tsv", "asia\t\tZZ",
               "regions.tsv:5: \"ZZ\" is no known country or region"},
        BadRow{"regions.tsv", "asia\t\t",
               "regions.tsv:5: \"asia\" has no members"},
        BadRow{"regions.tsv", "a\t\tb\nb\t\ta",
               "regions.tsv:5: \"a\" is a member of itself"},
        BadRow{"regions.tsv", "a\tb\tPE\nb\ta\tPE",
               "regions.tsv:5: \"a\" is above itself"},
        BadRow{"places.tsv", "lima_pe\tLima\tPE\tcity\t1\t0",
               "places.tsv:6: \"lima_pe\" stands twice"},
        BadRow{"places.tsv", "x\tX\tZZ\tcity\t1\t0",
               "places.tsv:6: \"ZZ\" is an unknown country"},
        BadRow{"places.tsv", "x\tX\tPE\ttown\t1\t0",
               "places.tsv:6: \"town\" is an unknown kind"},
        BadRow{"places.tsv", "x\tX\tPE\tcity\tmany\t0",
               "places.tsv:6: \"many\" is no population"},
        BadRow{"places.tsv", "x\tX\tPE\tcity\t-1\t0",
               "places.tsv:6: \"-1\" is no population"},
        BadRow{"places.tsv", "x\tX\tPE\tcity\t1\tyes",
               "places.tsv:6: \"yes\" is neither 0 nor 1"},
        BadRow{"places.tsv", "x\t\tPE\tcity\t1\t0",
               "places.tsv:6: \"\" has no letter or digit"},
        BadRow{"currencies.tsv", "usd\t2\t",
               "currencies.tsv:6: \"usd\" is no ISO 4217 code"},
        BadRow{"currencies.tsv", "USD\t2\t",
               "currencies.tsv:6: \"USD\" stands twice"},
        BadRow{"currencies.tsv", "QQQ\ttwo\t",
               "currencies.tsv:6: \"two\" is no number of digits, 0 to 4"},
        BadRow{"kinds.tsv", "cues.tsv\tTravel\t",
               "kinds.tsv:11: \"Travel\" is no kind (a-z, 0-9 and _)"},
        BadRow{"kinds.tsv", "cues.tsv\ttravel\t",
               "kinds.tsv:11: \"travel\" stands twice"}));

INSTANTIATE_TEST_SUITE_P(
    Language, BadRows,
    ::testing::Values(
        BadRow{"en/country_names.tsv", "ZZ\tcommon\tZed",
               "en/country_names.tsv:11: \"ZZ\" is an unknown country"},
        BadRow{"en/country_names.tsv", "PE\tnick\tZed",
               "en/country_names.tsv:11: \"nick\" is an unknown kind"},
        BadRow{"en/country_names.tsv", "PE\tcommon\tZed",
               "en/country_names.tsv:11: \"Zed\" is a second name beside "
               "\"Peru\"; one is the name, others are aliases"},
        BadRow{
            "en/country_names.tsv", "PE\tshort\tivory COAST",
            "en/country_names.tsv:11: \"ivory COAST\" stands for CI already"},
        BadRow{"en/country_names.tsv", "PE\tshort\t--",
               "en/country_names.tsv:11: \"--\" has no letter or digit"},
        BadRow{"en/country_names.tsv", "PE\tdemonym\tPeruvian|",
               "en/country_names.tsv:11: \"Peruvian|\" is a malformed pattern: "
               "a word is missing beside |, ? or *"},
        BadRow{"en/region_names.tsv", "asia\tname\tAsia",
               "en/region_names.tsv:6: \"asia\" is an unknown region"},
        BadRow{"en/region_names.tsv", "019\tshort\tAsia",
               "en/region_names.tsv:6: \"short\" is an unknown kind"},
        BadRow{"en/region_names.tsv", "019\talias\tAfrica",
               "en/region_names.tsv:6: \"Africa\" stands for africa already"},
        BadRow{"en/place_names.tsv", "rome_it\tRome",
               "en/place_names.tsv:3: \"rome_it\" is an unknown place"},
        BadRow{"en/place_names.tsv", "lima_pe\t",
               "en/place_names.tsv:3: \"\" is no name: it is empty"},
        BadRow{"en/sectors.tsv", "mining\tname\tMining\t",
               "en/sectors.tsv:9: \"mining\" is an unknown id"},
        BadRow{"en/sectors.tsv", "health\tnick\tMining\t",
               "en/sectors.tsv:9: \"nick\" is an unknown kind"},
        BadRow{"en/sectors.tsv", "health\talias\tsolar\t",
               "en/sectors.tsv:9: \"solar\" stands for energy_solar already"},
        BadRow{"en/sectors.tsv", "health\talias\tEnergy-Solar\t",
               "en/sectors.tsv:9: \"Energy-Solar\" stands for energy_solar "
               "already"},
        BadRow{"en/sectors.tsv", "health\tcue\tclinic\t1.5",
               "en/sectors.tsv:9: \"1.5\" is no weight between 0 and 1"},
        BadRow{"en/sectors.tsv", "health\tcue\tclinic\tnan",
               "en/sectors.tsv:9: \"nan\" is no weight between 0 and 1"},
        BadRow{"en/sectors.tsv", "health\tcue\tclinic\tmuch",
               "en/sectors.tsv:9: \"much\" is no weight between 0 and 1"},
        BadRow{"en/sectors.tsv", "health\tcue\tAIDS\t0.5",
               "en/sectors.tsv:9: \"AIDS\" stands twice"},
        BadRow{"en/cues.tsv", "travel\tgo ..3\t",
               "en/cues.tsv:3: \"go ..3\" is a malformed pattern: it must not "
               "end with a gap"},
        BadRow{"en/cues.tsv", "\tgo\t",
               "en/cues.tsv:3: \"\" is an unknown kind"},
        BadRow{"en/cues.tsv", "travels\tgo\t",
               "en/cues.tsv:3: \"travels\" is an unknown kind"},
        BadRow{"en/cues.tsv", "aim_open\tgo\t",
               "en/cues.tsv:3: \"aim_open\" is an unknown kind"},
        BadRow{"en/cues.tsv", "office_of_zz\tHouse of Zed\t",
               "en/cues.tsv:3: \"office_of_zz\" is an unknown kind"},
        BadRow{"en/cues.tsv", "travel\tarriv*\t",
               "en/cues.tsv:3: \"arriv*\" stands twice"},
        BadRow{"en/pages.tsv", "leads\tsee also",
               "en/pages.tsv:3: \"leads\" is an unknown kind"},
        BadRow{"en/pages.tsv", "lead\tread also",
               "en/pages.tsv:3: \"read also\" stands twice"},
        BadRow{"en/pages.tsv", "lead\t", "en/pages.tsv:3: \"\" is empty"},
        BadRow{"en/words.tsv", "plural\tcompany\tcompanies",
               "en/words.tsv:4: \"companies\" stands twice"},
        BadRow{"en/dates.tsv", "month\t13\tx",
               "en/dates.tsv:3: \"13\" is no value of month"},
        BadRow{"en/dates.tsv", "range_word\tuntill\tx",
               "en/dates.tsv:3: \"untill\" is no value of range_word"},
        BadRow{"en/dates.tsv", "month\t\tx",
               "en/dates.tsv:3: \"\" is no value of month"},
        BadRow{"en/numbers.tsv", "magnitude\tnine\tx",
               "en/numbers.tsv:4: \"nine\" is no value of magnitude"},
        BadRow{"en/numbers.tsv", "currency\tQQQ\tquid",
               "en/numbers.tsv:4: \"QQQ\" is an unknown currency"},
        BadRow{"en/numbers.tsv", "currency\t\tquid",
               "en/numbers.tsv:4: \"quid\" has no value"},
        BadRow{"en/language.tsv", "colour\tblue",
               "en/language.tsv:6: \"colour\" is an unknown key"},
        BadRow{"es/language.tsv", "date_order\tymd",
               "es/language.tsv:5: \"ymd\" is neither dmy nor mdy"},
        BadRow{"en/language.tsv", "name\tEnglish",
               "en/language.tsv:6: \"name\" stands twice"},
        BadRow{"es/country_names.tsv", "PE\tshort\tEE UU",
               "es/country_names.tsv:4: \"EE UU\" stands for US already"}));

TEST(VocabularyErrors, KnowsTheOfficesOfAllStatesAndOfTheUnion) {
  VocabularyFixture fixture;
  fixture.Append("en/cues.tsv", "office_of_pe\tTorre Tagle\t");
  fixture.Append("en/cues.tsv", "office_of_eu\tBerlaymont\t");
  EXPECT_EQ(fixture.Error(), "");
}

TEST(VocabularyErrors, NamesAFileThatIsMissing) {
  for (const char* name : {"countries.tsv", "currencies.tsv", "regions.tsv",
                           "places.tsv", "roles.tsv", "kinds.tsv",
                           "en/cues.tsv", "en/words.tsv", "en/language.tsv"}) {
    VocabularyFixture fixture;
    fixture.Remove(name);
    EXPECT_EQ(fixture.Error(), std::string(name) + ":1: the file is missing");
  }
}

TEST(VocabularyErrors, NamesAFileThatNobodyReads) {
  VocabularyFixture fixture;
  fixture.File("es/cue.tsv") = "kind\tphrase\tweight\n";
  EXPECT_EQ(fixture.Error(),
            "es/cue.tsv:1: the vocabulary has no file of that name");
}

TEST(VocabularyErrors, NamesALanguageFolderWithoutACode) {
  VocabularyFixture fixture;
  fixture.File("Spanish/language.tsv") = fixture.File("es/language.tsv");
  EXPECT_EQ(fixture.Error(),
            "Spanish/language.tsv:1: its folder is not named after a "
            "language's ISO 639 code");
}

TEST(VocabularyErrors, NamesWrongColumns) {
  VocabularyFixture fixture;
  fixture.Replace("countries.tsv", "alpha3", "iso3");
  EXPECT_EQ(fixture.Error(),
            "countries.tsv:2: the columns must be \"alpha2 alpha3 m49 currency "
            "sovereign\", not \"alpha2 iso3 m49 currency sovereign\"");
}

TEST(VocabularyErrors, NamesAFileWithoutColumns) {
  VocabularyFixture fixture;
  fixture.File("roles.tsv") = "# To come.\n";
  EXPECT_EQ(fixture.Error(),
            "roles.tsv:1: the line with the columns' names is missing");
}

TEST(VocabularyErrors, NamesAByteOrderMark) {
  VocabularyFixture fixture;
  fixture.File("roles.tsv").insert(0, "\xEF\xBB\xBF");
  EXPECT_EQ(fixture.Error(), "roles.tsv:1: it begins with a byte order mark");
}

TEST(VocabularyErrors, NamesATerritoryAboveItself) {
  VocabularyFixture fixture;
  fixture.Replace("countries.tsv", "840\tUSD\t", "840\tUSD\tPR");
  EXPECT_EQ(fixture.Error(), "countries.tsv:5: \"US\" is above itself");
}

TEST(VocabularyErrors, NamesBadSettings) {
  VocabularyFixture separator;
  separator.Replace("es/language.tsv", "separator\t,", "separator\t;");
  EXPECT_EQ(separator.Error(), "es/language.tsv:3: \";\" is neither . nor ,");
  VocabularyFixture stemmer;
  stemmer.Replace("es/language.tsv", "stemmer\tspanish", "stemmer\tcastilian");
  EXPECT_EQ(stemmer.Error(),
            "es/language.tsv:4: \"castilian\" is no Snowball algorithm");
  VocabularyFixture missing;
  missing.Replace("es/language.tsv", "stemmer\tspanish\n", "");
  EXPECT_EQ(missing.Error(), "es/language.tsv:1: \"stemmer\" is missing");
}

}  // namespace
}  // namespace attache
