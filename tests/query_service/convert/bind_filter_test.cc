// What filters mean: small sets of records, and which of them each finds.
#include "query_service/convert/bind_filter.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

TEST(BindFilter, RestrictionsMayMeetDifferentElementsGroupsOneAlone) {
  const FilterRecords records({
      {"a", R"(visits { country_code: "BR"
                        places: "Brasília" places: "Rio de Janeiro"
                        dates { start { year: 2024 month: 11 day: 4 }
                                end { year: 2024 month: 11 day: 6 } } }
               visits { country_code: "PE"
                        dates { start { year: 2024 month: 10 day: 1 } } })"},
      {"b", R"(visits { country_code: "BR"
                        dates { start { year: 2024 month: 10 } } }
               visits { country_code: "PE"
                        dates { start { year: 2024 month: 11 day: 10 } } })"},
      {"c", R"(visits { country_code: "PE" })"},
      {"d", R"(title: "Nowhere")"},
  });
  ExpectFound(
      records,
      {
          {"visits.country_code = BR", "a b"},
          {"visits.country_code:\"BR\"", "a b"},
          {"visits.country_code = PE AND visits.country_code = BR", "a b"},
          {"visits:(country_code = BR AND dates.start >= 2024-11-01)", "a"},
          {"visits.country_code = BR AND visits.dates.start >= 2024-11-01",
           "a b"},
          {"visits:(country_code = BR dates.start >= 2024-11)", "a"},
          {"visits:(country_code = BR OR dates.start >= 2024-11)", "a b"},
          {"visits:(country_code = PE AND NOT dates:*)", "c"},
          {"visits:(country_code = PE AND -dates:*)", "c"},
          {"visits:(country_code = PE) AND NOT visits.dates:*", "c"},
          {"NOT visits:*", "d"},
          {"visits:(NOT country_code = BR)", "a b c"},
          {"visits:(country_code != BR)", "a b c"},
          {"NOT visits:(country_code = BR)", "c d"},
          {"NOT visits.country_code = BR", "c d"},
          {"-visits.country_code:BR", "c d"},
          {"visits.country_code != BR", "c d"},
          {"visits.country_code:(BR OR US)", "a b"},
          {"visits.country_code = (BR OR US)", "a b"},
          {"visits.country_code != (BR OR US)", "c d"},
          {"visits.country_code != (BR OR PE)", "d"},
          // One value is one country.
          {"visits.country_code:(BR AND PE)", ""},
          {"visits:(country_code = BR AND country_code = PE)", ""},
          {"visits:(country_code = BR country_code = BRA)", "a b"},
          {"visits.country_code:(NOT BR)", "a b c"},
          {"visits:(country_code:(BR OR PE) AND dates.start = 2024-10)", "a b"},
          {"visits.places:rio", "a"},
          {"visits:(places:rio AND country_code:PE)", ""},
          {"visits:(places:rio AND places:brasilia)", "a"},
          {"visits.places:(rio AND brasilia)", ""},
          {"visits.places:rio AND visits.country_code:PE", "a"},
          {"visits:(dates:(start >= 2024-11-05))", "b"},
          {"visits:(dates:(start >= 2024-11 AND end <= 2024-11-06))", "a"},
          {"visits.dates:(start = 2024-10)", "a b"},
          {"visits:(dates.start = 2024-10 AND (country_code = BR))", "b"},
          {"visits:((country_code = BR OR country_code = PE) AND NOT "
           "(dates:* OR places:*))",
           "c"},
          {"visits.dates.start != 2024-10", "c d"},
          {"visits:(dates.start != 2024-10)", "a b c"},
      });
}

