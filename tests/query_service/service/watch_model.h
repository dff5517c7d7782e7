// What every revision changed, as plain code.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_MODEL_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_MODEL_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "attache/v1/trip_index_service.pb.h"
#include "attache/v1/trip_record.pb.h"

namespace attache::testing {

// Filled ahead of the service. Write is for one thread, At for any.
class WatchModel {
 public:
  struct Change {
    std::string record_id;
    std::optional<v1::TripRecord> before;
    std::optional<v1::TripRecord> after;
  };

  void Write(const v1::RecordWrite& write);

  // By revision, from 1.
  std::vector<Change> At(int64_t revision);

 private:
  std::map<std::string, v1::TripRecord> now_;  // of the writer alone
  std::mutex mutex_;
  std::vector<std::vector<Change>> revisions_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_MODEL_H_
