#include "query_service/watch/watch_outbox.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "query_service/convert/watch_bytes.h"

namespace attache {
namespace {

constexpr absl::Duration kRetryDelay = absl::Seconds(1);

absl::string_view MessageOf(v1::ErrorReason reason) {
  return reason == v1::ERROR_REASON_DRAINING
             ? "the query service is about to stop; watch again from the "
               "resume_revision"
             : "the watcher did not keep up with the changes; watch again from "
               "the resume_revision";
}

}  // namespace

WatchOutbox::WatchOutbox(WatchSink& sink, WatchOutboxOptions options,
                         std::function<void()> more)
    : sink_(sink),
      options_(std::move(options)),
      more_(std::move(more)),
      synced_(options_.start_revision != 0),
      up_to_(options_.start_revision),
      covered_(options_.start_revision),
      sent_(options_.start_revision),
      last_sent_(absl::Now()) {}

void WatchOutbox::PutMatches(std::vector<SharedChange> matches,
                             std::optional<int64_t> synced_at) {
  const std::scoped_lock lock(mutex_);
  if (end_) return;
  asked_ = false;
  queue_.AddMatches(std::move(matches));
  if (synced_at) {
    up_to_ = *synced_at;
    queue_.AddSynced(up_to_);
  }
  Pump();
}

void WatchOutbox::PutChanges(std::vector<RevisionChanges> changes,
                             int64_t up_to) {
  const std::scoped_lock lock(mutex_);
  if (end_) return;
  asked_ = false;
  for (RevisionChanges& change : changes) queue_.AddRevision(std::move(change));
  up_to_ = std::max(up_to_, up_to);
  Pump();
}

void WatchOutbox::GoLive(std::vector<RevisionChanges> changes, int64_t up_to) {
  {
    const std::scoped_lock lock(mutex_);
    pulling_ = false;
  }
  PutChanges(std::move(changes), up_to);
}

bool WatchOutbox::Offer(std::vector<RevisionChanges> changes, int64_t up_to) {
  const std::scoped_lock lock(mutex_);
  if (end_) return false;
  for (RevisionChanges& change : changes) {
    const bool fits =
        queue_.bytes() + change.bytes() <= options_.max_queue_bytes &&
        queue_.changes() + change.changes.size() <= options_.max_queue_changes;
    if (!fits && !queue_.empty()) {
      EndForReason(v1::ERROR_REASON_WATCHER_TOO_SLOW);
      return false;
    }
    up_to_ = std::max(up_to_, change.revision);
    queue_.AddRevision(std::move(change));
    Pump();
  }
  up_to_ = std::max(up_to_, up_to);
  return true;
}

void WatchOutbox::Mark(int64_t up_to) {
  const std::scoped_lock lock(mutex_);
  if (end_) return;
  up_to_ = std::max(up_to_, up_to);
  if (covered_ >= up_to_) return;
  mark_ = true;
  Pump();
}

absl::Time WatchOutbox::Tick(absl::Time now, int64_t live_up_to) {
  const std::scoped_lock lock(mutex_);
  if (!end_ && !pulling_) up_to_ = std::max(up_to_, live_up_to);
  const absl::Time next = TickUntil(now);
  return finished_ || aborted_ ? absl::InfiniteFuture()
                               : std::min(next, now + options_.stall_timeout);
}

// When to come again, if not earlier.
absl::Time WatchOutbox::TickUntil(absl::Time now) {
  if (finished_ || aborted_) return absl::InfiniteFuture();
  if (end_) {
    const absl::Time abort_at = ended_at_ + options_.stall_timeout;
    if (now < abort_at) return abort_at;
    aborted_ = true;
    sink_.Abort();
    return absl::InfiniteFuture();
  }
  if (sending_) {
    // Who is live and takes nothing holds only what its queue may hold.
    const absl::Time stalls_at = sending_since_ + options_.stall_timeout;
    if (!pulling_) return now + options_.progress_interval;
    if (now < stalls_at) return stalls_at;
    EndForReason(v1::ERROR_REASON_WATCHER_TOO_SLOW);
    return now + options_.stall_timeout;
  }
  const absl::Time mark_at = last_sent_ + options_.progress_interval;
  if (now < mark_at) return mark_at;
  mark_ = true;
  Pump();
  return now + options_.progress_interval;
}

void WatchOutbox::OnSent(bool ok) {
  const std::scoped_lock lock(mutex_);
  sending_ = false;
  if (ok) {
    if (sending_revision_ != 0) sent_ = sending_revision_;
    last_sent_ = absl::Now();
  } else {
    EndWith([](int64_t) { return absl::CancelledError("the client is gone"); });
  }
  Pump();
}

void WatchOutbox::End(absl::Status status) {
  const std::scoped_lock lock(mutex_);
  EndWith([status = std::move(status)](int64_t) { return status; });
}

void WatchOutbox::EndToResume(v1::ErrorReason reason) {
  const std::scoped_lock lock(mutex_);
  EndForReason(reason);
}

void WatchOutbox::EndForReason(v1::ErrorReason reason) {
  EndWith([reason](int64_t resume_revision) {
    return WithRetryAfter(
        MakeError(reason, MessageOf(reason),
                  {{"resume_revision", absl::StrCat(resume_revision)}}),
        kRetryDelay);
  });
}

void WatchOutbox::EndWith(EndStatus end) {
  if (end_) return;
  end_ = std::move(end);
  ended_at_ = absl::Now();
  queue_.Clear();
  Pump();
}

void WatchOutbox::Detach() {
  const std::scoped_lock lock(mutex_);
  if (!end_) end_ = [](int64_t) { return absl::OkStatus(); };
  queue_.Clear();
  finished_ = true;
}

bool WatchOutbox::ended() const {
  const std::scoped_lock lock(mutex_);
  return end_ != nullptr;
}

WatchOutbox::Backlog WatchOutbox::backlog() const {
  const std::scoped_lock lock(mutex_);
  Backlog backlog{.queued_bytes = queue_.bytes(), .behind_at = std::nullopt};
  if (!end_ && (sending_ || !queue_.empty())) backlog.behind_at = sent_;
  return backlog;
}

void WatchOutbox::Pump() {
  if (sending_ || finished_) return;
  if (end_) {
    finished_ = true;
    sink_.End(end_(sent_));
    return;
  }
  if (auto response = queue_.Take(options_.max_response_bytes)) {
    Send(*std::move(response));
    return;
  }
  if (mark_ && synced_) {
    mark_ = false;
    Send({.revision = up_to_, .changes = {}});
    return;
  }
  if (pulling_ && !asked_) {
    asked_ = true;
    more_();
  }
}

void WatchOutbox::Send(WatchQueue::Response response) {
  synced_ = synced_ || response.synced;
  if (response.revision != 0 && queue_.empty()) {
    response.revision = up_to_;
    mark_ = false;
  }
  covered_ = std::max(covered_, response.revision);
  sending_ = true;
  sending_revision_ = response.revision;
  sending_since_ = absl::Now();
  sink_.Send(WatchResponseBytes(response.revision, response.synced,
                                options_.index_id, response.changes));
}

}  // namespace attache
