#include "ingestor/passes/find_dates.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ingestor/passes/find_dates_expressions.h"
#include "ingestor/passes/find_dates_lengths.h"
#include "ingestor/passes/find_dates_points.h"
#include "ingestor/passes/find_dates_resolve.h"
#include "ingestor/passes/find_dates_tense.h"
#include "ingestor/passes/find_dates_words.h"

namespace attache {
namespace {

// How sure each kind of date is. Below kSureOfDay it names no day.
constexpr float kStated = 0.98f;
constexpr float kYearSupplied = 0.9f;
constexpr float kRelativeDay = 0.85f;
constexpr float kWeekdayAlone = 0.8f;
constexpr float kDayAlone = 0.7f;
constexpr float kDoubtful = 0.6f;
constexpr float kMonth = 0.4f;
constexpr float kPeriod = 0.3f;
constexpr float kYear = 0.2f;

// Days within which an ambiguous date is taken to be meant.
constexpr int kNearDays = 60;
constexpr int kFarDays = 120;

class DateResolver {
 public:
  DateResolver(const Document& document, const DateWords& words,
               IssueSink& issues)
      : document_(document), words_(words), issues_(issues) {}

  // A new unit: days alone no longer lean on the dates before.
  void StartUnit() { last_.reset(); }

  std::optional<DateMention> Resolve(const DateSpan& read) {
    DateMention mention;
    mention.span = read.span;
    mention.is_range = read.is_range;
    tense_ = TenseAt(document_, words_, read.span);
    mention.confidence = kStated;
    if (read.start.has_value()) {
      if (!ResolvePoint(*read.start, std::nullopt, mention,
                        mention.range.start)) {
        return std::nullopt;
      }
    }
    if (read.end.has_value()) {
      std::optional<PartialDate> after;
      if (read.start.has_value()) after = mention.range.start;
      if (!ResolvePoint(*read.end, after, mention, mention.range.end)) {
        return std::nullopt;
      }
    }
    SupplyMissingYears(read, mention);
    if (!Check(read, mention)) return std::nullopt;
    const PartialDate& told =
        mention.range.end.empty() ? mention.range.start : mention.range.end;
    if (told.complete()) last_ = told;
    return mention;
  }

 private:
  // Fills `date` and what else `point` tells of `mention`. False where the
  // point means nothing without a publish day that is not known.
  bool ResolvePoint(const DatePoint& point, std::optional<PartialDate> after,
                    DateMention& mention, PartialDate& date) {
    date = point.date;
    if (point.period.has_value()) return ResolvePeriod(point, mention);
    if (point.offset.has_value() || point.weekday != 0) {
      mention.relative = mention.relative || date.month == 0;
    }
    if (date.month != 0 || date.year != 0) {
      mention.year_stated = mention.year_stated || date.year != 0;
      float sure = date.day != 0 ? kStated : date.month != 0 ? kMonth : kYear;
      mention.confidence = std::min(mention.confidence, sure);
      if (point.ambiguous_order) SettleOrder(point, mention, date);
      return true;
    }
    return ResolveRelative(point, after, mention, date);
  }

  bool ResolveRelative(const DatePoint& point, std::optional<PartialDate> after,
                       DateMention& mention, PartialDate& date) {
    std::optional<DayNumber> anchor = document_.publish_day;
    DateTense tense = TenseOf(point);
    if (point.date.day != 0 && point.weekday == 0 &&
        !point.offset.has_value() && last_.has_value()) {
      anchor = ToDayNumber(*last_);  // "from March 4 to 11 ... on the 7th"
      tense = DateTense::kUnknown;
    }
    if (after.has_value() && after->complete()) {
      anchor = ToDayNumber(*after);
      tense = DateTense::kFuture;
    }
    if (!anchor.has_value()) return false;
    if (point.from_last) return ResolveFromLast(*point.offset, mention, date);
    if (point.week.has_value()) return ResolveInWeek(point, mention, date);
    if (point.month_offset.has_value()) {
      return ResolveInMonth(point, mention, date);
    }
    float sure = kRelativeDay;
    if (point.offset.has_value() && date.day == 0) {
      date = FromDayNumber(*document_.publish_day + *point.offset);
    } else if (date.day == 0) {
      date = FromDayNumber(NearestWeekday(point.weekday, *anchor, tense));
      sure = kWeekdayAlone;
      mention.by_weekday = true;
    } else {
      if (point.offset.has_value()) {
        anchor = *anchor + *point.offset;
        tense = DateTense::kUnknown;
      }
      std::optional<PartialDate> found;
      if (point.weekday != 0) {
        found = NearestDayOnWeekday(date.day, point.weekday, *anchor, tense);
        if (!found.has_value()) ReportWeekday(mention.span);
      }
      bool fits = found.has_value();
      if (!fits) found = NearestDayOfMonth(date.day, *anchor, tense);
      if (!found.has_value()) return false;
      date = *found;
      sure = point.offset.has_value() ? kRelativeDay
             : fits                   ? kYearSupplied
                                      : kDayAlone;
    }
    mention.confidence = std::min(mention.confidence, sure);
    return true;
  }

