#include "common/text/spaces.h"

#include <string>

#include "gtest/gtest.h"

namespace attache {
namespace {

// Where the first one stands, as "BEGIN-END"; "" where there is none.
std::string First(absl::string_view text) {
  const auto found = FirstSpaceOrControl(text);
  if (!found.has_value()) return "";
  return std::to_string(found->begin) + "-" + std::to_string(found->end);
}

TEST(FirstSpaceOrControl, PassesWhatIdsAreMadeOf) {
  for (const char* text : {"", "a", "https://example.org/a?b=c#d", "año/東京",
                           "a\xE2\x80\x8D"
                           "b"}) {
    EXPECT_EQ(First(text), "") << text;
  }
}

TEST(FirstSpaceOrControl, FindsThemBeyondAscii) {
  EXPECT_EQ(First("a b c"), "1-2");
  EXPECT_EQ(First("a\tb"), "1-2");
  EXPECT_EQ(First(absl::string_view("ab\0", 3)), "2-3");
  EXPECT_EQ(First("a\x7f"), "1-2");
  EXPECT_EQ(First("a\xC2\x85"), "1-3") << "next line";
  EXPECT_EQ(First("é\xC2\xA0"), "2-4") << "no-break space";
  EXPECT_EQ(First("\xE2\x80\x83z"), "0-3") << "em space";
  EXPECT_EQ(First("\xE2\x80\xA8"), "0-3") << "line separator";
  EXPECT_EQ(First("\xE3\x80\x80"), "0-3") << "ideographic space";
}

TEST(FirstSpaceOrControl, StopsAtBytesThatAreNoText) {
  EXPECT_EQ(First("caf\xE9.txt"), "3-4");
}

}  // namespace
}  // namespace attache
