#include "common/rpc/call_trace.h"

#include <iterator>

#include "absl/strings/string_view.h"

namespace attache::rpc {

std::optional<TraceContext> TraceOf(const grpc::ServerContextBase& context) {
  const auto [first, last] =
      context.client_metadata().equal_range("traceparent");
  if (first == last || std::next(first) != last) return std::nullopt;
  return ParseTraceparent(
      absl::string_view(first->second.data(), first->second.size()));
}

}  // namespace attache::rpc
