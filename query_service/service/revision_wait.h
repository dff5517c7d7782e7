// A call that is answered once the index has a revision.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_REVISION_WAIT_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_REVISION_WAIT_H_

#include <cstdint>
#include <functional>

#include "grpcpp/grpcpp.h"
#include "query_service/index/trip_index.h"

namespace attache {

// Answers at once where `index` has reached `revision`; else as soon as it has,
// at the call's deadline, after 10 s, or when the client goes away, whichever
// comes first. No thread waits meanwhile. `answer` is called once, on a thread
// of gRPC, and says itself what a revision that was not reached means. `index`
// outlives the call.
grpc::ServerUnaryReactor* AnswerAtRevision(
    TripIndex& index, int64_t revision, grpc::CallbackServerContext& context,
    std::function<grpc::Status()> answer);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_REVISION_WAIT_H_
