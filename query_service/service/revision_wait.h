// Calls that wait until the index has a revision, without a thread.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_REVISION_WAIT_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_REVISION_WAIT_H_

#include <chrono>
#include <cstdint>
#include <functional>

#include "grpcpp/alarm.h"
#include "grpcpp/grpcpp.h"
#include "query_service/index/trip_index.h"

namespace attache {

// One wait. Start comes first, on one thread; Cancel from any.
class RevisionWait {
 public:
  // `index` outlives it.
  explicit RevisionWait(TripIndex& index) : index_(index) {}
  ~RevisionWait() { index_.CancelNotify(waiter_); }
  RevisionWait(const RevisionWait&) = delete;
  RevisionWait& operator=(const RevisionWait&) = delete;

  // Calls `done` once, on a thread of gRPC: as soon as the index has reached
  // `revision`, just before `deadline`, after 10 s, or when Cancel is called,
  // whichever comes first. `done` finds out itself which it was; the wait may
  // be destroyed from then on.
  void Start(int64_t revision, std::chrono::system_clock::time_point deadline,
             std::function<void()> done);
  void Cancel() { alarm_.Cancel(); }

 private:
  TripIndex& index_;
  grpc::Alarm alarm_;
  TripIndex::WaiterId waiter_ = 0;
};

// Ends a call, once, from any thread.
using FinishCall = std::function<void(const grpc::Status&)>;

// Asks for the answer at once where `index` has reached `revision`; else as
// soon as it has, at the call's deadline, after 10 s, or when the client goes
// away, whichever comes first. No thread waits meanwhile. `answer` is called
// once, on a thread of gRPC, and says itself what a revision that was not
// reached means; what takes long it leaves to another thread. `index` outlives
// the call.
grpc::ServerUnaryReactor* AnswerAtRevision(
    TripIndex& index, int64_t revision, grpc::CallbackServerContext& context,
    std::function<void(FinishCall finish)> answer);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_REVISION_WAIT_H_
