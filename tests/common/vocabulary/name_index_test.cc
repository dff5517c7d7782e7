#include "common/vocabulary/name_index.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NameIndex, FindsNamesWhateverTheirCaseAccentsAndSigns) {
  NameIndex index;
  EXPECT_TRUE(index.Add("Côte d’Ivoire", "CI"));
  EXPECT_TRUE(index.Add("energy_renewable", "er"));
  EXPECT_EQ(index.Find("COTE D'IVOIRE"), "CI");
  EXPECT_EQ(index.Find("Renewable Energy"), std::nullopt);
  EXPECT_EQ(index.Find("Energy renewable"), "er");
  EXPECT_EQ(index.Find(""), std::nullopt);
}

TEST(NameIndex, KeepsTheFirstOfTwoThingsWithOneName) {
  NameIndex index;
  EXPECT_TRUE(index.Add("Congo", "CD"));
  EXPECT_TRUE(index.Add("congo", "CD"));
  EXPECT_FALSE(index.Add("CONGO", "CG"));
  EXPECT_EQ(index.Find("Congo"), "CD");
}

TEST(NameIndex, SuggestsTheNearestFirst) {
  NameIndex index;
  index.Add("Brazil", "BR");
  index.Add("Brasil", "BR");
  index.Add("Bahrain", "BH");
  index.Add("Britain", "GB");
  EXPECT_THAT(index.Nearest("Brzail", 3), ElementsAre("Brazil"))
      << "two letters swapped count once, and each id is given once";
  EXPECT_THAT(index.Nearest("Bahtain", 3), ElementsAre("Bahrain", "Britain"));
  EXPECT_THAT(index.Nearest("Bahtain", 1), ElementsAre("Bahrain"));
}

TEST(NameIndex, SortsEqualDistancesByName) {
  NameIndex index;
  index.Add("Mali", "ML");
  index.Add("Bali", "x");
  EXPECT_THAT(index.Nearest("Cali", 5), ElementsAre("Bali", "Mali"));
}

TEST(NameIndex, SuggestsNothingThatIsUnlike) {
  NameIndex index;
  index.Add("Peru", "PE");
  EXPECT_THAT(index.Nearest("Switzerland", 3), IsEmpty());
  EXPECT_THAT(index.Nearest("Cuba", 3), IsEmpty());
  EXPECT_THAT(index.Nearest("", 3), IsEmpty());
  EXPECT_THAT(index.Nearest(std::string(1 << 20, 'p'), 3), IsEmpty());
}

}  // namespace
}  // namespace attache
