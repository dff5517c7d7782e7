// Days by weekday and from today, and dates in other languages than English.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingestor/passes/dates_of_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
  // With its stop, or between the ends of a range, it is nothing else.
  EXPECT_THAT(Dates("Elle part le mar. 20.", kJune, "fr"),
              ElementsAre("2023-06-20"));
  EXPECT_THAT(Dates("Du lun. 19 au mer. 21 : Lima", kJune, "fr"),
              ElementsAre("2023-06-19/2023-06-21"));
}

TEST(FindDates, ReadsTheDayAfterTomorrow) {
  EXPECT_THAT(Dates("She leaves the day after tomorrow.", "2024-05-15"),
              ElementsAre("2024-05-17"));
}

}  // namespace
}  // namespace attache
