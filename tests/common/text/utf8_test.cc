#include "common/text/utf8.h"

#include <string>

#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(FirstInvalidUtf8, PassesTextOfEveryWidth) {
  EXPECT_EQ(FirstInvalidUtf8(""), std::nullopt);
  EXPECT_EQ(FirstInvalidUtf8("plain"), std::nullopt);
  EXPECT_EQ(FirstInvalidUtf8("é € 𝄞 \xEF\xBF\xBF"), std::nullopt);
  EXPECT_EQ(FirstInvalidUtf8(absl::string_view("a\0b", 3)), std::nullopt);
}

TEST(FirstInvalidUtf8, NamesWhereTheBrokenSequenceBegins) {
  EXPECT_EQ(FirstInvalidUtf8("ab\xFF"), 2u);
  EXPECT_EQ(FirstInvalidUtf8("é\x80x"), 2u);
  EXPECT_EQ(FirstInvalidUtf8("a\xE2\x82"), 1u) << "cut short";
  EXPECT_EQ(FirstInvalidUtf8("a\xC0\xAF"), 1u) << "overlong";
  EXPECT_EQ(FirstInvalidUtf8("a\xED\xA0\x80"), 1u) << "surrogate";
  EXPECT_EQ(FirstInvalidUtf8("a\xF4\x90\x80\x80"), 1u) << "beyond U+10FFFF";
  EXPECT_EQ(FirstInvalidUtf8("S\xE3o"), 1u) << "Latin-1";
}

TEST(Utf16Length, CountsPairsBeyondTheBasicPlane) {
  EXPECT_EQ(Utf16Length(""), 0u);
  EXPECT_EQ(Utf16Length("abc"), 3u);
  EXPECT_EQ(Utf16Length("aé€"), 3u);
  EXPECT_EQ(Utf16Length("a𝄞b"), 4u);
}

TEST(Utf8Prefix, EndsOnACharacter) {
  EXPECT_EQ(Utf8Prefix("aé€", 10), "aé€");
  EXPECT_EQ(Utf8Prefix("aé€", 6), "aé€");
  EXPECT_EQ(Utf8Prefix("aé€", 5), "aé");
  EXPECT_EQ(Utf8Prefix("aé€", 3), "aé");
  EXPECT_EQ(Utf8Prefix("aé€", 2), "a");
  EXPECT_EQ(Utf8Prefix("𝄞", 3), "");
  EXPECT_EQ(Utf8Prefix("", 0), "");
}

TEST(FirstCharacter, IsWholeOrNothing) {
  EXPECT_EQ(FirstCharacter(""), 0U);
  EXPECT_EQ(FirstCharacter("a"), U'a');
  EXPECT_EQ(FirstCharacter("été"), U'é');
  EXPECT_EQ(FirstCharacter("𝒜b"), U'𝒜');
}

TEST(AllDigits, TakesThoseOfAsciiAlone) {
  EXPECT_TRUE(AllDigits("2026"));
  EXPECT_FALSE(AllDigits(""));
  EXPECT_FALSE(AllDigits("20a6"));
  EXPECT_FALSE(AllDigits("٢٠"));
}

}  // namespace
}  // namespace attache