TEST(BindFilter, OrBindsTighterThanAndWordsSideBySideTightest) {
  const FilterRecords records({
      {"x", R"(title: "alpha")"},
      {"xy", R"(title: "alpha beta")"},
      {"xz", R"(title: "alpha gamma")"},
      {"y", R"(title: "beta")"},
      {"z", R"(title: "gamma")"},
  });
  ExpectFound(records, {
                           {"", "x xy xz y z"},
                           {"  ", "x xy xz y z"},
                           {"*", "x xy xz y z"},
                           {"alpha", "x xy xz"},
                           {"((alpha))", "x xy xz"},
                           {"alpha AND beta OR gamma", "xy xz"},
                           {"alpha OR beta AND gamma", "xz"},
                           {"gamma AND alpha OR beta", "xz"},
                           {"alpha beta OR gamma", "xy xz z"},
                           {"gamma OR alpha beta", "xy xz z"},
                           {"(alpha AND beta) OR gamma", "xy xz z"},
                           {"beta OR gamma alpha AND alpha", "xy xz"},
                           {"NOT alpha OR gamma", "xz y z"},
                           {"NOT (alpha OR gamma)", "y"},
                           {"-(alpha OR gamma)", "y"},
                           {"-alpha beta", "y"},
                           {"beta -alpha", "y"},
                           {"alpha -beta", "x xz"},
                           {"NOT alpha AND NOT beta", "z"},
                           {"NOT alpha NOT beta", "z"},
                           {"-alpha OR -beta", "x xz y z"},
                           {"alpha AND (beta OR gamma AND alpha)", "xy xz"},
                           {"NOT (NOT alpha)", "x xy xz"},
                           {"(alpha OR beta) (alpha OR gamma)", "x xy xz"},
                           {"alpha and beta", ""},
                       });
}

TEST(BindFilter, AsterisksStandForAnythingInTextsAndIds) {
  const FilterRecords records({
      {"t1", R"(title: "Visit to Brazil" source { uri: "https://a.example/1" }
                sectors { sector_id: "energy_nuclear" })"},
      {"t2", R"(title: "Brasília: talks" source { uri: "https://b.example/2" }
                sectors { sector_id: "education" })"},
      {"t3", R"(title: "2 * 3 talks" labels { key: "x" value: "a*b" })"},
      {"t4", R"(title: "A day in Porto Alegre"
                labels { key: "x" value: "acb" }
                labels { key: "team*" value: "1" })"},
      {"u1", R"(source { language_code: "pt_BR" media_type: "text/html" }
                travelers { name: "José Ñandú" role_id: "head_of_state" })"},
  });
  ExpectFound(records, {
                           {"title:bra*", "t1 t2"},
                           {"title:\"BRA*\"", "t1 t2"},
                           {"title:*zil", "t1"},
                           {"title:*lia", "t2"},
                           {"title:port*", "t4"},
                           {"title:*", "t1 t2 t3 t4"},
                           {"title:\"*\"", "t1 t2 t3 t4"},
                           {"title = bra*", "t2"},
                           {"title = \"*brazil\"", "t1"},
                           {"title = \"visit*BRAZIL\"", "t1"},
                           {"title = \"*day*porto*\"", "t4"},
                           {"title = \"day*porto*\"", ""},
                           {"title != bra*", "t1 t3 t4 u1"},
                           {"title = \"2 \\* 3 talks\"", "t3"},
                           {"title = \"*\\**\"", "t3"},
                           {"title:\"*\\**\"", "t3"},
                           {"bra*", "t1 t2"},
                           {"*ndu", "u1"},
                           {"ñan*", "u1"},
                           {"-bra*", "t3 t4 u1"},
                           {"\"*in porto*\"", "t4"},
                           {"travelers.name = \"jose*\"", "u1"},
                           {"record_id = t*", "t1 t2 t3 t4"},
                           {"record_id:\"*1#1\"", "t1 u1"},
                           {"record_id != t*", "u1"},
                           {"source.uri = \"https:*\"", "t1 t2"},
                           {"source.uri = \"HTTPS:*\"", ""},
                           {"source.uri:\"*a.example*\"", "t1"},
                           {"source.media_type = \"text/*\"", "u1"},
                           {"travelers.role_id = *state", "u1"},
                           {"sectors.sector_id = energy*", "t1"},
                           {"sectors.sector_id = E*", "t1 t2"},
                           {"source.language_code = \"pt-*\"", "u1"},
                           {"source.language_code = \"PT_*\"", "u1"},
                           {"labels.x = a*b", "t3 t4"},
                           {"labels.x = \"a*b\"", "t3 t4"},
                           {"labels.x = \"a\\*b\"", "t3"},
                           {"labels.x != \"a\\*b\"", "t1 t2 t4 u1"},
                           {"labels:te*", "t4"},
                           {"labels:\"team\\*\"", "t4"},
                           {"labels:\"t\\*\"", ""},
                           {"labels.\"team\\*\" = 1", "t4"},
                           {"labels.\"team*\" = 1", "t4"},
                       });
}

