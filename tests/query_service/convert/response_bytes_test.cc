#include "query_service/convert/response_bytes.h"

#include <string>
#include <vector>

#include "attache/v1/trip_query_service.pb.h"
#include "gtest/gtest.h"
#include "query_service/index/trip_index.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

class ResponseBytes : public ::testing::Test {
 protected:
  ResponseBytes() : index_(TestVocabulary()) {
    for (int n = 1; n <= 2; ++n) {
      v1::TripRecord record;
      record.set_record_id("b#" + std::to_string(n));
      record.set_title(std::string(static_cast<size_t>(n) * 150, 'x'));
      record.add_tables()->add_header("Sector");
      records_.push_back(record);
    }
    EXPECT_TRUE(index_.Apply({{ToBriefing("b", records_)}}, 1).ok());
    snapshot_ = index_.Pin();
    for (const auto& record : records_) {
      locations_.push_back(*snapshot_->Find(record.record_id()));
    }
  }

  TripIndex index_;
  std::vector<v1::TripRecord> records_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<RecordLocation> locations_;
};

TEST_F(ResponseBytes, AreThoseOfAFilledListResponse) {
  v1::ListTripRecordsResponse expected;
  for (const auto& record : records_) *expected.add_trip_records() = record;
  expected.set_next_page_token("next");
  expected.set_total_size(300);
  expected.set_revision(1);
  EXPECT_EQ(ListResponseBytes(locations_, false, "next", 300, 1),
            expected.SerializeAsString());
  for (auto& record : *expected.mutable_trip_records()) record.clear_tables();
  expected.clear_next_page_token();
  EXPECT_EQ(ListResponseBytes(locations_, true, "", 300, 1),
            expected.SerializeAsString());
}

TEST_F(ResponseBytes, AreThoseOfAFilledBatchResponse) {
  v1::BatchGetTripRecordsResponse expected;
  *expected.add_trip_records() = records_[1];
  expected.set_revision(1);
  expected.add_missing_record_ids("gone");
  expected.add_deferred_record_ids("later");
  EXPECT_EQ(
      BatchResponseBytes({&locations_[1], 1}, false, 1, {"gone"}, {"later"}),
      expected.SerializeAsString());
}

TEST_F(ResponseBytes, AreThoseOfAFilledExportResponse) {
  v1::ExportTripRecordsResponse expected;
  for (const auto& record : records_) *expected.add_trip_records() = record;
  expected.set_revision(7);
  expected.set_next_page_token("next");
  EXPECT_EQ(ExportResponseBytes(locations_, false, "next", 7),
            expected.SerializeAsString());
  for (auto& record : *expected.mutable_trip_records()) record.clear_tables();
  EXPECT_EQ(ExportResponseBytes(locations_, true, "next", 7),
            expected.SerializeAsString());
  expected.Clear();
  expected.set_revision(7);
  EXPECT_EQ(ExportResponseBytes({}, true, "", 7), expected.SerializeAsString());
}

}  // namespace
}  // namespace attache::testing
