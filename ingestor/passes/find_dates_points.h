// The single points in time that expressions are put together from: "Monday,
// 7 July", "May 24", "2021-05-24", "the 5th", "next week". Read as written;
// nothing is supplied here.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_DATES_POINTS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_DATES_POINTS_H_

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "common/civil_date.h"
#include "ingestor/document.h"
#include "ingestor/passes/find_dates_words.h"

namespace attache {

struct DatePoint {
  TokenSpan span;
  PartialDate date;  // what is written of it
  int weekday = 0;   // 1 Monday
  // Days from the publish day ("tomorrow" 1); nullopt where not told so.
  std::optional<int> offset;
  // The offset counts from the day that the text told last ("the day before").
  bool from_last = false;
  // "last" -1, "this" 0, "next" 1.
  std::optional<int> modifier;
  // Of a weekday: the week that it is in, so many from that of the publish day.
  std::optional<int> week;
  // A whole week, weekend, month or year, so many from that of the publish
  // day: "next week" is kWeek and 1.
  std::optional<DateWord> period;
  int periods = 0;
  // A day's number alone. It needs a neighbour with a month, unless `stands`.
  bool bare = false;
  // A bare number that a word marks as a day: "dia 30", "on the 5th".
  bool stands = false;
  // Months from that of the publish day: "the 24th of this month".
  std::optional<int> month_offset;
  // The month came before the day: "June 7", so that "8" may follow.
  bool month_first = false;
  // Both 3 April and 4 March are possible ("03/04/2024").
  bool ambiguous_order = false;

  bool only_month() const {
    return date.month != 0 && date.day == 0 && date.year == 0;
  }
};

// Reads points in one unit of a document. The document and the words must
// outlive it. Not thread-safe.
class DatePointReader {
 public:
  // `day_first`: how the language writes dates in numbers.
  DatePointReader(const Document& document, const DateWords& words,
                  TokenSpan unit, bool day_first);

  // The point that begins at `token`, the longest; nullopt where none does.
  std::optional<DatePoint> Read(uint32_t token) const;
  // A day's number alone at `token`, as one stands after "June 7," or before
  // "to 23 February", with the year that may follow it.
  std::optional<DatePoint> ReadBareDay(uint32_t token) const;
  // Either, the one that Read finds first, with the article that may stand
  // before it. A bare day is read once, however often it is asked for: lists
  // of numbers are, from each of their beginnings.
  std::optional<DatePoint> ReadPointOrDay(uint32_t token) const;
  // Whether what stands at `token` lets a number before it be a day: not a
  // word that the number would count.
  bool EndsDay(uint32_t token) const;
  // Whether the sign `sign` stands at `token`.
  bool IsSign(uint32_t token, char sign) const;

  // The year behind "5 May" or "May 5", a comma or "of" between: moves `end`
  // behind it and sets `year`.
  void TakeYear(uint32_t& end, int& year) const;

  const TokenSpan& unit() const { return unit_; }
  const DateWords& words() const { return *words_; }

 private:
  struct DayNumeral {
    int day = 0;
    bool ordinal = false;
    uint32_t end = 0;
  };
  const Token& TokenAt(uint32_t token) const;
  std::optional<DayNumeral> ReadDay(uint32_t token) const;
  std::optional<int> ReadYear(uint32_t token) const;
  std::optional<int> ReadMonth(uint32_t token, bool beside_day,
                               uint32_t& end) const;
  std::optional<DatePoint> ReadUnmodified(uint32_t token) const;
  std::optional<DatePoint> ReadWritten(uint32_t token) const;
  std::optional<DatePoint> ReadMonthFirst(uint32_t token) const;
  std::optional<DatePoint> ReadDayFirst(uint32_t token) const;
  std::optional<DatePoint> ReadNumeric(uint32_t token) const;
  std::optional<DatePoint> ReadYearAlone(uint32_t token) const;
  std::optional<DatePoint> ReadWeekday(uint32_t token) const;
  std::optional<DatePoint> ReadRelative(uint32_t token) const;
  std::optional<DatePoint> ReadFromLast(uint32_t token) const;
  std::optional<DatePoint> ReadPeriod(uint32_t token) const;
  std::optional<DatePoint> ReadMarkedDay(uint32_t token) const;
  std::optional<DatePoint> ReadAgo(uint32_t token) const;
  // Whether a short weekday may stand at `token`, where it opens a date and is
  // no word of a sentence: "Lun 6 et mar 7", "le mar. 7", but not "pode ter 5".
  bool MayOpenShort(uint32_t token) const;
  // Whether a weekday is joined to what stands at `token`: "segunda e terça".
  bool JoinsWeekday(uint32_t token) const;
  // What may specify a weekday or "today": "(19)", ", July 7".
  void TakeSpecification(DatePoint& point) const;

  const Document* document_;
  const DateWords* words_;
  TokenSpan unit_;
  bool day_first_;
  // What ReadPointOrDay gave, of bare days.
  mutable absl::flat_hash_map<uint32_t, DatePoint> bare_days_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_DATES_POINTS_H_
