#include "ingestor/passes/read_items.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// "kind: label | description | impact" of each item.
std::vector<std::string> Items(absl::string_view text,
                               const std::string& language = "en") {
  TextOptions options;
  options.language = language;
  const Document document = DocumentFromText(text, options);
  std::vector<std::string> items;
  for (const Item& item : ReadItems(document)) {
    constexpr const char* kKinds[] = {"objective", "sector", "commitment",
                                      "focus", "point"};
    items.push_back(absl::StrCat(kKinds[static_cast<int>(item.kind)], ": ",
                                 document.TextOf(item.label), " | ",
                                 document.TextOf(item.description), " | ",
                                 document.TextOf(item.impact)));
  }
  return items;
}

std::vector<std::string> Players(absl::string_view cell,
                                 absl::string_view header = "Investor",
                                 const std::string& language = "en") {
  TextOptions options;
  options.language = language;
  const Document document =
      DocumentFromText(absl::StrCat("| Sector | ", header,
                                    " |\n|---|---|\n| X | ", cell, " |\n"),
                       options);
  const std::vector<Item> items = ReadItems(document);
  return items.empty() ? std::vector<std::string>() : items[0].key_players;
}

TEST(ReadItems, TakesTheKindFromTheLineThatIntroducesAList) {
  EXPECT_THAT(Items("They met at noon. The main goals of the day were:\n"
                    "- Peace: An end to the war;\n- Bread\n"),
              ElementsAre("objective: Peace | An end to the war | ",
                          "objective: Bread |  | "));
  EXPECT_THAT(Items("Several key areas of cooperation, including:\n- Rail\n"),
              ElementsAre("sector: Rail |  | "));
  EXPECT_THAT(Items("It will center around the following key areas:\n- Rail\n"),
              ElementsAre("focus: Rail |  | "));
  EXPECT_THAT(Items("The following pledges were made:\n- Rail – ten trains\n"),
              ElementsAre("commitment: Rail | ten trains | "));
}

TEST(ReadItems, TakesTheKindFromAShortHeading) {
  EXPECT_THAT(Items("The minister flew home after three long days of talks.\n\n"
                    "Priorities\n\n- Rail\n- Roads\n"),
              ElementsAre("focus: Rail |  | ", "focus: Roads |  | "));
}

TEST(ReadItems, CallsItemsPointsWhereNothingTellsTheirKind) {
  EXPECT_THAT(Items("She is to meet:\n- The mayor\n- The rector\n"),
              ElementsAre("point: The mayor |  | ", "point: The rector |  | "));
  EXPECT_THAT(Items("Japan\n\n- Hydrogen: a common standard for ships\n"),
              ElementsAre("point: Hydrogen | a common standard for ships | "));
}

TEST(ReadItems, LeavesOutListsThatHaveNothingToDoWithAJourney) {
  EXPECT_THAT(Items("Other news of the week:\n- Wheat prices fell\n- Rain\n"),
              IsEmpty());
}

TEST(ReadItems, ReadsTheColumnsOfATable) {
  EXPECT_THAT(Items("Objective | Anticipated Impact |\n---|---|\n"
                    "Win peace | Calm at sea |\n"),
              ElementsAre("objective: Win peace |  | Calm at sea"));
  EXPECT_THAT(Items("| Country | Focus Area | Details | Expected Outcomes |\n"
                    "|---|---|---|---|\n| Peru | Rail | Trains | Speed |\n"),
              ElementsAre("focus: Rail | Trains | Speed"));
}

TEST(ReadItems, TakesTheFirstColumnWhereOnlyTheIntroductionTellsTheKind) {
  EXPECT_THAT(
      Items("These agreements were signed:\n\n| Name | Value |\n"
            "|---|---|\n| Grain | $3 million |\n| Total | $3 million |\n"),
      ElementsAre("commitment: Grain |  | "));
}

TEST(ReadItems, ReadsHeadersOfOtherLanguages) {
  EXPECT_THAT(Items("| Projet | Pays | Montant envisagé |\n|---|---|---|\n"
                    "| Pont | Togo | 3 M€ |\n",
                    "fr"),
              ElementsAre("commitment: Pont |  | "));
  EXPECT_THAT(
      Items("La misión persigue tres fines:\n\n- Salud: vacunas\n", "es"),
      ElementsAre("objective: Salud | vacunas | "));
  EXPECT_THAT(Items("As áreas prioritárias são:\n\n- Saúde: vacinas\n", "pt"),
              ElementsAre("focus: Saúde | vacinas | "));
}

TEST(ReadItems, KeepsItemsInTextOrder) {
  EXPECT_THAT(Items("Objective | Impact\n---|---\nA | B\n\n"
                    "Goals:\n\n- C\n- D\n"),
              SizeIs(3));
}

TEST(ReadItems, GivesEachPlayerTheNounThatTheyShare) {
  EXPECT_THAT(Players("Companies A, B, and C"),
              ElementsAre("Company A", "Company B", "Company C"));
  EXPECT_THAT(Players("Empresas A, B y C", "Inversor", "es"),
              ElementsAre("Empresa A", "Empresa B", "Empresa C"));
  EXPECT_THAT(Players("Sociedades A e B", "Investidor", "pt"),
              ElementsAre("Sociedade A", "Sociedade B"));
}

TEST(ReadItems, SplitsPlayersAtSemicolonsWhereThereAreAny) {
  EXPECT_THAT(
      Players("Lund, Berg and Sons; Ministry of Trade and Industry"),
      ElementsAre("Lund, Berg and Sons", "Ministry of Trade and Industry"));
  EXPECT_THAT(Players("Northern Rail (Oslo, Bergen) and Fjordline"),
              ElementsAre("Northern Rail (Oslo, Bergen)", "Fjordline"));
}

}  // namespace
}  // namespace attache
