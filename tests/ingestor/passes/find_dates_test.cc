#include "ingestor/passes/find_dates.h"

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

// "2021-05-24", "2021-05-24/2021-05-27" for a range (an end alone
// "/2021-06-04"), "3 days" for a length.
std::string Describe(const DateMention& mention) {
  if (mention.length_days != 0) {
    return absl::StrCat(mention.length_days, " days");
  }
  if (!mention.is_range) return ToString(mention.range.start);
  return absl::StrCat(ToString(mention.range.start), "/",
                      ToString(mention.range.end));
}

struct Reading {
  Document document;
  std::vector<DateMention> mentions;
  std::vector<Issue> issues;
};

Reading Read(const std::string& text, const std::string& publish_date,
             const std::string& language = "en") {
  Reading reading;
  TextOptions options;
  options.publish_date = publish_date;
  options.language = language;
  reading.document = DocumentFromText(text, options);
  IssueSink sink;
  reading.mentions = FindDates(reading.document, SharedVocabulary(), sink);
  reading.issues = sink.issues();
  return reading;
}

std::vector<std::string> Dates(const std::string& text,
                               const std::string& publish_date,
                               const std::string& language = "en") {
  std::vector<std::string> dates;
  for (const DateMention& mention :
       Read(text, publish_date, language).mentions) {
    dates.push_back(Describe(mention));
  }
  return dates;
}

// Thursday.
constexpr char kJune[] = "2023-06-15";

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

TEST(FindDates, TakesTheYearInWhichTheWeekdayFits) {
  // 9 November 2022 was a Wednesday.
  EXPECT_THAT(Dates("It dates from Wednesday, November 9.", "2023-06-15"),
              ElementsAre("2022-11-09"));
}

TEST(FindDates, ReportsAWeekdayThatDoesNotFit) {
  Reading reading = Read("On Monday, June 20, 2023, they met.", kJune);
  ASSERT_EQ(reading.mentions.size(), 1u);
  EXPECT_EQ(Describe(reading.mentions[0]), "2023-06-20");
  ASSERT_EQ(reading.issues.size(), 1u);
  EXPECT_EQ(reading.issues[0].code, "WEEKDAY_MISMATCH");
}

TEST(FindDates, TakesAWeekdayInTheSenseOfTheTense) {
  EXPECT_THAT(Dates("He will arrive on Wednesday.", kJune),
              ElementsAre("2023-06-21"));
  EXPECT_THAT(Dates("He arrived on Wednesday.", kJune),
              ElementsAre("2023-06-14"));
  EXPECT_THAT(Dates("He arrived on Thursday.", kJune),
              ElementsAre("2023-06-15"));
  EXPECT_THAT(Dates("Talks resume next Thursday.", kJune),
              ElementsAre("2023-06-22"));
  EXPECT_THAT(Dates("Talks broke off last Thursday.", kJune),
              ElementsAre("2023-06-08"));
}