TEST(BindFilter, LabelsAreAskedForByKeyAndValue) {
  const FilterRecords records({
      {"a", R"(labels { key: "team" value: "latam" }
               labels { key: "my key" value: "One" })"},
      {"b", R"(labels { key: "team" value: "" })"},
      {"c", R"(labels { key: "desk" value: "latam" }
               labels { key: "topic.area" value: "7" })"},
      {"d", R"(title: "team latam")"},
  });
  ExpectFound(records, {
                           {"labels.team = latam", "a"},
                           {"labels.team = \"latam\"", "a"},
                           {"labels.team:latam", "a"},
                           {"labels.team = LATAM", ""},
                           {"labels.team != latam", "b c d"},
                           {"NOT labels.team = latam", "b c d"},
                           {"labels.team = \"\"", "b"},
                           {"labels.team != \"\"", "a c d"},
                           {"labels:team", "a b"},
                           {"labels.team:*", "a b"},
                           {"labels.team = *", "a b"},
                           {"labels.team != *", "c d"},
                           {"labels:*", "a b c"},
                           {"-labels:team", "c d"},
                           {"labels:(team OR desk)", "a b c"},
                           {"labels:team labels:\"my key\"", "a"},
                           {"labels:\"my key\"", "a"},
                           {"labels.\"my key\":*", "a"},
                           {"labels.'my key' = One", "a"},
                           {"labels.team:(latam OR \"\")", "a b"},
                           {"labels.team >= a", "a"},
                           {"labels.team < a", "b"},
                           {"labels.desk > \"l\"", "c"},
                           {"labels.\"topic.area\" = 7", "c"},
                           {"labels.none:*", ""},
                       });
}

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

TEST(BindFilter, NumbersAndTruthValuesCompareWhereTheyAreSet) {
  const FilterRecords records({
      {"a", R"(extraction { confidence: 0.25 coverage: 1 }
               mentioned_countries { country_code: "BR" mention_count: 3 }
               source { version: -2 } amounts { approximate: true })"},
      {"b", R"(extraction { confidence: 0.8 }
               mentioned_countries { country_code: "PE" mention_count: 5 }
               source { version: 9007199254740993 } amounts { text: "x" })"},
      {"c", R"(extraction { confidence: 1 } source { version: 2 })"},
      {"d", R"(extraction { parser_version: "1" } revision: 7)"},
  });
  ExpectFound(
      records,
      {
          {"extraction.confidence = 0.8", "b"},
          {"extraction.confidence:0.8", "b"},
          {"extraction.confidence >= 0.8", "b c"},
          {"extraction.confidence > 0.8", "c"},
          {"extraction.confidence < 0.8", "a"},
          {"extraction.confidence <= 0.8", "a b"},
          {"extraction.confidence != 0.8", "a c d"},
          {"extraction.confidence > 0", "a b c"},
          {"extraction.confidence >= 0", "a b c"},
          {"extraction.confidence >= \"-1\"", "a b c"},
          {"extraction.confidence < 0", ""},
          {"extraction.confidence = 0", ""},
          {"extraction.confidence != 0", "a b c d"},
          {"extraction.confidence <= 1", "a b c"},
          {"extraction.confidence >= 1", "c"},
          {"extraction.confidence < 1.5", "a b c"},
          {"extraction.confidence = 1.5", ""},
          {"extraction.confidence > 1", ""},
          {"extraction.confidence = \"2.5e-1\"", "a"},
          {"extraction:(confidence >= 0.8)", "b c"},
          {"extraction:(confidence < 0.5 AND coverage = 1)", "a"},
          {"extraction.confidence:(0.25 OR 1)", "a c"},
          {"extraction.confidence:*", "a b c"},
          {"extraction.coverage > 0.99", "a"},
          {"mentioned_countries.mention_count > 3", "b"},
          {"mentioned_countries.mention_count >= 3", "a b"},
          {"mentioned_countries.mention_count != 3", "b c d"},
          {"mentioned_countries:(mention_count != 3)", "b"},
          {"mentioned_countries:(country_code = BR mention_count < 4)", "a"},
          {"source.version < 0", "a"},
          {"source.version = \"-2\"", "a"},
          {"source.version = -2", "a"},
          {"source.version = 9007199254740993", "b"},
          {"source.version = 9007199254740992", ""},
          {"source.version:(2 OR 3)", "c"},
          {"revision = 7", "d"},
          {"revision <= 7", "d"},
          {"amounts.approximate = true", "a"},
          {"amounts.approximate:TRUE", "a"},
          {"amounts.approximate = false", "b"},
          {"amounts.approximate != true", "b c d"},
          {"amounts:(approximate != true)", "b"},
          {"amounts.approximate:*", "a b"},
      });
}

