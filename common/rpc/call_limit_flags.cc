#include "common/rpc/call_limit_flags.h"

#include <cstdint>

#include "absl/flags/flag.h"

ABSL_FLAG(int32_t, max_calls, attache::rpc::CallLimitOptions().max_calls,
          "calls that may be under way at a time, streams aside");
ABSL_FLAG(int32_t, max_client_calls,
          attache::rpc::CallLimitOptions().max_client_calls,
          "those of one client: a principal of --access_file, else an address");
ABSL_FLAG(int32_t, max_streams, attache::rpc::CallLimitOptions().max_streams,
          "streams that may be open at a time");
ABSL_FLAG(int32_t, max_client_streams,
          attache::rpc::CallLimitOptions().max_client_streams,
          "those of one client");
ABSL_FLAG(int32_t, client_calls_per_second,
          attache::rpc::CallLimitOptions().client_calls_per_second,
          "calls and streams that one client may begin in a second; 0 for no "
          "limit");

namespace attache::rpc {

CallLimitOptions CallLimitsFromFlags() {
  return {
      .max_calls = absl::GetFlag(FLAGS_max_calls),
      .max_client_calls = absl::GetFlag(FLAGS_max_client_calls),
      .max_streams = absl::GetFlag(FLAGS_max_streams),
      .max_client_streams = absl::GetFlag(FLAGS_max_client_streams),
      .client_calls_per_second = absl::GetFlag(FLAGS_client_calls_per_second)};
}

}  // namespace attache::rpc
