#include "tests/query_service/support/plain_summary.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "common/civil_date.h"
#include "common/text/fold.h"

namespace attache::testing {
namespace {

using Keys = std::set<std::string>;

void AddWithParents(const std::string& sector, Keys& keys) {
  for (std::string at = sector; !at.empty();) {
    keys.insert(at);
    const VocabularyItem* item = TestVocabulary()->FindSector(at);
    at = item == nullptr ? "" : item->parent_id;
  }
}

std::string Month(const v1::PartialDate& date) {
  if (!IsValid({date.year(), date.month(), date.day()})) return "";
  if (date.year() == 0) return "";
  if (date.month() == 0) return absl::StrFormat("%04d", date.year());
  return absl::StrFormat("%04d-%02d", date.year(), date.month());
}

// Names as written, which are not yet keys.
std::vector<std::string> NamesIn(const v1::TripRecord& r, int dimension) {
  std::vector<std::string> names;
  if (dimension == v1::DIMENSION_PUBLISHER) {
    names.push_back(r.source().publisher());
  } else if (dimension == v1::DIMENSION_TRAVELER) {
    for (const auto& traveler : r.travelers()) names.push_back(traveler.name());
  }
  return names;
}

Keys KeysOf(const v1::TripRecord& r, int dimension) {
  Keys keys;
  switch (dimension) {
    case v1::DIMENSION_COUNTRY:
      for (const auto& visit : r.visits()) keys.insert(visit.country_code());
      break;
    case v1::DIMENSION_SECTOR:
      for (const auto& s : r.sectors()) AddWithParents(s.sector_id(), keys);
      break;
    case v1::DIMENSION_OBJECTIVE:
      for (const auto& o : r.objectives()) keys.insert(o.objective_id());
      break;
    case v1::DIMENSION_EVENT_SERIES:
      for (const auto& e : r.events()) keys.insert(e.series_id());
      break;
    case v1::DIMENSION_MONTH:
      keys.insert(Month(r.dates().start()));
      break;
    case v1::DIMENSION_STATUS:
      keys.insert(v1::TripStatus_Name(r.status()));
      break;
    default:
      for (const auto& name : NamesIn(r, dimension)) {
        keys.insert(FoldToKey(name));
      }
  }
  keys.erase("");
  return keys;
}

// An investment, with the buckets that it is in.
struct Item {
  v1::Amount amount;
  Keys keys;
};

std::vector<Item> ItemsOf(const v1::TripRecord& r, int dimension) {
  std::vector<Item> items;
  const Keys visited = KeysOf(r, v1::DIMENSION_COUNTRY);
  const auto add = [&](const v1::Amount& amount, const auto& countries,
                       const std::vector<std::string>& sectors) {
    Keys keys;
    if (dimension == v1::DIMENSION_SECTOR) {
      for (const auto& sector : sectors) AddWithParents(sector, keys);
    } else if (!countries.empty()) {
      keys = {countries.begin(), countries.end()};
    } else if (visited.size() == 1) {
      keys = visited;
    }
    items.push_back({amount, keys});
  };
  for (const auto& s : r.sectors()) {
    add(s.investment(), s.country_codes(), {s.sector_id()});
  }
  for (const auto& c : r.commitments()) {
    add(c.amount(), c.country_codes(),
        {c.sector_ids().begin(), c.sector_ids().end()});
  }
  return items;
}

struct Sum {
  __int128 units = 0;
  __int128 nanos = 0;

  void Add(const v1::Money& money) {
    units += money.units();
    nanos += money.nanos();
  }