TEST(BindFilter, TimesCompareWithInstantsAndWithWholeDaysMonthsAndYears) {
  const FilterRecords records({
      {"p1", R"(source { publish_time { seconds: 1730764800 } })"},
      {"p2", R"(source { publish_time { seconds: 1730851199
                                        nanos: 999999999 } })"},
      {"p3", R"(source { publish_time { seconds: 1730851200 } }
                index_time { seconds: 1730851200 })"},
      {"p4", R"(source { publish_time { seconds: 1730419199 } })"},
      {"p5", R"(source { title: "no time" })"},
      {"p6", R"(source { publish_time { seconds: -1 nanos: 5 } })"},
  });
  ExpectFound(
      records,
      {
          {"source.publish_time = 2024-11-05", "p1 p2"},
          {"source.publish_time:2024-11-05", "p1 p2"},
          {"source.publish_time > 2024-11-05", "p3"},
          {"source.publish_time >= 2024-11-05", "p1 p2 p3"},
          {"source.publish_time < 2024-11-05", "p4 p6"},
          {"source.publish_time <= 2024-11-05", "p1 p2 p4 p6"},
          {"source.publish_time != 2024-11-05", "p3 p4 p5 p6"},
          {"source.publish_time = 2024-11", "p1 p2 p3"},
          {"source.publish_time < 2024-11", "p4 p6"},
          {"source.publish_time > \"2024-10\"", "p1 p2 p3"},
          {"source.publish_time = 2024", "p1 p2 p3 p4"},
          {"source.publish_time < 1970", "p6"},
          {"source.publish_time = \"2024-11-05T00:00:00Z\"", "p1"},
          {"source.publish_time > \"2024-11-05T00:00:00Z\"", "p2 p3"},
          {"source.publish_time = \"2024-11-05T02:00:00+02:00\"", "p1"},
          {"source.publish_time >= \"2024-11-05T23:59:59.999999999Z\"",
           "p2 p3"},
          {"source.publish_time < \"2024-11-05T23:59:59.999999999Z\"",
           "p1 p4 p6"},
          {"source.publish_time != \"2024-11-05T00:00:00Z\"", "p2 p3 p4 p5 p6"},
          {"source.publish_time:*", "p1 p2 p3 p4 p6"},
          {"source:(publish_time >= 2024-11 AND publish_time < 2024-11-06)",
           "p1 p2"},
          {"source.publish_time:(2024-10 OR 2024-11-06)", "p3 p4"},
          {"source.publish_time:(NOT 2024)", "p6"},
          {"source.publish_time.seconds = 1730764800", "p1"},
          {"source.publish_time:(seconds > 0 AND nanos > 0)", "p2"},
          {"index_time >= 2024-11-06", "p3"},
          {"index_time > 2024-11-06", ""},
          {"NOT index_time < 2025", "p1 p2 p4 p5 p6"},
      });
}

