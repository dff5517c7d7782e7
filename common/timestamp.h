// Times and durations as messages carry them.
#ifndef ATTACHE_COMMON_TIMESTAMP_H_
#define ATTACHE_COMMON_TIMESTAMP_H_

#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace attache {

// Rounded down to nanoseconds, which are not negative before 1970 either.
// REQUIRES: a time of the years 1 to 9999.
void SetTimestamp(absl::Time time, google::protobuf::Timestamp* out);

// Rounded towards zero to nanoseconds. REQUIRES: at most 10,000 years.
void SetDuration(absl::Duration duration, google::protobuf::Duration* out);

}  // namespace attache

#endif  // ATTACHE_COMMON_TIMESTAMP_H_
