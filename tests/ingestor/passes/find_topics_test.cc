#include "ingestor/passes/find_topics.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

Document Read(const std::string& text, const std::string& language) {
  TextOptions options;
  options.language = language;
  return DocumentFromText(text, options);
}

std::set<std::string> Sectors(const std::string& text,
                              const std::string& language = "en") {
  std::set<std::string> ids;
  const Document document = Read(text, language);
  for (const TopicMention& mention :
       FindSectors(document, TopicContext(document))) {
    ids.insert(mention.id);
  }
  return ids;
}

struct Aim {
  std::string id;
  std::string text;
};

std::vector<Aim> AimsOf(const std::string& text,
                        const std::string& language = "en") {
  const Document document = Read(text, language);
  const TopicContext context(document);
  std::vector<Aim> aims;
  for (const AimPhrase& aim :
       FindAims(document, context, FindObjectiveCues(document, context))) {
    aims.push_back({aim.objective_id, std::string(document.TextOf(aim.span))});
  }
  return aims;
}

std::set<std::string> Objectives(const std::string& text,
                                 const std::string& language = "en") {
  std::set<std::string> ids;
  for (const Aim& aim : AimsOf(text, language)) ids.insert(aim.id);
  return ids;
}

TEST(FindSectors, NamesWhatIsTalkedAbout) {
  EXPECT_THAT(Sectors("They will discuss offshore wind and railways."),
              UnorderedElementsAre("energy_renewable", "transport_aviation"));
  EXPECT_THAT(Sectors("Talks turned to tuna quotas and illegal fishing."),
              Contains("fisheries"));
  EXPECT_THAT(Sectors("The ministers reviewed vaccine supply to clinics."),
              Contains("health"));
  EXPECT_THAT(Sectors("They explored lithium and rare earths ventures."),
              Contains("mining_minerals"));
  EXPECT_THAT(Sectors("They agreed to fight drug smuggling by gangs."),
              Contains("law_enforcement_narcotics"));
}

TEST(FindSectors, LetsALongerCueHideWhatBeginsInIt) {
  EXPECT_THAT(Sectors("They discussed energy security."),
              UnorderedElementsAre("energy"));
  EXPECT_THAT(Sectors("They discussed food security challenges."),
              UnorderedElementsAre("agriculture"));
}

TEST(FindSectors, SeesNoTopicInTheNameOfAnOffice) {
  EXPECT_THAT(Sectors("She met the Minister of Health and Agriculture."),
              IsEmpty());
  EXPECT_THAT(Sectors("She met Defense Minister Ana Kovac."), IsEmpty());
  EXPECT_THAT(Sectors("She met Under Secretary for Economic Growth, Energy, "
                      "and the Environment Ana Kovac."),
              IsEmpty());
  EXPECT_THAT(Sectors("Se reunió con el ministro de Energía.", "es"),
              IsEmpty());
}

TEST(FindSectors, SeesNoTopicWhereTheWordMeansSomethingElse) {
  EXPECT_THAT(Sectors("They met at the UN Security Council."), IsEmpty());
  EXPECT_THAT(Sectors("He visited the Democratic Republic of the Congo."),
              IsEmpty());
  EXPECT_THAT(Sectors("Viajó de La Paz a Lima.", "es"), IsEmpty());
}

TEST(FindSectors, LeavesOutCourtesies) {
  EXPECT_THAT(Sectors("He will thank Oslo for its humanitarian aid."),
              Not(Contains("humanitarian")));
}

TEST(FindAims, ReadsPurposes) {
  EXPECT_THAT(Objectives("She travels to Oslo to expand trade and attract "
                         "investment."),
              UnorderedElementsAre("enhance_trade", "promote_investment"));
  EXPECT_THAT(Objectives("The visit aims to revive the peace process."),
              Contains("peace_mediation"));
  EXPECT_THAT(Objectives("The talks will focus on visas and stranded "
                         "citizens abroad."),
              Contains("consular_citizens"));
  EXPECT_THAT(Objectives("He will attend the opening session of the ocean "
                         "conference."),
              Contains("multilateral_coordination"));
  EXPECT_THAT(Objectives("He will lay a wreath and attend the funeral of the "
                         "late king."),
              Contains("commemorate_ceremony"));
}

TEST(FindAims, ReadsEachPointOfAnAgenda) {
  EXPECT_THAT(
      Objectives("They discussed counterterrorism, cyber threats, migration "
                 "management, and space exploration."),
      testing::IsSupersetOf({"counter_terrorism", "cyber_cooperation",
                             "migration_cooperation",
                             "science_space_cooperation"}));
}