TEST(BindFilter, PartialDatesCompareAsTheirIntervals) {
  const FilterRecords records({
      {"d1", R"(dates { start { year: 2024 month: 11 day: 5 } })"},
      {"d2", R"(dates { start { year: 2024 month: 11 } })"},
      {"d3", R"(dates { start { year: 2024 } })"},
      {"d4", R"(dates { start { month: 11 day: 5 } })"},
      {"d5", R"(title: "undated")"},
      {"d6", R"(dates { start { year: 2024 month: 11 day: 30 }
                        end { year: 2024 month: 12 day: 2 } })"},
      {"d7", R"(dates { start { year: 2024 month: 2 day: 30 } })"},
  });
  ExpectFound(
      records,
      {
          {"dates.start = 2024-11-05", "d1"},
          {"dates.start = \"2024-11-05\"", "d1"},
          {"dates.start:2024-11", "d1 d2 d6"},
          {"dates.start = 2024", "d1 d2 d3 d6"},
          {"dates.start != 2024-11", "d3 d4 d5 d7"},
          {"dates.start < 2024-11-05", ""},
          {"dates.start < 2024-12", "d1 d2 d6"},
          {"dates.start < 2025", "d1 d2 d3 d6"},
          {"dates.start <= 2024-11-05", "d1"},
          {"dates.start <= 2024-11", "d1 d2 d6"},
          {"dates.start <= 2024-11-30", "d1 d2 d6"},
          {"dates.start <= 2024-12", "d1 d2 d3 d6"},
          {"dates.start > 2024-11-05", "d6"},
          {"dates.start > 2024-10", "d1 d2 d6"},
          {"dates.start > 2023", "d1 d2 d3 d6"},
          {"dates.start > 2024-11", ""},
          {"dates.start >= 2024-11-01", "d1 d2 d6"},
          {"dates.start >= 2024-11-02", "d1 d6"},
          {"dates.start >= 2024-01", "d1 d2 d3 d6"},
          {"dates.end >= 2024-12", "d6"},
          {"dates.end:*", "d6"},
          {"dates.end != 2024", "d1 d2 d3 d4 d5 d7"},
          {"dates.start:*", "d1 d2 d3 d4 d6 d7"},
          {"dates.start.year = 2024", "d1 d2 d3 d6 d7"},
          {"dates.start.month = 11", "d1 d2 d4 d6"},
          {"dates.start:(month = 11 AND day = 5)", "d1 d4"},
          {"dates:(start >= 2024-11 AND end < 2025)", "d6"},
          {"dates.start:(2024-11-05 OR 2024-11-30)", "d1 d6"},
          {"dates.start >= (2024-11-05 AND 2024-11-06)", "d6"},
          {"dates.start > 2024-11-05 OR dates.start < 2024-11-05", "d6"},
      });
}