  // "On 7 February she signed the accord. The day before, in Bogota": what lies
  // ahead of no day that was told is not known.
  bool ResolveFromLast(int offset, DateMention& mention, PartialDate& date) {
    if (!last_.has_value() && offset > 0) return false;
    const DayNumber anchor =
        last_.has_value() ? ToDayNumber(*last_) : *document_.publish_day;
    date = FromDayNumber(anchor + offset);
    mention.relative = true;
    mention.confidence = std::min(mention.confidence, kWeekdayAlone);
    return true;
  }

  // "Wednesday of next week".
  bool ResolveInWeek(const DatePoint& point, DateMention& mention,
                     PartialDate& date) {
    if (!document_.publish_day.has_value()) return false;
    const DayNumber today = *document_.publish_day;
    const DayNumber monday = today - (WeekdayOf(today) - 1);
    date = FromDayNumber(monday + 7 * *point.week + point.weekday - 1);
    mention.confidence = std::min(mention.confidence, kRelativeDay);
    return true;
  }

  bool ResolveInMonth(const DatePoint& point, DateMention& mention,
                      PartialDate& date) {
    if (!document_.publish_day.has_value()) return false;
    PartialDate today = FromDayNumber(*document_.publish_day);
    int months = today.year * 12 + today.month - 1 + *point.month_offset;
    date = {months / 12, months % 12 + 1, point.date.day};
    mention.relative = true;
    mention.confidence = std::min(mention.confidence, kRelativeDay);
    return true;
  }

  bool ResolvePeriod(const DatePoint& point, DateMention& mention) {
    if (!document_.publish_day.has_value()) return false;
    DayNumber today = *document_.publish_day;
    PartialDate date = FromDayNumber(today);
    mention.relative = true;
    mention.confidence = kPeriod;
    DayNumber monday = today - (WeekdayOf(today) - 1);
    switch (*point.period) {
      case DateWord::kWeek:
        mention.is_range = true;
        mention.range.start = FromDayNumber(monday + 7 * point.periods);
        mention.range.end = FromDayNumber(monday + 7 * point.periods + 6);
        return true;
      case DateWord::kWeekend:
        mention.is_range = true;
        mention.range.start = FromDayNumber(monday + 7 * point.periods + 5);
        mention.range.end = FromDayNumber(monday + 7 * point.periods + 6);
        return true;
      case DateWord::kCalendarMonth: {
        int months = date.year * 12 + date.month - 1 + point.periods;
        mention.range.start = {months / 12, months % 12 + 1, 0};
        return true;
      }
      default:
        mention.confidence = kYear;
        mention.range.start = {date.year + point.periods, 0, 0};
        return true;
    }
  }

  // "03/04/2024": the reading near the publish day where only one is.
  void SettleOrder(const DatePoint& point, DateMention& mention,
                   PartialDate& date) {
    PartialDate other = {date.year, date.day, date.month};
    if (document_.publish_day.has_value()) {
      auto far = [&](const PartialDate& candidate) {
        return std::abs(ToDayNumber(candidate) - *document_.publish_day);
      };
      if (far(other) <= kNearDays && far(date) > kFarDays) {
        std::swap(date, other);
      }
      if (far(date) <= kNearDays && far(other) > kFarDays) return;
    }
    mention.confidence = kDoubtful;
    issues_.Report("AMBIGUOUS_DATE",
                   absl::StrCat("read as ", ToString(date), ", could be ",
                                ToString(other)),
                   RangeOf(point.span));
  }

  void SupplyMissingYears(const DateSpan& read, DateMention& mention) {
    DateRange& range = mention.range;
    bool missing = (!range.start.empty() && range.start.year == 0) ||
                   (!range.end.empty() && range.end.year == 0);
    if (!missing || !document_.publish_day.has_value()) return;
    if (!Valid(range.start) || !Valid(range.end)) return;
    const DatePoint& point = read.start.has_value() ? *read.start : *read.end;
    range = SupplyYears(range, *document_.publish_day, TenseOf(point),
                        point.weekday);
    mention.confidence = std::min(mention.confidence, kYearSupplied);
  }

