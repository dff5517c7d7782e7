#include "query_service/journal/journal_writer.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"

namespace attache {
namespace {

// A group is bounded so that its streams do not wait for the whole of a burst.
constexpr size_t kMaxGroupWrites = 4096;

using StreamPtr = std::shared_ptr<JournalWriter::Stream>;

// What one stream asked for: a Hello, or writes.
struct Request {
  StreamPtr stream;
  std::string producer_id;
  std::string principal;  // of a Hello
  std::optional<v1::Hello> hello;
  std::vector<ArrivedWrite> writes;
};

v1::RejectedWrite ToRejected(const ArrivedWrite& arrived) {
  v1::RejectedWrite rejected;
  rejected.set_sequence(arrived.write.sequence());
  rejected.set_briefing_id(arrived.write.briefing_id());
  *rejected.mutable_status() = *arrived.refusal;
  return rejected;
}

}  // namespace

struct JournalWriter::Impl {
  Impl(Journal& journal, Publish publish)
      : journal(journal), publish(std::move(publish)) {}

  void Run();
  std::vector<Request> TakeGroup();
  void HandleHello(Request request);
  void HandleWrites(std::vector<Request> group);
  absl::Status CommitAndPublish(std::vector<ArrivedWrite>& writes);
  bool Owns(const Request& request);
  void End(const Request& request, const absl::Status& status);
  void Enqueue(Request request);

  // The writer's thread alone.
  Journal& journal;
  const Publish publish;
  absl::flat_hash_map<std::string, std::weak_ptr<Stream>> owners;
  // Set once the index could not follow the journal.
  absl::Status broken;

  // Guards what follows. Of the standard library, which ThreadSanitizer knows.
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Request> queue;
  bool stopping = false;
  std::thread thread;
};

JournalWriter::JournalWriter(Journal& journal, Publish publish)
    : impl_(std::make_unique<Impl>(journal, std::move(publish))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->Run(); });
}

JournalWriter::~JournalWriter() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->changed.notify_one();
  impl_->thread.join();
}

void JournalWriter::Greet(std::shared_ptr<Stream> stream, std::string principal,
                          v1::Hello hello) {
  std::string producer_id = hello.producer_id();
  impl_->Enqueue({.stream = std::move(stream),
                  .producer_id = std::move(producer_id),
                  .principal = std::move(principal),
                  .hello = std::move(hello),
                  .writes = {}});
}

void JournalWriter::Write(std::shared_ptr<Stream> stream,
                          std::vector<ArrivedWrite> writes) {
  if (writes.empty()) return;
  std::string producer_id = writes.front().producer_id;
  impl_->Enqueue({.stream = std::move(stream),
                  .producer_id = std::move(producer_id),
                  .principal = {},
                  .hello = std::nullopt,
                  .writes = std::move(writes)});
}

void JournalWriter::Impl::Enqueue(Request request) {
  {
    const std::scoped_lock lock(mutex);
    queue.push_back(std::move(request));
  }
  changed.notify_one();
}

void JournalWriter::Impl::Run() {
  for (;;) {
    std::vector<Request> group = TakeGroup();
    if (group.empty()) return;
    if (group.front().hello.has_value()) {
      HandleHello(std::move(group.front()));
    } else {
      HandleWrites(std::move(group));
    }
  }
}

// A Hello alone, or as many writes as wait before the next Hello. Empty at the
// end.
std::vector<Request> JournalWriter::Impl::TakeGroup() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return stopping || !queue.empty(); });
  std::vector<Request> group;
  size_t write_count = 0;
  while (!queue.empty() && write_count < kMaxGroupWrites) {
    const bool is_hello = queue.front().hello.has_value();
    if (is_hello && !group.empty()) break;
    write_count += queue.front().writes.size();
    group.push_back(std::move(queue.front()));
    queue.pop_front();
    if (is_hello) break;
  }
  return group;
}

void JournalWriter::Impl::HandleHello(Request request) {
  if (!broken.ok()) {
    request.stream->OnGreeted(broken);
    return;
  }
  absl::StatusOr<v1::Welcome> welcome =
      journal.Greet(*request.hello, request.principal);
  if (welcome.ok()) {
    std::weak_ptr<Stream>& owner = owners[request.producer_id];
    if (const StreamPtr older = owner.lock();
        older != nullptr && older != request.stream) {
      older->OnEnded(
          MakeError(v1::ERROR_REASON_PRODUCER_TAKEN_OVER,
                    absl::StrCat("another stream took over producer ",
                                 request.producer_id),
                    {{"epoch", absl::StrCat(request.hello->epoch())}}));
    }
    owner = request.stream;
  }
  request.stream->OnGreeted(std::move(welcome));
}

bool JournalWriter::Impl::Owns(const Request& request) {
  const auto owner = owners.find(request.producer_id);
  return owner != owners.end() && owner->second.lock() == request.stream;
}

void JournalWriter::Impl::End(const Request& request,
                              const absl::Status& status) {
  if (!Owns(request)) return;
  owners.erase(request.producer_id);
  request.stream->OnEnded(status);
}

void JournalWriter::Impl::HandleWrites(std::vector<Request> group) {
  std::erase_if(group,
                [this](const Request& request) { return !Owns(request); });
  if (group.empty()) return;
  std::vector<ArrivedWrite> writes;
  std::vector<size_t> counts;
  for (Request& request : group) {
    counts.push_back(request.writes.size());
    std::move(request.writes.begin(), request.writes.end(),
              std::back_inserter(writes));
  }
  const absl::Status status = CommitAndPublish(writes);
  auto write = writes.begin();
  for (size_t i = 0; i < group.size(); ++i) {
    if (!status.ok()) {
      End(group[i], status);
      continue;
    }
    std::vector<v1::RejectedWrite> rejected;
    for (size_t j = 0; j < counts[i]; ++j, ++write) {
      if (write->refusal.has_value()) rejected.push_back(ToRejected(*write));
    }
    group[i].stream->OnCommitted(static_cast<int64_t>(counts[i]),
                                 journal.revision(), std::move(rejected));
  }
}

absl::Status JournalWriter::Impl::CommitAndPublish(
    std::vector<ArrivedWrite>& writes) {
  if (!broken.ok()) return broken;
  absl::StatusOr<Journal::Committed> committed =
      journal.Commit(absl::MakeSpan(writes), absl::Now());
  if (!committed.ok()) return committed.status();
  if (committed->applied.empty()) return absl::OkStatus();
  const absl::Status published =
      publish(std::move(committed->applied), committed->revision);
  if (!published.ok()) {
    broken = absl::InternalError(
        absl::StrCat("the index does not take what the journal holds; restart "
                     "the query service: ",
                     published.message()));
  }
  return broken;
}

}  // namespace attache
