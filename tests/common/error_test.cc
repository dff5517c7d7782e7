#include "common/error.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::HasSubstr;

TEST(Error, TakesItsCodeFromTheReason) {
  EXPECT_EQ(MakeError(v1::ERROR_REASON_UNKNOWN_COUNTRY, "m").code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_BRIEFING_NOT_FOUND, "m").code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_CONTENT_TOO_LARGE, "m").code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_OUTBOX_FULL, "m").code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_SEQUENCE_GAP, "m").code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_HISTORY_GONE, "m").code(),
            absl::StatusCode::kOutOfRange);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_PRODUCER_TAKEN_OVER, "m").code(),
            absl::StatusCode::kAborted);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_CREDENTIALS_INVALID, "m").code(),
            absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(MakeError(v1::ERROR_REASON_ROLE_MISSING, "m").code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(Error, CarriesReasonMetadataAndDelay) {
  const absl::Status status = WithRetryAfter(
      MakeError(v1::ERROR_REASON_OUTBOX_FULL, "full", {{"limit", "7"}}),
      absl::Milliseconds(1500));
  const auto details = DetailsOf(status);
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "OUTBOX_FULL");
  EXPECT_EQ(details->metadata, (ErrorMetadata{{"limit", "7"}}));
  EXPECT_EQ(details->retry_delay, absl::Milliseconds(1500));
}

TEST(Error, AFieldErrorNamesTheField) {
  const absl::Status status = FieldError("briefing.briefing_id", "is required");
  EXPECT_THAT(std::string(status.message()), HasSubstr("briefing.briefing_id"));
  EXPECT_EQ(DetailsOf(status)->metadata,
            (ErrorMetadata{{"field", "briefing.briefing_id"}}));
}

TEST(Error, CutsAHostileValueOnACharactersBoundary) {
  std::string value;
  for (int i = 0; i < 3000; ++i) value += "é";
  const auto details = DetailsOf(
      MakeError(v1::ERROR_REASON_UNKNOWN_COUNTRY, "m", {{"value", value}}));
  ASSERT_TRUE(details.has_value());
  EXPECT_LE(details->metadata[0].second.size(), 520u);
}

TEST(Error, AnyOtherStatusHasNoDetails) {
  EXPECT_EQ(DetailsOf(absl::InternalError("x")), std::nullopt);
}

}  // namespace
}  // namespace attache
