#include "absl/strings/str_cat.h"
#include "tests/ingestor/text_shapes.h"

namespace attache {
namespace {

constexpr char kVisit[] = "Minister Ewa Lis visited Kenya. ";

// `pieces` again and again, with "$C" a country, "$N" a name, "$D" a day and
// "$I" a number that counts up.
std::function<std::string(size_t)> Filled(std::string opening,
                                          std::string pieces) {
  return Repeating(std::move(opening), [pieces](int i) {
    std::string text;
    for (size_t at = 0; at < pieces.size(); ++at) {
      if (pieces[at] != '$' || at + 1 == pieces.size()) {
        text += pieces[at];
        continue;
      }
      switch (pieces[++at]) {
        case 'C':
          text += Country(i);
          break;
        case 'N':
          text += Name(i);
          break;
        case 'D':
          text += Day(i);
          break;
        case 'I':
          text += absl::StrCat(i);
          break;
        default:
          text += pieces[at];
      }
    }
    return text;
  });
}

std::function<std::string(size_t)> OneWordOf(std::string piece) {
  return Repeating("", std::move(piece));
}

}  // namespace

std::vector<TextShape> ProseShapes() {
  return {
      // Words and lines.
      {"one_word", OneWordOf("a")},
      {"one_line", Repeating("", "word ")},
      {"blank_lines", Repeating(kVisit, "\n")},
      {"spaces", Repeating("a", " ")},
      {"tabs", Repeating("", "a\tb\n")},
      {"hyphens", Repeating(kVisit, "a-")},
      {"dots", Repeating(kVisit, ".")},
      {"commas", Repeating(kVisit, ",")},
      {"abbreviations", Repeating(kVisit, "U.S. Mr. Dr. ")},
      {"initials", Repeating(kVisit, "J. K. ")},
      {"quotes_never_closed", Repeating(kVisit, "“said ")},
      {"quotes_never_opened", Repeating(kVisit, "said” ")},
      {"straight_quotes", Repeating(kVisit, "\"said ")},
      {"parentheses", Repeating(kVisit, "(Kenya) ")},
      {"parentheses_never_closed", Repeating(kVisit, "(Kenya ")},
      {"combining_marks", Repeating("e", "\u0301")},
      {"bidirectional_marks", Repeating(kVisit, "\u202e\u2066Kenya\u2069 ")},
      {"joiners", Repeating(kVisit, "\u200d")},
      {"ideographs", OneWordOf("訪")},
      {"links", Repeating(kVisit, "https://example.org/a?b=c&d ")},
      {"pipes", Repeating(kVisit, "| a ")},
      {"capitals", Repeating(kVisit, "Great ")},
      {"headings", Filled("", "VISIT TO PERU\n\n")},
      {"labels", Filled("", "Date: 5 May 2024\nPlace: $C\n")},
      {"list_items",
       Filled("Minister Ewa Lis visited Kenya.\n\n", "- meet $N $N\n")},

      // People.
      {"names", Filled(kVisit, "$N So$N, ")},
      {"names_without_commas", Filled(kVisit, "$N ")},
      {"ministers", Filled("", "Minister $N Lis and ")},
      {"ministers_of", Repeating("", "Minister of ")},
      {"of", Repeating("Minister ", "of ")},
      {"offices_of_and", Repeating("Minister of ", "Trade and ")},
      {"delegation", Filled("Minister Ewa Lis visited Kenya with ",
                            "$N Lis, Minister of Trade; ")},
      {"meetings", Filled(kVisit, "She met President $N Soto of $C. ")},
      {"pronouns", Repeating(kVisit, "He said she would meet him. ")},

      // Dates.
      {"dates", Filled(kVisit, "$D, ")},
      {"date_ranges", Filled(kVisit, "$I-$I May and ")},
      {"near_dates", Repeating(kVisit, "from 3 to 5 and 6 ")},
      {"numbers", Filled(kVisit, "$I ")},
      {"days_in_a_list", Repeating(kVisit, "5, 6, 7, 8, ")},
      {"months", Repeating(kVisit, "May June July ")},
      {"weekdays", Repeating(kVisit, "next Monday and Tuesday ")},
      {"ordinals", Repeating(kVisit, "the first second third ")},
      {"times", Repeating(kVisit, "10:30 ")},
      {"itinerary",
       Filled("Minister Ewa Lis visited Kenya.\n\n", "$D: arrival in $C\n")},

      // Amounts.
      {"amounts", Filled(kVisit, "$$I million, ")},
      {"long_amounts", Filled(kVisit, "US$ $I,000,000.50 billion euros ")},
      {"currency_signs", Repeating(kVisit, "$€£")},
      {"amounts_in_words", Repeating(kVisit, "two hundred thousand ")},
      {"investments", Filled(kVisit,
                             "She signed an investment of $$I million "
                             "in solar energy in $C. ")},

      // Places, purposes, events.
      {"countries", Filled(kVisit, "$C, ")},
      {"countries_joined", Filled("Minister Ewa Lis visited ", "$C and ")},
      {"countries_and_nationals", Repeating(kVisit, "Kenyan Peruvian ")},
      {"possessives", Repeating(kVisit, "Kenya's Peru's ")},
      {"regions", Repeating(kVisit, "Latin America ")},
      {"purposes", Repeating(kVisit, "to discuss trade and ")},
      {"sectors",
       Repeating("Minister Ewa Lis visited Kenya to discuss ", "energy, ")},
      {"events", Filled(kVisit, "$N Summit ")},
      {"event_words", Repeating(kVisit, "Summit of the ")},

      // Trips.
      {"trips", Filled("", "Minister $N Lis visited $C on $D.\n\n")},
      {"journeys_on", Filled(kVisit, "She then travelled to $C. ")},
      {"journeys_on_in_one_sentence",
       Filled("Minister Ewa Lis visited Kenya", " and then travelled to $C")},
      {"postponements", Repeating(kVisit, "The visit was postponed. ")},
      {"spanish", Filled("La ministra Ana Soto viajó a Kenia. ",
                         "Luego viajó a Chile y se reunió con el presidente $N "
                         "Ruiz el 5 de mayo. ")},
      {"portuguese", Filled("A ministra Ana Soto viajou ao Quênia. ",
                            "Depois viajou para o Chile e reuniu-se com o "
                            "presidente $N Ruiz em 5 de maio. ")},
      {"french", Filled("La ministre Ana Soto s'est rendue au Kenya. ",
                        "Elle s'est ensuite rendue au Chili et a rencontré le "
                        "président $N Ruiz le 5 mai. ")},
  };
}

}  // namespace attache
