#include "query_service/index/investments.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/index/segment_builder.h"
#include "query_service/index/terms.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

void SetMoney(int64_t units, int32_t nanos, v1::Money* money,
              const char* currency = "USD") {
  money->set_currency_code(currency);
  money->set_units(units);
  money->set_nanos(nanos);
}

v1::TripRecord WithCommitment() {
  v1::TripRecord record;
  record.set_record_id("b#1");
  auto& commitment = *record.add_commitments();
  commitment.mutable_amount()->set_kind(v1::AMOUNT_KIND_PLEDGED);
  SetMoney(5, 0, commitment.mutable_amount()->mutable_low());
  SetMoney(8, 1, commitment.mutable_amount()->mutable_high());
  return record;
}

TEST(InvestmentsOf, TakesSectorsAndCommitmentsAndNoOtherAmounts) {
  v1::TripRecord record = WithCommitment();
  auto& sector = *record.add_sectors();
  sector.set_sector_id("energy");
  SetMoney(3, 0, sector.mutable_investment()->mutable_low());
  SetMoney(9, 0, record.add_amounts()->mutable_low());
  record.add_sectors()->set_sector_id("trade");
  const auto found = InvestmentsOf(record);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].terms, UnorderedElementsAre("senergy", "$0:USD"));
  EXPECT_THAT(found[1].terms, UnorderedElementsAre("$2:USD"));
  EXPECT_EQ(found[1].bounds, (InvestmentBounds{5, 8, 0, 1}));
}

TEST(InvestmentsOf, AtLeastAddsToBothEndsAndUpToAddsToTheHighOne) {
  v1::TripRecord record = WithCommitment();
  auto& amount = *record.mutable_commitments(0)->mutable_amount();
  amount.clear_high();
  EXPECT_EQ(InvestmentsOf(record)[0].bounds, (InvestmentBounds{5, 5, 0, 0}));
  amount.clear_low();
  EXPECT_THAT(InvestmentsOf(record), IsEmpty());
  SetMoney(8, 1, amount.mutable_high());
  EXPECT_EQ(InvestmentsOf(record)[0].bounds, (InvestmentBounds{0, 8, 0, 1}));
}

TEST(InvestmentsOf, EndsInTwoCurrenciesAreTwoAmounts) {
  v1::TripRecord record = WithCommitment();
  record.mutable_commitments(0)
      ->mutable_amount()
      ->mutable_high()
      ->set_currency_code("EUR");
  const auto found = InvestmentsOf(record);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].terms, ElementsAre("$2:USD"));
  EXPECT_EQ(found[0].bounds, (InvestmentBounds{5, 5, 0, 0}));
  EXPECT_THAT(found[1].terms, ElementsAre("$2:EUR"));
  EXPECT_EQ(found[1].bounds, (InvestmentBounds{0, 8, 0, 1}));
}

TEST(InvestmentsOf, AnItemWithoutCountryIsOfTheOnlyCountryVisited) {
  v1::TripRecord record = WithCommitment();
  record.add_visits()->set_country_code("PE");
  record.add_visits()->set_country_code("PE");
  record.add_visits();
  EXPECT_THAT(InvestmentsOf(record)[0].terms, ElementsAre("vPE", "$2:USD"));
  record.add_visits()->set_country_code("BR");
  EXPECT_THAT(InvestmentsOf(record)[0].terms, ElementsAre("$2:USD"));
  record.mutable_commitments(0)->add_country_codes("BR");
  EXPECT_THAT(InvestmentsOf(record)[0].terms, ElementsAre("vBR", "$2:USD"));
}

TEST(InvestmentsOf, KeepsWhatNoPersonWouldWrite) {
  v1::TripRecord record = WithCommitment();
  auto& amount = *record.mutable_commitments(0)->mutable_amount();
  amount.set_kind(static_cast<v1::AmountKind>(77));
  constexpr auto kLeast = std::numeric_limits<int64_t>::min();
  constexpr auto kMost = std::numeric_limits<int32_t>::max();
  SetMoney(kLeast, kMost, amount.mutable_low(), "");
  amount.clear_high();
  const auto found = InvestmentsOf(record);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].terms, ElementsAre("$77:"));
  EXPECT_EQ(found[0].bounds, (InvestmentBounds{kLeast, kLeast, kMost, kMost}));
}

TEST(Segment, HoldsInvestmentsByElementAndCountsTheirMemory) {
  const auto vocabulary = TestVocabulary();
  SegmentBuilder builder(*vocabulary);
  // Stored in the order of their ids, whatever the order they come in.
  for (const char* id : {"b#2", "b#1"}) {
    v1::TripRecord record = WithCommitment();
    record.mutable_commitments(0)->mutable_amount()->mutable_low()->set_units(
        id[2] - '0');
    ASSERT_TRUE(builder.Add("b", id, Serialize(record)).ok());
  }
  const auto segment = std::move(builder).Build();
  ASSERT_EQ(segment->investments().size(), 2u);
  EXPECT_EQ(segment->investments()[0].low_units, 1);
  EXPECT_EQ(segment->investments()[1].low_units, 2);
  EXPECT_THAT(segment->parents(TermSpace::kInvestment), ElementsAre(0, 1));
  SegmentBuilder without(*vocabulary);
  for (const char* id : {"b#2", "b#1"}) {
    v1::TripRecord record = WithCommitment();
    record.mutable_commitments(0)->clear_amount();
    ASSERT_TRUE(without.Add("b", id, Serialize(record)).ok());
  }
  const auto smaller = std::move(without).Build();
  EXPECT_GE(segment->memory_bytes() - smaller->memory_bytes(),
            2 * sizeof(InvestmentBounds));
}

TEST(NameValue, SharesAKeyAmongTheSpellingsOfAName) {
  const std::string one = NameValue("José Ñandú");
  const std::string other = NameValue("JOSE  NANDU");
  EXPECT_EQ(NameKey(one), "jose nandu");
  EXPECT_EQ(NameKey(other), NameKey(one));
  EXPECT_EQ(NameAsWritten(one), "José Ñandú");
  EXPECT_EQ(NameAsWritten(other), "JOSE  NANDU");
  EXPECT_EQ(NameValue("—"), "");
  EXPECT_EQ(NameAsWritten(NameValue(std::string("a\0b", 3))),
            absl::string_view("a\0b", 3));
  EXPECT_LT(NameValue(std::string(100000, 'x')).size(), 1000u);
}

}  // namespace
}  // namespace attache::testing
