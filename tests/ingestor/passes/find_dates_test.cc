#include "ingestor/passes/find_dates.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingestor/passes/dates_of_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FindDates, ReadsMonthThenDay) {
  EXPECT_THAT(Dates("She arrives on June 20, 2023.", ""),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("She arrives on June 20 2023.", ""),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("She arrives on June 20th, 2023.", ""),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("She arrives on Nov. 5, 2023.", ""),
              ElementsAre("2023-11-05"));
  EXPECT_THAT(Dates("JUNE 20, 2023", ""), ElementsAre("2023-06-20"));
}

TEST(FindDates, ReadsDayThenMonth) {
  EXPECT_THAT(Dates("She arrives on 20 June 2023.", ""),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("She arrives on the 20th of June, 2023.", ""),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("She arrives on the first of June 2023.", ""),
              ElementsAre("2023-06-01"));
  EXPECT_THAT(Dates("She arrives on 5 Sept 2023.", ""),
              ElementsAre("2023-09-05"));
}

TEST(FindDates, KeepsTheMonthWhenOnlyTheDayRepeats) {
  EXPECT_THAT(Dates("The visit runs June 20-23, 2023.", ""),
              ElementsAre("2023-06-20/2023-06-23"));
  EXPECT_THAT(Dates("The visit runs from February 20 to 23.", "2023-02-15"),
              ElementsAre("2023-02-20/2023-02-23"));
  EXPECT_THAT(Dates("He will be there 20–23 February 2024.", ""),
              ElementsAre("2024-02-20/2024-02-23"));
  EXPECT_THAT(Dates("He will be there between 3 and 5 March 2024.", ""),
              ElementsAre("2024-03-03/2024-03-05"));
  EXPECT_THAT(Dates("He will be there between March 3 and 5, 2024.", ""),
              ElementsAre("2024-03-03/2024-03-05"));
  EXPECT_THAT(Dates("He stays from 3 through 5 March 2024.", ""),
              ElementsAre("2024-03-03/2024-03-05"));
  EXPECT_THAT(Dates("A trip from the 3rd to the 5th of March 2024.", ""),
              ElementsAre("2024-03-03/2024-03-05"));
}

TEST(FindDates, ReadsRangesOverTwoMonths) {
  EXPECT_THAT(
      Dates("She will travel to Oslo and Riga May 30 to June 4.", "2023-05-26"),
      ElementsAre("2023-05-30/2023-06-04"));
  EXPECT_THAT(Dates("The tour, June 27-July 2, begins in Rome.", kJune),
              ElementsAre("2023-06-27/2023-07-02"));
  EXPECT_THAT(Dates("from 30 May until 4 June 2023", ""),
              ElementsAre("2023-05-30/2023-06-04"));
}

TEST(FindDates, ReadsRangesOverTwoYears) {
  EXPECT_THAT(Dates("December 30, 2023 – January 3, 2024", ""),
              ElementsAre("2023-12-30/2024-01-03"));
  EXPECT_THAT(Dates("December 30 – January 3, 2024", ""),
              ElementsAre("2023-12-30/2024-01-03"));
  EXPECT_THAT(
      Dates("He will visit from December 30 to January 3.", "2023-12-20"),
      ElementsAre("2023-12-30/2024-01-03"));
}

TEST(FindDates, GivesEachDayOfAList) {
  EXPECT_THAT(Dates("Talks were held on June 7, 8 and 10.", kJune),
              ElementsAre("2023-06-07", "2023-06-08", "2023-06-10"));
  EXPECT_THAT(Dates("Talks were held on 7, 8 and 10 June 2023.", ""),
              ElementsAre("2023-06-07", "2023-06-08", "2023-06-10"));
  EXPECT_THAT(Dates("On May 5 and 6, 2023 they met.", ""),
              ElementsAre("2023-05-05", "2023-05-06"));
  EXPECT_THAT(Dates("On May 5 and June 7, 2023, they met.", ""),
              ElementsAre("2023-05-05", "2023-06-07"));
}

TEST(FindDates, TakesNoCountForADay) {
  EXPECT_THAT(Dates("On May 5, 12 ministers met.", "2023-05-10"),
              ElementsAre("2023-05-05"));
  EXPECT_THAT(Dates("On May 5 and 12 ministers met.", "2023-05-10"),
              ElementsAre("2023-05-05"));
  EXPECT_THAT(Dates("He met 5 ministers, 12 envoys and 3 mayors.", kJune),
              IsEmpty());
}

TEST(FindDates, ReadsDatesInNumbers) {
  EXPECT_THAT(Dates("Published 2023-06-20.", ""), ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("Published 06/20/2023.", ""), ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("Published 20/06/2023.", ""), ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("Publicado el 05.06.2023.", "", "es"),
              ElementsAre("2023-06-05"));
}

TEST(FindDates, SaysThatADateInNumbersIsAmbiguous) {
  Reading reading = Read("It was signed on 03/04/2023.", "");
  ASSERT_EQ(reading.mentions.size(), 1u);
  EXPECT_EQ(Describe(reading.mentions[0]), "2023-03-04");
  ASSERT_EQ(reading.issues.size(), 1u);
  EXPECT_EQ(reading.issues[0].code, "AMBIGUOUS_DATE");
  EXPECT_THAT(Dates("Foi assinado em 03/04/2023.", "", "pt"),
              ElementsAre("2023-04-03"));
}

