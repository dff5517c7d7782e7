#include "common/text/offset_map.h"

#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(OffsetMap, GivesNothingForAnEmptyText) {
  EXPECT_EQ(OffsetMap().ToOrigin(0, 0), (TextRange{0, 0}));
}

TEST(OffsetMap, MapsCopiedRunsByteByByte) {
  OffsetMap map;
  map.AddCopied(10, 5);
  map.AddCopied(20, 5);
  EXPECT_EQ(map.size(), 10u);
  EXPECT_EQ(map.ToOrigin(1, 3), (TextRange{11, 13}));
  EXPECT_EQ(map.ToOrigin(5, 6), (TextRange{20, 21}));
  EXPECT_EQ(map.ToOrigin(0, 5), (TextRange{10, 15}));
  EXPECT_EQ(map.ToOrigin(4, 6), (TextRange{14, 21}));
}

TEST(OffsetMap, CountsAReplacedRunWhole) {
  OffsetMap map;  // "a&amp;&amp;b" as "a&&b"
  map.AddCopied(0, 1);
  map.AddReplaced(1, 6, 1);
  map.AddReplaced(6, 11, 1);
  map.AddCopied(11, 1);
  EXPECT_EQ(map.ToOrigin(1, 2), (TextRange{1, 6}));
  EXPECT_EQ(map.ToOrigin(2, 4), (TextRange{6, 12}));
  EXPECT_EQ(map.ToOrigin(0, 4), (TextRange{0, 12}));
}

TEST(OffsetMap, CoversPartOfALongReplacementWhole) {
  OffsetMap map;
  map.AddReplaced(3, 7, 4);
  EXPECT_EQ(map.ToOrigin(1, 2), (TextRange{3, 7}));
  EXPECT_EQ(map.ToOrigin(2, 2), (TextRange{3, 7}));
  EXPECT_EQ(map.ToOrigin(0, 0), (TextRange{3, 3}));
}

TEST(OffsetMap, LeavesADeletionOutAtTheEndsAndCoversItInside) {
  OffsetMap map;
  map.AddCopied(0, 4);
  map.AddReplaced(4, 9, 0);
  map.AddCopied(9, 4);
  EXPECT_EQ(map.ToOrigin(0, 4), (TextRange{0, 4}));
  EXPECT_EQ(map.ToOrigin(4, 8), (TextRange{9, 13}));
  EXPECT_EQ(map.ToOrigin(3, 5), (TextRange{3, 10}));
}

TEST(OffsetMap, GivesThePointOfAnEmptyRange) {
  OffsetMap map;
  map.AddCopied(5, 3);
  EXPECT_EQ(map.ToOrigin(1, 1), (TextRange{6, 6}));
  EXPECT_EQ(map.ToOrigin(3, 3), (TextRange{8, 8}));
  EXPECT_EQ(map.ToOrigin(9, 12), (TextRange{8, 8})) << "past the end";
}

TEST(OffsetMap, AgreesWithAByteByByteTable) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    OffsetMap map;
    std::vector<TextRange> table;  // what each byte of the new text stands for
    uint32_t origin = 0;
    for (int step = 0; step < 12; ++step) {
      const uint32_t size = random() % 4;
      if (random() % 2 == 0) {
        map.AddCopied(origin, size);
        for (uint32_t i = 0; i < size; ++i) {
          table.push_back({origin + i, origin + i + 1});
        }
        origin += size;
      } else {
        const uint32_t end = origin + random() % 4;
        map.AddReplaced(origin, end, size);
        table.insert(table.end(), size, TextRange{origin, end});
        origin = end;
      }
    }
    ASSERT_EQ(map.size(), table.size());
    for (uint32_t begin = 0; begin < table.size(); ++begin) {
      for (uint32_t end = begin + 1; end <= table.size(); ++end) {
        ASSERT_EQ(map.ToOrigin(begin, end),
                  (TextRange{table[begin].begin, table[end - 1].end}))
            << "round " << round << ", [" << begin << ", " << end << ")";
      }
    }
  }
}

}  // namespace
}  // namespace attache
