#include "query_service/journal/history_options.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::HasSubstr;

TEST(HistoryOptions, NoneMayBeNegative) {
  EXPECT_TRUE(CheckHistoryOptions({}).ok());
  EXPECT_TRUE(CheckHistoryOptions({.revisions = 0, .bytes = 0}).ok());
  const absl::Status revisions = CheckHistoryOptions({.revisions = -1});
  EXPECT_EQ(revisions.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(revisions.message()),
              HasSubstr("--history_revisions must not be negative"));
  const absl::Status bytes = CheckHistoryOptions({.bytes = -1});
  EXPECT_EQ(bytes.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(bytes.message()),
              HasSubstr("--history_bytes must not be negative"));
}

TEST(HistoryOptions, ZeroForEitherKeepsNone) {
  EXPECT_FALSE(HistoryOptions().KeepsNone());
  EXPECT_TRUE(HistoryOptions({.revisions = 0}).KeepsNone());
  EXPECT_TRUE(HistoryOptions({.bytes = 0}).KeepsNone());
}

}  // namespace
}  // namespace attache