TEST(FindDates, SettlesTheOrderByThePublishDay) {
  Reading reading = Read("It was signed on 03/10/2023.", "2023-10-04");
  ASSERT_EQ(reading.mentions.size(), 1u);
  EXPECT_EQ(Describe(reading.mentions[0]), "2023-10-03");
  EXPECT_THAT(reading.issues, IsEmpty());
}

TEST(FindDates, SuppliesTheYearNearestToThePublishDay) {
  EXPECT_THAT(Dates("He will arrive on January 4.", "2023-12-20"),
              ElementsAre("2024-01-04"));
  EXPECT_THAT(Dates("He returned on December 28.", "2024-01-03"),
              ElementsAre("2023-12-28"));
  EXPECT_THAT(Dates("She visited Oslo on October 20.", kJune),
              ElementsAre("2022-10-20"));
  EXPECT_THAT(Dates("She will visit Oslo on October 20.", kJune),
              ElementsAre("2023-10-20"));
  // A trip under way is told in the future too.
  EXPECT_THAT(Dates("He will travel to Rome from June 12 to 16.", kJune),
              ElementsAre("2023-06-12/2023-06-16"));
}

TEST(FindDates, LeavesTheYearOpenWithoutAPublishDay) {
  Reading reading = Read("She will visit from May 24 to 27.", "");
  ASSERT_EQ(reading.mentions.size(), 1u);
  EXPECT_EQ(Describe(reading.mentions[0]), "--05-24/--05-27");
  EXPECT_FALSE(reading.mentions[0].year_stated);
}

TEST(FindDates, ReadsADayAlone) {
  EXPECT_THAT(Dates("He will land on the 20th.", kJune),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(
      Dates("He leaves Rome on July 4 and lands in Oslo on the 5th.", kJune),
      ElementsAre("2023-07-04", "2023-07-05"));
  EXPECT_THAT(Dates("They marked the 5th anniversary.", kJune), IsEmpty());
}

TEST(FindDates, IsUnsureOfWhatNamesNoDay) {
  Reading reading = Read(
      "The summit in March 2024 follows talks in February, and next week "
      "envoys meet. Trade grew in 2022.",
      "2024-01-10");
  std::vector<std::string> dates;
  for (const DateMention& mention : reading.mentions) {
    dates.push_back(Describe(mention));
    EXPECT_LT(mention.confidence, 0.5) << Describe(mention);
  }
  EXPECT_THAT(dates, ElementsAre("2024-03", "2024-02", "2024-01-15/2024-01-21",
                                 "2022"));
}

TEST(FindDates, ReadsLengths) {
  EXPECT_THAT(Dates("It is a two-day visit.", kJune), ElementsAre("2 days"));
  EXPECT_THAT(Dates("It is a three-week trip.", kJune), ElementsAre("21 days"));
  EXPECT_THAT(Dates("A week-long tour begins.", kJune), ElementsAre("7 days"));
  EXPECT_THAT(Dates("A 5-day official visit begins.", kJune),
              ElementsAre("5 days"));
  EXPECT_THAT(Dates("She will stay for three days.", kJune),
              ElementsAre("3 days"));
  EXPECT_THAT(Dates("Applications close within 30 days.", kJune), IsEmpty());
}

// Two to the power of 32, and three, days.
TEST(FindDates, TakesNoLengthBeyondAYear) {
  EXPECT_THAT(Dates("A 613566757 week visit begins.", kJune), IsEmpty());
  EXPECT_THAT(Dates("A 400000000 week visit begins.", kJune), IsEmpty());
}

TEST(FindDates, IgnoresNamesThatLookLikeDates) {
  for (const char* text :
       {"He honoured the victims of the September 11 attacks.",
        "She met activists of Fridays for Future.",
        "The 2015 Paris Agreement binds all.",
        "He spoke of UN Security Council Resolution 2231.",
        "COP26 and the 2030 Agenda were raised.",
        "Call 202-647-2024 or 555-0199.", "Growth reached 5 percent, or 12%.",
        "May the talks succeed.", "Protesters march on the capital.",
        "They may 5 times refuse.", "Doors open at 10:00 a.m.",
        "See https://example.org/2021/05/27/visit.html for more."}) {
    EXPECT_THAT(Dates(text, kJune), IsEmpty()) << text;
  }
}

TEST(FindDates, IgnoresTimesOfDay) {
  EXPECT_THAT(Dates("Thursday, July 20, 10:00 a.m. – Laboratory tour", kJune),
              ElementsAre("2023-07-20"));
  EXPECT_THAT(Dates("At 3 p.m. on July 20 he will speak.", kJune),
              ElementsAre("2023-07-20"));
}

TEST(FindDates, ReportsADayThatDoesNotExist) {
  Reading reading = Read("They met on February 30, 2023.", "");
  EXPECT_THAT(reading.mentions, IsEmpty());
  ASSERT_EQ(reading.issues.size(), 1u);
  EXPECT_EQ(reading.issues[0].code, "INVALID_DATE");
}

TEST(FindDates, SpansTheExpressionAlone) {
  Reading reading =
      Read("The visit from February 20 to 23, 2023, ended well.", "");
  ASSERT_EQ(reading.mentions.size(), 1u);
  EXPECT_EQ(reading.document.TextOf(reading.mentions[0].span),
            "from February 20 to 23, 2023");
}

}  // namespace
}  // namespace attache
