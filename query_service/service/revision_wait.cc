#include "query_service/service/revision_wait.h"

#include <utility>

namespace attache {
namespace {

constexpr std::chrono::seconds kLongestWait{10};
// The answer should still reach the client before its own deadline.
constexpr std::chrono::milliseconds kReserve{50};

class WaitingAnswer : public grpc::ServerUnaryReactor {
 public:
  WaitingAnswer(TripIndex& index, std::function<void(FinishCall)> answer)
      : answer_(std::move(answer)), wait_(index) {}

  void Start(int64_t revision, std::chrono::system_clock::time_point deadline) {
    wait_.Start(revision, deadline, [this] {
      answer_([this](const grpc::Status& status) { Finish(status); });
    });
  }

  void OnCancel() override { wait_.Cancel(); }
  void OnDone() override { delete this; }

 private:
  const std::function<void(FinishCall)> answer_;
  RevisionWait wait_;
};

}  // namespace

// The alarm ends the wait, in time or cancelled by whoever comes before: so
// `done` is called once, and never on the writer's thread.
void RevisionWait::Start(int64_t revision,
                         std::chrono::system_clock::time_point deadline,
                         std::function<void()> done) {
  const auto latest = std::chrono::system_clock::now() + kLongestWait;
  alarm_.Set(deadline < latest + kReserve ? deadline - kReserve : latest,
             [done = std::move(done)](bool) { done(); });
  waiter_ = index_.NotifyAt(revision, [this] { alarm_.Cancel(); });
}

grpc::ServerUnaryReactor* AnswerAtRevision(
    TripIndex& index, int64_t revision, grpc::CallbackServerContext& context,
    std::function<void(FinishCall)> answer) {
  if (index.Pin()->revision() >= revision) {
    grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
    answer([reactor](const grpc::Status& status) { reactor->Finish(status); });
    return reactor;
  }
  auto* waiting = new WaitingAnswer(index, std::move(answer));
  waiting->Start(revision, context.deadline());
  return waiting;
}

}  // namespace attache