  void Fill(const std::string& currency, v1::Money* out) const {
    constexpr int64_t kUnit = 1000000000;
    constexpr auto kMost = std::numeric_limits<int64_t>::max();
    const __int128 all = units * kUnit + nanos;
    out->set_currency_code(currency);
    if (all / kUnit > kMost) {
      out->set_units(kMost);
      out->set_nanos(kUnit - 1);
      return;
    }
    out->set_units(static_cast<int64_t>(all / kUnit));
    out->set_nanos(static_cast<int32_t>(all % kUnit));
  }
};

void FillTotals(const std::vector<const v1::TripRecord*>& records,
                int dimension, v1::Bucket& bucket) {
  struct Total {
    Sum low, high;
    std::set<const v1::TripRecord*> records;
  };
  std::map<std::pair<int, std::string>, Total> totals;
  for (const v1::TripRecord* record : records) {
    for (const Item& item : ItemsOf(*record, dimension)) {
      const v1::Amount& amount = item.amount;
      if (item.keys.count(bucket.key()) == 0) continue;
      const auto total = [&](const v1::Money& money) -> Total& {
        Total& found = totals[{amount.kind(), money.currency_code()}];
        found.records.insert(record);
        return found;
      };
      const bool alone =
          !amount.has_high() ||
          amount.low().currency_code() != amount.high().currency_code();
      if (amount.has_low()) {
        total(amount.low()).low.Add(amount.low());
        if (alone) total(amount.low()).high.Add(amount.low());
      }
      if (amount.has_high()) total(amount.high()).high.Add(amount.high());
    }
  }
  for (const auto& [money, total] : totals) {
    auto& out = *bucket.add_amount_totals();
    out.set_kind(static_cast<v1::AmountKind>(money.first));
    total.low.Fill(money.second, out.mutable_low());
    total.high.Fill(money.second, out.mutable_high());
    out.set_record_count(static_cast<int64_t>(total.records.size()));
  }
}

std::string DisplayNameOf(const std::vector<const v1::TripRecord*>& records,
                          int dimension, const std::string& key) {
  static const std::map<std::string, std::string> kStatuses = {
      {"TRIP_STATUS_UNSPECIFIED", "Not stated"},
      {"TRIP_STATUS_ANNOUNCED", "Announced"},
      {"TRIP_STATUS_UNDER_WAY", "Under way"},
      {"TRIP_STATUS_CONCLUDED", "Concluded"},
      {"TRIP_STATUS_POSTPONED", "Postponed"},
      {"TRIP_STATUS_CANCELLED", "Cancelled"}};
  const auto status = kStatuses.find(key);
  if (status != kStatuses.end()) return status->second;
  const Vocabulary& vocabulary = *TestVocabulary();
  for (const VocabularyItem* item :
       {static_cast<const VocabularyItem*>(vocabulary.FindCountry(key)),
        vocabulary.FindSector(key), vocabulary.FindObjective(key),
        vocabulary.FindEventSeries(key)}) {
    if (item != nullptr) return item->NameIn("en");
  }
  std::map<std::string, int> spellings;
  for (const v1::TripRecord* record : records) {
    const auto names = NamesIn(*record, dimension);
    for (const auto& name : std::set<std::string>(names.begin(), names.end())) {
      if (FoldToKey(name) == key) ++spellings[name];
    }
  }
  std::string best = key;
  int most = 0;
  for (const auto& [name, count] : spellings) {
    if (count > most) best = name;
    most = std::max(most, count);
  }
  return best;
}

}  // namespace

v1::SummarizeTripRecordsResponse PlainSummary(
    const PlainRecords& records, const RecordPredicate& matches,
    const v1::SummarizeTripRecordsRequest& request, int64_t revision) {
  std::vector<const v1::TripRecord*> matching;
  for (const auto& [id, record] : records) {
    if (matches(record)) matching.push_back(&record);
  }
  v1::SummarizeTripRecordsResponse response;
  response.set_revision(revision);
  response.set_total_size(static_cast<int64_t>(matching.size()));
  for (const int dimension : request.dimensions()) {
    std::map<std::string, int64_t> counts;
    for (const v1::TripRecord* record : matching) {
      for (const auto& key : KeysOf(*record, dimension)) ++counts[key];
    }
    std::vector<std::pair<int64_t, std::string>> sorted;
    for (const auto& [key, count] : counts) sorted.emplace_back(-count, key);
    std::sort(sorted.begin(), sorted.end());
    const int limit = request.bucket_limit() == 0 ? 20 : request.bucket_limit();
    if (sorted.size() > static_cast<size_t>(limit)) {
      sorted.resize(static_cast<size_t>(limit));
    }
    auto& summary = *response.add_summaries();
    summary.set_dimension(static_cast<v1::Dimension>(dimension));
    Keys shown;
    for (const auto& [count, key] : sorted) {
      shown.insert(key);
      auto& bucket = *summary.add_buckets();
      bucket.set_key(key);
      bucket.set_record_count(-count);
      bucket.set_display_name(DisplayNameOf(matching, dimension, key));
      if (dimension == v1::DIMENSION_COUNTRY ||
          dimension == v1::DIMENSION_SECTOR) {
        FillTotals(matching, dimension, bucket);
      }
    }
    summary.set_other_count(std::count_if(
        matching.begin(), matching.end(), [&](const v1::TripRecord* record) {
          const Keys keys = KeysOf(*record, dimension);
          return std::none_of(keys.begin(), keys.end(), [&](const auto& key) {
            return shown.count(key) > 0;
          });
        }));
  }
  return response;
}

}  // namespace attache::testing
