#include "ingestor/readers/charset.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"

namespace attache {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

struct Decoded {
  absl::StatusOr<std::string> text;
  std::vector<Issue> issues;
};

Decoded Decode(absl::string_view content, absl::string_view declared = "") {
  IssueSink sink;
  auto text = DecodeToUtf8(content, declared, sink);
  return {std::move(text), sink.issues()};
}

TEST(DecodeToUtf8, LeavesUtf8AloneButForItsMark) {
  EXPECT_EQ(*Decode("Visite à Lomé").text, "Visite à Lomé");
  const Decoded marked = Decode("\xEF\xBB\xBFVisite à Lomé");
  EXPECT_EQ(*marked.text, "Visite à Lomé");
  EXPECT_THAT(marked.issues, IsEmpty());
}

TEST(DecodeToUtf8, ConvertsUtf16ByItsMarkAndSaysSo) {
  const Decoded little =
      Decode(absl::string_view("\xFF\xFEL\0o\0m\0\xE9\0", 10));
  EXPECT_EQ(*little.text, "Lomé");
  ASSERT_THAT(little.issues, SizeIs(1));
  EXPECT_EQ(little.issues[0].code, "CHARSET_CONVERTED");
  EXPECT_EQ(*Decode(absl::string_view("\xFE\xFF\0L\0o\0m\0\xE9", 10)).text,
            "Lomé");
}

TEST(DecodeToUtf8, ConvertsWesternTextByItsLooks) {
  const Decoded decoded = Decode(
      "Le ministre des affaires \xE9trang\xE8res se rendra \xE0 Lom\xE9 du 3 "
      "au 5 "
      "mai pour des entretiens sur la s\xE9"
      "curit\xE9 et l\x92\xE9"
      "conomie.");
  ASSERT_TRUE(decoded.text.ok()) << decoded.text.status();
  EXPECT_EQ(*decoded.text,
            "Le ministre des affaires étrangères se rendra à Lomé du 3 au 5 "
            "mai pour des entretiens sur la sécurité et l’économie.");
  EXPECT_THAT(decoded.issues, SizeIs(1));
}

TEST(DecodeToUtf8, TrustsADeclaredCharset) {
  EXPECT_EQ(*Decode("\xA3\xF3\x64\xBC", "iso-8859-2").text, "Łódź");
}

TEST(DecodeToUtf8, RefusesDamagedUtf8AndSaysWhere) {
  const Decoded decoded = Decode(
      "Visite à Lomé, \xFF"
      "étape à Accra");
  const auto details = DetailsOf(decoded.text.status());
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "CONTENT_UNREADABLE");
  EXPECT_THAT(details->metadata, UnorderedElementsAre(Pair("charset", "UTF-8"),
                                                      Pair("position", "17")));
}

TEST(DecodeToUtf8, RefusesWhatIsNoText) {
  const auto nul =
      DetailsOf(Decode(absl::string_view("ab\0c", 4)).text.status());
  ASSERT_TRUE(nul.has_value());
  EXPECT_THAT(nul->metadata, UnorderedElementsAre(Pair("charset", "UTF-8"),
                                                  Pair("position", "2")));
  EXPECT_FALSE(Decode("\x89PNG\r\n\x1a\n\x01\x02\xff\xd8").text.ok());
  EXPECT_FALSE(Decode(absl::string_view("\xFF\xFEL\0o", 5)).text.ok());
}

}  // namespace
}  // namespace attache
