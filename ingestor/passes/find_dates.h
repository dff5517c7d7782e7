// Dates and ranges of dates that the text names.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_DATES_H_
#define ATTACHE_INGESTOR_PASSES_FIND_DATES_H_

#include <vector>

#include "common/civil_date.h"
#include "common/issue.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"

namespace attache {

// One expression ("from February 20 to 23", "next Tuesday", "on 5 May").
struct DateMention {
  TokenSpan span;
  // Resolved against Document::publish_day. A single day has an empty end.
  DateRange range;
  bool is_range = false;
  // Read from the publish time: a weekday, "today", "next week".
  bool relative = false;
  // By a weekday alone, which is the nearest that fits the tense.
  bool by_weekday = false;
  // The year stands in the text; otherwise it was supplied.
  bool year_stated = false;
  // A length without ends ("two-day visit", "a week-long trip"): days, else 0.
  // range is then empty.
  int length_days = 0;
  // Which day of a trip it is ("the second day of her visit"): from 1, or -1
  // for the last; else 0. range is then empty.
  int trip_day = 0;
  float confidence = 1;
  // The length is told of a journey: a visit, a tour.
  bool length_of_trip = false;
};

// In text order; no two overlap.
std::vector<DateMention> FindDates(const Document& document,
                                   const Vocabulary& vocabulary,
                                   IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_DATES_H_
