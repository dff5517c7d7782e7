#include "common/access/token.h"

#include <set>
#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Token, IsThirtyTwoRandomBytesThatGoIntoAHeader) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) {
    const auto token = NewToken();
    ASSERT_TRUE(token.ok()) << token.status();
    EXPECT_EQ(token->size(), 43u);
    EXPECT_EQ(ReadToken(*token).value(), *token);
    std::string bytes;
    ASSERT_TRUE(absl::WebSafeBase64Unescape(*token, &bytes));
    EXPECT_EQ(bytes.size(), 32u);
    tokens.insert(*token);
  }
  EXPECT_EQ(tokens.size(), 100u);
}

TEST(Token, DigestIsItsSha256) {
  const TokenDigest digest = DigestOf("abc");
  EXPECT_EQ(absl::BytesToHexString(absl::string_view(
                reinterpret_cast<const char*>(digest.data()), digest.size())),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Token, IsReadWithoutTheSpaceAroundIt) {
  EXPECT_EQ(ReadToken(" 0123456789abcdefghij\r\n").value(),
            "0123456789abcdefghij");
}

TEST(Token, ThatIsNoneIsRefusedAndNotRepeated) {
  EXPECT_THAT(ReadToken(" \n").status().message(), HasSubstr("empty"));
  for (const char* text :
       {"too-short-a-token", "two tokens of 20 chars", "über-secret-token-é",
        "0123456789abcdefghij\n0123456789abcdefghij"}) {
    const absl::Status status = ReadToken(text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr(text)));
  }
  EXPECT_FALSE(ReadToken(std::string(1025, 'x')).ok());
}

}  // namespace
}  // namespace attache
