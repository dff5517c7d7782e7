#include <algorithm>

#include "query_service/watch/watch_hub.h"
#include "query_service/watch/watch_hub_impl.h"

namespace attache {

WatchHub::Load WatchHub::load() const {
  const int64_t published = impl_->index.Pin()->revision();
  Load load;
  load.watchers = impl_->open_count;
  const std::scoped_lock lock(impl_->mutex);
  load.catching_up = std::max<int64_t>(
      load.watchers - static_cast<int64_t>(impl_->live.size()), 0);
  for (const auto& [id, watcher] : impl_->live) {
    const WatchOutbox::Backlog backlog = watcher->outbox->backlog();
    // Who is owed nothing has come as far as the hub; so has who was live when
    // its first response went out.
    const int64_t at = backlog.behind_at.value_or(0) != 0
                           ? *backlog.behind_at
                           : std::max(impl_->position, watcher->live_after);
    load.longest_lag_revisions =
        std::max(load.longest_lag_revisions, published - at);
    load.longest_queue_bytes =
        std::max(load.longest_queue_bytes, backlog.queued_bytes);
    load.queued_bytes += backlog.queued_bytes;
  }
  return load;
}

}  // namespace attache
