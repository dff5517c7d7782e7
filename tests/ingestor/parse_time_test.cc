// A text takes time in proportion to its size, whatever it repeats: one that
// took the square of it would hold a thread of the pool for minutes.
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ingestor/parser.h"
#include "tests/ingestor/text_shapes.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

constexpr size_t kSmallBytes = 200'000;
constexpr int kGrowth = 8;
// Squares would make it kGrowth * kGrowth.
constexpr double kMostTimes = 3.0 * kGrowth;

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

class ParseTime : public ::testing::TestWithParam<TextShape> {};

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
        TextShape{
            "visits_in_one_line",
            Repeating("",
                      [](int) { return "Minister Ewa Lis visited Kenya. "; })},
        TextShape{"dated_visits",
                  Repeating("",
                            [](int i) {
                              return absl::StrCat(
                                  "Minister Ewa Lis visited Kenya on ",
                                  1 + i % 28, " May ", 2000 + i % 25, ". ");
                            })},
        TextShape{"sections",
                  Repeating("",
                            [](int i) {
                              return absl::StrCat(
                                  "Heading Number ", i,
                                  "\n\nThe minister visited Kenya.\n\n");
                            })},
        TextShape{"aims", Repeating("Minister Ewa Lis visited Kenya. ",
                                    [](int i) {
                                      return absl::StrCat(
                                          "She came to expand trade in item ",
                                          i, ". ");
                                    })},
        TextShape{"wide_table", WideTable},
        TextShape{"counted_trips",
                  Repeating("",
                            [](int i) {
                              return absl::StrCat(
                                  "First trip: ", Country(i),
                                  "\n\nMinister Ewa Lis visited ", Country(i),
                                  ".\n\n");
                            })},
        TextShape{"trips_of_others",
                  Repeating("Minister Ewa Lis of Poland visited Kenya. ",
                            [](int i) {
                              return absl::StrCat("Minister ", Name(i),
                                                  " Soto of Chile visited Peru "
                                                  "last month. ");
                            })},
        TextShape{"one_surname", Repeating("",
                                           [](int i) {
                                             return absl::StrCat(
                                                 "Minister ", Name(i),
                                                 " Lis visited Lima. ");
                                           })},
        TextShape{"offices", Repeating("",
                                       [](int i) {
                                         return absl::StrCat(
                                             "The Minister of ", Name(i),
                                             " of Peru visited Kenya. ");
                                       })},
        TextShape{
            "delegation_list",
            Repeating("Minister Ewa Lis visited Kenya.\n\nDelegation:\n\n",
                      [](int i) {
                        return absl::StrCat("- ", Name(i),
                                            " Lis, Minister of Trade\n");
                      })},
        TextShape{"events", Repeating("Minister Ewa Lis visited Kenya. ",
                                      [](int i) {
                                        return absl::StrCat("She attended the ",
                                                            Name(i),
                                                            " Summit. ");
                                      })},
        TextShape{"itinerary", Repeating("Minister Ewa Lis visited Kenya.\n\n"
                                         "| Date | Place |\n|---|---|\n",
                                         [](int i) {
                                           return absl::StrCat(
                                               "| ", 1 + i % 28, " May 2024 | ",
                                               Country(i), " |\n");
                                         })},
        TextShape{"itinerary_to_and_fro",
                  Repeating("Minister Ewa Lis visited Kenya.\n\n"
                            "| Date | Place |\n|---|---|\n",
                            [](int i) {
                              return absl::StrCat("| ", Day(i), " | ",
                                                  i % 2 == 0 ? "Kenya" : "Peru",
                                                  " |\n");
                            })},
        TextShape{"put_off_in_headings",
                  Repeating("Minister Ewa Lis will visit Peru.\n\n",
                            [](int) {
                              return "## Visit to Peru postponed to 5 May\n\n";
                            })},
        TextShape{"departures_of_others",
                  Repeating("Minister Ewa Lis of Poland visited Kenya. ",
                            [](int) {
                              return "Minister Ewa Lis visited Kenya. Minister "
                                     "Ana Soto of Peru left. ";
                            })},
        TextShape{"honorifics", Repeating("", [](int) { return "Mr "; })},
        TextShape{"guests",
                  Repeating("Minister Ewa Lis of Poland visited Kenya. ",
                            [](int i) {
                              return absl::StrCat(
                                  "In Warsaw the minister met Minister ",
                                  Name(i), " Soto of Peru. ");
                            })},
        TextShape{"returns",
                  Repeating("",
                            [](int i) {
                              return absl::StrCat(
                                  "Minister Ewa Lis returned to Warsaw on ",
                                  1 + i % 28, " May from ", Country(i), ". ");
                            })},
        TextShape{"no_full_stop", Repeating("Minister Ewa Lis visited Kenya ",
                                            [](int i) {
                                              return absl::StrCat(
                                                  "and on ", 1 + i % 28,
                                                  " May ", Country(i), " ");
                                            })}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace attache
