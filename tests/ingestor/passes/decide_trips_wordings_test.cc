// Journeys as newsrooms tell them, in four languages: where to, who goes, whom
// they meet.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// All were written on Wednesday, 15 May 2024.
constexpr char kPublished[] = "2024-05-15";

struct Wording {
  std::string text;
  std::string visits;  // empty where it tells of no trip
  std::vector<std::string> travelers;
  std::string meetings;
  std::string dates;  // empty where it is not about them
};

void Expect(const std::vector<Wording>& wordings, const std::string& language) {
  for (const Wording& wording : wordings) {
    SCOPED_TRACE(wording.text);
    const std::vector<TripSummary> trips =
        TripsOf(wording.text, kPublished, language);
    if (wording.visits.empty()) {
      EXPECT_THAT(trips, IsEmpty());
      continue;
    }
    ASSERT_FALSE(trips.empty());
    EXPECT_EQ(trips.front().visits, wording.visits);
    for (const std::string& traveler : wording.travelers) {
      EXPECT_THAT(trips.front().travelers, HasSubstr(traveler));
    }
    EXPECT_EQ(trips.front().meetings, wording.meetings);
    if (!wording.dates.empty()) {
      EXPECT_EQ(trips.front().dates, wording.dates);
    }
  }
}

TEST(TripWordings, ReadsEnglish) {
  Expect(
      {
          {"Finnish Foreign Minister Elina Aalto is off to Lima on Friday to "
           "sign an accord.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-17/"},
          {"Finnish Foreign Minister Elina Aalto, due in Lima tonight, sits "
           "down on Thursday with Peruvian Prime Minister Rosa Quispe.",
           "PE",
           {"Elina Aalto"},
           "Rosa Quispe",
           ""},
          {"Finland's President Elina Aalto will travel to Peru rather than "
           "Chile on Monday.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"Finland's President Elina Aalto will travel to Peru; a Chilean "
           "stop, in Santiago, was taken off the schedule.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday. At her "
           "side are Trade Minister Bo Berg and Kai Lund, head of the Ice "
           "Research Institute.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Kai Lund"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday. Chief "
           "Economist Bo Berg and Transport Minister Kai Lund are part of her "
           "20-strong party.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Kai Lund"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday. Trade "
           "Minister Bo Berg, who is accompanying her, signed an accord.",
           "PE",
           {"Elina Aalto", "Bo Berg"},
           "",
           ""},
          {"Finnish Trade Minister Elina Aalto will be in Lima on 20 May, when "
           "she sees Mines Minister Rosa Quispe about copper.",
           "PE",
           {"Elina Aalto"},
           "Rosa Quispe",
           ""},
          {"Peruvian President Rosa Quispe hosted Finnish Prime Minister Elina "
           "Aalto for talks in Lima on Monday.",
           "PE",
           {"Elina Aalto"},
           "Rosa Quispe",
           ""},
          {"Speaking in Lima, where she is on an official visit, Finland's "
           "foreign minister Elina Aalto said trade would double.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday for a "
           "visit that runs until Friday.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-13/2024-05-17"},
          {"Finnish President Elina Aalto left Helsinki on Sunday for Peru. "
           "She is expected home on Friday.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-12/2024-05-17"},
          {"Elina Aalto (foreign minister of Finland) embarked on a four-day "
           "mission to Peru.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"The chief executive of Nordmine, Elina Aalto, flew to Lima on "
           "Monday to sign a contract.",
           "",
           {},
           "",
           ""},
          {"State Secretary Elina Aalto flew in from Kampala this morning on a "
           "visit to Gulu, the first since she took over the Ugandan road "
           "office.",
           "",
           {},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday "
           "accompanied by Bo Berg, director of the Geological Survey, and Kai "
           "Lund, chair of the Water Board.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Kai Lund"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday "
           "accompanied by her special adviser, Bo Berg, and her spokesman Kai "
           "Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Kai Lund"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday "
           "accompanied by the Minister of State for Ports, Bo Berg, and the "
           "Leader of the Opposition, Kai Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Kai Lund"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday "
           "accompanied by MPs Bo Berg and Kai Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Kai Lund"},
           "",
           ""},
          {"Finnish President Elina Aalto arrived in Peru on Monday "
           "accompanied by Bo Berg, the trade minister, Kai Lund, the mayor of "
           "Turku, and a score of executives.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Kai Lund"},
           "",
           ""},
      },
      "en");
}

