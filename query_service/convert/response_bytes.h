// Responses as bytes, put together from stored records without parsing them.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_RESPONSE_BYTES_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_RESPONSE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/index/snapshot.h"

namespace attache {

// The records of one response take no more, so that with the rest of it a
// client with gRPC's default receive limit of 4 MiB can read it.
inline constexpr size_t kMaxResponseRecordBytes = size_t{7} << 19;  // 3.5 MiB

// The records of one response of an export, unless the first takes more: large
// enough to be worth a message, small enough that many exports may run at once.
inline constexpr size_t kExportChunkBytes = size_t{1} << 20;

// A ListTripRecordsResponse.
std::string ListResponseBytes(absl::Span<const RecordLocation> records,
                              bool basic, absl::string_view next_page_token,
                              uint64_t total, int64_t revision);

// A BatchGetTripRecordsResponse.
std::string BatchResponseBytes(absl::Span<const RecordLocation> records,
                               bool basic, int64_t revision,
                               const std::vector<std::string>& missing,
                               const std::vector<std::string>& deferred);

// An ExportTripRecordsResponse.
std::string ExportResponseBytes(absl::Span<const RecordLocation> records,
                                bool basic, absl::string_view next_page_token,
                                int64_t revision);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_RESPONSE_BYTES_H_