  bool Check(const DateSpan& read, DateMention& mention) {
    DateRange& range = mention.range;
    // A month or a day alone that nothing gave a year or month to.
    auto partial = [](const PartialDate& date) {
      return !date.empty() && date.year == 0 &&
             (date.month == 0 || date.day == 0);
    };
    if (range.empty() || partial(range.start) || partial(range.end)) {
      return false;
    }
    if (!Valid(range.start) || !Valid(range.end)) {
      issues_.Report("INVALID_DATE", "no such day in the calendar",
                     RangeOf(read.span));
      return false;
    }
    if (range.start.complete() && range.end.complete() &&
        range.end < range.start) {
      issues_.Report("DATE_RANGE_REVERSED", "the range ends before it begins",
                     RangeOf(read.span));
      range.end = {};
      mention.is_range = false;
      mention.confidence = kDoubtful;
    }
    if (read.start.has_value() && read.start->weekday != 0 &&
        range.start.complete() && read.start->date.month != 0 &&
        WeekdayOf(ToDayNumber(range.start)) != read.start->weekday) {
      ReportWeekday(read.span);
    }
    return true;
  }

  static bool Valid(const PartialDate& date) {
    if (date.empty() || (date.year == 0 && date.day == 0)) return true;
    return IsValid(date);
  }

  DateTense TenseOf(const DatePoint& point) const {
    int modifier = point.modifier.value_or(0);
    if (modifier > 0) return DateTense::kStrictlyFuture;
    if (modifier < 0) return DateTense::kStrictlyPast;
    return tense_;
  }

  TextRange RangeOf(TokenSpan span) const { return document_.RangeOf(span); }

  void ReportWeekday(TokenSpan span) {
    issues_.Report("WEEKDAY_MISMATCH",
                   "the day does not fall on the weekday that is named",
                   RangeOf(span));
  }

  const Document& document_;
  const DateWords& words_;
  IssueSink& issues_;
  DateTense tense_ = DateTense::kUnknown;
  std::optional<PartialDate> last_;
};

bool ReadsDayFirst(const Document& document, const Vocabulary& vocabulary) {
  const LanguageSettings* language = vocabulary.FindLanguage(document.language);
  return language == nullptr || language->day_first;
}

// Those of `lengths` that no date covers, among `dates`, in text order.
void Merge(std::vector<DateMention> lengths, std::vector<DateMention>& dates) {
  std::vector<DateMention> merged;
  size_t next = 0;
  for (DateMention& length : lengths) {
    while (next < dates.size() && dates[next].span.end <= length.span.begin) {
      merged.push_back(std::move(dates[next++]));
    }
    if (next < dates.size() && dates[next].span.begin < length.span.end) {
      continue;
    }
    merged.push_back(std::move(length));
  }
  while (next < dates.size()) merged.push_back(std::move(dates[next++]));
  dates = std::move(merged);
}

}  // namespace

std::vector<DateMention> FindDates(const Document& document,
                                   const Vocabulary& vocabulary,
                                   IssueSink& issues) {
  const DateWords words = IndexDateWords(document);
  const bool day_first = ReadsDayFirst(document, vocabulary);
  DateResolver resolver(document, words, issues);
  std::vector<DateMention> found;
  for (const Unit& unit : document.units) {
    resolver.StartUnit();
    DatePointReader reader(document, words, unit.tokens, day_first);
    std::vector<DateMention> dates;
    for (uint32_t token = unit.tokens.begin; token < unit.tokens.end;) {
      if (auto part = words.At(token, DateWord::kDayPart)) {
        token = part->end;
        continue;
      }
      std::optional<DateExpression> read = ReadDateExpression(reader, token);
      uint32_t end = read.has_value() ? read->end : token + 1;
      auto names = words.In({token, end}, DateWord::kNotDate);
      if (!names.empty()) {
        token = names.front().end;
        continue;
      }
      if (!read.has_value()) {
        ++token;
        continue;
      }
      for (const DateSpan& span : read->spans) {
        std::optional<DateMention> mention = resolver.Resolve(span);
        if (mention.has_value()) dates.push_back(*std::move(mention));
      }
      token = read->end;
      // "on Tuesday evening".
      if (auto part = words.At(token, DateWord::kDayPart);
          part && part->end <= unit.tokens.end && !dates.empty() &&
          dates.back().span.end == token) {
        dates.back().span.end = token = part->end;
      }
    }
    Merge(FindLengths(document, words, unit.tokens), dates);
    found.insert(found.end(), std::make_move_iterator(dates.begin()),
                 std::make_move_iterator(dates.end()));
  }
  return found;
}

}  // namespace attache
