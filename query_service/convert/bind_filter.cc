#include "query_service/convert/bind_filter.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attache/v1/trip_record.pb.h"
#include "common/status_macros.h"
#include "query_service/convert/field_test.h"
#include "query_service/filter/parse_filter.h"
#include "query_service/index/parsed_record.h"
#include "query_service/index/record_analyzer.h"
#include "query_service/index/word_forms.h"

namespace attache {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// A part of a filter, of one message of a record: what must hold of it, and
// which records may have such a message.
using MessageTest =
    std::function<bool(const Message& message, absl::string_view language)>;
struct BoundFilter {
  MessageTest test;
  Query query;
  // `query` finds no record but those with such a message.
  bool exact = false;
};

// A part of a filter that the index does not answer.
class FilterCheck final : public RecordCheck {
 public:
  FilterCheck(std::string written, MessageTest test, bool needs_full,
              std::shared_ptr<const Stop> stop)
      : written_(std::move(written)),
        test_(std::move(test)),
        needs_full_(needs_full),
        stop_(std::move(stop)) {}

  bool Holds(const ParsedRecord& record) const override {
    if (stop_ != nullptr && stop_->Now()) return false;
    const v1::TripRecord& message = record.message();
    return test_(message, message.source().language_code());
  }
  bool needs_full() const override { return needs_full_; }
  std::string ToString() const override { return written_; }

 private:
  const std::string written_;
  const MessageTest test_;
  const bool needs_full_;
  const std::shared_ptr<const Stop> stop_;
};

template <typename Test, typename... Args>
bool AllHold(const std::vector<Test>& tests, const Args&... args) {
  for (const Test& test : tests) {
    if (!test(args...)) return false;
  }
  return true;
}

template <typename Test, typename... Args>
bool AnyHolds(const std::vector<Test>& tests, const Args&... args) {
  for (const Test& test : tests) {
    if (test(args...)) return true;
  }
  return false;
}

// Joins what holds of one message or value. And: each part may be met by
// another message of the record, so that the query is no longer exact. Not: the
// index does not tell which message lacks it.
template <typename Bound, typename Bind>
absl::StatusOr<Bound> Join(const Filter& filter, Bind bind) {
  std::vector<decltype(Bound::test)> tests;
  std::vector<Query> queries;
  bool exact = filter.kind == Filter::Kind::kOr;
  for (const Filter& child : filter.children) {
    ATTACHE_ASSIGN_OR_RETURN(Bound bound, bind(child));
    tests.push_back(std::move(bound.test));
    queries.push_back(std::move(bound.query));
    exact = exact && bound.exact;
  }
  switch (filter.kind) {
    case Filter::Kind::kAnd:
      return Bound{[tests = std::move(tests)](const auto&... args) {
                     return AllHold(tests, args...);
                   },
                   Query::And(std::move(queries)), exact};
    case Filter::Kind::kOr:
      return Bound{[tests = std::move(tests)](const auto&... args) {
                     return AnyHolds(tests, args...);
                   },
                   Query::Or(std::move(queries)), exact};
    default:
      return Bound{[test = std::move(tests[0])](const auto&... args) {
                     return !test(args...);
                   },
                   Query::All(), false};
  }
}

bool IsJoin(const Filter& filter) {
  return filter.kind == Filter::Kind::kAnd ||
         filter.kind == Filter::Kind::kOr || filter.kind == Filter::Kind::kNot;
}

bool HasFields(const FilterField& field) {
  return field.kind == FieldKind::kTime || field.kind == FieldKind::kDate ||
         field.kind == FieldKind::kMoney;
}

// Whether fields are compared in it, not values alone.
bool NamesFields(const Filter& filter) {
  return filter.kind == Filter::Kind::kRestriction ||
         filter.kind == Filter::Kind::kGroup ||
         std::any_of(filter.children.begin(), filter.children.end(),
                     NamesFields);
}

// Whether a restriction of the record is on a field that the BASIC view leaves
// out. REQUIRES: its field is known.
bool NeedsFull(const Filter& filter) {
  return v1::TripRecord::descriptor()
             ->FindFieldByName(filter.path[0].text)
             ->number() >= kFirstFullField;
}

class Binder {
 public:
  Binder(absl::string_view written, NameResolver& resolver,
         std::shared_ptr<const Stop> stop)
      : written_(written), context_(resolver, std::move(stop)) {}

  // Of the record as a whole: always exact.
  absl::StatusOr<Query> Bind(const Filter& filter) {
    switch (filter.kind) {
      case Filter::Kind::kAll:
        return Query::All();
      case Filter::Kind::kWord: {
        ATTACHE_RETURN_IF_ERROR(Count(filter));
        return BindWord(filter.value, context_);
      }
      case Filter::Kind::kNot: {
        ATTACHE_ASSIGN_OR_RETURN(Query query, Bind(filter.children[0]));
        return Query::Not(std::move(query));
      }
      case Filter::Kind::kAnd:
      case Filter::Kind::kOr: {
        std::vector<Query> queries;
        for (const Filter& child : filter.children) {
          ATTACHE_ASSIGN_OR_RETURN(Query query, Bind(child));
          queries.push_back(std::move(query));
        }
        return filter.kind == Filter::Kind::kAnd
                   ? Query::And(std::move(queries))
                   : Query::Or(std::move(queries));
      }
      case Filter::Kind::kRestriction:
      case Filter::Kind::kGroup:
        break;
    }
    std::string written(written_.substr(filter.span.begin,
                                        filter.span.end - filter.span.begin));
    if (filter.comparator != Comparator::kNe) {
      return BindRecord(filter, std::move(written));
    }
    // A `!=` is the negation of the whole restriction, elements and all.
    const size_t path_end = filter.path.back().span.end - filter.span.begin;
    written.erase(written.find('!', path_end), 1);
    ATTACHE_ASSIGN_OR_RETURN(Query query,
                             BindRecord(Equal(filter), std::move(written)));
    return Query::Not(std::move(query));
  }

