// What WatchTripRecords sends, as bytes: a change is encoded once and shared by
// all who watch it.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_WATCH_BYTES_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_WATCH_BYTES_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace attache {

// A TripChange as an element of a response, with its key and length.
using SharedChange = std::shared_ptr<const std::string>;

// `wire` is the TripRecord, basic or full.
SharedChange UpsertedChange(absl::string_view wire, int64_t revision);
SharedChange RemovedChange(absl::string_view record_id, int64_t revision);

// A WatchTripRecordsResponse.
std::string WatchResponseBytes(int64_t revision, bool synced,
                               absl::string_view index_id,
                               absl::Span<const SharedChange> changes);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_WATCH_BYTES_H_
