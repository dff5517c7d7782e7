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

// A single table, of three rows with ever more columns.
std::string WideTable(size_t bytes) {
  std::string header;
  std::string delimiter;
  std::string row;
  while (header.size() + delimiter.size() + row.size() < bytes) {
    header += "| Sector ";
    delimiter += "|---";
    row += "| solar ";
  }
  return absl::StrCat(kVisit, "\n\n", header, "|\n", delimiter, "|\n", row,
                      "|\n");
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

      // Journeys of one and of many.
      {"visits", Repeating("", kVisit)},
      {"dated_visits", Filled("", "Minister Ewa Lis visited Kenya on $D. ")},
      {"sections", Filled("",
                          "Heading Number $I\n\nThe minister visited "
                          "Kenya.\n\n")},
      {"counted_trips", Filled("",
                               "First trip: $C\n\nMinister Ewa Lis visited "
                               "$C.\n\n")},
      {"trips_of_others",
       Filled(kVisit, "Minister $N Soto of Chile visited Peru last month. ")},
      {"one_surname", Filled("", "Minister $N Lis visited Lima. ")},
      {"offices", Filled("", "The Minister of $N of Peru visited Kenya. ")},
      {"aims", Filled(kVisit, "She came to expand trade in item $I. ")},
      {"delegation_list",
       Filled("Minister Ewa Lis visited Kenya.\n\nDelegation:\n\n",
              "- $N Lis, Minister of Trade\n")},
      {"attendances", Filled(kVisit, "She attended the $N Summit. ")},
      {"postponed_headings",
       Repeating(kVisit, "\n\n## Visit to Peru postponed to 5 May\n\n")},
      {"departures_of_others",
       Repeating("",
                 "Minister Ewa Lis of Poland visited Kenya. Minister Ana "
                 "Soto of Peru left. ")},
      {"honorifics", Repeating("", "Mr ")},
      {"guests",
       Filled("Minister Ewa Lis of Poland visited Kenya. ",
              "In Warsaw the minister met Minister $N Soto of Peru. ")},
      {"returns",
       Filled("", "Minister Ewa Lis returned to Warsaw on $D from $C. ")},
      {"no_full_stop",
       Filled("Minister Ewa Lis visited Kenya ", "and on $D $C ")},
      {"table_of_days", Filled("Minister Ewa Lis visited Kenya.\n\n"
                               "| Date | Place |\n|---|---|\n",
                               "| $D | $C |\n")},
      {"table_to_and_fro", Filled("Minister Ewa Lis visited Kenya.\n\n"
                                  "| Date | Place |\n|---|---|\n",
                                  "| $D | Kenya |\n| $D | Peru |\n")},
      {"wide_table_of_sectors", WideTable},
  };
}

}  // namespace attache
