#include "ingestor/passes/find_events.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FindEvents, ReadsTheWholeName) {
  EXPECT_THAT(EventsIn("He opened the third Nordic Ministerial Conference on "
                       "Clean Shipping in Oslo."),
              ElementsAre("third Nordic Ministerial Conference on Clean "
                          "Shipping"));
}

TEST(FindEvents, TakesATitleInQuotes) {
  EXPECT_THAT(EventsIn("She will speak at the “Water for All” Conference."),
              ElementsAre("“Water for All” Conference"));
}

TEST(FindEvents, KnowsTheSeries) {
  EXPECT_THAT(EventsIn("They will attend the NATO Summit in Vilnius."),
              ElementsAre("NATO Summit=nato"));
}

TEST(FindEvents, LeavesOutTheDayBeforeTheName) {
  EXPECT_THAT(EventsIn("They will attend the June 29-30 NATO Summit."),
              ElementsAre("NATO Summit=nato"));
}

TEST(FindEvents, LeavesOutNounsWithoutAName) {
  EXPECT_THAT(EventsIn("The meeting was followed by a dialogue and a forum."),
              IsEmpty());
}

TEST(FindEvents, TakesTheAdjectiveBehindACapitalizedNoun) {
  EXPECT_THAT(
      EventsIn("Elle ouvrira le Forum finno-péruvien de la tourbe.", "fr"),
      ElementsAre("Forum finno-péruvien de la tourbe"));
  EXPECT_THAT(EventsIn("Le Forum réunit des chercheurs.", "fr"), IsEmpty());
}

TEST(FindEvents, EndsANameWhereItsParagraphEnds) {
  // Cut off in mid-name, as by a teaser.
  EXPECT_THAT(EventsIn("Elle ouvrira le Forum de la\n\nmicrofinance est un "
                       "outil.",
                       "fr"),
              IsEmpty());
  EXPECT_THAT(EventsIn("Elle ouvrira le Forum de la", "fr"), IsEmpty());
}

TEST(FindEvents, TakesAnAnniversaryIntoTheNameOfItsCeremony) {
  EXPECT_THAT(
      EventsIn("Presidiu à cerimónia dos 30 anos da Associação Fino.", "pt"),
      ElementsAre("cerimónia dos 30 anos da Associação Fino"));
}

}  // namespace
}  // namespace attache
