// What FindDates makes of a text, in a form that a test can state in a line.
#ifndef ATTACHE_TESTS_INGESTOR_PASSES_DATES_OF_TEXT_H_
#define ATTACHE_TESTS_INGESTOR_PASSES_DATES_OF_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ingestor/passes/find_dates.h"
#include "tests/support/document_from_text.h"

namespace attache {

// "2021-05-24", "2021-05-24/2021-05-27" for a range (an end alone
// "/2021-06-04"), "3 days" for a length.
inline std::string Describe(const DateMention& mention) {
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

inline Reading Read(const std::string& text, const std::string& publish_date,
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

inline std::vector<std::string> Dates(const std::string& text,
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
inline constexpr char kJune[] = "2023-06-15";

}  // namespace attache

#endif  // ATTACHE_TESTS_INGESTOR_PASSES_DATES_OF_TEXT_H_
