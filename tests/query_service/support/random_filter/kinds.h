// Kinds of values: what a filter may compare a field of each kind with, at
// random, and what that asks. Values are of FullRecord's pools, so that filters
// find something.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_KINDS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_KINDS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "attache/v1/trip_record.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "tests/query_service/support/random_filter/parts.h"

namespace attache::testing::random_filter {

template <typename V>
struct Kind {
  Strings comparators;
  // The value as it is written behind the comparator, and what it asks.
  std::function<Part<V>(Dice&, const std::string& comparator)> value;
};

inline const Strings kEqualities = {":", "="};
inline const Strings kAllComparators = {":", "=", "<", "<=", ">", ">="};

// Texts (kinds_of_texts.cc).

// Patterns of texts.
inline const Strings kPatterns = {"tra*",    "*s",    "*lima*",   "*ã*",
                                  "visit*s", "na*es", "* talks*", "*"};
bool TextMatches(const std::string& comparator, const std::string& pattern,
                 const std::string& held);

Kind<std::string> Written();
Kind<std::string> Publishers();
// Exact strings; an asterisk in `values` is one.
Kind<std::string> Ids(Strings values, Strings patterns,
                      Strings comparators = kAllComparators);
Kind<std::string> RoleIds();

// Names that stand for ids, and patterns of ids (kinds_of_names.cc).

Kind<std::string> Countries();
Kind<std::string> Regions();
Kind<std::string> Sectors();
Kind<std::string> Objectives();
Kind<std::string> Series();
Kind<std::string> Languages();
Kind<int64_t> Statuses();
Kind<int64_t> AmountKinds();

// Quantities (kinds_of_quantities.cc).

Kind<int64_t> Integers(std::vector<int64_t> values);
Kind<float> Shares();
Kind<bool> Flags();
Kind<v1::Money> Sums();

// Days and instants (kinds_of_times.cc).

Kind<v1::PartialDate> Dates();
Kind<google::protobuf::Timestamp> Times();

// How `held` compares.
template <typename V>
bool Compare(const std::string& comparator, const V& held, const V& wanted) {
  if (comparator == "<") return held < wanted;
  if (comparator == "<=") return held <= wanted;
  if (comparator == ">") return held > wanted;
  if (comparator == ">=") return held >= wanted;
  return held == wanted;
}

}  // namespace attache::testing::random_filter

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_KINDS_H_
