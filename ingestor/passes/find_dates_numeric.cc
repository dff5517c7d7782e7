// The points of DatePointReader that are written in numbers alone.
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/text/utf8.h"
#include "ingestor/passes/find_dates_points.h"

namespace attache {
namespace {

constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2199;

}  // namespace

std::optional<int> DatePointReader::ReadYear(uint32_t token) const {
  if (token >= unit_.end || TokenAt(token).kind != TokenKind::kNumber) {
    return std::nullopt;
  }
  const std::string& text = TokenAt(token).folded;
  int year = 0;
  if (text.size() != 4 || !AllDigits(text) || !absl::SimpleAtoi(text, &year) ||
      year < kFirstYear || year > kLastYear) {
    return std::nullopt;
  }
  // "2023-24" and "2020s" are no year.
  if (token + 1 < unit_.end && !TokenAt(token + 1).space_before &&
      TokenAt(token + 1).kind == TokenKind::kWord) {
    return std::nullopt;
  }
  return year;
}

std::optional<DatePoint> DatePointReader::ReadNumeric(uint32_t token) const {
  if (TokenAt(token).kind != TokenKind::kNumber) return std::nullopt;
  // A part of a longer number, a path or an address is no date.
  if (token > unit_.begin && !TokenAt(token).space_before) {
    const std::string& before = TokenAt(token - 1).folded;
    if (before != "(" && before != "[" && before != "\"") return std::nullopt;
  }
  std::vector<std::string> parts;
  uint32_t end = token;
  std::vector<std::string> dotted = absl::StrSplit(TokenAt(token).folded, '.');
  if (dotted.size() == 3) {
    parts = dotted;
    end = token + 1;
  } else {
    char sign = IsSign(token + 1, '-') ? '-' : '/';
    if (token + 5 > unit_.end || !IsSign(token + 1, sign) ||
        !IsSign(token + 3, sign)) {
      return std::nullopt;
    }
    for (uint32_t i = token + 1; i < token + 5; ++i) {
      if (TokenAt(i).space_before) return std::nullopt;
    }
    parts = {TokenAt(token).folded, TokenAt(token + 2).folded,
             TokenAt(token + 4).folded};
    end = token + 5;
  }
  if (end < unit_.end && !TokenAt(end).space_before &&
      (TokenAt(end).kind != TokenKind::kSign || IsSign(end, '/') ||
       IsSign(end, '-')) &&
      TokenAt(end).folded != "t") {
    return std::nullopt;
  }
  int numbers[3];
  for (int i = 0; i < 3; ++i) {
    if (!AllDigits(parts[i]) || !absl::SimpleAtoi(parts[i], &numbers[i])) {
      return std::nullopt;
    }
  }
  DatePoint point;
  point.span = {token, end};
  if (parts[0].size() == 4 && parts[1].size() <= 2 && parts[2].size() <= 2) {
    point.date = {numbers[0], numbers[1], numbers[2]};
  } else if (parts[0].size() <= 2 && parts[1].size() <= 2 &&
             (parts[2].size() == 4 ||
              (parts[2].size() == 2 && dotted.size() != 3))) {
    int year = parts[2].size() == 4 ? numbers[2] : 2000 + numbers[2];
    bool day_first = numbers[0] > 12 || (day_first_ && numbers[1] <= 12);
    point.date = day_first ? PartialDate{year, numbers[1], numbers[0]}
                           : PartialDate{year, numbers[0], numbers[1]};
    point.ambiguous_order =
        numbers[0] <= 12 && numbers[1] <= 12 && numbers[0] != numbers[1];
  } else {
    return std::nullopt;
  }
  if (point.date.year < kFirstYear || point.date.year > kLastYear ||
      !IsValid(point.date)) {
    return std::nullopt;
  }
  return point;
}

std::optional<DatePoint> DatePointReader::ReadYearAlone(uint32_t token) const {
  std::optional<int> year = ReadYear(token);
  if (!year.has_value() ||
      !words_->Before(token, DateWord::kYearIntro).has_value()) {
    return std::nullopt;
  }
  // "in 2022 Ministerial statements", "2015-2020", "in 2000 homes".
  if (token + 1 < unit_.end) {
    const Token& next = TokenAt(token + 1);
    bool word = next.kind == TokenKind::kWord;
    if ((word && next.capitalized) || next.kind == TokenKind::kNumber ||
        IsSign(token + 1, '-') || IsSign(token + 1, '/')) {
      return std::nullopt;
    }
  }
  DatePoint point;
  point.date.year = *year;
  point.span = {token, token + 1};
  return point;
}

}  // namespace attache
