#include "ingestor/passes/find_dates_expressions.h"

#include <utility>

namespace attache {
namespace {

enum class Link : uint8_t { kRange, kList };

struct Joint {
  Link link = Link::kList;
  uint32_t end = 0;
  bool comma = false;  // a comma alone
  bool dash = false;
};

class ExpressionReader {
 public:
  ExpressionReader(const DatePointReader& reader, uint32_t token)
      : reader_(reader), words_(reader.words()), begin_(token) {}

  std::optional<DateExpression> Read() {
    if (auto until = words_.At(begin_, DateWord::kUntil)) {
      return ReadEndAlone(until->end);
    }
    if (auto between = words_.At(begin_, DateWord::kBetween)) {
      opened_ = between_ = true;
      return ReadFrom(between->end);
    }
    if (auto from = words_.At(begin_, DateWord::kFrom)) {
      opened_ = true;
      return ReadFrom(from->end);
    }
    return ReadFrom(begin_);
  }

 private:
  std::optional<DateExpression> ReadEndAlone(uint32_t at) const {
    std::optional<DatePoint> point = reader_.ReadPointOrDay(at);
    if (!point.has_value() || (point->bare && !point->stands) ||
        point->period.has_value()) {
      return std::nullopt;
    }
    DateExpression expression;
    expression.end = point->span.end;
    expression.spans.push_back(
        {{begin_, point->span.end}, std::nullopt, point, true});
    return expression;
  }

  std::optional<DateExpression> ReadFrom(uint32_t at) {
    std::optional<DatePoint> first = reader_.ReadPointOrDay(at);
    if (!first.has_value()) return std::nullopt;
    points_.push_back(*first);
    if (!first->period.has_value()) {
      while (std::optional<Joint> joint = ReadJoint(points_.back().span.end)) {
        if (!Take(*joint)) break;
      }
    }
    TakeMonthFromToday();
    DropUnfinished();
    if (points_.empty()) return std::nullopt;
    // What opens a range must find one.
    if (opened_ && (links_.empty() || links_[0] != Link::kRange)) {
      return std::nullopt;
    }
    ShareMonths();
    ShareYears();
    return Gather();
  }

  std::optional<Joint> ReadJoint(uint32_t at) const {
    if (at >= reader_.unit().end) return std::nullopt;
    bool comma = reader_.IsSign(at, ',');
    uint32_t word = comma ? at + 1 : at;
    bool dash = reader_.IsSign(word, '-');
    if (auto to = words_.At(word, DateWord::kTo)) {
      return Joint{Link::kRange, to->end, false, dash};
    }
    if (auto until = words_.At(word, DateWord::kUntil)) {
      return Joint{Link::kRange, until->end, false, false};
    }
    if (auto both = words_.At(word, DateWord::kAnd)) {
      bool range = between_ && links_.empty();
      return Joint{range ? Link::kRange : Link::kList, both->end, false, false};
    }
    if (comma) return Joint{Link::kList, word, true, false};
    return std::nullopt;
  }

  // Adds the point behind `joint` where it belongs to the expression.
  bool Take(const Joint& joint) {
    if (!links_.empty() && links_.back() == Link::kRange &&
        joint.link == Link::kRange) {
      return false;
    }
    std::optional<DatePoint> point = reader_.ReadPointOrDay(joint.end);
    if (!point.has_value() || point->period.has_value()) return false;
    const DatePoint& last = points_.back();
    bool fits = point->bare ? BareFits(joint, last, *point)
                            : FullFits(joint, last, *point);
    if (!fits) return false;
    points_.push_back(*point);
    links_.push_back(joint.link);
    return true;
  }

  bool BareFits(const Joint& joint, const DatePoint& last,
                DatePoint& point) const {
    bool rises = last.date.day != 0 && point.date.day > last.date.day;
    // "5, 6 and 7 June", "the 5th to the 8th".
    if (last.bare && !MonthFirst()) return rises || last.stands;
    if (!MonthFirst()) return opened_ && joint.link == Link::kRange && rises;
    if (!rises) return false;
    reader_.TakeYear(point.span.end, point.date.year);
    if (point.date.year != 0 || joint.link == Link::kRange) return true;
    uint32_t after = point.span.end;
    if (!joint.comma) return reader_.EndsDay(after);
    // "June 7, 8 and 10", but not "June 7, 8 ministers".
    std::optional<Joint> next = ReadJoint(after);
    return next.has_value() && reader_.ReadBareDay(next->end).has_value();
  }