TEST(FindAims, SpansTheAimAsItStands) {
  std::vector<Aim> aims =
      AimsOf("In Oslo she will meet the king to deepen bilateral ties.");
  ASSERT_EQ(aims.size(), 1u);
  EXPECT_EQ(aims[0].id, "strengthen_bilateral_ties");
  EXPECT_EQ(aims[0].text, "deepen bilateral ties");
}

TEST(FindAims, GivesOnePhraseSeveralCodes) {
  std::vector<Aim> aims =
      AimsOf("They will explore digital and cultural cooperation.");
  ASSERT_EQ(aims.size(), 2u);
  EXPECT_EQ(aims[0].text, aims[1].text);
  EXPECT_NE(aims[0].id, aims[1].id);
}

TEST(FindAims, SeesNoAimInWhatIsOnlyMentioned) {
  EXPECT_THAT(Objectives("The country has a large health system."), IsEmpty());
  EXPECT_THAT(Objectives("He thanked Oslo for its vaccine donations."),
              IsEmpty());
}

TEST(FindAims, LeavesListsToTheReaderOfItems) {
  EXPECT_THAT(Objectives("Key objectives included:\n"
                         "- Trade: promoting exports.\n"
                         "- Climate: reducing emissions.\n"),
              IsEmpty());
}

TEST(FindTopics, ReadsSpanish) {
  EXPECT_THAT(Sectors("Hablaron de la pesca y del agua potable.", "es"),
              UnorderedElementsAre("fisheries", "water"));
  EXPECT_THAT(
      Objectives("Viajará a Quito para combatir el narcotráfico y "
                 "ampliar las becas.",
                 "es"),
      testing::IsSupersetOf({"counter_crime_narcotics", "education_exchange"}));
}

TEST(FindTopics, ReadsPortuguese) {
  EXPECT_THAT(Sectors("Discutiram o comércio e as ferrovias.", "pt"),
              testing::IsSupersetOf({"trade", "transport_aviation"}));
  EXPECT_THAT(Objectives("O ministro pretende atrair investimentos e "
                         "fortalecer as relações bilaterais.",
                         "pt"),
              testing::IsSupersetOf(
                  {"promote_investment", "strengthen_bilateral_ties"}));
}

TEST(FindTopics, ReadsFrench) {
  EXPECT_THAT(Sectors("Ils ont évoqué le tourisme et l’énergie solaire.", "fr"),
              testing::IsSupersetOf({"tourism", "energy_renewable"}));
  EXPECT_THAT(Objectives("Elle se rendra à Tunis pour relancer la coopération "
                         "culturelle et soutenir le cessez-le-feu.",
                         "fr"),
              testing::IsSupersetOf({"cultural_exchange", "peace_mediation"}));
}

TEST(FindSectors, TakesNoVerbForATopic) {
  EXPECT_THAT(Sectors("Se trata de reducir la deuda.", "es"),
              Not(Contains("law_enforcement_narcotics")));
}

TEST(FindSectors, SeesNoTopicInOrdinaryPhrases) {
  EXPECT_THAT(Sectors("Expuso obras de un pintor finlandés.", "es"), IsEmpty());
  EXPECT_THAT(Sectors("She called at the port of Lisbon.", "en"), IsEmpty());
  EXPECT_THAT(Sectors("Il a demandé des garanties pour tous.", "fr"),
              IsEmpty());
}

TEST(FindAims, SeesNoAimInOrdinaryPhrases) {
  EXPECT_THAT(Objectives("La ministra pide que toquen bandas.", "es"),
              Not(Contains("counter_crime_narcotics")));
  EXPECT_THAT(Objectives("Elle veut discuter du trafic de la capitale.", "fr"),
              Not(Contains("counter_crime_narcotics")));
  EXPECT_THAT(Objectives("Quer discutir as obras do poeta.", "pt"),
              Not(Contains("infrastructure_connectivity")));
}

TEST(FindAims, KnowsAimsByWhatIsAskedAndSought) {
  EXPECT_THAT(Objectives("The talks dealt with attacks on state networks."),
              Contains("cyber_cooperation"));
  EXPECT_THAT(Objectives("She is looking for a partner for a refinery."),
              Contains("promote_investment"));
  EXPECT_THAT(Objectives("Quieren ampliar la compra de electricidad.", "es"),
              Contains("energy_security"));
  EXPECT_THAT(
      Objectives("Elle plaidera pour le désarmement des milices.", "fr"),
      Contains("peace_mediation"));
  EXPECT_THAT(Objectives("Procura parceiros para uma mina de lítio.", "pt"),
              Contains("promote_investment"));
}

}  // namespace
}  // namespace attache
