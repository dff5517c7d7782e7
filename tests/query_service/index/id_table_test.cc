#include "query_service/index/id_table.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(IdTable, FindsEachIdWhereItStands) {
  IdTable table;
  for (int i = 0; i < 5000; ++i) table.Append(absl::StrCat("id-", i));
  table.Freeze();
  for (uint32_t i = 0; i < 5000; ++i) {
    EXPECT_EQ(table.FindFirst(absl::StrCat("id-", i)), i);
  }
  EXPECT_EQ(table.FindFirst("id-5000"), std::nullopt);
  EXPECT_EQ(table.FindFirst(""), std::nullopt);
}

TEST(IdTable, FindsAllThatShareAnId) {
  IdTable table;
  for (const char* id : {"a", "b", "a", "c", "a"}) table.Append(id);
  table.Freeze();
  std::vector<uint32_t> docs;
  table.FindAll("a", docs);
  std::sort(docs.begin(), docs.end());
  EXPECT_EQ(docs, (std::vector<uint32_t>{0, 2, 4}));
}

TEST(IdTable, HoldsNothingWhenEmpty) {
  IdTable table;
  table.Freeze();
  EXPECT_EQ(table.FindFirst("a"), std::nullopt);
}

}  // namespace
}  // namespace attache
