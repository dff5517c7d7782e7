// What a handler reads from the context of its call.
#ifndef ATTACHE_INGESTOR_SERVICE_CALL_CONTEXT_H_
#define ATTACHE_INGESTOR_SERVICE_CALL_CONTEXT_H_

#include <string>

#include "absl/time/time.h"
#include "attache/v1/ingest_service.pb.h"
#include "grpcpp/grpcpp.h"
#include "ingestor/outbox/outbox.h"

namespace attache {

// The W3C trace context that the client sent, as version 00; empty where it
// sent none that can be read.
std::string TraceparentOf(const grpc::ServerContextBase& context);

// INDEXED waits at most `index_timeout`, and ends so early before the call's
// deadline that the answer still arrives.
outbox::AnswerTerms TermsOf(const grpc::ServerContextBase& context,
                            v1::Durability durability,
                            absl::Duration index_timeout);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_CALL_CONTEXT_H_
