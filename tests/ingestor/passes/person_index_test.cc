#include "ingestor/passes/person_index.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PersonsByKey, KeepsTheOrderAndNobodyTwice) {
  PersonsByKey persons;
  persons.Add("roe", 2);
  persons.Add("roe", 1);
  persons.Add("roe", 2);
  persons.Add("doe", 3);
  EXPECT_THAT(persons.With("roe"), ElementsAre(2, 1));
  EXPECT_THAT(persons.With("doe"), ElementsAre(3));
  EXPECT_THAT(persons.With("poe"), IsEmpty());
}

TEST(PersonsByKey, KeepsTheFirstOfVeryMany) {
  PersonsByKey persons;
  for (int person = 0; person < 1000; ++person) persons.Add("roe", person);
  EXPECT_EQ(persons.With("roe").size(), PersonsByKey::kMostSharing);
  EXPECT_EQ(persons.With("roe").front(), 0);
}

TEST(MentionCount, CountsWhatBeginsBefore) {
  MentionCount count;
  count.Add(20, /*in_headline=*/false);
  count.Add(30, /*in_headline=*/false);
  count.Add(29, /*in_headline=*/false);  // overlaps the one before
  count.Add(5, /*in_headline=*/true);
  EXPECT_EQ(count.Before(5), 0u);
  EXPECT_EQ(count.Before(20), 1u);
  EXPECT_EQ(count.Before(30), 3u);
  EXPECT_EQ(count.Before(31), 4u);
  EXPECT_EQ(count.First(), 5u);
}

}  // namespace
}  // namespace attache
