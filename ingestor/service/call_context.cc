#include "ingestor/service/call_context.h"

#include <algorithm>

#include "common/rpc/call_trace.h"

namespace attache {
std::string TraceparentOf(const grpc::ServerContextBase& context) {
  const auto trace = rpc::TraceOf(context);
  return trace ? trace->ToTraceparent() : "";
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
