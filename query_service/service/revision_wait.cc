#include "query_service/service/revision_wait.h"

#include <chrono>
#include <utility>

#include "grpcpp/alarm.h"

namespace attache {
namespace {

constexpr std::chrono::seconds kLongestWait{10};
// The answer should still reach the client before its own deadline.
constexpr std::chrono::milliseconds kReserve{50};

class RevisionWait : public grpc::ServerUnaryReactor {
 public:
  RevisionWait(TripIndex& index, std::function<grpc::Status()> answer)
      : index_(index), answer_(std::move(answer)) {}

  // The alarm ends the wait, in time or cancelled by whoever comes before: so
  // the answer is given once, and never on the writer's thread.
  void Start(int64_t revision, std::chrono::system_clock::time_point deadline) {
    alarm_.Set(deadline, [this](bool) { Finish(answer_()); });
    waiter_ = index_.NotifyAt(revision, [this] { alarm_.Cancel(); });
  }

  void OnCancel() override { alarm_.Cancel(); }

  void OnDone() override {
    index_.CancelNotify(waiter_);
    delete this;
  }

 private:
  TripIndex& index_;
  const std::function<grpc::Status()> answer_;
  grpc::Alarm alarm_;
  TripIndex::WaiterId waiter_ = 0;
};

}  // namespace

grpc::ServerUnaryReactor* AnswerAtRevision(
    TripIndex& index, int64_t revision, grpc::CallbackServerContext& context,
    std::function<grpc::Status()> answer) {
  if (index.Pin()->revision() >= revision) {
    grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
    reactor->Finish(answer());
    return reactor;
  }
  const auto latest = std::chrono::system_clock::now() + kLongestWait;
  const auto deadline = context.deadline();
  auto* wait = new RevisionWait(index, std::move(answer));
  wait->Start(revision,
              deadline < latest + kReserve ? deadline - kReserve : latest);
  return wait;
}

}  // namespace attache
