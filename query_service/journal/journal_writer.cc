#include "query_service/journal/journal_writer.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
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

// What one stream asked for: a Hello, or writes. Or, of no stream, whether the
// disk takes writes.
struct Request {
  StreamPtr stream;
  std::string producer_id;
  std::string principal;  // of a Hello
  std::optional<v1::Hello> hello;
  std::vector<ArrivedWrite> writes;
  std::promise<absl::Status>* try_write = nullptr;

  bool IsAlone() const { return hello.has_value() || try_write != nullptr; }
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
  Impl(Journal& journal, Publish publish, HasRoom has_room, Observer observer)
      : journal(journal),
        publish(std::move(publish)),
        has_room(std::move(has_room)),
        observer(std::move(observer)) {}

  void Run();
  std::vector<Request> TakeGroup();
  void HandleHello(Request request);
  void HandleWrites(std::vector<Request> group);
  void DropUnowned(std::vector<Request>& group);
  void DropWithoutRoom(std::vector<Request>& group);
  absl::Status CommitAndPublish(std::vector<ArrivedWrite>& writes,
                                Report& report);
  bool Owns(const Request& request);
  void End(const Request& request, const absl::Status& status);
  void Enqueue(Request request);

  // The writer's thread alone.
  Journal& journal;
  const Publish publish;
  const HasRoom has_room;
  const Observer observer;
  absl::flat_hash_map<std::string, std::weak_ptr<Stream>> owners;
  // Set once the index could not follow the journal.
  absl::Status broken;

  // Guards what follows. Of the standard library, which ThreadSanitizer knows.
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Request> queue;
  bool stopping = false;
  std::thread thread;
  std::atomic<int64_t> waiting_writes = 0;
};

JournalWriter::JournalWriter(Journal& journal, Publish publish)
    : JournalWriter(
          journal, std::move(publish), [] { return absl::OkStatus(); },
          Observer()) {}

JournalWriter::JournalWriter(Journal& journal, Publish publish,
                             HasRoom has_room, Observer observer)
    : impl_(std::make_unique<Impl>(journal, std::move(publish),
                                   std::move(has_room), std::move(observer))) {
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
                  .writes = {},
                  .try_write = nullptr});
}

void JournalWriter::Write(std::shared_ptr<Stream> stream,
                          std::vector<ArrivedWrite> writes) {
  if (writes.empty()) return;
  std::string producer_id = writes.front().producer_id;
  impl_->waiting_writes += static_cast<int64_t>(writes.size());
  impl_->Enqueue({.stream = std::move(stream),
                  .producer_id = std::move(producer_id),
                  .principal = {},
                  .hello = std::nullopt,
                  .writes = std::move(writes),
                  .try_write = nullptr});
}

absl::Status JournalWriter::TryWrite() {
  std::promise<absl::Status> tried;
  impl_->Enqueue({.stream = nullptr,
                  .producer_id = {},
                  .principal = {},
                  .hello = std::nullopt,
                  .writes = {},
                  .try_write = &tried});
  return tried.get_future().get();
}

int64_t JournalWriter::waiting_writes() const { return impl_->waiting_writes; }

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
    if (group.front().try_write != nullptr) {
      group.front().try_write->set_value(broken.ok() ? journal.TryWrite()
                                                     : broken);
    } else if (group.front().hello.has_value()) {
      HandleHello(std::move(group.front()));
    } else {
      HandleWrites(std::move(group));
    }
  }
}

// What goes alone, or as many writes as wait before the next of that. Empty at
// the end.
std::vector<Request> JournalWriter::Impl::TakeGroup() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return stopping || !queue.empty(); });
  std::vector<Request> group;
  size_t write_count = 0;
  while (!queue.empty() && write_count < kMaxGroupWrites) {
    const bool is_alone = queue.front().IsAlone();
    if (is_alone && !group.empty()) break;
    write_count += queue.front().writes.size();
    group.push_back(std::move(queue.front()));
    queue.pop_front();
    if (is_alone) break;
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
  observer.on_disk(welcome.status());
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

void JournalWriter::Impl::DropUnowned(std::vector<Request>& group) {
  std::erase_if(group,
                [this](const Request& request) { return !Owns(request); });
}

// What a stream sent before it brought records stays.
void JournalWriter::Impl::DropWithoutRoom(std::vector<Request>& group) {
  const absl::Status room = has_room();
  if (room.ok()) return;
  std::erase_if(group, [&](Request& request) {
    if (!Owns(request)) return true;
    const auto first =
        std::find_if(request.writes.begin(), request.writes.end(),
                     [](const ArrivedWrite& arrived) {
                       return !arrived.refusal.has_value() &&
                              arrived.write.records_size() > 0;
                     });
    if (first == request.writes.end()) return false;
    End(request, room);
    request.writes.erase(first, request.writes.end());
    return request.writes.empty();
  });
}

void JournalWriter::Impl::HandleWrites(std::vector<Request> group) {
  for (const Request& request : group) {
    waiting_writes -= static_cast<int64_t>(request.writes.size());
  }
  DropUnowned(group);
  DropWithoutRoom(group);
  if (group.empty()) return;
  std::vector<ArrivedWrite> writes;
  std::vector<size_t> counts;
  for (Request& request : group) {
    counts.push_back(request.writes.size());
    std::move(request.writes.begin(), request.writes.end(),
              std::back_inserter(writes));
  }
  Report report;
  const absl::Status status = CommitAndPublish(writes, report);
  report.writes = writes;
  report.status = status;
  report.revision = journal.revision();
  observer.on_group(report);
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
    std::vector<ArrivedWrite>& writes, Report& report) {
  if (!broken.ok()) return broken;
  const absl::Time start = absl::Now();
  absl::StatusOr<Journal::Committed> committed =
      journal.Commit(absl::MakeSpan(writes), start);
  const absl::Time on_disk = absl::Now();
  report.commit_time = on_disk - start;
  observer.on_disk(committed.status());
  if (!committed.ok()) return committed.status();
  if (committed->applied.empty()) return absl::OkStatus();
  const absl::Status published =
      publish(std::move(committed->applied), committed->revision);
  report.publish_time = absl::Now() - on_disk;
  if (!published.ok()) {
    broken = absl::InternalError(
        absl::StrCat("the index does not take what the journal holds; restart "
                     "the query service: ",
                     published.message()));
  }
  return broken;
}

}  // namespace attache
