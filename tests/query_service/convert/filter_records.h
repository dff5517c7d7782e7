// A few records, and which of them filters find.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_CONVERT_FILTER_RECORDS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_CONVERT_FILTER_RECORDS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/query.h"

namespace attache::testing {

// By name, as a TripRecord in text format; the record of "a" has the id "a#1".
using RecordTexts = std::map<std::string, std::string>;

class FilterRecords {
 public:
  explicit FilterRecords(const RecordTexts& records);

  absl::StatusOr<Query> Bind(absl::string_view filter) const;

  // The names of what the filter finds, sorted: "a b". What is wrong where an
  // index of one segment and one of many disagree, or the filter and its
  // negation do not part the records.
  std::string Find(absl::string_view filter) const;

 private:
  std::vector<std::string> names_;
  TripIndex together_;
  TripIndex apart_;
};

struct FilterCase {
  std::string filter;
  std::string found;
};
void ExpectFound(const FilterRecords& records,
                 const std::vector<FilterCase>& cases);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_CONVERT_FILTER_RECORDS_H_
