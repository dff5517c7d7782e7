// How a watcher begins and catches up, on the threads that all share.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/status_macros.h"
#include "query_service/convert/bind_filter.h"
#include "query_service/convert/name_resolver.h"
#include "query_service/query/planner.h"
#include "query_service/query/stop.h"
#include "query_service/watch/watch_hub_impl.h"

namespace attache {

void WatchHub::Impl::Begin(const WatcherPtr& watcher) {
  if (watcher->outbox->ended()) return;
  std::shared_ptr<const Snapshot> snapshot = index.Pin();
  NameResolver resolver(*vocabulary, *snapshot);
  absl::StatusOr<Query> query =
      ToQuery(watcher->parameters.filter, resolver,
              std::make_shared<const Stop>(
                  [outbox = watcher->outbox] { return !outbox->ended(); }));
  if (!query.ok()) {
    watcher->outbox->End(query.status());
    return;
  }
  watcher->query = Plan(*query, *snapshot);
  if (absl::Status status = Register(watcher, snapshot); !status.ok()) {
    watcher->outbox->End(std::move(status));
    return;
  }
  if (watcher->parameters.start_revision == 0) {
    watcher->matches = std::make_unique<Exporter>(
        snapshot, ExportPlan{.query = watcher->query,
                             .basic = watcher->parameters.basic,
                             .after = std::nullopt,
                             .max_chunk_bytes = kStretchBytes});
  }
}

// Settles where the watch begins; `snapshot` becomes the one that it begins
// with. The hub is not past that one, so its history is still there.
absl::Status WatchHub::Impl::Register(
    const WatcherPtr& watcher, std::shared_ptr<const Snapshot>& snapshot) {
  const std::scoped_lock lock(mutex);
  const std::string current_id = journal.index_id();
  if (watcher->outbox->index_id() != current_id) {
    return IndexReplaced(current_id);
  }
  if (watcher->parameters.start_revision == 0) {
    snapshot = index.Pin();
    watcher->read_up_to = snapshot->revision();
  } else {
    ATTACHE_RETURN_IF_ERROR(
        CheckStart(watcher->parameters, current_id, journal.revision()));
    watcher->read_up_to = watcher->parameters.start_revision;
  }
  // Where it is not, Remove is still to come.
  if (watcher->outbox->ended()) return absl::CancelledError("ended already");
  const absl::Time now = absl::Now();
  holds.Hold(watcher->id, watcher->read_up_to, now);
  journal.RetainHistoryFrom(holds.Lowest(now));
  watchers.emplace(watcher->id, watcher);
  TickOne(*watcher, now);
  Wake();
  return absl::OkStatus();
}

void WatchHub::Impl::Continue(const WatcherPtr& watcher,
                              HistoryReader& history) {
  if (watcher->outbox->ended()) {
    watcher->matches.reset();
    return;
  }
  if (watcher->matches != nullptr) {
    PutMatches(*watcher);
    return;
  }
  if (absl::Status status = PutHistory(*watcher, history); !status.ok()) {
    watcher->outbox->End(std::move(status));
  }
}

// What is put may be sent and asked for more before Put returns, on another
// thread: so each Put comes last.
void WatchHub::Impl::PutMatches(Watcher& watcher) {
  Exporter::Chunk chunk = watcher.matches->Next();
  const std::shared_ptr<const Snapshot> snapshot = watcher.matches->snapshot();
  std::vector<SharedChange> matches;
  for (const RecordLocation& record : chunk.records) {
    matches.push_back(UpsertedChange(
        record.segment->wire(record.doc, watcher.parameters.basic),
        snapshot->revision()));
  }
  std::optional<int64_t> synced_at;
  if (chunk.last) {
    synced_at = snapshot->revision();
    watcher.matches.reset();
  }
  watcher.outbox->PutMatches(std::move(matches), synced_at);
}

absl::Status WatchHub::Impl::PutHistory(Watcher& watcher,
                                        HistoryReader& history) {
  ATTACHE_ASSIGN_OR_RETURN(HistoryChunk chunk,
                           ReadPublished(history, watcher.read_up_to));
  // An index that was replaced says so before it writes anything.
  if (const std::string current_id = journal.index_id();
      watcher.outbox->index_id() != current_id) {
    return IndexReplaced(current_id);
  }
  absl::StatusOr<ChangedRecords> changed =
      ChangedRecords::Build(std::move(chunk), *vocabulary);
  if (!changed.ok()) return HistoryUnreadable(changed.status());
  std::vector<RevisionChanges> changes =
      changed->ChangesFor(watcher.query, watcher.parameters.basic);
  const int64_t up_to = changed->up_to();
  watcher.read_up_to = up_to;
  {
    const std::scoped_lock lock(mutex);
    const auto registered = watchers.find(watcher.id);
    if (registered == watchers.end()) return absl::OkStatus();
    if (distributing_to <= up_to) {
      holds.Release(watcher.id);
      watcher.live_after = up_to;
      live.emplace(watcher.id, registered->second);
      percolator.Add(watcher.id, watcher.query);
      watcher.outbox->GoLive(std::move(changes), up_to);
      return absl::OkStatus();
    }
    holds.Advance(watcher.id, up_to);
  }
  watcher.outbox->PutChanges(std::move(changes), up_to);
  return absl::OkStatus();
}

}  // namespace attache
