#include "ingestor/passes/delegation_leaders.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/ingestor/passes/trips_of_text.h"

namespace attache {
namespace {

bool TellsATrip(const std::string& text) {
  return !TripsOf(text, "2024-05-15", "en").empty();
}

TEST(DelegationLeaders, HoldOfficeByTheBodyThatSendsThem) {
  EXPECT_EQ(TripOf("A delegation of the Congress of Peru, led by Rosa Quilca, "
                   "will visit Bolivia on Friday.",
                   "2024-05-15", "en")
                .travelers,
            "Rosa Quilca (PE)");
}

TEST(DelegationLeaders, HoldNoneWhereNoStateSendsThem) {
  EXPECT_FALSE(
      TellsATrip("A delegation of stamp collectors, led by Rosa Quilca, "
                 "will visit Bolivia on Friday."));
}

TEST(DelegationLeaders, AreNotThoseOfAnotherSide) {
  EXPECT_FALSE(
      TellsATrip("A delegation of the Congress of Peru met in La Paz "
                 "with collectors, led by Rosa Quilca, on Friday."));
}

TEST(DelegationLeaders, AreNotOfAPlaceThatTheDelegationGoesTo) {
  EXPECT_FALSE(
      TellsATrip("A delegation of lawmakers visiting Bolivia, led by "
                 "Rosa Quilca, arrived on Friday."));
}

}  // namespace
}  // namespace attache
