#include "query_service/query/query.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/civil_date.h"

namespace attache {
namespace {

// And and Or, which differ in what vanishes and what decides.
Query Combine(Query::Kind kind, Query::Kind neutral, Query::Kind deciding,
              std::vector<Query> children) {
  Query combined;
  combined.kind = kind;
  for (Query& child : children) {
    if (child.kind == neutral) continue;
    if (child.kind == deciding) return std::move(child);
    if (child.kind == kind) {
      std::move(child.children.begin(), child.children.end(),
                std::back_inserter(combined.children));
    } else {
      combined.children.push_back(std::move(child));
    }
  }
  if (combined.children.empty()) combined.kind = neutral;
  if (combined.children.size() != 1) return combined;
  Query only = std::move(combined.children[0]);
  return only;
}

std::string FieldName(TermField field) {
  switch (field) {
    case TermField::kVisited:
      return "visited";
    case TermField::kMentioned:
      return "mentioned";
    case TermField::kOrigin:
      return "origin";
    case TermField::kRegion:
      return "region";
    case TermField::kSector:
      return "sector";
    case TermField::kObjective:
      return "objective";
    case TermField::kEventSeries:
      return "event_series";
    case TermField::kPublisher:
      return "publisher";
    case TermField::kLanguage:
      return "language";
    case TermField::kStatus:
      return "status";
    case TermField::kLabel:
      return "label";
    case TermField::kWord:
      return "word";
    case TermField::kStartMonth:
      return "start_month";
    case TermField::kTravelerName:
      return "traveler_name";
    case TermField::kPublisherName:
      return "publisher_name";
    case TermField::kMoney:
      return "money";
  }
  return "?";
}

std::string ColumnName(Column column) {
  switch (column) {
    case Column::kStartDay:
      return "start_day";
    case Column::kFirstDay:
      return "first_day";
    case Column::kLastDay:
      return "last_day";
    case Column::kPublishTime:
      return "publish_time";
    case Column::kConfidence:
      return "confidence";
  }
  return "?";
}

// A day, an instant or a confidence.
std::string ValueName(Column column, ColumnValue value) {
  switch (column) {
    case Column::kStartDay:
    case Column::kFirstDay:
    case Column::kLastDay:
      return ToString(FromDayNumber(static_cast<DayNumber>(value.major)));
    case Column::kPublishTime:
      return absl::FormatTime(
          absl::RFC3339_full,
          absl::FromUnixSeconds(value.major) + absl::Nanoseconds(value.minor),
          absl::UTCTimeZone());
    case Column::kConfidence:
      return absl::StrCat(
          std::bit_cast<float>(static_cast<int32_t>(value.major)));
  }
  return "?";
}

// "[2024-03-01", "(0.9", "[".
std::string LowBound(Column column, ColumnValue low) {
  if (low == ColumnValue::Lowest()) return "[";
  // Only instants have minor parts: one stands for "after".
  const bool after_day = column != Column::kPublishTime && low.minor > 0;
  // The least confidence that there is.
  const bool after_zero = column == Column::kConfidence && low.major == 1;
  if (after_zero) low.major = 0;
  return absl::StrCat(after_day || after_zero ? "(" : "[",
                      ValueName(column, low));
}

// "2024-03-31]", "0.9)", "]".
std::string HighBound(Column column, ColumnValue high) {
  if (high == ColumnValue::Highest()) return "]";
  if (high.minor < std::numeric_limits<int32_t>::max()) {
    return absl::StrCat(ValueName(column, high), "]");
  }
  return absl::StrCat(ValueName(column, {high.major + 1, 0}), ")");
}

std::string Operand(const Query& query) {
  const bool group =
      query.kind == Query::Kind::kAnd || query.kind == Query::Kind::kOr;
  return group ? absl::StrCat("(", ToString(query), ")") : ToString(query);
}

std::string Joined(const Query& query, absl::string_view separator) {
  return absl::StrJoin(query.children, separator,
                       [](std::string* out, const Query& child) {
                         absl::StrAppend(out, Operand(child));
                       });
}

}  // namespace

Query Query::None() {
  Query query;
  query.kind = Kind::kNone;
  return query;
}

Query Query::Term(TermField field, absl::string_view value) {
  Query query;
  query.kind = Kind::kTerm;
  query.term = TermKey(field, value);
  return query;
}

Query Query::Record(absl::string_view record_id) {
  Query query;
  query.kind = Kind::kRecord;
  query.term = std::string(record_id);
  return query;
}

Query Query::Briefing(absl::string_view briefing_id) {
  Query query;
  query.kind = Kind::kBriefing;
  query.term = std::string(briefing_id);
  return query;
}

Query Query::Range(Column column, ColumnValue low, ColumnValue high) {
  if (high < low) return None();
  Query query;
  query.kind = Kind::kRange;
  query.column = column;
  query.low = low;
  query.high = high;
  return query;
}

Query Query::Check(std::shared_ptr<const RecordCheck> check) {
  Query query;
  query.kind = Kind::kCheck;
  query.check = std::move(check);
  return query;
}

Query Query::Element(TermSpace space, Query child) {
  if (child.kind == Kind::kNone) return child;
  Query query;
  query.kind = Kind::kElement;
  query.space = space;
  query.children.push_back(std::move(child));
  return query;
}

Query Query::And(std::vector<Query> children) {
  return Combine(Kind::kAnd, Kind::kAll, Kind::kNone, std::move(children));
}

Query Query::Or(std::vector<Query> children) {
  return Combine(Kind::kOr, Kind::kNone, Kind::kAll, std::move(children));
}

Query Query::Not(Query child) {
  if (child.kind == Kind::kAll) return None();
  if (child.kind == Kind::kNone) return All();
  if (child.kind == Kind::kNot) {
    Query inner = std::move(child.children[0]);
    return inner;
  }
  Query query;
  query.kind = Kind::kNot;
  query.children.push_back(std::move(child));
  return query;
}

bool ReadsRecords(const Query& query) {
  return query.kind == Query::Kind::kCheck ||
         std::any_of(query.children.begin(), query.children.end(),
                     ReadsRecords);
}

std::string ToString(const Query& query) {
  switch (query.kind) {
    case Query::Kind::kAll:
      return "all";
    case Query::Kind::kNone:
      return "none";
    case Query::Kind::kTerm:
      return absl::StrCat(FieldName(static_cast<TermField>(query.term[0])), ":",
                          ReadableValue(query.term));
    case Query::Kind::kRecord:
      return absl::StrCat("record:", query.term);
    case Query::Kind::kBriefing:
      return absl::StrCat("briefing:", query.term);
    case Query::Kind::kCheck:
      return absl::StrCat("check {", query.check->ToString(), "}");
    case Query::Kind::kRange:
      return absl::StrCat(ColumnName(query.column), ":",
                          LowBound(query.column, query.low), "..",
                          HighBound(query.column, query.high));
    case Query::Kind::kElement:
      return absl::StrCat(
          query.space == TermSpace::kObjective ? "objective" : "traveler", "(",
          ToString(query.children[0]), ")");
    case Query::Kind::kAnd:
      return Joined(query, " AND ");
    case Query::Kind::kOr:
      return Joined(query, " OR ");
    case Query::Kind::kNot:
      return absl::StrCat("NOT ", Operand(query.children[0]));
  }
  return "?";
}

}  // namespace attache
