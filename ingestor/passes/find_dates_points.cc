#include "ingestor/passes/find_dates_points.h"

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "common/text/utf8.h"

namespace attache {

DatePointReader::DatePointReader(const Document& document,
                                 const DateWords& words, TokenSpan unit,
                                 bool day_first)
    : document_(&document),
      words_(&words),
      unit_(unit),
      day_first_(day_first) {}

const Token& DatePointReader::TokenAt(uint32_t token) const {
  return document_->tokens[token];
}

bool DatePointReader::IsSign(uint32_t token, char sign) const {
  return token < unit_.end && TokenAt(token).kind == TokenKind::kSign &&
         TokenAt(token).folded.size() == 1 && TokenAt(token).folded[0] == sign;
}

std::optional<DatePointReader::DayNumeral> DatePointReader::ReadDay(
    uint32_t token) const {
  if (token >= unit_.end || TokenAt(token).kind != TokenKind::kNumber) {
    return std::nullopt;
  }
  const Token& number = TokenAt(token);
  int day = 0;
  if (number.folded.size() > 2 || !AllDigits(number.folded) ||
      !absl::SimpleAtoi(number.folded, &day) || day < 1 || day > 31) {
    return std::nullopt;
  }
  DayNumeral numeral{.day = day, .ordinal = false, .end = token + 1};
  if (numeral.end < unit_.end && !TokenAt(numeral.end).space_before) {
    std::optional<DateWords::Word> suffix =
        words_->At(numeral.end, DateWord::kOrdinalSuffix);
    if (suffix.has_value()) {
      numeral.ordinal = true;
      numeral.end = suffix->end;
    } else if (TokenAt(numeral.end).kind != TokenKind::kSign) {
      return std::nullopt;  // "5G", "16h30"
    }
  }
  // "7:30", but "Tue 7: Lima".
  const bool hour = IsSign(numeral.end, ':') && numeral.end + 1 < unit_.end &&
                    TokenAt(numeral.end + 1).kind == TokenKind::kNumber &&
                    !TokenAt(numeral.end + 1).space_before;
  if (IsSign(numeral.end, '%') || hour ||
      words_->At(numeral.end, DateWord::kNotDay).has_value()) {
    return std::nullopt;
  }
  // "$5", "#5", "COVID-19": glued to what stands before.
  if (token > unit_.begin && !number.space_before) {
    const Token& before = TokenAt(token - 1);
    bool opens =
        before.kind == TokenKind::kSign &&
        (before.folded == "(" || before.folded == "[" || before.folded == "*" ||
         before.folded == "," || before.folded == "-" || before.folded == "." ||
         before.folded == "\"" || before.folded == "'");
    bool dash_word = before.folded == "-" && token > unit_.begin + 1 &&
                     !before.space_before &&
                     TokenAt(token - 2).kind == TokenKind::kWord &&
                     !words_->At(token - 2, DateWord::kMonth).has_value() &&
                     !numeral.ordinal;
    if (!opens && !words_->Before(token, DateWord::kArticle).has_value()) {
      return std::nullopt;
    }
    if (dash_word) return std::nullopt;
  }
  return numeral;
}

void DatePointReader::TakeYear(uint32_t& end, int& year) const {
  uint32_t at = end;
  if (IsSign(at, ',')) {
    ++at;
  } else if (auto of = words_->At(at, DateWord::kOf)) {
    at = of->end;
  }
  std::optional<int> found = ReadYear(at);
  if (!found.has_value()) return;
  year = *found;
  end = at + 1;
}

std::optional<int> DatePointReader::ReadMonth(uint32_t token, bool beside_day,
                                              uint32_t& end) const {
  if (token >= unit_.end) return std::nullopt;
  if (auto month = words_->At(token, DateWord::kMonth)) {
    end = month->end;
    return month->value;
  }
  if (!beside_day) return std::nullopt;
  auto month = words_->At(token, DateWord::kMonthShort);
  if (!month.has_value()) return std::nullopt;
  end = month->end;
  // The stop of "Nov." belongs to it unless it ends the sentence.
  if (IsSign(end, '.') && !TokenAt(end).space_before && end + 1 < unit_.end &&
      TokenAt(end + 1).kind != TokenKind::kWord) {
    ++end;
  }
  return month->value;
}

std::optional<DatePoint> DatePointReader::ReadMonthFirst(uint32_t token) const {
  uint32_t end = token;
  std::optional<int> month = ReadMonth(token, /*beside_day=*/true, end);
  if (!month.has_value()) return std::nullopt;
  DatePoint point;
  point.date.month = *month;
  uint32_t at = end;
  if (auto article = words_->At(at, DateWord::kArticle)) at = article->end;
  if (std::optional<DayNumeral> day = ReadDay(at)) {
    point.date.day = day->day;
    point.month_first = true;
    end = day->end;
    TakeYear(end, point.date.year);
    point.span = {token, end};
    return point;
  }
  bool written_out = words_->At(token, DateWord::kMonth).has_value();
  TakeYear(end, point.date.year);
  point.span = {token, end};
  if (!written_out) return std::nullopt;
  if (point.date.year == 0) {
    // A month alone needs a word that makes it one ("in March").
    if (!words_->Before(token, DateWord::kMonthIntro).has_value() &&
        !words_->Before(token, DateWord::kModifier).has_value()) {
      return std::nullopt;
    }
  }
  return point;
}

std::optional<DatePoint> DatePointReader::ReadDayFirst(uint32_t token) const {
  DatePoint point;
  uint32_t end = token;
  if (std::optional<DayNumeral> day = ReadDay(token)) {
    point.date.day = day->day;
    end = day->end;
  } else if (auto ordinal = words_->At(token, DateWord::kOrdinal);
             ordinal.has_value() &&
             words_->At(ordinal->end, DateWord::kOf).has_value()) {
    point.date.day = ordinal->value;
    end = ordinal->end;
  } else {
    return std::nullopt;
  }
  uint32_t at = end;
  if (auto of = words_->At(at, DateWord::kOf)) {
    at = of->end;
  } else if (IsSign(at, '-') && !TokenAt(at).space_before) {
    ++at;
  }
  std::optional<int> month = ReadMonth(at, /*beside_day=*/true, end);
  if (!month.has_value()) return std::nullopt;
  point.date.month = *month;
  if (IsSign(end, '-') && ReadYear(end + 1).has_value()) ++end;
  TakeYear(end, point.date.year);
  point.span = {token, end};
  return point;
}

std::optional<DatePoint> DatePointReader::ReadWritten(uint32_t token) const {
  if (auto point = ReadNumeric(token)) return point;
  if (auto point = ReadDayFirst(token)) return point;
  if (auto point = ReadMonthFirst(token)) return point;
  return ReadYearAlone(token);
}

std::optional<DatePoint> DatePointReader::ReadBareDay(uint32_t token) const {
  std::optional<DayNumeral> day = ReadDay(token);
  if (!day.has_value()) return std::nullopt;
  DatePoint point;
  point.bare = true;
  point.date.day = day->day;
  point.span = {token, day->end};
  return point;
}

std::optional<DatePoint> DatePointReader::ReadPointOrDay(uint32_t token) const {
  if (const auto known = bare_days_.find(token); known != bare_days_.end()) {
    return known->second;
  }
  std::optional<DatePoint> point = Read(token);
  if (!point.has_value()) point = ReadBareDay(token);
  if (!point.has_value()) {
    if (auto article = words_->At(token, DateWord::kArticle)) {
      point = Read(article->end);
      if (!point.has_value()) point = ReadBareDay(article->end);
    }
  }
  if (point.has_value() && point->bare) bare_days_.emplace(token, *point);
  return point;
}

bool DatePointReader::EndsDay(uint32_t token) const {
  if (token >= unit_.end) return true;
  const Token& next = TokenAt(token);
  if (next.kind == TokenKind::kSign) return next.folded != "%";
  if (next.kind == TokenKind::kNumber) return false;
  return next.capitalized || words_->At(token, DateWord::kAfterDay).has_value();
}

std::optional<DatePoint> DatePointReader::ReadUnmodified(uint32_t token) const {
  if (token >= unit_.end) return std::nullopt;
  if (auto point = ReadAgo(token)) return point;
  if (auto point = ReadPeriod(token)) return point;
  if (auto point = ReadWeekday(token)) return point;
  if (auto point = ReadRelative(token)) return point;
  if (auto point = ReadFromLast(token)) return point;
  if (auto point = ReadWritten(token)) {
    // "le 5 mai dernier".
    auto after = words_->At(point->span.end, DateWord::kSuffix);
    if (after.has_value() && after->value != 0 && point->date.year == 0) {
      point->modifier = after->value;
      point->span.end = after->end;
    }
    return point;
  }
  return ReadMarkedDay(token);
}

std::optional<DatePoint> DatePointReader::Read(uint32_t token) const {
  auto modifier = words_->At(token, DateWord::kModifier);
  if (!modifier.has_value()) return ReadUnmodified(token);
  // "next Tuesday", "el próximo 12 de marzo", "último dia 23".
  std::optional<DatePoint> point = ReadUnmodified(modifier->end);
  if (point.has_value() && !point->offset.has_value() &&
      !point->period.has_value()) {
    if (!point->modifier.has_value()) point->modifier = modifier->value;
    point->span.begin = token;
    return point;
  }
  if (modifier->value != 0) {
    // "los próximos 12 y 13 de abril", "el pasado 5".
    point = ReadBareDay(modifier->end);
    if (point.has_value()) {
      point->modifier = modifier->value;
      point->span.begin = token;
      point->stands = EndsDay(point->span.end);
      return point;
    }
  }
  return ReadUnmodified(token);
}

}  // namespace attache
