// The points of DatePointReader that are told from the day of publication.
#include "absl/strings/numbers.h"
#include "ingestor/passes/find_dates_points.h"

namespace attache {
namespace {

// Values of DateWord::kDay.
constexpr int kCertain = 0;      // "dia 30"
constexpr int kOrdinalOnly = 1;  // "on the 5th", not "on the 5 points"

}  // namespace

void DatePointReader::TakeSpecification(DatePoint& point) const {
  uint32_t at = point.span.end;
  if (IsSign(at, '(')) {
    // "(19)", "(19/5)", "(May 19)".
    std::optional<DatePoint> inside = ReadWritten(at + 1);
    if (!inside.has_value()) inside = ReadBareDay(at + 1);
    if (!inside.has_value()) return;
    uint32_t end = inside->span.end;
    if (inside->bare && IsSign(end, '/')) {
      std::optional<DayNumeral> month = ReadDay(end + 1);
      if (!month.has_value()) {
        // The slash makes ReadDay refuse what is glued to it.
        int number = 0;
        if (end + 1 >= unit_.end ||
            !absl::SimpleAtoi(TokenAt(end + 1).folded, &number) || number < 1 ||
            number > 12) {
          return;
        }
        inside->date.month = number;
        end += 2;
      }
    }
    if (!IsSign(end, ')')) return;
    point.date = inside->date;
    point.ambiguous_order = inside->ambiguous_order;
    point.span.end = end + 1;
    return;
  }
  if (IsSign(at, ',')) ++at;
  if (auto article = words_->At(at, DateWord::kArticle)) at = article->end;
  if (auto day = words_->At(at, DateWord::kDay)) at = day->end;
  if (at >= unit_.end) return;
  if (auto written = ReadWritten(at)) {
    if (written->only_month() || written->date.day == 0) return;
    point.date = written->date;
    point.month_first = written->month_first;
    point.ambiguous_order = written->ambiguous_order;
    point.span.end = written->span.end;
    return;
  }
  // "lunes 5", "mardi 12", "Thursday the 5th".
  auto bare = ReadBareDay(at);
  if (!bare.has_value() || !EndsDay(bare->span.end)) return;
  // "Terça, 3, e quarta, 4 –", but not "On Monday, 5 ministers".
  const uint32_t behind = bare->span.end;
  const bool closed = behind >= unit_.end ||
                      TokenAt(behind).kind == TokenKind::kSign ||
                      words_->At(behind, DateWord::kAnd).has_value();
  if (IsSign(point.span.end, ',') && !closed) return;
  point.date.day = bare->date.day;
  point.span.end = bare->span.end;
}

std::optional<DatePoint> DatePointReader::ReadWeekday(uint32_t token) const {
  auto weekday = words_->At(token, DateWord::kWeekday);
  bool weak = false;
  bool short_form = false;
  if (!weekday.has_value()) {
    weekday = words_->At(token, DateWord::kWeekdayWeak);
    weak = true;
    if (!weekday.has_value()) {
      weekday = words_->At(token, DateWord::kWeekdayShort);
      short_form = true;
      if (weekday.has_value() && !MayOpenShort(token)) return std::nullopt;
    }
    // "Văn Thụ": the last of a name.
    const bool in_name = token > unit_.begin && TokenAt(token).capitalized &&
                         TokenAt(token - 1).capitalized &&
                         TokenAt(token - 1).kind == TokenKind::kWord;
    if (in_name) return std::nullopt;
  }
  if (!weekday.has_value()) return std::nullopt;
  DatePoint point;
  point.weekday = weekday->value;
  point.span = {token, weekday->end};
  if (auto week = words_->At(point.span.end, DateWord::kWeekOfDay)) {
    point.week = week->value;
    point.span.end = week->end;
    return point;
  }
  if (auto after = words_->At(point.span.end, DateWord::kSuffix)) {
    point.modifier = after->value;
    point.span.end = after->end;
  } else if (IsSign(point.span.end, '.') && weekday->end - token == 1 &&
             point.span.end + 1 < unit_.end &&
             words_->At(point.span.end + 1, DateWord::kMonth).has_value()) {
    ++point.span.end;  // "Mon. May 5"
  } else if (short_form && IsSign(point.span.end, '.') &&
             !TokenAt(point.span.end).space_before &&
             point.span.end + 1 < unit_.end &&
             TokenAt(point.span.end + 1).kind == TokenKind::kNumber) {
    ++point.span.end;  // "lun. 5"
  }
  TakeSpecification(point);
  if (short_form && point.date.day == 0) return std::nullopt;
  if (weak && point.date.empty() && !point.modifier.has_value() &&
      !EndsDay(point.span.end) && !JoinsWeekday(point.span.end)) {
    return std::nullopt;
  }
  return point;
}

bool DatePointReader::MayOpenShort(uint32_t token) const {
  // "le mar. 7": with its stop it is no other word.
  if (IsSign(token + 1, '.') && !TokenAt(token + 1).space_before &&
      token + 2 < unit_.end && TokenAt(token + 2).kind == TokenKind::kNumber) {
    return true;
  }
  return token == unit_.begin || TokenAt(token - 1).kind == TokenKind::kSign ||
         words_->At(token - 1, DateWord::kAnd).has_value() ||
         words_->At(token - 1, DateWord::kTo).has_value();
}

bool DatePointReader::JoinsWeekday(uint32_t token) const {
  for (const DateWord joint : {DateWord::kAnd, DateWord::kTo}) {
    const auto word = words_->At(token, joint);
    if (word.has_value() &&
        words_->At(word->end, DateWord::kWeekday).has_value()) {
      return true;
    }
  }
  return false;
}

std::optional<DatePoint> DatePointReader::ReadRelative(uint32_t token) const {
  auto relative = words_->At(token, DateWord::kRelative);
  if (!relative.has_value()) return std::nullopt;
  DatePoint point;
  point.offset = relative->value;
  point.span = {token, relative->end};
  // "yesterday, Tuesday the 17th": the weekday tells no more than its day does.
  uint32_t at = point.span.end;
  if (IsSign(at, ',')) ++at;
  if (auto weekday =
          at < unit_.end ? words_->At(at, DateWord::kWeekday) : std::nullopt) {
    if (std::optional<DatePoint> day = ReadWeekday(at);
        day.has_value() && !day->modifier.has_value()) {
      if (day->date.day != 0) point.date = day->date;
      point.span.end = day->span.end;
      return point;
    }
  }
  TakeSpecification(point);
  return point;
}

std::optional<DatePoint> DatePointReader::ReadFromLast(uint32_t token) const {
  const auto word = words_->At(token, DateWord::kFromLast);
  if (!word.has_value()) return std::nullopt;
  DatePoint point;
  point.offset = word->value;
  point.from_last = true;
  point.span = {token, word->end};
  return point;
}

std::optional<DatePoint> DatePointReader::ReadPeriod(uint32_t token) const {
  for (DateWord kind : {DateWord::kWeek, DateWord::kWeekend,
                        DateWord::kCalendarMonth, DateWord::kCalendarYear}) {
    auto period = words_->At(token, kind);
    if (!period.has_value()) continue;
    DatePoint point;
    point.period = kind;
    point.periods = period->value;
    point.span = {token, period->end};
    return point;
  }
  return std::nullopt;
}

std::optional<DatePoint> DatePointReader::ReadMarkedDay(uint32_t token) const {
  auto mark = words_->At(token, DateWord::kDay);
  if (!mark.has_value() || mark->end >= unit_.end) return std::nullopt;
  std::optional<DatePoint> point = ReadWritten(mark->end);
  if (!point.has_value() || point->date.day == 0) {
    std::optional<DayNumeral> day = ReadDay(mark->end);
    if (!day.has_value()) return std::nullopt;
    bool ends = day->end >= unit_.end ||
                TokenAt(day->end).kind == TokenKind::kSign ||
                words_->At(day->end, DateWord::kAfterDay).has_value();
    if (mark->value == kOrdinalOnly && !day->ordinal) return std::nullopt;
    if (mark->value != kCertain && !ends) return std::nullopt;
    point = ReadBareDay(mark->end);
    point->stands = true;
  }
  point->span.begin = token;
  return point;
}

std::optional<DatePoint> DatePointReader::ReadAgo(uint32_t token) const {
  // "two days ago", or "hace dos días".
  uint32_t at = token;
  auto before = words_->At(at, DateWord::kAgo);
  if (before.has_value()) at = before->end;
  int count = 0;
  if (auto word = words_->At(at, DateWord::kCount)) {
    count = word->value;
    at = word->end;
  } else if (at < unit_.end && TokenAt(at).kind == TokenKind::kNumber &&
             absl::SimpleAtoi(TokenAt(at).folded, &count) && count < 1000) {
    ++at;
  } else {
    return std::nullopt;
  }
  auto unit = words_->At(at, DateWord::kUnit);
  if (!unit.has_value()) return std::nullopt;
  at = unit->end;
  if (!before.has_value()) {
    auto after = words_->At(at, DateWord::kAgo);
    if (!after.has_value()) return std::nullopt;
    at = after->end;
  }
  DatePoint point;
  point.span = {token, at};
  switch (unit->value) {
    case 1:
      point.offset = -count;
      return point;
    case 7:
      point.period = DateWord::kWeek;
      point.periods = -count;
      return point;
    default:
      return std::nullopt;
  }
}

}  // namespace attache