TEST(FindDates, ReadsAWeekdayWithItsDate) {
  EXPECT_THAT(Dates("On Monday, 19 June, he will meet the king.", kJune),
              ElementsAre("2023-06-19"));
  EXPECT_THAT(Dates("Monday, June 19, 2023: arrival", ""),
              ElementsAre("2023-06-19"));
  EXPECT_THAT(Dates("He will speak on Tuesday (20).", kJune),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(
      Dates("He will stay from Monday, June 19, to Friday, June 23.", kJune),
      ElementsAre("2023-06-19/2023-06-23"));
}

TEST(FindDates, ReadsRangesOfWeekdays) {
  EXPECT_THAT(Dates("He will be in Lima from Monday to Wednesday.", kJune),
              ElementsAre("2023-06-19/2023-06-21"));
  EXPECT_THAT(Dates("He will stay in Lima until Sunday.", kJune),
              ElementsAre("/2023-06-18"));
}

TEST(FindDates, ReadsDaysFromToday) {
  EXPECT_THAT(Dates("She leaves today and returns tomorrow.", kJune),
              ElementsAre("2023-06-15", "2023-06-16"));
  EXPECT_THAT(Dates("She arrived yesterday.", kJune),
              ElementsAre("2023-06-14"));
  EXPECT_THAT(Dates("She arrived two days ago.", kJune),
              ElementsAre("2023-06-13"));
  EXPECT_THAT(Dates("She leaves today.", ""), IsEmpty());
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

TEST(FindDates, ReadsSpanish) {
  auto es = [](const std::string& text) { return Dates(text, kJune, "es"); };
  EXPECT_THAT(es("Viajará el 20 de junio de 2023."), ElementsAre("2023-06-20"));
  EXPECT_THAT(es("Estará allí del 20 al 23 de junio."),
              ElementsAre("2023-06-20/2023-06-23"));
  EXPECT_THAT(es("Estará allí entre el 30 de junio y el 2 de julio."),
              ElementsAre("2023-06-30/2023-07-02"));
  EXPECT_THAT(es("Se reunirán los días 20, 21 y 23 de junio."),
              ElementsAre("2023-06-20", "2023-06-21", "2023-06-23"));
  EXPECT_THAT(es("Llegará el próximo martes."), ElementsAre("2023-06-20"));
  EXPECT_THAT(es("Llegó el lunes pasado."), ElementsAre("2023-06-12"));
  EXPECT_THAT(es("Partió ayer y vuelve mañana por la mañana."),
              ElementsAre("2023-06-14", "2023-06-16"));
  EXPECT_THAT(es("Firmó el pacto el pasado 5 de mayo."),
              ElementsAre("2023-05-05"));
  EXPECT_THAT(es("Es una visita oficial de tres días."), ElementsAre("3 days"));
  EXPECT_THAT(es("Llegó hace dos días."), ElementsAre("2023-06-13"));
  EXPECT_THAT(es("Visitó la avenida 9 de Julio y Santo Domingo."), IsEmpty());
  EXPECT_THAT(es("Creció el 5 por ciento."), IsEmpty());
}

TEST(FindDates, ReadsPortuguese) {
  auto pt = [](const std::string& text) { return Dates(text, kJune, "pt"); };
  EXPECT_THAT(pt("Chegará na próxima segunda-feira (19)."),
              ElementsAre("2023-06-19"));
  EXPECT_THAT(pt("Chegou na quarta (14)."), ElementsAre("2023-06-14"));
  EXPECT_THAT(pt("A segunda visita foi breve."), IsEmpty());
  EXPECT_THAT(pt("Chega hoje (15) a Lisboa."), ElementsAre("2023-06-15"));
  EXPECT_THAT(pt("Nos próximos dias 20 a 23 de junho, irá à China."),
              ElementsAre("2023-06-20/2023-06-23"));
  EXPECT_THAT(pt("Encontram-se no dia 30, em Coimbra."),
              ElementsAre("2023-06-30"));
  EXPECT_THAT(pt("Fica lá entre os dias 21 e 24 deste mês."),
              ElementsAre("2023-06-21/2023-06-24"));
  EXPECT_THAT(pt("Esteve lá no último dia 2 de março."),
              ElementsAre("2023-03-02"));
  EXPECT_THAT(pt("Fica entre 1º e 3 de julho de 2023."),
              ElementsAre("2023-07-01/2023-07-03"));
  EXPECT_THAT(pt("Começa uma viagem de apenas dois dias ao país."),
              ElementsAre("2 days"));
  EXPECT_THAT(pt("Chegou há dois dias ao Rio de Janeiro."),
              ElementsAre("2023-06-13"));
}

TEST(FindDates, ReadsFrench) {
  auto fr = [](const std::string& text) { return Dates(text, kJune, "fr"); };
  EXPECT_THAT(fr("Il se rendra à Oslo le 20 juin 2023."),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(fr("Il sera à Oslo du 1er au 3 juillet."),
              ElementsAre("2023-07-01/2023-07-03"));
  EXPECT_THAT(fr("Il sera à Oslo les 20 et 21 juin."),
              ElementsAre("2023-06-20", "2023-06-21"));
  EXPECT_THAT(fr("Il arrivera lundi prochain."), ElementsAre("2023-06-19"));
  EXPECT_THAT(fr("Il est arrivé mardi 13 juin."), ElementsAre("2023-06-13"));
  EXPECT_THAT(fr("Elle est rentrée hier."), ElementsAre("2023-06-14"));
  EXPECT_THAT(fr("Une visite de deux jours."), ElementsAre("2 days"));
  EXPECT_THAT(fr("Il est venu il y a trois jours."), ElementsAre("2023-06-12"));
  EXPECT_THAT(fr("Le 5 mai dernier, il a signé."), ElementsAre("2023-05-05"));
}

TEST(FindDates, ReadsShortWeekdaysBesideADay) {
  EXPECT_THAT(Dates("Mon 6 and Tue 7: Lima", "2024-05-03"),
              ElementsAre("2024-05-06", "2024-05-07"));
  EXPECT_THAT(Dates("Lun. 6 et mar. 7 – Lima", "2024-05-03", "fr"),
              ElementsAre("2024-05-06", "2024-05-07"));
  EXPECT_THAT(Dates("Terça, 7, e quarta, 8 – Lima", "2024-05-03", "pt"),
              ElementsAre("2024-05-07", "2024-05-08"));
  EXPECT_THAT(Dates("Salió al mar con 5 personas.", "2024-05-03", "es"),
              IsEmpty());
  EXPECT_THAT(Dates("On Monday, 5 ministers will meet.", "2024-05-03"),
              ElementsAre("2024-05-06"));
}

TEST(FindDates, TakesNoWordOfASentenceForAShortWeekday) {
  EXPECT_THAT(Dates("A delegação pode ter 5.", kJune, "pt"), IsEmpty());
  EXPECT_THAT(Dates("Le navire est en mer 5.", kJune, "fr"), IsEmpty());
  EXPECT_THAT(Dates("Ter. 20 e qua. 21: Lima", kJune, "pt"),
              ElementsAre("2023-06-20", "2023-06-21"));
}

TEST(FindDates, ReadsTheDayAfterTomorrow) {
  EXPECT_THAT(Dates("She leaves the day after tomorrow.", "2024-05-15"),
              ElementsAre("2024-05-17"));
}

}  // namespace
}  // namespace attache
