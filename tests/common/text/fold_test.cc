#include "common/text/fold.h"

#include <string>

#include <unicode/utf.h>
#include <unicode/utf8.h>

#include "gtest/gtest.h"

namespace attache {
namespace {

std::string Utf8(UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  return std::string(bytes, size);
}

TEST(Fold, DropsCaseAndAccents) {
  EXPECT_EQ(Fold("São Tomé’s"), "sao tome's");
  EXPECT_EQ(Fold("BOGOTÁ"), "bogota");
  EXPECT_EQ(Fold("Türkiye İstanbul"), "turkiye istanbul");
  EXPECT_EQ(Fold("Việt Nam"), "viet nam");
  EXPECT_EQ(Fold("Αθήνας"), "αθηνασ");
  EXPECT_EQ(Fold("Мінськ"), "мінськ");
}

TEST(Fold, GivesComposedAndDecomposedTheSame) {
  EXPECT_EQ(Fold("Cote\u0301"), Fold("Cot\u00E9"));
}

TEST(Fold, SpellsOutLettersWithoutADecomposition) {
  EXPECT_EQ(Fold("Øresund Łódź Đà Straße ẞ Ærø Œuvre Iğdır Þór"),
            "oresund lodz da strasse ss aero oeuvre igdir thor");
}

TEST(Fold, StraightensTypography) {
  EXPECT_EQ(Fold("“a” «b» ‘c’ d–e—f−g…"), "\"a\" \"b\" 'c' d-e-f-g...");
  EXPECT_EQ(Fold("Sana´a Qurʼan"), "sana'a qur'an");
  EXPECT_EQ(Fold("ﬁnance № 2º ㎏"), "finance no 2o kg");
}

TEST(Fold, MakesEverySpacePlain) {
  EXPECT_EQ(Fold("a\tb\nc\u00A0d\u202Fe\u3000f\u200Bg"), "a b c d e f g");
}

TEST(Fold, LeavesOutWhatShowsNothing) {
  EXPECT_EQ(Fold("\uFEFFco\u00ADoper\u200Dation\u200F"), "cooperation");
}

TEST(Fold, ChangesNothingTheSecondTime) {
  for (UChar32 c = 0; c <= 0x10FFFF; ++c) {
    if (U_IS_SURROGATE(c)) continue;
    const std::string once = Fold(Utf8(c));
    ASSERT_EQ(Fold(once), once) << "U+" << std::hex << c;
  }
}

TEST(FoldToKey, KeepsLettersAndDigitsOnly) {
  EXPECT_EQ(FoldToKey("Côte d'Ivoire"), "cote d ivoire");
  EXPECT_EQ(FoldToKey("  Côte d’Ivoire "), "cote d ivoire");
  EXPECT_EQ(FoldToKey("energy_renewable"), "energy renewable");
  EXPECT_EQ(FoldToKey("(G-20)"), "g 20");
  EXPECT_EQ(FoldToKey("--"), "");
}

}  // namespace
}  // namespace attache
