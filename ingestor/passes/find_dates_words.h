// The words of a document that have to do with dates, by token, as the
// vocabulary's dates.tsv and numbers.tsv name them.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_DATES_WORDS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_DATES_WORDS_H_

#include <cstdint>

#include "ingestor/document.h"
#include "ingestor/passes/word_index.h"

namespace attache {

// What a word of dates.tsv says; its value, where it has one, stands behind it.
enum class DateWord : uint8_t {
  kMonth,          // 1 to 12
  kMonthShort,     // 1 to 12; counts only beside a day
  kWeekday,        // 1 Monday to 7 Sunday
  kWeekdayWeak,    // has other meanings too ("segunda": Monday, second)
  kWeekdayShort,   // "Mon", "mar": counts only beside a day
  kRelative,       // days from the publish day: "yesterday" -1
  kFromLast,       // days from the day told before: "the day before" -1
  kWeekOfDay,      // behind a weekday, weeks from the publish day's: "Monday of
                   // next week" 1
  kWeek,           // weeks from its week: "next week" 1
  kWeekend,        // weekends from the coming one
  kCalendarMonth,  // months from its month
  kCalendarYear,   // years from its year
  kModifier,       // before a day: -1 "last", 0 "this", 1 "next"
  kSuffix,         // the same after it: "lunes próximo"
  kUnit,           // a unit of so many days
  kOrdinal,        // a day in words: "first of May"
  kOrdinalSuffix,  // "th" of "5th"
  kOf,             // between day, month and year: "5 de mayo de 2024"
  kFrom,           // opens a range
  kTo,             // between the ends of a range
  kUntil,          // the same, or before its end alone
  kBetween,        // opens a range whose ends are joined by kAnd
  kAnd,
  kArticle,  // may stand before a day
  // Says that the number after it is a day. 0: any ("dia 30"); 1: an ordinal
  // that counts nothing ("on the 5th"); 2: one that counts nothing ("el 5").
  kDay,
  kMonthIntro,   // may stand before a month alone: "in March"
  kYearIntro,    // may stand before a year alone: "in 2023"
  kAfterDay,     // words that follow a day but no count: "the 5th in Paris"
  kAgo,          // "two days ago", "hace dos días"
  kDayPart,      // "por la mañana", which is no "mañana": tomorrow
  kNotDate,      // a name that looks like a date: "September 11 attacks"
  kNotDay,       // makes the number before it no day: "p.m.", "percent"
  kPast,         // the sentence tells of the past here
  kFuture,       // or of the future
  kLengthIntro,  // "for" of "for two days"
  kTripNoun,     // "visit", "trip": what a length is told of
  kLong,         // "long" of "week-long"
  kTripDay,      // which day of a trip: "second day of" 2, "last day of" -1
  kStayDay,      // the same of a stay, before its place: "her second day in"
  kCount,        // a number in words, of numbers.tsv
};

static_assert(FitsWordIndex(DateWord::kCount));
using DateWords = WordIndex<DateWord>;

DateWords IndexDateWords(const Document& document);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_DATES_WORDS_H_
