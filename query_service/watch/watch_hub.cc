#include "query_service/watch/watch_hub.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/log.h"
#include "common/status_macros.h"
#include "query_service/watch/watch_hub_impl.h"

namespace attache {
namespace {

constexpr size_t kWorkers = 2;
// How often the hub looks whether the index was replaced, while there are
// watchers.
constexpr absl::Duration kLongestSleep = absl::Seconds(1);

}  // namespace

absl::Status CheckWatchLimits(const WatchLimits& limits) {
  if (limits.max_watchers < 0) {
    return absl::InvalidArgumentError("--max_watchers must not be negative");
  }
  if (limits.queue_bytes < 1) {
    return absl::InvalidArgumentError("--watch_queue_bytes must be positive");
  }
  return absl::OkStatus();
}

absl::Status HistoryUnreadable(const absl::Status& status) {
  return absl::InternalError(
      absl::StrCat("the history cannot be read: ", status.message()));
}

WatchHub::WatchHub(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

absl::StatusOr<std::unique_ptr<WatchHub>> WatchHub::Start(
    Journal& journal, TripIndex& index,
    std::shared_ptr<const Vocabulary> vocabulary, const WatchLimits& limits) {
  auto impl =
      std::make_unique<Impl>(journal, index, std::move(vocabulary), limits);
  journal.RetainHistoryFrom(impl->position);
  ATTACHE_ASSIGN_OR_RETURN(impl->hub_history, journal.OpenHistory());
  for (size_t i = 0; i < kWorkers; ++i) {
    ATTACHE_ASSIGN_OR_RETURN(auto history, journal.OpenHistory());
    impl->worker_histories.push_back(std::move(history));
  }
  impl->workers = std::make_unique<WorkerThreads>(kWorkers);
  impl->thread = std::thread([impl = impl.get()] { impl->Run(); });
  return std::unique_ptr<WatchHub>(new WatchHub(std::move(impl)));
}

WatchHub::~WatchHub() {
  impl_->workers.reset();
  {
    const std::scoped_lock lock(impl_->wake_mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_one();
  impl_->thread.join();
}

void WatchHub::OnPublished() { impl_->Wake(); }

void WatchHub::Impl::Wake() {
  {
    const std::scoped_lock lock(wake_mutex);
    woken = true;
  }
  wake.notify_one();
}

absl::StatusOr<WatchHub::Watch> WatchHub::Open(WatchParameters parameters,
                                               WatchSink& sink) {
  Impl* const impl = impl_.get();
  if (impl->open_count.fetch_add(1) >= impl->limits.max_watchers) {
    impl->open_count.fetch_sub(1);
    return WithRetryAfter(
        MakeError(v1::ERROR_REASON_TOO_MANY_STREAMS,
                  absl::StrCat("there are ", impl->limits.max_watchers,
                               " watchers already, as many as may be"),
                  {{"limit", absl::StrCat(impl->limits.max_watchers)}}),
        absl::Seconds(5));
  }
  auto watcher = std::make_shared<Impl::Watcher>();
  watcher->id = ++impl->last_id;
  watcher->parameters = std::move(parameters);
  watcher->outbox = std::make_shared<WatchOutbox>(
      sink,
      WatchOutboxOptions{
          .index_id = impl->journal.index_id(),
          .start_revision = watcher->parameters.start_revision,
          .progress_interval = watcher->parameters.progress_interval,
          .max_queue_bytes = static_cast<size_t>(impl->limits.queue_bytes),
          .max_queue_changes = static_cast<size_t>(impl->limits.queue_changes),
          .stall_timeout = impl->limits.stall_timeout},
      [impl, weak = std::weak_ptr<Impl::Watcher>(watcher)] {
        impl->workers->Post([impl, weak](size_t worker) {
          if (const auto held = weak.lock()) {
            impl->Continue(held, *impl->worker_histories[worker]);
          }
        });
      });
  Watch watch{.id = watcher->id, .outbox = watcher->outbox};
  impl->workers->Post([impl, watcher = std::move(watcher)](size_t worker) {
    impl->Begin(watcher);
    impl->Continue(watcher, *impl->worker_histories[worker]);
  });
  return watch;
}

void WatchHub::Close(const Watch& watch) {
  watch.outbox->Detach();
  impl_->open_count.fetch_sub(1);
  impl_->workers->Post(
      [impl = impl_.get(), id = watch.id](size_t) { impl->Remove(id); });
}

void WatchHub::Impl::Remove(uint64_t id) {
  WatcherPtr removed;  // goes after the lock
  const std::scoped_lock lock(mutex);
  const auto watcher = watchers.find(id);
  if (watcher == watchers.end()) return;
  removed = watcher->second;
  watchers.erase(watcher);
  due.erase({removed->due, id});
  StopBeingLive(id);
  holds.Release(id);
}

// Under the lock.
void WatchHub::Impl::StopBeingLive(uint64_t id) {
  if (live.erase(id) != 0) percolator.Remove(id);
}

void WatchHub::Impl::Run() {
  for (;;) {
    const absl::Time until = SleepUntil();
    {
      std::unique_lock lock(wake_mutex);
      const auto ready = [this] { return woken || stopping; };
      if (until == absl::InfiniteFuture()) {
        wake.wait(lock, ready);
      } else {
        wake.wait_until(lock, absl::ToChronoTime(until), ready);
      }
      if (stopping) return;
      woken = false;
    }
    CheckIndex();
    Advance();
    Tick();
  }
}

absl::Time WatchHub::Impl::SleepUntil() {
  const std::scoped_lock lock(mutex);
  if (watchers.empty()) return absl::InfiniteFuture();
  const absl::Time look = absl::Now() + kLongestSleep;
  return due.empty() ? look : std::min(look, due.begin()->first);
}

void WatchHub::Impl::CheckIndex() {
  const std::string current_id = journal.index_id();
  const std::scoped_lock lock(mutex);
  if (current_id == index_id) return;
  index_id = current_id;
  for (const auto& [id, watcher] : watchers) {
    if (watcher->outbox->index_id() == current_id) continue;
    watcher->outbox->End(IndexReplaced(current_id));
    StopBeingLive(id);
  }
}

void WatchHub::Impl::Advance() {
  const int64_t published = index.Pin()->revision();
  while (position < published) {
    if (absl::Status status = AdvanceOnce(published); !status.ok()) {
      Log(LogLevel::kError, "watches ended",
          {{"error", std::string(status.message())}});
      EndLive(HistoryUnreadable(status));
    }
  }
  const std::scoped_lock lock(mutex);
  KeepHistory();
}

absl::Status WatchHub::Impl::AdvanceOnce(int64_t published) {
  {
    const std::scoped_lock lock(mutex);
    if (live.empty()) {
      position = distributing_to = published;
      return absl::OkStatus();
    }
  }
  ATTACHE_ASSIGN_OR_RETURN(HistoryChunk chunk,
                           ReadPublished(*hub_history, position));
  CheckIndex();
  ATTACHE_ASSIGN_OR_RETURN(
      ChangedRecords changed,
      ChangedRecords::Build(std::move(chunk), *vocabulary));
  Distribute(changed);
  return absl::OkStatus();
}

absl::StatusOr<HistoryChunk> WatchHub::Impl::ReadPublished(
    HistoryReader& history, int64_t revision) {
  const int64_t published = index.Pin()->revision();
  HistoryChunk chunk;
  chunk.up_to = revision;
  if (revision >= published) return chunk;
  ATTACHE_ASSIGN_OR_RETURN(chunk, history.Read(revision, kStretchBytes));
  // The journal is a moment ahead of what readers of the index see.
  if (chunk.up_to > published) {
    std::erase_if(chunk.changes, [published](const HistoryChange& change) {
      return change.revision > published;
    });
    chunk.up_to = published;
  }
  return chunk;
}

// Matched without the lock: a standing query may read every changed record.
void WatchHub::Impl::Distribute(ChangedRecords& changed) {
  std::vector<WatcherPtr> candidates;
  {
    const std::scoped_lock lock(mutex);
    for (const Percolator::Id id : changed.Candidates(percolator)) {
      candidates.push_back(live.at(id));
    }
    distributing_to = changed.up_to();
  }
  std::vector<uint64_t> ended;
  for (const WatcherPtr& watcher : candidates) {
    std::vector<RevisionChanges> changes =
        changed.ChangesFor(watcher->query, watcher->parameters.basic);
    std::erase_if(changes, [&](const RevisionChanges& change) {
      return change.revision <= watcher->live_after;
    });
    if (!changes.empty() &&
        !watcher->outbox->Offer(std::move(changes), changed.up_to())) {
      ended.push_back(watcher->id);
    }
  }
  const std::scoped_lock lock(mutex);
  for (const uint64_t id : ended) StopBeingLive(id);
  position = changed.up_to();
}

void WatchHub::Impl::EndLive(const absl::Status& status) {
  const std::scoped_lock lock(mutex);
  for (const auto& [id, watcher] : live) {
    watcher->outbox->End(status);
    percolator.Remove(id);
  }
  live.clear();
}

// Under the lock. The floor stays where it is while the history reaches below
// it anyway. Once that does not, every watcher is told how far it has come
// before what lies behind may go: a quiet one could not resume otherwise.
void WatchHub::Impl::KeepHistory() {
  if (journal.oldest_revision() >= holds.floor()) {
    for (const auto& [id, watcher] : live) watcher->outbox->Mark(position);
    holds.Raise(position);
  }
  journal.RetainHistoryFrom(holds.Lowest(absl::Now()));
}

void WatchHub::Impl::Tick() {
  const std::scoped_lock lock(mutex);
  const absl::Time now = absl::Now();
  while (!due.empty() && due.begin()->first <= now) {
    const WatcherPtr& watcher = watchers.at(due.begin()->second);
    due.erase(due.begin());
    TickOne(*watcher, now);
  }
}

// Under the lock. REQUIRES: the watcher is not in `due`.
void WatchHub::Impl::TickOne(Watcher& watcher, absl::Time now) {
  watcher.due =
      watcher.outbox->Tick(now, std::max(position, watcher.live_after));
  if (watcher.due != absl::InfiniteFuture()) {
    due.emplace(watcher.due, watcher.id);
  }
}

}  // namespace attache
