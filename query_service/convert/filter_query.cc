#include "query_service/convert/filter_query.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/civil_date.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "common/text/fold.h"
#include "query_service/index/word_forms.h"

namespace attache {
namespace {

constexpr int kMaxValues = 100;

// The range of google.protobuf.Timestamp.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;
constexpr int32_t kNanosPerSecond = 1000000000;

// Any of the values of a repeated field; All where it has none.
template <typename Values, typename F>
absl::StatusOr<Query> AnyOf(const Values& values, absl::string_view field,
                            F convert) {
  if (values.empty()) return Query::All();
  if (values.size() > kMaxValues) {
    return FieldError(field,
                      absl::StrCat("has ", values.size(), " values; at most ",
                                   kMaxValues, " may be given"));
  }
  std::vector<Query> any;
  for (int i = 0; i < values.size(); ++i) {
    ATTACHE_ASSIGN_OR_RETURN(
        Query query, convert(values[i], absl::StrCat(field, "[", i, "]")));
    any.push_back(std::move(query));
  }
  return Query::Or(std::move(any));
}

absl::StatusOr<Query> Publisher(const std::string& name,
                                const std::string& field) {
  const std::string key = FoldToKey(name);
  if (key.empty()) return FieldError(field, "is empty");
  return Query::Term(TermField::kPublisher, key);
}

absl::StatusOr<Query> Language(const std::string& code,
                               const std::string& field) {
  const std::string tag = NormalizeLanguage(absl::StripAsciiWhitespace(code));
  if (tag.empty()) return FieldError(field, "is empty");
  return Query::Term(TermField::kLanguage, tag);
}

absl::StatusOr<Query> Status(int status, const std::string& field) {
  if (status == v1::TRIP_STATUS_UNSPECIFIED ||
      !v1::TripStatus_IsValid(status)) {
    return FieldError(field, absl::StrCat("is no status: ", status));
  }
  return Query::Term(TermField::kStatus, absl::StrCat(status));
}

// nullopt for an unset date.
absl::StatusOr<std::optional<DayInterval>> Interval(const v1::PartialDate& date,
                                                    absl::string_view field) {
  const PartialDate partial{date.year(), date.month(), date.day()};
  if (partial.empty()) return std::nullopt;
  if (!IsValid(partial)) {
    return FieldError(field,
                      absl::StrCat("is no date: year ", date.year(), ", month ",
                                   date.month(), ", day ", date.day()));
  }
  const auto interval = IntervalOf(partial);
  if (!interval) return FieldError(field, "needs a year");
  return interval;
}

absl::StatusOr<Query> TravelDates(const v1::TripFilter& filter) {
  ATTACHE_ASSIGN_OR_RETURN(
      const std::optional<DayInterval> start,
      Interval(filter.travel_start(), "filter.travel_start"));
  ATTACHE_ASSIGN_OR_RETURN(const std::optional<DayInterval> end,
                           Interval(filter.travel_end(), "filter.travel_end"));
  if (start && end && end->last < start->first) {
    return FieldError("filter.travel_end", "is before travel_start");
  }
  std::vector<Query> all;
  if (start) {
    all.push_back(Query::Range(Column::kLastDay, {start->first, 0},
                               ColumnValue::Highest()));
  }
  if (end) {
    all.push_back(
        Query::Range(Column::kFirstDay, ColumnValue::Lowest(), {end->last, 0}));
  }
  return Query::And(std::move(all));
}

absl::Status CheckTime(const google::protobuf::Timestamp& time,
                       absl::string_view field) {
  if (time.seconds() >= kFirstSecond && time.seconds() <= kLastSecond &&
      time.nanos() >= 0 && time.nanos() < kNanosPerSecond) {
    return absl::OkStatus();
  }
  return FieldError(field, "is no time from the year 1 to 9999");
}

absl::StatusOr<Query> PublishTimes(const v1::TripFilter& filter) {
  if (!filter.has_published_from() && !filter.has_published_until()) {
    return Query::All();
  }
  ColumnValue low = ColumnValue::Lowest();
  ColumnValue high = ColumnValue::Highest();
  if (filter.has_published_from()) {
    const auto& from = filter.published_from();
    ATTACHE_RETURN_IF_ERROR(CheckTime(from, "filter.published_from"));
    low = {from.seconds(), from.nanos()};
  }
  if (filter.has_published_until()) {
    const auto& until = filter.published_until();
    ATTACHE_RETURN_IF_ERROR(CheckTime(until, "filter.published_until"));
    high = until.nanos() > 0
               ? ColumnValue{until.seconds(), until.nanos() - 1}
               : ColumnValue{until.seconds() - 1, kNanosPerSecond - 1};
    if (high < low) {
      return FieldError("filter.published_until",
                        "is not after published_from");
    }
  }
  return Query::Range(Column::kPublishTime, low, high);
}

absl::StatusOr<Query> Confidence(float least) {
  if (!(least >= 0 && least <= 1)) {
    return FieldError("filter.min_confidence", "is not between 0 and 1");
  }
  if (least == 0) return Query::All();
  return Query::Range(Column::kConfidence, ConfidenceValue(least),
                      ColumnValue::Highest());
}

absl::StatusOr<Query> Labels(const v1::TripFilter& filter) {
  if (filter.labels_size() > kMaxValues) {
    return FieldError("filter.labels",
                      absl::StrCat("has more than ", kMaxValues, " labels"));
  }
  std::vector<Query> all;
  for (const auto& [key, value] : filter.labels()) {
    if (key.empty()) return FieldError("filter.labels", "has an empty key");
    all.push_back(Query::Term(TermField::kLabel, LabelValue(key, value)));
  }
  return Query::And(std::move(all));
}

}  // namespace

absl::StatusOr<Query> ToQuery(const v1::TripFilter& filter,
                              NameResolver& resolver) {
  using String = const std::string&;
  const absl::StatusOr<Query> parts[] = {
      AnyOf(filter.countries(), "filter.countries",
            [&](String value, String field) {
              return resolver.Country(value, v1::COUNTRY_ROLE_VISITED, field);
            }),
      AnyOf(filter.sectors(), "filter.sectors",
            [&](String value, String field) {
              return resolver.Sector(value, true, field);
            }),
      AnyOf(filter.objectives(), "filter.objectives",
            [&](String value, String field) {
              return resolver.Objective(value, field);
            }),
      AnyOf(filter.travelers(), "filter.travelers",
            [&](String value, String field) {
              return resolver.Traveler(value, field);
            }),
      AnyOf(filter.event_series(), "filter.event_series",
            [&](String value, String field) {
              return resolver.EventSeries(value, field);
            }),
      AnyOf(filter.publishers(), "filter.publishers", Publisher),
      AnyOf(filter.language_codes(), "filter.language_codes", Language),
      AnyOf(filter.statuses(), "filter.statuses", Status),
      TravelDates(filter),
      PublishTimes(filter),
      filter.text().empty() ? absl::StatusOr<Query>(Query::All())
                            : resolver.Text(filter.text(), "filter.text"),
      Confidence(filter.min_confidence()),
      Labels(filter),
  };
  std::vector<Query> all;
  for (const absl::StatusOr<Query>& part : parts) {
    if (!part.ok()) return part.status();
    all.push_back(*part);
  }
  return Query::And(std::move(all));
}

}  // namespace attache
