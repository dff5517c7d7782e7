#include "common/trace_context.h"

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace attache {
namespace {

// "00-<32 hex>-<16 hex>-<2 hex>"
constexpr size_t kVersionBytes = 2;
constexpr size_t kTraceIdAt = 3;
constexpr size_t kTraceIdBytes = 32;
constexpr size_t kParentIdAt = 36;
constexpr size_t kParentIdBytes = 16;
constexpr size_t kFlagsAt = 53;
constexpr size_t kFlagsBytes = 2;
constexpr size_t kBytes = 55;

bool IsLowerHex(absl::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == absl::string_view::npos;
}

bool IsId(absl::string_view text) {
  return IsLowerHex(text) &&
         text.find_first_not_of('0') != absl::string_view::npos;
}

// The lowest bit of the second digit.
bool IsSampled(absl::string_view flags) {
  return absl::string_view("13579bdf").find(flags[1]) !=
         absl::string_view::npos;
}

}  // namespace

std::string TraceContext::ToTraceparent() const {
  return absl::StrCat("00-", trace_id, "-", parent_id, sampled ? "-01" : "-00");
}

std::optional<TraceContext> ParseTraceparent(absl::string_view text) {
  if (text.size() < kBytes) return std::nullopt;
  const absl::string_view version = text.substr(0, kVersionBytes);
  const absl::string_view trace_id = text.substr(kTraceIdAt, kTraceIdBytes);
  const absl::string_view parent_id = text.substr(kParentIdAt, kParentIdBytes);
  const absl::string_view flags = text.substr(kFlagsAt, kFlagsBytes);
  if (!IsLowerHex(version) || version == "ff" || !IsId(trace_id) ||
      !IsId(parent_id) || !IsLowerHex(flags) || text[kTraceIdAt - 1] != '-' ||
      text[kParentIdAt - 1] != '-' || text[kFlagsAt - 1] != '-') {
    return std::nullopt;
  }
  // A later version may go on, behind a dash.
  if (text.size() > kBytes && (version == "00" || text[kBytes] != '-')) {
    return std::nullopt;
  }
  return TraceContext{.trace_id = std::string(trace_id),
                      .parent_id = std::string(parent_id),
                      .sampled = IsSampled(flags)};
}

}  // namespace attache
