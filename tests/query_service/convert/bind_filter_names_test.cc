// What stands for ids and numbers in filters: names, in any language.
#include "gtest/gtest.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

TEST(BindFilter, EnumsGoByNameWithOrWithoutPrefixInAnyCase) {
  const FilterRecords records({
      {"a", R"(status: TRIP_STATUS_UNDER_WAY
               amounts { kind: AMOUNT_KIND_PLEDGED })"},
      {"b", R"(status: TRIP_STATUS_CANCELLED amounts { text: "much" })"},
      {"c", R"(title: "no status")"},
  });
  ExpectFound(records, {
                           {"status = UNDER_WAY", "a"},
                           {"status = under_way", "a"},
                           {"status = TRIP_STATUS_UNDER_WAY", "a"},
                           {"status:Trip_Status_Cancelled", "b"},
                           {"status = \"cancelled\"", "b"},
                           {"NOT status = CANCELLED", "a c"},
                           {"status != CANCELLED", "a c"},
                           {"status:*", "a b"},
                           {"status != *", "c"},
                           {"status = UNSPECIFIED", ""},
                           {"status != UNSPECIFIED", "a b c"},
                           {"status:(CANCELLED OR UNDER_WAY)", "a b"},
                           {"status:(NOT CANCELLED)", "a"},
                           {"status != (CANCELLED OR POSTPONED)", "a c"},
                           {"amounts.kind = PLEDGED", "a"},
                           {"amounts.kind = amount_kind_pledged", "a"},
                           {"amounts.kind != PLEDGED", "b c"},
                           {"amounts:(kind != PLEDGED)", "b"},
                       });
}

TEST(BindFilter, CountriesAndRegionsGoByCodeAndByNameInAnyLanguage) {
  const FilterRecords records({
      {"be", R"(visits { country_code: "BE" })"},
      {"br", R"(visits { country_code: "BR" })"},
      {"ci", R"(visits { country_code: "CI" })"},
      {"from", R"(travelers { name: "Ana" country_code: "BR" })"},
      {"said", R"(mentioned_countries { country_code: "BR" })"},
      {"r005", R"(regions { region_id: "005" text: "the south" })"},
      {"r019", R"(regions { region_id: "019" })"},
      {"rip", R"(regions { region_id: "indo_pacific" })"},
  });
  ExpectFound(
      records,
      {
          {"visits.country_code = BRA", "br"},
          {"visits.country_code = br", "br"},
          {"visits.country_code = 076", "br"},
          {"visits.country_code = Brazil", "br"},
          {"visits.country_code = Brasil", "br"},
          {"visits.country_code = \"BRÉSIL\"", "br"},
          {"visits.country_code = bresil", "br"},
          {"visits.country_code = Bélgica", "be"},
          {"visits.country_code = \"Côte d'Ivoire\"", "ci"},
          {"visits.country_code = \"Ivory Coast\"", "ci"},
          {"visits.country_code = \"Costa do Marfim\"", "ci"},
          {"visits.country_code = 005", "br"},
          {"visits.country_code = \"South America\"", "br"},
          {"visits.country_code = \"América do Sul\"", "br"},
          {"visits.country_code = Africa", "ci"},
          {"visits.country_code = Europe", "be"},
          {"visits.country_code != Europe", "br ci from r005 r019 rip said"},
          {"visits.country_code:(Brasil OR Europe)", "be br"},
          {"travelers.country_code = Brasil", "from"},
          {"mentioned_countries.country_code = \"Latin America\"", "said"},
          {"regions.region_id = 005", "r005"},
          {"regions.region_id = \"Amérique du Sud\"", "r005"},
          {"regions.region_id = Americas", "r005 r019"},
          // In English that is a name of the United States.
          {"regions.region_id = América", "r005 r019"},
          {"regions.region_id = \"Indo-Pacific\"", "rip"},
          {"regions.region_id = indo_pacific", "rip"},
          {"regions.region_id != Americas", "be br ci from rip said"},
          {"regions:(region_id = 005 AND text:south)", "r005"},
      });
}

TEST(BindFilter, SectorsObjectivesEventsAndLanguagesGoByIdOrName) {
  const FilterRecords records({
      {"agri", R"(sectors { sector_id: "agriculture" })"},
      {"en", R"(source { language_code: "en" })"},
      {"ener", R"(sectors { sector_id: "energy" })"},
      {"g20", R"(events { series_id: "g20" name: "Cúpula" })"},
      {"item", R"(commitments { sector_ids: "education"
                                sector_ids: "energy_fossil" })"},
      {"nuke", R"(sectors { sector_id: "energy_nuclear" text: "Reactors" })"},
      {"old", R"(sectors { sector_id: "no_such_sector" })"},
      {"pt", R"(source { language_code: "pt" })"},
      {"ptbr", R"(source { language_code: "pt-BR" })"},
      {"trade", R"(objectives { objective_id: "enhance_trade" })"},
      {"un", R"(events { series_id: "un_ga" })"},
  });
  ExpectFound(
      records,
      {
          {"sectors.sector_id = energy", "ener nuke"},
          {"sectors.sector_id:\"energy\"", "ener nuke"},
          {"sectors.sector_id = Énergie", "ener nuke"},
          {"sectors.sector_id = \"nuclear power\"", "nuke"},
          {"sectors.sector_id = \"Energía nuclear\"", "nuke"},
          {"sectors.sector_id = energy_nuclear", "nuke"},
          {"sectors.sector_id = Agricultura", "agri"},
          {"sectors.sector_id != energy",
           "agri en g20 item old pt ptbr trade un"},
          {"sectors:(sector_id = energy AND text:reactors)", "nuke"},
          {"sectors.sector_id = \"no_such*\"", "old"},
          {"sectors.sector_id:(agriculture OR \"nuclear energy\")",
           "agri nuke"},
          {"commitments.sector_ids:energy", "item"},
          {"commitments.sector_ids = education", "item"},
          {"commitments:(sector_ids:energy AND sector_ids:education)", "item"},
          {"commitments:(sector_ids != energy)", ""},
          {"objectives.objective_id = enhance_trade", "trade"},
          {"objectives.objective_id = \"Ampliar o comércio\"", "trade"},
          {"objectives.objective_id:\"Enhance Trade\"", "trade"},
          {"events.series_id = g20", "g20"},
          {"events.series_id = \"G-20\"", "g20"},
          {"events.series_id = \"Grupo de los 20\"", "g20"},
          {"events.series_id = UNGA", "un"},
          {"events.series_id = \"Asamblea General de la ONU\"", "un"},
          {"events.series_id = (apec OR g20)", "g20"},
          {"source.language_code = pt", "pt ptbr"},
          {"source.language_code = PT-br", "ptbr"},
          {"source.language_code = pt_BR", "ptbr"},
          {"source.language_code = p", ""},
          {"source.language_code = \"pt-\"", ""},
          {"source.language_code:(en OR pt)", "en pt ptbr"},
      });
}

}  // namespace
}  // namespace attache::testing