TEST(TripWordings, ReadsSpanish) {
  Expect(
      {
          {"El canciller finlandés, Bo Aalto, sale esta noche hacia Perú.",
           "PE",
           {"Bo Aalto"},
           "",
           ""},
          {"La presidenta de Finlandia, Elina Aalto, visita Perú esta semana. "
           "La escala prevista en La Paz se quedó en el tintero.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"La presidenta de Finlandia, Elina Aalto, irá el lunes a Perú en "
           "vez de a Chile.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"La presidenta de Finlandia, Elina Aalto, llegó el lunes a Perú. "
           "Son de la partida el ministro de Minas, Bo Berg, y la economista "
           "jefe, Eva Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Eva Lund"},
           "",
           ""},
          {"La presidenta de Finlandia, Elina Aalto, llegó el lunes a Perú. A "
           "su lado viajan el ministro de Minas, Bo Berg, y la gobernadora del "
           "banco central, Eva Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Eva Lund"},
           "",
           ""},
          {"El canciller finlandés, Bo Aalto, viajó el lunes a Lima, donde se "
           "sentó a la mesa con el primer ministro peruano, Juan Quispe.",
           "PE",
           {"Bo Aalto"},
           "Juan Quispe",
           ""},
          {"La presidenta de Finlandia, Elina Aalto, fue recibida con honores "
           "este martes en Lima.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"El ministro de Energía de Finlandia, Bo Aalto, aterriza el próximo "
           "lunes en Lima. El miércoles estará en Bogotá.",
           "PE CO",
           {"Bo Aalto"},
           "",
           "2024-05-20/"},
          {"La ministra de Energía de Finlandia, Elina Aalto, cumple este "
           "martes su tercer día en Lima.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-12/"},
          {"La presidenta finlandesa, Elina Aalto, llegó el lunes a Perú "
           "acompañada de Bo Berg, director del Servicio Geológico, y de Eva "
           "Lund, jefa de la Oficina del Agua.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Eva Lund"},
           "",
           ""},
          {"La presidenta finlandesa, Elina Aalto, llegó el lunes a Perú "
           "acompañada por el presidente de la comisión de Pesca del "
           "Parlamento, Bo Berg, y la gerente de los ferrocarriles estatales, "
           "Eva Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Eva Lund"},
           "",
           ""},
          {"La presidenta de Finlandia, Elina Aalto, fue recibida con honores "
           "este martes en Lima, al inicio de su visita de Estado.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"La presidenta finlandesa, Elina Aalto, y su esposo, el primer "
           "caballero Bo Berg, llegaron el lunes a Perú.",
           "PE",
           {"Elina Aalto", "Bo Berg"},
           "",
           ""},
          {"La presidenta finlandesa, Elina Aalto, llegó el lunes a Perú y se "
           "marcha el jueves.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-13/2024-05-16"},
      },
      "es");
}

TEST(TripWordings, ReadsFrench) {
  Expect(
      {
          {"Le ministre finlandais du Commerce, Bo Aalto, a débarqué lundi à "
           "Lima. Son hôtesse, la ministre des Mines Rosa Quispe, l'attendait "
           "au port.",
           "PE",
           {"Bo Aalto"},
           "Rosa Quispe",
           ""},
          {"La présidente finlandaise, Elina Aalto, a été accueillie en grande "
           "pompe mardi à Lima.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"La présidente finlandaise, Elina Aalto, est arrivée lundi au Pérou "
           "pour une visite qui se poursuit jusqu'à vendredi.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-13/2024-05-17"},
          {"La présidente finlandaise, Elina Aalto, a été accueillie en grande "
           "pompe mardi à Lima, au premier jour de sa visite d'État.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"La présidente finlandaise, Elina Aalto, est arrivée lundi au Pérou "
           "et en repartira jeudi.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-13/2024-05-16"},
          {"La présidente finlandaise, Elina Aalto, est arrivée lundi au Pérou "
           "pour une visite qui se poursuit jusqu'à vendredi.",
           "PE",
           {"Elina Aalto"},
           "",
           "2024-05-13/2024-05-17"},
      },
      "fr");
}

TEST(TripWordings, ReadsPortuguese) {
  Expect(
      {
          {"A presidente da Finlândia, Elina Aalto, chegou na segunda-feira ao "
           "Peru. Na delegação estão o ministro das Minas, Bo Berg, e a "
           "economista-chefe Eva Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Eva Lund"},
           "",
           ""},
          {"A presidente da Finlândia, Elina Aalto, chegou na segunda-feira ao "
           "Peru. Ao seu lado estavam o ministro das Minas, Bo Berg, e a "
           "governadora do banco central, Eva Lund.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Eva Lund"},
           "",
           ""},
          {"O chanceler finlandês, Bo Aalto, está em Lima, onde vai ver a "
           "ministra Rosa Quispe.",
           "PE",
           {"Bo Aalto"},
           "Rosa Quispe",
           ""},
          {"O chanceler finlandês, Bo Aalto, desembarcou na segunda-feira em "
           "Lima. Seu interlocutor é o ministro das Minas, Juan Quispe.",
           "PE",
           {"Bo Aalto"},
           "Juan Quispe",
           ""},
          {"A presidente da Finlândia, Elina Aalto, foi recebida com honras "
           "nesta terça-feira em Lima.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"A presidente da Finlândia, Elina Aalto, regressou ontem após uma "
           "semana de trabalho no Peru e no Equador.",
           "PE EC",
           {"Elina Aalto"},
           "",
           ""},
          {"O ministro das Minas, Terras Altas e Florestas da Finlândia, Bo "
           "Aalto, está no Peru.",
           "PE",
           {"Bo Aalto"},
           "",
           ""},
          {"A presidente finlandesa, Elina Aalto, chegou na segunda-feira ao "
           "Peru acompanhada de Bo Berg, diretor do Serviço Geológico, e de "
           "Eva Lund, chefe do Gabinete da Água.",
           "PE",
           {"Elina Aalto", "Bo Berg", "Eva Lund"},
           "",
           ""},
          {"A titular da pasta da Economia da Finlândia, Elina Aalto, está no "
           "Peru.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"A presidente da Finlândia, Elina Aalto, foi recebida com honras "
           "nesta terça-feira em Lima, no início de sua visita de Estado.",
           "PE",
           {"Elina Aalto"},
           "",
           ""},
          {"LIMA, 15 mai – O chanceler finlandês, Bo Aalto, em visita oficial "
           "ao país, defendeu mais comércio.",
           "PE",
           {"Bo Aalto"},
           "",
           ""},
      },
      "pt");
}

}  // namespace
}  // namespace attache