  bool FullFits(const Joint& joint, const DatePoint& last,
                const DatePoint& point) const {
    bool dated = point.date.month != 0 && point.date.day != 0;
    if (last.bare && !last.stands && !MonthFirst()) {
      return dated && !point.month_first;
    }
    if (joint.link == Link::kList) {
      return dated && last.date.month != 0 && last.date.day != 0;
    }
    // "May 5 - Monday: arrival" is no range.
    if (joint.dash && last.date.day != 0 && !dated) return false;
    return point.date.day != 0 || point.weekday != 0 ||
           point.offset.has_value() || point.date.month != 0;
  }

  // Whether a month that came first still holds for bare days.
  bool MonthFirst() const {
    for (auto it = points_.rbegin(); it != points_.rend(); ++it) {
      if (it->date.month != 0) return it->month_first;
    }
    return false;
  }

  // "entre os dias 21 e 24 deste mês".
  void TakeMonthFromToday() {
    for (const DatePoint& point : points_) {
      if (!point.bare) return;
    }
    uint32_t at = points_.back().span.end;
    if (auto of = words_.At(at, DateWord::kOf)) at = of->end;
    auto month = words_.At(at, DateWord::kCalendarMonth);
    if (!month.has_value()) {
      month = words_.At(points_.back().span.end, DateWord::kCalendarMonth);
    }
    if (!month.has_value()) return;
    for (DatePoint& point : points_) {
      point.month_offset = month->value;
      point.stands = true;
    }
    points_.back().span.end = month->end;
  }

  // Bare days at the end, or all of them, that no month was found for.
  void DropUnfinished() {
    bool month = false;
    bool stands = false;
    for (const DatePoint& point : points_) {
      month = month || point.date.month != 0;
      stands = stands || point.stands;
    }
    bool all_bare = true;
    for (const DatePoint& point : points_) all_bare = all_bare && point.bare;
    if (!all_bare) {
      // "12 and Monday": the bare days lead nowhere.
      if (points_[0].bare && !points_[0].stands && !month) points_.clear();
      return;
    }
    if (!stands) points_.clear();
  }

  void ShareMonths() {
    int month = 0;
    for (size_t i = points_.size(); i-- > 0;) {
      DatePoint& point = points_[i];
      if (point.date.month != 0) {
        month = point.month_first ? 0 : point.date.month;
      } else if (point.bare) {
        point.date.month = month;
      }
    }
    month = 0;
    int year = 0;
    for (DatePoint& point : points_) {
      if (point.date.month != 0) {
        month = point.date.month;
        year = point.date.year;
      } else if (point.bare && month != 0) {
        point.date.month = month;
        if (point.date.year == 0) point.date.year = year;
      }
    }
  }

  // A year stands at the end of a list or range, or with its first date.
  void ShareYears() {
    for (size_t i = points_.size(); i-- > 1;) {
      const PartialDate& later = points_[i].date;
      PartialDate& date = points_[i - 1].date;
      if (later.year == 0 || date.year != 0 || date.month == 0) continue;
      date.year = later.year;
      if (later.month != 0 && date.month > later.month) --date.year;
    }
    for (size_t i = 1; i < points_.size(); ++i) {
      const PartialDate& before = points_[i - 1].date;
      PartialDate& date = points_[i].date;
      if (before.year == 0 || date.year != 0 || date.month == 0) continue;
      date.year = before.year;
      if (before.month > date.month) ++date.year;
    }
  }

  DateExpression Gather() const {
    DateExpression expression;
    for (size_t i = 0; i < points_.size(); ++i) {
      uint32_t begin = points_[i].span.begin;
      if (i == 0 && opened_) begin = begin_;
      if (i < links_.size() && links_[i] == Link::kRange) {
        expression.spans.push_back({{begin, points_[i + 1].span.end},
                                    points_[i],
                                    points_[i + 1],
                                    true});
        ++i;
      } else {
        expression.spans.push_back(
            {{begin, points_[i].span.end}, points_[i], std::nullopt, false});
      }
    }
    expression.end = points_.back().span.end;
    return expression;
  }

  const DatePointReader& reader_;
  const DateWords& words_;
  const uint32_t begin_;
  bool opened_ = false;
  bool between_ = false;
  std::vector<DatePoint> points_;
  std::vector<Link> links_;  // links_[i] joins points i and i + 1
};

}  // namespace

std::optional<DateExpression> ReadDateExpression(const DatePointReader& reader,
                                                 uint32_t token) {
  return ExpressionReader(reader, token).Read();
}

}  // namespace attache
