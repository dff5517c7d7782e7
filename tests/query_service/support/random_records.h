// Records, briefings and requests for tests of the index, from a seed.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_RECORDS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_RECORDS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "attache/v1/trip_query_service.pb.h"
#include "attache/v1/trip_record.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/trip_index.h"

namespace attache::testing {

// The project's own vocabulary, loaded once.
std::shared_ptr<const Vocabulary> TestVocabulary();

std::string Serialize(const v1::TripRecord& record);
BriefingRecords ToBriefing(const std::string& briefing_id,
                           const std::vector<v1::TripRecord>& records);

// One of the three lists.
using ListRequest = std::variant<v1::ListTripRecordsByCountryRequest,
                                 v1::ListTripRecordsBySectorRequest,
                                 v1::ListTripRecordsByObjectiveRequest>;

// Values come from small pools, so that records share them and queries match.
class RandomRecords {
 public:
  explicit RandomRecords(uint32_t seed) : random_(seed) {}

  v1::TripRecord Record(const std::string& record_id);
  // With 0 to 3 records.
  std::vector<v1::TripRecord> Briefing(const std::string& briefing_id);
  // A list with a filter of few parts, an order and a view.
  ListRequest Request();

  // In [0, limit).
  int Below(int limit) {
    return std::uniform_int_distribution<int>(0, limit - 1)(random_);
  }
  bool OneIn(int n) { return Below(n) == 0; }

 private:
  template <typename Pool>
  std::string From(const Pool& pool) {
    return pool[static_cast<size_t>(Below(static_cast<int>(std::size(pool))))];
  }
  std::string Words(int count);
  void FillDate(v1::PartialDate& date);
  void FillCountries(google::protobuf::RepeatedPtrField<std::string>& codes);
  void FillAmount(v1::Amount& amount);
  void FillMoney(const std::string& currency, v1::Money& money);
  void FillFilter(v1::TripFilter& filter);
  void FillPage(v1::PageOptions& page);

  std::mt19937 random_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_RECORDS_H_
