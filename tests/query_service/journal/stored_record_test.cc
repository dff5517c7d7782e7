#include "query_service/journal/stored_record.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

v1::TripRecord FullRecord() {
  v1::TripRecord record;
  record.set_record_id("a#1");
  record.set_title("A trip");
  record.add_visits()->set_country_code("BR");
  for (int i = 0; i < 20; ++i) {
    (*record.mutable_labels())[absl::StrCat("key", i)] = absl::StrCat(i);
  }
  record.add_tables()->add_header("Sector");
  record.add_evidence()->set_quote("quoted");
  return record;
}

TEST(StoredRecord, CarriesRevisionAndTime) {
  v1::TripRecord record = FullRecord();
  const JournaledRecord journaled = ToJournaled(
      record, 42, absl::FromUnixSeconds(1700000000) + absl::Milliseconds(5));
  EXPECT_EQ(journaled.record_id, "a#1");
  v1::TripRecord parsed;
  ASSERT_TRUE(parsed.ParseFromString(journaled.wire));
  EXPECT_EQ(parsed.revision(), 42);
  EXPECT_EQ(parsed.index_time().seconds(), 1700000000);
  EXPECT_EQ(parsed.index_time().nanos(), 5000000);
  EXPECT_EQ(parsed.title(), "A trip");
}

TEST(StoredRecord, ATimeBeforeTheEpochHasPositiveNanos) {
  v1::TripRecord record;
  ToJournaled(record, 1, absl::UnixEpoch() - absl::Nanoseconds(1));
  EXPECT_EQ(record.index_time().seconds(), -1);
  EXPECT_EQ(record.index_time().nanos(), 999999999);
}

TEST(StoredRecord, TheSameRecordGivesTheSameBytes) {
  // Maps are laid out anew in each message.
  v1::TripRecord one = FullRecord();
  v1::TripRecord other;
  for (int i = 19; i >= 0; --i) {
    (*other.mutable_labels())[absl::StrCat("key", i)] = absl::StrCat(i);
  }
  v1::TripRecord rest = FullRecord();
  rest.clear_labels();
  other.MergeFrom(rest);
  EXPECT_EQ(ToJournaled(one, 7, absl::UnixEpoch()),
            ToJournaled(other, 7, absl::UnixEpoch()));
}

TEST(StoredRecord, TheBasicFieldsAreAPrefix) {
  v1::TripRecord full = FullRecord();
  v1::TripRecord basic = FullRecord();
  basic.clear_tables();
  basic.clear_evidence();
  const std::string all = ToJournaled(full, 7, absl::UnixEpoch()).wire;
  const std::string prefix = ToJournaled(basic, 7, absl::UnixEpoch()).wire;
  EXPECT_LT(prefix.size(), all.size());
  EXPECT_TRUE(absl::StartsWith(all, prefix));
}

}  // namespace
}  // namespace attache