 private:
  static Filter Equal(Filter filter) {
    filter.comparator = Comparator::kEq;
    return filter;
  }

  // A value counts by its words, for each of them is looked up.
  absl::Status Count(const Filter& filter) {
    terms_ += std::max<size_t>(1, WordsOf(filter.value.text).size());
    if (terms_ <= kMaxFilterTerms) return absl::OkStatus();
    return FilterError(
        filter.span.begin, "the filter is too large",
        absl::StrCat("at most ", kMaxFilterTerms, " restrictions and words"));
  }

  // `written` is the filter for people.
  absl::StatusOr<Query> BindRecord(const Filter& filter, std::string written) {
    ATTACHE_ASSIGN_OR_RETURN(
        BoundFilter bound,
        BindIn(filter, *v1::TripRecord::descriptor(), /*within=*/""));
    if (bound.exact) return std::move(bound.query);
    return Query::And(
        {std::move(bound.query), Query::Check(std::make_shared<FilterCheck>(
                                     std::move(written), std::move(bound.test),
                                     NeedsFull(filter), context_.stop))});
  }

  // Of a message of type `in`, which the field `within` holds.
  absl::StatusOr<BoundFilter> BindIn(const Filter& filter, const Descriptor& in,
                                     absl::string_view within) {
    if (IsJoin(filter)) {
      return Join<BoundFilter>(filter, [&](const Filter& child) {
        return BindIn(child, in, within);
      });
    }
    if (filter.kind == Filter::Kind::kWord) {
      return FilterError(
          filter.span.begin,
          absl::StrCat("a value alone says nothing of ", within),
          absl::StrCat("a comparison with one of ", FilterFieldNames(in)));
    }
    if (filter.comparator == Comparator::kNe) {
      ATTACHE_ASSIGN_OR_RETURN(BoundFilter equal,
                               BindIn(Equal(filter), in, within));
      return BoundFilter{
          [test = std::move(equal.test)](const Message& message,
                                         absl::string_view language) {
            return !test(message, language);
          },
          Query::All(), false};
    }
    ATTACHE_ASSIGN_OR_RETURN(FilterField field,
                             FindFilterField(in, within, filter.path));
    ATTACHE_ASSIGN_OR_RETURN(BoundTest bound, BindField(filter, field));
    return BoundFilter{[field = std::move(field), test = std::move(bound.test)](
                           const Message& message, absl::string_view language) {
                         return AnyValue(message, field, language, test);
                       },
                       std::move(bound.query), bound.exact};
  }

  absl::StatusOr<BoundTest> BindField(const Filter& filter,
                                      const FilterField& field) {
    if (filter.kind == Filter::Kind::kRestriction) {
      ATTACHE_RETURN_IF_ERROR(Count(filter));
      return BindTest({field, filter.comparator, filter.value}, context_);
    }
    // Dates, times and sums have fields too: amounts.low:(units > 5).
    const bool of_fields =
        field.kind == FieldKind::kMessage ||
        (HasFields(field) && NamesFields(filter.children[0]));
    if (!of_fields) {
      return BindValues(filter.children[0], field, filter.comparator);
    }
    if (filter.comparator != Comparator::kHas) {
      return FilterError(filter.span.begin,
                         absl::StrCat(field.name, " has fields of its own"),
                         absl::StrCat(field.name, ":(...)"));
    }
    ATTACHE_ASSIGN_OR_RETURN(
        BoundFilter bound,
        BindIn(filter.children[0], *field.last().message_type(), field.name));
    return BoundTest{[test = std::move(bound.test)](const FieldValue& value) {
                       return test(value.Message(), value.language);
                     },
                     std::move(bound.query), bound.exact};
  }

  // `field:(a OR b)`: every value is compared with one value of the field.
  absl::StatusOr<BoundTest> BindValues(const Filter& filter,
                                       const FilterField& field,
                                       Comparator comparator) {
    if (IsJoin(filter)) {
      return Join<BoundTest>(filter, [&](const Filter& child) {
        return BindValues(child, field, comparator);
      });
    }
    if (filter.kind != Filter::Kind::kWord) {
      if (field.kind == FieldKind::kLabels) {
        return FilterError(filter.span.begin,
                           absl::StrCat(field.name, " is a map"),
                           absl::StrCat("keys, joined by OR; ", field.name,
                                        ".KEY compares what one label says"));
      }
      return FilterError(filter.span.begin,
                         absl::StrCat(field.name, " has no fields"),
                         "values, joined by AND and OR");
    }
    ATTACHE_RETURN_IF_ERROR(Count(filter));
    return BindTest({field, comparator, filter.value}, context_);
  }

  const absl::string_view written_;
  FilterContext context_;
  size_t terms_ = 0;
};

}  // namespace

absl::StatusOr<Query> ToQuery(absl::string_view filter, NameResolver& resolver,
                              std::shared_ptr<const Stop> stop) {
  ATTACHE_ASSIGN_OR_RETURN(const Filter parsed, ParseFilter(filter));
  return Binder(filter, resolver, std::move(stop)).Bind(parsed);
}

}  // namespace attache
