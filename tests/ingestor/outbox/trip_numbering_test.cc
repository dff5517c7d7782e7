#include "ingestor/outbox/trip_numbering.h"

#include <random>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache::outbox {
namespace {

using ::testing::ElementsAre;

TripIdentity Trip(std::vector<std::string> surnames, int32_t first_day = 0,
                  int32_t last_day = 0) {
  return {std::move(surnames), first_day, last_day == 0 ? first_day : last_day};
}

v1::TripRecord Record(const std::vector<std::string>& names) {
  v1::TripRecord record;
  for (const std::string& name : names) record.add_travelers()->set_name(name);
  return record;
}

void SetDate(v1::PartialDate* date, int year, int month, int day) {
  date->set_year(year);
  date->set_month(month);
  date->set_day(day);
}

TEST(IdentityOf, TakesTheLastWordOfEachNameWithoutCaseAndAccents) {
  const v1::TripRecord record =
      Record({"Amélie Dupré", "JOHN DOE", "Jane Doe", ""});
  EXPECT_THAT(IdentityOf(record).surnames, ElementsAre("doe", "dupre"));
}

TEST(IdentityOf, WidensPartialDatesToTheDaysThatTheyCanMean) {
  v1::TripRecord record = Record({"A B"});
  SetDate(record.mutable_dates()->mutable_start(), 2024, 2, 0);
  EXPECT_EQ(IdentityOf(record).first_day, 20240201);
  EXPECT_EQ(IdentityOf(record).last_day, 20240231);
  SetDate(record.mutable_dates()->mutable_end(), 2024, 3, 4);
  EXPECT_EQ(IdentityOf(record).last_day, 20240304);
}

TEST(IdentityOf, TakesTheOnlyEndThatIsKnownForBoth) {
  v1::TripRecord record = Record({"A B"});
  SetDate(record.mutable_dates()->mutable_end(), 2024, 3, 4);
  EXPECT_EQ(IdentityOf(record).first_day, 20240304);
  EXPECT_EQ(IdentityOf(record).last_day, 20240304);
}

TEST(AssignNumbers, CountsTheTripsOfANewBriefingFromOne) {
  TripNumbering numbering;
  EXPECT_THAT(AssignNumbers({Trip({"doe"}), Trip({"roe"})}, numbering),
              ElementsAre(1, 2));
  EXPECT_EQ(numbering.next_number, 3);
}

TEST(AssignNumbers, KeepsNumbersWhenTripsSwapPlaces) {
  TripNumbering numbering;
  AssignNumbers({Trip({"doe"}, 20240110), Trip({"roe"}, 20240110)}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"roe"}, 20240110), Trip({"doe"}, 20240110)},
                            numbering),
              ElementsAre(2, 1));
}

TEST(AssignNumbers, GivesAnotherTripOfTheSameTravelerANewNumber) {
  TripNumbering numbering;
  AssignNumbers({Trip({"doe"}, 20240110, 20240112)}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"doe"}, 20240301, 20240302)}, numbering),
              ElementsAre(2));
}

TEST(AssignNumbers, KeepsTheNumberWhenDatesBecomeKnownOrOverlap) {
  TripNumbering numbering;
  AssignNumbers({Trip({"doe"})}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"doe"}, 20240301, 20240331)}, numbering),
              ElementsAre(1));
  EXPECT_THAT(AssignNumbers({Trip({"doe"}, 20240305, 20240307)}, numbering),
              ElementsAre(1));
}

TEST(AssignNumbers, KeepsTheNumberWhenATravelerJoinsButNotWhenOneIsExchanged) {
  TripNumbering numbering;
  AssignNumbers({Trip({"doe"}, 20240110)}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"doe", "roe"}, 20240110)}, numbering),
              ElementsAre(1));
  EXPECT_THAT(AssignNumbers({Trip({"doe", "poe"}, 20240110)}, numbering),
              ElementsAre(2));
}

TEST(AssignNumbers, NamelessTripsAgreeWithNamelessOnesOnly) {
  TripNumbering numbering;
  AssignNumbers({Trip({})}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"doe"})}, numbering), ElementsAre(2));
  EXPECT_THAT(AssignNumbers({Trip({})}, numbering), ElementsAre(1));
}

TEST(AssignNumbers, PrefersTheClosestPair) {
  TripNumbering numbering;
  AssignNumbers({Trip({"doe"}), Trip({"doe"}, 20240110)}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"doe"}, 20240110)}, numbering),
              ElementsAre(2));
}

TEST(AssignNumbers, ComparesADateWithoutYearByMonthAndDay) {
  TripNumbering numbering;
  AssignNumbers({Trip({"doe"}, 220, 223)}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"doe"}, 20240221)}, numbering),
              ElementsAre(1));
  EXPECT_THAT(AssignNumbers({Trip({"doe"}, 20240521)}, numbering),
              ElementsAre(2));
}

TEST(AssignNumbers, GivesATripThatReturnsItsOwnNumberBack) {
  TripNumbering numbering;
  AssignNumbers({Trip({"doe"}, 20240110)}, numbering);
  AssignNumbers({}, numbering);
  EXPECT_THAT(AssignNumbers({Trip({"roe"}, 20240110), Trip({"doe"}, 20240110)},
                            numbering),
              ElementsAre(2, 1));
}

// Whatever versions follow each other: no number twice in one version, and
// none that moves to a trip that does not agree with its last holder.
TEST(AssignNumbers, NeverGivesANumberToAnotherTrip) {
  std::mt19937 random(7);
  const auto pick = [&](int n) {
    return std::uniform_int_distribution<int>(0, n - 1)(random);
  };
  for (int round = 0; round < 200; ++round) {
    TripNumbering numbering;
    std::map<int64_t, std::string> holder;
    for (int version = 0; version < 20; ++version) {
      std::vector<TripIdentity> trips;
      for (int i = pick(4); i > 0; --i) {
        const int32_t day = pick(3) == 0 ? 0 : 20240101 + pick(28);
        trips.push_back(
            Trip({std::string(1, static_cast<char>('a' + pick(3)))}, day));
      }
      const std::vector<int64_t> numbers = AssignNumbers(trips, numbering);
      EXPECT_EQ(std::set<int64_t>(numbers.begin(), numbers.end()).size(),
                numbers.size());
      for (size_t i = 0; i < trips.size(); ++i) {
        const auto [it, is_new] =
            holder.emplace(numbers[i], trips[i].surnames[0]);
        EXPECT_EQ(it->second, trips[i].surnames[0]);
        EXPECT_LT(numbers[i], numbering.next_number);
      }
    }
  }
}

TEST(AssignNumbers, ForgetsTheOldestTripsButNotTheirNumbers) {
  TripNumbering numbering;
  for (int i = 0; i < 300; ++i) {
    AssignNumbers({Trip({"t" + std::to_string(i)})}, numbering);
  }
  EXPECT_EQ(numbering.trips.size(), kMaxRememberedTrips);
  EXPECT_THAT(AssignNumbers({Trip({"t0"})}, numbering), ElementsAre(301));
}

}  // namespace
}  // namespace attache::outbox
