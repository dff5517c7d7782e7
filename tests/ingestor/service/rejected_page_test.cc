#include "ingestor/service/rejected_page.h"

#include "common/error.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(RejectedPageToken, GivesItsIdBack) {
  for (const int64_t id : {int64_t{1}, int64_t{42}, INT64_MAX}) {
    const auto read =
        ReadRejectedPageToken(MakeRejectedPageToken(id, "key"), "key");
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, id);
  }
  EXPECT_EQ(ReadRejectedPageToken("", "key").value(), 0);
}

TEST(RejectedPageToken, RefusesWhatWasAlteredOrIsForeign) {
  const std::string token = MakeRejectedPageToken(42, "key");
  EXPECT_FALSE(ReadRejectedPageToken(token, "other key").ok());
  EXPECT_FALSE(ReadRejectedPageToken("42", "key").ok());
  EXPECT_FALSE(ReadRejectedPageToken("not base64!", "key").ok());
  for (size_t i = 0; i < token.size(); ++i) {
    std::string altered = token;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    if (altered == token) continue;
    const auto read = ReadRejectedPageToken(altered, "key");
    // The last character's unused bits do not carry anything.
    if (read.ok()) {
      EXPECT_EQ(*read, 42);
      EXPECT_EQ(i + 1, token.size());
    } else {
      EXPECT_EQ(DetailsOf(read.status())->reason, "PAGE_TOKEN_INVALID");
    }
  }
}

TEST(RejectedPageSize, HasADefaultAndALimit) {
  EXPECT_EQ(RejectedPageSize(0).value(), 20);
  EXPECT_EQ(RejectedPageSize(7).value(), 7);
  EXPECT_EQ(RejectedPageSize(1000).value(), 100);
  EXPECT_EQ(DetailsOf(RejectedPageSize(-1).status())->reason, "FIELD_INVALID");
}

}  // namespace
}  // namespace attache
