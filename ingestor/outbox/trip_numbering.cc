#include "ingestor/outbox/trip_numbering.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "absl/strings/str_split.h"
#include "common/text/fold.h"

namespace attache::outbox {
namespace {

int32_t FirstDay(const v1::PartialDate& date) {
  return date.year() * 10000 + std::max(date.month(), 1) * 100 +
         std::max(date.day(), 1);
}

// Day 31 of a shorter month only widens the range, and not into another month.
int32_t LastDay(const v1::PartialDate& date) {
  return date.year() * 10000 + (date.month() == 0 ? 12 : date.month()) * 100 +
         (date.day() == 0 ? 31 : date.day());
}

bool IsKnown(const v1::PartialDate& date) {
  return date.year() != 0 || date.month() != 0 || date.day() != 0;
}

bool HasDates(const TripIdentity& trip) { return trip.first_day != 0; }

bool HasYear(const TripIdentity& trip) { return trip.first_day >= 10000; }

// Lower is closer; nullopt where they disagree.
std::optional<int> SurnameDistance(const TripIdentity& a,
                                   const TripIdentity& b) {
  if (a.surnames == b.surnames) return 0;
  if (a.surnames.empty() || b.surnames.empty()) return std::nullopt;
  const bool nested = std::includes(a.surnames.begin(), a.surnames.end(),
                                    b.surnames.begin(), b.surnames.end()) ||
                      std::includes(b.surnames.begin(), b.surnames.end(),
                                    a.surnames.begin(), a.surnames.end());
  return nested ? std::optional<int>(1) : std::nullopt;
}

std::optional<int> DateDistance(const TripIdentity& a, const TripIdentity& b) {
  if (!HasDates(a) || !HasDates(b)) return HasDates(a) == HasDates(b) ? 0 : 2;
  if (a.first_day == b.first_day && a.last_day == b.last_day) return 0;
  int32_t a_first = a.first_day, a_last = a.last_day;
  int32_t b_first = b.first_day, b_last = b.last_day;
  if (HasYear(a) != HasYear(b)) {
    a_first %= 10000, a_last %= 10000, b_first %= 10000, b_last %= 10000;
    // A trip over the turn of the year has its months in either order; it is
    // not told from another by month and day.
    if (a_first > a_last || b_first > b_last) return 1;
  }
  if (a_first <= b_last && b_first <= a_last) return 1;
  return std::nullopt;
}

struct Pair {
  int surname_distance;
  int date_distance;
  int64_t number;
  size_t trip;
  size_t remembered;

  auto Rank() const {
    return std::tie(surname_distance, date_distance, number, trip);
  }
};

std::vector<Pair> AgreeingPairs(absl::Span<const TripIdentity> trips,
                                absl::Span<const NumberedTrip> remembered) {
  std::vector<Pair> pairs;
  for (size_t i = 0; i < trips.size(); ++i) {
    for (size_t j = 0; j < remembered.size(); ++j) {
      const auto surnames = SurnameDistance(trips[i], remembered[j].identity);
      const auto dates = DateDistance(trips[i], remembered[j].identity);
      if (!surnames || !dates) continue;
      pairs.push_back({*surnames, *dates, remembered[j].number, i, j});
    }
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& a, const Pair& b) { return a.Rank() < b.Rank(); });
  return pairs;
}

}  // namespace

TripIdentity IdentityOf(const v1::TripRecord& record) {
  TripIdentity identity;
  for (const v1::Traveler& traveler : record.travelers()) {
    const std::string key = FoldToKey(traveler.name());
    const std::vector<absl::string_view> words = absl::StrSplit(key, ' ');
    if (!words.back().empty()) identity.surnames.emplace_back(words.back());
  }
  std::sort(identity.surnames.begin(), identity.surnames.end());
  identity.surnames.erase(
      std::unique(identity.surnames.begin(), identity.surnames.end()),
      identity.surnames.end());
  const v1::PartialDate* start = &record.dates().start();
  const v1::PartialDate* end = &record.dates().end();
  if (!IsKnown(*start)) start = end;
  if (!IsKnown(*end)) end = start;
  if (IsKnown(*start)) {
    identity.first_day = FirstDay(*start);
    identity.last_day = LastDay(*end);
  }
  return identity;
}

std::vector<int64_t> AssignNumbers(absl::Span<const TripIdentity> trips,
                                   TripNumbering& numbering) {
  std::vector<int64_t> numbers(trips.size(), 0);
  std::vector<bool> taken(numbering.trips.size(), false);
  for (const Pair& pair : AgreeingPairs(trips, numbering.trips)) {
    if (numbers[pair.trip] != 0 || taken[pair.remembered]) continue;
    numbers[pair.trip] = pair.number;
    taken[pair.remembered] = true;
    numbering.trips[pair.remembered].identity = trips[pair.trip];
  }
  for (size_t i = 0; i < trips.size(); ++i) {
    if (numbers[i] != 0) continue;
    numbers[i] = numbering.next_number++;
    numbering.trips.push_back({numbers[i], trips[i]});
  }
  if (numbering.trips.size() > kMaxRememberedTrips) {
    numbering.trips.erase(
        numbering.trips.begin(),
        numbering.trips.end() - static_cast<ptrdiff_t>(kMaxRememberedTrips));
  }
  return numbers;
}

}  // namespace attache::outbox
