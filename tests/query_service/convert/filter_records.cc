#include "tests/query_service/convert/filter_records.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "query_service/convert/bind_filter.h"
#include "query_service/query/matches.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using Names = std::vector<std::string>;

absl::StatusOr<Names> FindIn(const TripIndex& index, absl::string_view filter) {
  const auto snapshot = index.Pin();
  NameResolver resolver(*TestVocabulary(), *snapshot);
  const auto query = ToQuery(filter, resolver);
  if (!query.ok()) return query.status();
  Names names;
  const Matches matches(*query, *snapshot);
  for (const SegmentMatches& found : matches.segments()) {
    for (uint32_t doc = 0; doc < found.segment->size(); ++doc) {
      if (!found.docs.Contains(doc)) continue;
      names.emplace_back(
          absl::StripSuffix(found.segment->record_id(doc), "#1"));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

FilterRecords::FilterRecords(const RecordTexts& records)
    : together_(TestVocabulary()),
      apart_(TestVocabulary(), {.fan_in = 1000, .max_deleted_share = 1}) {
  std::vector<BriefingRecords> writes;
  for (const auto& [name, text] : records) {
    v1::TripRecord record;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record))
        << name;
    record.set_record_id(absl::StrCat(name, "#1"));
    writes.push_back(ToBriefing(name, {record}));
    names_.push_back(name);
    EXPECT_TRUE(
        apart_.Apply({{writes.back()}}, static_cast<int64_t>(writes.size()))
            .ok());
  }
  EXPECT_TRUE(together_.Apply(writes, 1).ok());
}

absl::StatusOr<Query> FilterRecords::Bind(absl::string_view filter) const {
  const auto snapshot = together_.Pin();
  NameResolver resolver(*TestVocabulary(), *snapshot);
  return ToQuery(filter, resolver);
}

std::string FilterRecords::Find(absl::string_view filter) const {
  const absl::StatusOr<Names> found = FindIn(together_, filter);
  if (!found.ok()) return found.status().ToString();
  const auto apart = FindIn(apart_, filter);
  if (!apart.ok() || *apart != *found) return "segments disagree";
  if (filter.find_first_not_of(' ') != absl::string_view::npos) {
    const auto others = FindIn(together_, absl::StrCat("NOT (", filter, ")"));
    if (!others.ok()) return others.status().ToString();
    Names all = *found;
    all.insert(all.end(), others->begin(), others->end());
    std::sort(all.begin(), all.end());
    if (all != names_) return "the negation finds other than the rest";
  }
  return absl::StrJoin(*found, " ");
}

void ExpectFound(const FilterRecords& records,
                 const std::vector<FilterCase>& cases) {
  for (const FilterCase& c : cases) {
    EXPECT_EQ(records.Find(c.filter), c.found) << c.filter;
  }
}

}  // namespace attache::testing
