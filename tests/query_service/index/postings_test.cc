#include "query_service/index/postings.h"

#include <numeric>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace attache {
namespace {

std::vector<uint32_t> Numbers(const PostingList& list) {
  std::vector<uint32_t> numbers;
  list.AppendTo(numbers);
  return numbers;
}

std::vector<uint32_t> EverySecond(size_t count) {
  std::vector<uint32_t> numbers(count);
  for (size_t i = 0; i < count; ++i) numbers[i] = static_cast<uint32_t>(2 * i);
  return numbers;
}

TEST(Postings, GivesBackRareAndCommonTermsAlike) {
  PostingsBuilder builder;
  builder.Add("a", EverySecond(1));
  builder.Add("b", EverySecond(kPlainLimit));
  builder.Add("c", EverySecond(kPlainLimit + 1));
  builder.Add("d", EverySecond(100000));
  const Postings postings = std::move(builder).Build();
  EXPECT_EQ(Numbers(postings.Find("a")), EverySecond(1));
  EXPECT_EQ(Numbers(postings.Find("b")), EverySecond(kPlainLimit));
  EXPECT_EQ(Numbers(postings.Find("c")), EverySecond(kPlainLimit + 1));
  EXPECT_EQ(Numbers(postings.Find("d")), EverySecond(100000));
  EXPECT_EQ(postings.Find("c").size(), kPlainLimit + 1);
}

TEST(Postings, KnowsNoOtherTerm) {
  PostingsBuilder builder;
  builder.Add("vBR", EverySecond(1));
  builder.Add("vPE", EverySecond(2));
  const Postings postings = std::move(builder).Build();
  for (const char* term : {"", "v", "vBRA", "vBS", "vZZ"}) {
    EXPECT_EQ(postings.Find(term).size(), 0u) << term;
  }
  EXPECT_EQ(postings.LowerBound("vC"), 1u);
  EXPECT_EQ(postings.LowerBound("w"), 2u);
}

}  // namespace
}  // namespace attache
