#include "ingestor/service/call_context.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace attache {
namespace {

// "00-<32 hex>-<16 hex>-<2 hex>"
constexpr size_t kTraceparentBytes = 55;

}  // namespace

std::string TraceparentOf(const grpc::ServerContextBase& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("traceparent");
  if (found == metadata.end()) return "";
  std::string value(found->second.data(), found->second.size());
  const bool well_formed =
      value.size() == kTraceparentBytes &&
      std::all_of(value.begin(), value.end(), [](char c) {
        return c == '-' || absl::ascii_isxdigit(static_cast<unsigned char>(c));
      });
  return well_formed ? value : "";
}

outbox::AnswerTerms TermsOf(const grpc::ServerContextBase& context,
                            v1::Durability durability,
                            absl::Duration index_timeout) {
  outbox::AnswerTerms terms;
  terms.indexed = durability == v1::DURABILITY_INDEXED;
  const absl::Time now = absl::Now();
  terms.deadline = now + index_timeout;
  if (context.deadline() != std::chrono::system_clock::time_point::max()) {
    const absl::Time deadline = absl::FromChrono(context.deadline());
    const absl::Duration margin = std::clamp(
        (deadline - now) / 10, absl::Milliseconds(20), absl::Milliseconds(500));
    terms.deadline = std::min(terms.deadline, deadline - margin);
  }
  return terms;
}

}  // namespace attache
