#include "ingestor/passes/find_people.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

// A headline that names nobody, so that the sentence is read as text.
std::string Text(const std::string& sentence) {
  return "News of the day\n\n" + sentence + "\n";
}

TEST(FindPeople, ReadsTheOfficeBeforeTheName) {
  EXPECT_THAT(PeopleIn(Text("Brazilian Foreign Minister Rafael Monteiro spoke "
                            "first at the opening of the talks.")),
              ElementsAre("Rafael Monteiro, Foreign Minister (BR)"));
}

TEST(FindPeople, ReadsTheOfficeBehindTheName) {
  EXPECT_THAT(PeopleIn(Text("Jane Roe, Minister of Trade of Ghana, spoke first "
                            "at the opening of the talks.")),
              ElementsAre("Jane Roe, Minister of Trade (GH)"));
}

TEST(FindPeople, ReadsTheNameBehindTheState) {
  EXPECT_THAT(PeopleIn(Text("The foreign minister of Peru, Jane Roe, spoke "
                            "first at the opening of the talks.")),
              ElementsAre("Jane Roe, foreign minister (PE)"));
}

TEST(FindPeople, ReadsTheStateBehindTheName) {
  EXPECT_THAT(PeopleIn(Text("President Grace Mwangi of Kenya spoke first at "
                            "the opening of the talks.")),
              ElementsAre("Grace Mwangi, President (KE)"));
}

TEST(FindPeople, EndsALongOfficeBeforeTheName) {
  EXPECT_THAT(
      PeopleIn(Text("Under Secretary for Economic Growth, Energy, and the "
                    "Environment Helen B. Brooks spoke first.")),
      ElementsAre("Helen B. Brooks, Under Secretary for Economic Growth, "
                  "Energy, and the Environment ()"));
}

TEST(FindPeople, KeepsInitialsAndParticlesAndHyphens) {
  EXPECT_THAT(PeopleIn(Text("They met Crown Prince Khalid bin Salman Al Noor, "
                            "President Han Ji-hoon and Secretary of State "
                            "Peter J. Walsh.")),
              ElementsAre("Khalid bin Salman Al Noor, Crown Prince ()",
                          "Han Ji-hoon, President ()",
                          "Peter J. Walsh, Secretary of State ()"));
}

TEST(FindPeople, KnowsAPersonAgainBySurnameAndOffice) {
  EXPECT_THAT(
      PeopleIn(Text("Secretary of State Peter Walsh arrived. The Secretary "
                    "thanked his hosts. Walsh then left, and Secretary "
                    "Walsh’s party followed.")),
      ElementsAre("Peter Walsh, Secretary of State ()"));
}

TEST(FindPeople, TakesTheHolderOfASingleOffice) {
  EXPECT_THAT(PeopleIn(Text("Japan's foreign minister spoke first at the "
                            "opening of the talks.")),
              ElementsAre(", foreign minister (JP)"));
}

TEST(FindPeople, SharesAnOfficeInThePlural) {
  EXPECT_THAT(
      PeopleIn(Text("Ministers Sofie Larsen and Mads Holm spoke first "
                    "at the opening of the talks.")),
      ElementsAre("Sofie Larsen, Ministers ()", "Mads Holm, Ministers ()"));
}

TEST(FindPeople, ReadsAFirstNameThatLostItsCapital) {
  EXPECT_THAT(PeopleIn(Text("Secretary of State peter Walsh arrived early. "
                            "Secretary Walsh thanked his hosts.")),
              ElementsAre("peter Walsh, Secretary of State ()"));
}

TEST(FindPeople, TakesNobodyForGroups) {
  EXPECT_THAT(PeopleIn(Text("Senior officials, business leaders and "
                            "ambassadors spoke at the opening.")),
              IsEmpty());
}

TEST(FindPeople, LeavesTheHeadlinesVerbOutOfTheName) {
  EXPECT_THAT(PeopleIn("Special Envoy Reyes Hails Accord\n\nSpecial Envoy "
                       "Maria Reyes spoke first at the opening.\n"),
              ElementsAre("Maria Reyes, Special Envoy ()"));
}

TEST(FindPeople, TellsVeryManyOfOneSurnameApart) {
  std::string text;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'a'; second <= 'z'; ++second) {
      text += absl::StrCat("Minister ", std::string{first, second},
                           "dram Kovalenko spoke first. ");
    }
  }
  EXPECT_THAT(PeopleIn(Text(text)), SizeIs(::testing::Gt(600u)));
}

TEST(FindPeople, NamesAnOfficerWhomTheTextOpensWith) {
  EXPECT_THAT(PeopleIn("The Prime Minister of Samoa is due in Suva on Friday. "
                       "Tavita Leota, who chairs the forum, will stay for two "
                       "days.\n"),
              ElementsAre("Tavita Leota, Prime Minister (WS)"));
  EXPECT_THAT(PeopleIn("Fiji will soon receive the Prime Minister of Samoa. "
                       "Rain is expected. Tavita Leota has not been to Suva "
                       "before. It was Leota's wish to sail there.\n"),
              ElementsAre("Tavita Leota, Prime Minister (WS)"));
}

TEST(FindPeople, LeavesAnOfficerUnnamedWhereTheNameProvesNoPerson) {
  EXPECT_THAT(PeopleIn("The Prime Minister of Samoa is due in Suva on Friday. "
                       "Pacific Voyager is the name of the ship.\n"),
              ElementsAre(", Prime Minister (WS)"));
}

TEST(FindPeople, GivesAnOfficeBetweenTwoNamesToTheOneThatHasNoOther) {
  EXPECT_THAT(PeopleIn("After talks with Bo Berg, the Foreign Minister, Kai "
                       "Lund, flew to Paris on Monday.\n"),
              Contains("Kai Lund, Foreign Minister ()"));
  EXPECT_THAT(
      PeopleIn("With her are Bo Berg, the trade minister, Kai Lund, "
               "the mayor, and others.\n"),
      IsSupersetOf({"Bo Berg, trade minister ()", "Kai Lund, mayor ()"}));
}

TEST(FindPeople, TakesNoWholeChainOfHyphensForAName) {
  std::string chain = "Radek";
  for (int i = 0; i < 1000; ++i) chain += "-Radek";
  const std::vector<std::string> people =
      PeopleIn(Text("Minister Jana " + chain + " spoke first."));
  ASSERT_THAT(people, SizeIs(1));
  EXPECT_LT(people[0].size(), 1000u);
}

TEST(FindPeople, GivesUpOnAChainOfHyphens) {
  std::string chain = "Radek";
  for (int i = 0; i < 100; ++i) chain += "-Radek";
  EXPECT_THAT(PeopleIn(Text("Minister Jana Radek spoke. " + chain + " spoke.")),
              ElementsAre("Jana Radek, Minister ()"));
}

}  // namespace
}  // namespace attache
