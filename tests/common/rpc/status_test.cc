#include "common/rpc/status.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace attache::rpc {
namespace {

using ::testing::SizeIs;

google::rpc::Status Details(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(Status, OkStaysOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
}

TEST(Status, AnErrorGoesThereAndBack) {
  const absl::Status error =
      WithRetryAfter(MakeError(v1::ERROR_REASON_OUTBOX_FULL,
                               "the outbox is full", {{"limit", "10"}}),
                     absl::Milliseconds(1500));
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(error)), error);
}

TEST(Status, TheErrorInfoComesFirst) {
  const google::rpc::Status details = Details(ToGrpcStatus(WithRetryAfter(
      FieldError("briefing.uri", "is too long"), absl::Seconds(1))));
  EXPECT_EQ(details.code(), 3);
  ASSERT_THAT(details.details(), SizeIs(3));
  EXPECT_EQ(details.details(0).type_url(),
            "type.googleapis.com/google.rpc.ErrorInfo");
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(bad_request.ParseFromString(details.details(1).value()));
  EXPECT_EQ(bad_request.field_violations(0).field(), "briefing.uri");
}

TEST(Status, AnErrorOfAnotherKindKeepsCodeAndMessage) {
  const grpc::Status status = ToGrpcStatus(absl::InternalError("oops"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message(), "oops");
  EXPECT_EQ(FromGrpcStatus(status), absl::InternalError("oops"));
}

TEST(Status, DetailsThatAreNotOursAreLeftOut) {
  EXPECT_EQ(FromGrpcStatus(grpc::Status(grpc::StatusCode::ABORTED, "m",
                                        "\xFF not a message")),
            absl::AbortedError("m"));
}

TEST(Status, LargeDetailsKeepTheReasonWithinTheLimit) {
  ErrorMetadata metadata;
  for (int i = 0; i < 20; ++i) {
    metadata.emplace_back(absl::StrCat("key", i), std::string(500, 'x'));
  }
  metadata.emplace_back("limit", "7");
  const absl::Status error = WithRetryAfter(
      MakeError(v1::ERROR_REASON_RATE_LIMITED, "slow down", metadata),
      absl::Seconds(1));
  const grpc::Status status = ToGrpcStatus(error);
  EXPECT_LE(status.error_details().size(), 4096u);
  const auto kept = DetailsOf(FromGrpcStatus(status));
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->reason, "RATE_LIMITED");
  EXPECT_EQ(kept->metadata.back(),
            (std::pair<std::string, std::string>("limit", "7")));
}

TEST(Status, AForeignPayloadOverTheLimitIsDropped) {
  absl::Status error = absl::InternalError("m");
  error.SetPayload("type.example/Blob", absl::Cord(std::string(9000, 'x')));
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(error)), absl::InternalError("m"));
}

TEST(Status, ALongMessageIsCutOnACharactersBoundary) {
  std::string message = "x";
  for (int i = 0; i < 1000; ++i) message += "é";
  const grpc::Status status = ToGrpcStatus(absl::InternalError(message));
  EXPECT_LE(status.error_message().size(), 520u);
  EXPECT_EQ(status.error_message().size() % 2, 1u);
}

}  // namespace
}  // namespace attache::rpc
