#include "query_service/convert/watch_parameters.h"

#include <string>

#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/reason_of.h"

namespace attache {
namespace {

using testing::ReasonOf;

using ::testing::HasSubstr;

v1::WatchTripRecordsRequest Request() {
  v1::WatchTripRecordsRequest request;
  request.set_filter("status = CANCELLED");
  return request;
}

TEST(WatchParameters, HaveDefaults) {
  const auto parameters = ToWatchParameters(Request());
  ASSERT_TRUE(parameters.ok()) << parameters.status();
  EXPECT_EQ(parameters->filter, "status = CANCELLED");
  EXPECT_EQ(parameters->start_revision, 0);
  EXPECT_TRUE(parameters->basic);
  EXPECT_EQ(parameters->progress_interval, absl::Seconds(10));
}

TEST(WatchParameters, RaiseAnIntervalThatIsTooShort) {
  auto request = Request();
  request.mutable_progress_interval()->set_nanos(1);
  EXPECT_EQ(ToWatchParameters(request)->progress_interval,
            absl::Milliseconds(100));
  request.mutable_progress_interval()->set_seconds(86400);
  EXPECT_EQ(ToWatchParameters(request)->progress_interval,
            absl::Hours(24) + absl::Nanoseconds(1));
}

TEST(WatchParameters, RefuseWhatMeansNothing) {
  auto request = Request();
  request.set_start_revision(-1);
  EXPECT_THAT(std::string(ToWatchParameters(request).status().message()),
              HasSubstr("start_revision"));
  request = Request();
  request.mutable_progress_interval()->set_seconds(-1);
  EXPECT_EQ(ReasonOf(ToWatchParameters(request).status()), "FIELD_INVALID");
  request.mutable_progress_interval()->set_seconds(0);
  request.mutable_progress_interval()->set_nanos(1'000'000'000);
  EXPECT_EQ(ReasonOf(ToWatchParameters(request).status()), "FIELD_INVALID");
  request = Request();
  request.set_view(static_cast<v1::RecordView>(9));
  EXPECT_EQ(ReasonOf(ToWatchParameters(request).status()), "FIELD_INVALID");
}

TEST(CheckStart, TellsWhoseRevisionItIs) {
  const auto check = [](int64_t start, const std::string& index_id) {
    return CheckStart(
        {.filter = "", .start_revision = start, .index_id = index_id}, "here",
        5);
  };
  EXPECT_TRUE(check(0, "").ok());
  EXPECT_TRUE(check(0, "other").ok());
  EXPECT_TRUE(check(5, "").ok());
  EXPECT_TRUE(check(5, "here").ok());
  const absl::Status replaced = check(5, "other");
  EXPECT_EQ(replaced.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(replaced), "INDEX_REPLACED");
  EXPECT_EQ(DetailsOf(replaced)->metadata,
            (ErrorMetadata{{"index_id", "here"}}));
  EXPECT_EQ(ReasonOf(check(6, "")), "INDEX_REPLACED");
  EXPECT_EQ(ReasonOf(check(6, "here")), "FIELD_INVALID");
}

}  // namespace
}  // namespace attache
