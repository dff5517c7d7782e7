// The rules that a single write keeps, whatever the service holds.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_CHECK_WRITE_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_CHECK_WRITE_H_

#include <cstdint>
#include <optional>

#include "attache/v1/trip_index_service.pb.h"
#include "common/limits.h"

namespace attache {

// Bytes, serialized.
struct WriteLimits {
  int64_t max_write_bytes = 4 * kDefaultMaxRecordBytes;
  int64_t max_record_bytes = kDefaultMaxRecordBytes;
};

// Why `write` is refused; nullopt where it is fine. FIELD_INVALID names the
// field by its path in the write, RECORD_TOO_LARGE the limit.
std::optional<v1::ItemStatus> CheckWrite(const v1::RecordWrite& write,
                                         int64_t write_bytes,
                                         const WriteLimits& limits);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_CHECK_WRITE_H_
