#include "common/timestamp.h"

#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(SetTimestamp, KeepsNanosecondsPositiveOnBothSidesOf1970) {
  google::protobuf::Timestamp timestamp;
  SetTimestamp(absl::FromUnixSeconds(12) + absl::Milliseconds(5), &timestamp);
  EXPECT_EQ(timestamp.seconds(), 12);
  EXPECT_EQ(timestamp.nanos(), 5'000'000);
  SetTimestamp(absl::FromUnixNanos(-1), &timestamp);
  EXPECT_EQ(timestamp.seconds(), -1);
  EXPECT_EQ(timestamp.nanos(), 999'999'999);
}

TEST(SetTimestamp, DropsWhatIsShorterThanANanosecond) {
  google::protobuf::Timestamp timestamp;
  SetTimestamp(absl::UnixEpoch() - absl::Nanoseconds(1) / 4, &timestamp);
  EXPECT_EQ(timestamp.seconds(), -1);
  EXPECT_EQ(timestamp.nanos(), 999'999'999);
}

}  // namespace
}  // namespace attache
