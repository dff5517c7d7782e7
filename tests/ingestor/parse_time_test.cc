// A text takes time in proportion to its size, whatever it repeats: one that
// took the square of it would hold a thread of the pool for minutes.
#include <ctime>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ingestor/parser.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

constexpr size_t kSmallBytes = 200'000;
constexpr int kGrowth = 8;
// Squares would make it kGrowth * kGrowth.
constexpr double kMostTimes = 3.0 * kGrowth;

double ProcessorSeconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

struct Shape {
  const char* name;
  std::function<std::string(size_t bytes)> text;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

// The opening, and then piece upon piece.
std::function<std::string(size_t)> Repeating(
    std::string opening, std::function<std::string(int)> piece) {
  return [=](size_t bytes) {
    std::string text = opening;
    for (int i = 0; text.size() < bytes; ++i) text += piece(i);
    return text;
  };
}

std::string Country(int i) {
  constexpr const char* kCountries[] = {"Kenya", "Peru",  "Chile", "Ghana",
                                        "Japan", "Spain", "Cuba"};
  return kCountries[i % 7];
}

// Another one for each of the first fifty thousand.
std::string Day(int i) {
  constexpr const char* kMonths[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return absl::StrCat(1 + i % 28, " ", kMonths[i / 28 % 12], " ",
                      1950 + i / 336);
}

// Another one for each of the first ten thousand.
std::string Name(int i) {
  constexpr const char* kSyllables[] = {"ba", "ce", "di", "fo", "gu",
                                        "la", "me", "ni", "po", "ru"};
  std::string name;
  for (int part = 0; part < 4; ++part, i /= 10) name += kSyllables[i % 10];
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

// A single table, of three rows with ever more columns.
std::string WideTable(size_t bytes) {
  std::string header, delimiter, row;
  while (header.size() + delimiter.size() + row.size() < bytes) {
    header += "| Sector ";
    delimiter += "|---";
    row += "| solar ";
  }
  return absl::StrCat("Minister Ewa Lis visited Kenya.\n\n", header, "|\n",
                      delimiter, "|\n", row, "|\n");
}

double SecondsFor(const std::string& text) {
  v1::Briefing briefing;
  briefing.set_briefing_id("case");
  briefing.set_media_type("text/plain");
  briefing.set_content(text);
  briefing.mutable_publish_time()->set_seconds(1700000000);
  const double start = ProcessorSeconds();
  EXPECT_TRUE(Parse(briefing, SharedVocabulary()).ok());
  return ProcessorSeconds() - start;
}

class ParseTime : public ::testing::TestWithParam<Shape> {};

TEST_P(ParseTime, GrowsAsTheTextDoes) {
  const std::string small = GetParam().text(kSmallBytes);
  SecondsFor(small);  // what is done once
  const double small_seconds = SecondsFor(small);
  const double large_seconds =
      SecondsFor(GetParam().text(kSmallBytes * kGrowth));
  EXPECT_LT(large_seconds / small_seconds, kMostTimes)
      << small_seconds << " s and " << large_seconds << " s";
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ParseTime,
    ::testing::Values(
        Shape{
            "visits_in_one_line",
            Repeating("",
                      [](int) { return "Minister Ewa Lis visited Kenya. "; })},
        Shape{"dated_visits",
              Repeating("",
                        [](int i) {
                          return absl::StrCat(
                              "Minister Ewa Lis visited Kenya on ", 1 + i % 28,
                              " May ", 2000 + i % 25, ". ");
                        })},
        Shape{"sections",
              Repeating("",
                        [](int i) {
                          return absl::StrCat(
                              "Heading Number ", i,
                              "\n\nThe minister visited Kenya.\n\n");
                        })},
        Shape{"aims", Repeating("Minister Ewa Lis visited Kenya. ",
                                [](int i) {
                                  return absl::StrCat(
                                      "She came to expand trade in item ", i,
                                      ". ");
                                })},
        Shape{"wide_table", WideTable},
        Shape{"counted_trips", Repeating("",
                                         [](int i) {
                                           return absl::StrCat(
                                               "First trip: ", Country(i),
                                               "\n\nMinister Ewa Lis visited ",
                                               Country(i), ".\n\n");
                                         })},
        Shape{"trips_of_others",
              Repeating("Minister Ewa Lis of Poland visited Kenya. ",
                        [](int i) {
                          return absl::StrCat("Minister ", Name(i),
                                              " Soto of Chile visited Peru "
                                              "last month. ");
                        })},
        Shape{"one_surname", Repeating("",
                                       [](int i) {
                                         return absl::StrCat(
                                             "Minister ", Name(i),
                                             " Lis visited Lima. ");
                                       })},
        Shape{"offices", Repeating("",
                                   [](int i) {
                                     return absl::StrCat(
                                         "The Minister of ", Name(i),
                                         " of Peru visited Kenya. ");
                                   })},
        Shape{"delegation_list",
              Repeating("Minister Ewa Lis visited Kenya.\n\nDelegation:\n\n",
                        [](int i) {
                          return absl::StrCat("- ", Name(i),
                                              " Lis, Minister of Trade\n");
                        })},
        Shape{"events", Repeating("Minister Ewa Lis visited Kenya. ",
                                  [](int i) {
                                    return absl::StrCat("She attended the ",
                                                        Name(i), " Summit. ");
                                  })},
        Shape{"itinerary", Repeating("Minister Ewa Lis visited Kenya.\n\n"
                                     "| Date | Place |\n|---|---|\n",
                                     [](int i) {
                                       return absl::StrCat("| ", 1 + i % 28,
                                                           " May 2024 | ",
                                                           Country(i), " |\n");
                                     })},
        Shape{"itinerary_to_and_fro",
              Repeating("Minister Ewa Lis visited Kenya.\n\n"
                        "| Date | Place |\n|---|---|\n",
                        [](int i) {
                          return absl::StrCat("| ", Day(i), " | ",
                                              i % 2 == 0 ? "Kenya" : "Peru",
                                              " |\n");
                        })},
        Shape{"put_off_in_headings",
              Repeating("Minister Ewa Lis will visit Peru.\n\n",
                        [](int) {
                          return "## Visit to Peru postponed to 5 May\n\n";
                        })},
        Shape{"departures_of_others",
              Repeating("Minister Ewa Lis of Poland visited Kenya. ",
                        [](int) {
                          return "Minister Ewa Lis visited Kenya. Minister "
                                 "Ana Soto of Peru left. ";
                        })},
        Shape{"honorifics", Repeating("", [](int) { return "Mr "; })},
        Shape{"guests", Repeating("Minister Ewa Lis of Poland visited Kenya. ",
                                  [](int i) {
                                    return absl::StrCat(
                                        "In Warsaw the minister met Minister ",
                                        Name(i), " Soto of Peru. ");
                                  })},
        Shape{"returns",
              Repeating("",
                        [](int i) {
                          return absl::StrCat(
                              "Minister Ewa Lis returned to Warsaw on ",
                              1 + i % 28, " May from ", Country(i), ". ");
                        })},
        Shape{"no_full_stop", Repeating("Minister Ewa Lis visited Kenya ",
                                        [](int i) {
                                          return absl::StrCat(
                                              "and on ", 1 + i % 28, " May ",
                                              Country(i), " ");
                                        })}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace attache