TEST(BindFilter, SumsOfMoneyCompareWithinTheirCurrency) {
  const FilterRecords records({
      {"m1", R"(sectors { investment {
                  low { currency_code: "USD" units: 500000 }
                  high { currency_code: "USD" units: 500000 } } })"},
      {"m2", R"(sectors { investment {
                  low { currency_code: "USD" units: 500000
                        nanos: 500000000 } } })"},
      {"m3", R"(sectors { investment {
                  high { currency_code: "EUR" units: 1000000000 } } }
                sectors { investment {
                  low { currency_code: "JPY" units: 3 } } })"},
      {"m4", R"(sectors { text: "no sum" })"},
      {"m5", R"(sectors { investment { low { currency_code: "USD" } } }
                commitments { amount {
                  high { currency_code: "BRL" units: 9000000000000 } } })"},
  });
  ExpectFound(
      records,
      {
          {"sectors.investment.low = \"500000 USD\"", "m1"},
          {"sectors.investment.low = \"USD 500000\"", "m1"},
          {"sectors.investment.low = \"usd 500000.00\"", "m1"},
          {"sectors.investment.low:\"500000 USD\"", "m1"},
          {"sectors.investment.low = \"500000.5 USD\"", "m2"},
          {"sectors.investment.low >= \"500000 USD\"", "m1 m2"},
          {"sectors.investment.low > \"500000 USD\"", "m2"},
          {"sectors.investment.low > \"500000.499999999 USD\"", "m2"},
          {"sectors.investment.low <= \"500000 USD\"", "m1 m5"},
          {"sectors.investment.low < \"500000 USD\"", "m5"},
          {"sectors.investment.low = \"0 USD\"", "m5"},
          {"sectors.investment.low >= \"0 EUR\"", ""},
          {"sectors.investment.low != \"500000 USD\"", "m2 m3 m4 m5"},
          {"sectors:(investment.low != \"500000 USD\")", "m2 m3 m4 m5"},
          {"sectors.investment:(low != \"500000 USD\")", "m2 m3 m5"},
          {"sectors.investment.high >= \"1000000 EUR\"", "m3"},
          {"sectors.investment.high >= \"1000000 USD\"", ""},
          {"sectors.investment.low:(\"3 JPY\" OR \"0 USD\")", "m3 m5"},
          {"sectors:(investment:(low >= \"1 JPY\" AND high:*))", ""},
          {"sectors.investment.low >= \"1 JPY\" AND sectors.investment.high:*",
           "m3"},
          {"commitments.amount.high > \"8999999999999.999 BRL\"", "m5"},
          {"sectors.investment.low.currency_code = USD", "m1 m2 m5"},
          {"sectors.investment.low.units > 4", "m1 m2"},
          {"sectors.investment.low:(currency_code = USD AND nanos > 0)", "m2"},
          {"sectors.investment.low:*", "m1 m2 m3 m5"},
          {"sectors.investment:*", "m1 m2 m3 m5"},
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

TEST(BindFilter, WordsAreStemmedInTheLanguageOfTheRecord) {
  const FilterRecords records({
      {"en", R"(source { language_code: "en" }
                title: "Renewable energies" objectives { text: "Trade talks" }
                travelers { name: "Seán O'Neil" })"},
      {"es", R"(source { language_code: "es-MX" }
                commitments { text: "Negociaciones comerciales" })"},
      {"fr", R"(source { language_code: "fr" }
                tables { header: "Échanges" rows { cells: "prévus" } })"},
      {"pt", R"(source { language_code: "pt" } title: "Visitas oficiais"
                sectors { key_players: "Petrobras" text: "energia" })"},
      {"xx", R"(source { language_code: "xx" publisher: "hidden" }
                title: "Renewable energies"
                labels { key: "k" value: "hidden" }
                evidence { quote: "hidden" }
                extraction { issues { message: "hidden" } }
                dates { text: "hidden" })"},
  });
  ExpectFound(records,
              {
                  {"energy", "en"},
                  {"energies", "en xx"},
                  {"ENERGIES", "en xx"},
                  {"renewable energy", "en"},
                  {"\"renewable energy\"", "en"},
                  {"\"energy renewable\"", ""},
                  {"energy renewable", "en"},
                  {"\"energies trade\"", ""},
                  {"\"trade talk\"", "en"},
                  {"'trade talks'", "en"},
                  {"trade-talks", "en"},
                  {"talks-trade", ""},
                  {"O'Neil", "en"},
                  {"\"o neil\"", "en"},
                  {"sean", "en"},
                  {"negociación", "es"},
                  {"comercial", "es"},
                  {"echange", "fr"},
                  {"échanges", "fr"},
                  {"prevus", "fr"},
                  {"visita", "pt"},
                  {"visita oficiais", "pt"},
                  {"petrobras energia", "pt"},
                  {"-energies", "es fr pt"},
                  {"hidden", ""},
                  {"evidence.quote:hidden", "xx"},
                  {"extraction.issues.message:hidden", "xx"},
                  {"dates.text = HIDDEN", "xx"},
                  {"source.publisher:hidden", "xx"},
                  {"source.publisher = Hidden", "xx"},
                  {"title:energy", "en"},
                  {"title:\"energy renewables\"", "en"},
                  {"title = energy", ""},
                  {"title = \"renewable ENERGIES!\"", "en xx"},
                  {"title = \"renewable energy\"", ""},
                  {"title:(energy OR visita)", "en pt"},
                  {"title:(renewable AND NOT energy)", "xx"},
                  {"objectives.text:trade", "en"},
                  {"objectives:(text:trading)", "en"},
                  {"title:trade", ""},
                  {"commitments.text:negociación", "es"},
                  {"tables.rows.cells:prévus", "fr"},
                  {"tables:(header:echange AND rows:(cells:prevus))", "fr"},
                  {"tables:(header:prevus)", ""},
                  {"travelers.name:oneil", ""},
                  {"travelers.name:\"neil sean\"", "en"},
                  {"travelers.name = \"sean o neil\"", "en"},
                  {"sectors.key_players = PETROBRAS", "pt"},
              });
}

TEST(BindFilter, SignsThatFoldToLettersDoNotHideATextThatEqualsItself) {
  const FilterRecords records({
      {"half", R"(title: "½ of it")"},
      {"mark", R"(title: "Foo™ bar")"},
      {"name", R"(source { publisher: "Agência — Brasil" })"},
      {"sign", R"(title: "—")"},
      {"soft", "title: \"co\\302\\255operation\""},
      {"wide", R"(title: "ﬁsh STRASSE")"},
  });
  ExpectFound(records, {
                           {"title = \"½ of it\"", "half"},
                           {"title = \"Foo™ bar\"", "mark"},
                           {"title = \"foo™-BAR\"", "mark"},
                           {"title = \"—\"", "sign"},
                           {"title = \"-\"", "sign"},
                           {"title = \"co\xC2\xADoperation\"", "soft"},
                           {"title = \"fish straße\"", "wide"},
                           {"source.publisher = \"agencia brasil\"", "name"},
                           {"source.publisher != \"agencia brasil\"",
                            "half mark sign soft wide"},
                       });
}

TEST(BindFilter, IdsCompareExactlyAndInOrder) {
  const FilterRecords records({
      {"a", R"(source { briefing_id: "a" uri: "https://x.example/A" })"},
      {"b", R"(source { briefing_id: "b" media_type: "text/html" })"},
      {"c", R"(title: "tells no briefing")"},
  });
  ExpectFound(records, {
                           {"record_id = \"a#1\"", "a"},
                           {"record_id:a#1", "a"},
                           {"record_id = A#1", ""},
                           {"record_id = a", ""},
                           {"record_id != \"a#1\"", "b c"},
                           {"record_id > \"a#1\"", "b c"},
                           {"record_id <= \"b#1\"", "a b"},
                           {"record_id = \"\"", ""},
                           {"record_id != \"\"", "a b c"},
                           {"record_id:(\"a#1\" OR \"c#1\")", "a c"},
                           {"source.briefing_id = a", "a"},
                           {"source.briefing_id = c", ""},
                           {"source.briefing_id != a", "b c"},
                           {"source:(briefing_id = a)", "a"},
                           {"source.briefing_id:*", "a b"},
                           {"source.uri = \"https://x.example/A\"", "a"},
                           {"source.uri = \"https://x.example/a\"", ""},
                           {"source.media_type >= text", "b"},
                           {"source:*", "a b"},
                           {"NOT source:*", "c"},
                       });
}

TEST(BindFilter, AFieldThatIsNotSetFailsEveryComparisonButUnequal) {
  const FilterRecords records(RecordTexts{{"none", ""}});
  for (const char* filter : {"title = x",
                             "title:x",
                             "title:*",
                             "status = CANCELLED",
                             "extraction.confidence >= 0",
                             "extraction.confidence <= 1",
                             "source.publish_time < 9999",
                             "source.publish_time >= 0001",
                             "dates.start <= 9999",
                             "dates.start > 0001",
                             "revision >= 0",
                             "visits.country_code = BR",
                             "visits.dates.start < 2024",
                             "visits:*",
                             "sectors.investment.low >= \"0 USD\"",
                             "labels.team = \"\"",
                             "labels.team < z",
                             "source.uri < z",
                             "source.language_code = en",
                             "amounts.approximate = false",
                             "source.title = \"\"",
                             "title:(NOT x)"}) {
    EXPECT_EQ(records.Find(filter), "") << filter;
  }
  for (const char* filter :
       {"title != x", "status != CANCELLED", "extraction.confidence != 0.5",
        "source.publish_time != 2024", "dates.start != 2024", "revision != 0",
        "visits.country_code != BR", "visits.dates.start != 2024",
        "sectors.investment.low != \"0 USD\"", "labels.team != \"\"",
        "source.uri != z", "amounts.approximate != false", "visits != *"}) {
    EXPECT_EQ(records.Find(filter), "none") << filter;
  }
}

}  // namespace
}  // namespace attache::testing
