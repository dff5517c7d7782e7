// Limits of the contract, in one place. Those that an operator may change are
// flags of the servers; these are not.
#ifndef ATTACHE_COMMON_LIMITS_H_
#define ATTACHE_COMMON_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace attache {

// Bytes.
inline constexpr size_t kMaxBriefingIdBytes = 256;
inline constexpr size_t kMaxUriBytes = 2048;
inline constexpr size_t kMaxTitleBytes = 1024;
inline constexpr size_t kMaxPublisherBytes = 256;
inline constexpr size_t kMaxLabels = 32;
inline constexpr size_t kMaxLabelBytes = 128;
inline constexpr size_t kMaxProducerIdBytes = 128;
inline constexpr size_t kMaxTraceparentBytes = 512;

// Bytes of Evidence.quote.
inline constexpr size_t kMaxQuoteBytes = 200;

inline constexpr int32_t kDefaultPageSize = 50;
inline constexpr int32_t kMaxPageSize = 1000;
inline constexpr int32_t kMaxBatchGet = 1000;
inline constexpr int32_t kDefaultBuckets = 20;
inline constexpr int32_t kMaxBuckets = 1000;
inline constexpr int32_t kDefaultRejectedPageSize = 20;
inline constexpr int32_t kMaxRejectedPageSize = 100;

// Bytes, where the flags say nothing else; both servers are to be told the same
// limit of records.
inline constexpr int64_t kDefaultMaxRecordBytes = int64_t{1} << 20;
inline constexpr int64_t kDefaultMaxBriefingBytes = int64_t{4} << 20;

}  // namespace attache

#endif  // ATTACHE_COMMON_LIMITS_H_
