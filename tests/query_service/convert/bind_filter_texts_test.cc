// What filters ask of texts, ids and labels.
#include "gtest/gtest.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

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

}  // namespace
}  // namespace attache::testing
