#include "query_service/watch/watch_queue.h"

#include <utility>

namespace attache {

void WatchQueue::Add(Entry entry) {
  for (const SharedChange& change : entry.changes) {
    entry.bytes += change->size();
  }
  bytes_ += entry.bytes;
  changes_ += entry.changes.size();
  entries_.push_back(std::move(entry));
}

void WatchQueue::AddMatches(std::vector<SharedChange> matches) {
  if (matches.empty()) return;
  Add({.changes = std::move(matches)});
}

void WatchQueue::AddSynced(int64_t revision) {
  Add({.revision = revision, .synced = true, .changes = {}});
}

void WatchQueue::AddRevision(RevisionChanges changes) {
  if (changes.changes.empty()) return;
  Add({.revision = changes.revision, .changes = std::move(changes.changes)});
}

void WatchQueue::Clear() {
  entries_.clear();
  bytes_ = 0;
  changes_ = 0;
}

bool WatchQueue::TakeFrom(Entry& entry, size_t max_bytes, Response& response,
                          size_t& response_bytes) {
  while (entry.taken < entry.changes.size()) {
    SharedChange& change = entry.changes[entry.taken];
    const size_t size = change->size();
    if (!response.changes.empty() && response_bytes + size > max_bytes) {
      return false;
    }
    response_bytes += size;
    response.changes.push_back(std::move(change));
    ++entry.taken;
    entry.bytes -= size;
    bytes_ -= size;
    --changes_;
  }
  return true;
}

std::optional<WatchQueue::Response> WatchQueue::Take(size_t max_bytes) {
  if (entries_.empty()) return std::nullopt;
  Response response;
  if (entries_.front().synced) {
    response.revision = entries_.front().revision;
    response.synced = true;
    entries_.pop_front();
    return response;
  }
  const bool matches = entries_.front().revision == 0;
  size_t bytes = 0;
  while (!entries_.empty()) {
    Entry& entry = entries_.front();
    if (entry.synced || (entry.revision == 0) != matches) break;
    const bool fits = bytes + entry.bytes <= max_bytes;
    // Who has seen a revision that is not 0 holds the state at it, so a part
    // of the next one may not stand beside it.
    if (!matches && !fits && !response.changes.empty()) break;
    const bool whole = TakeFrom(entry, max_bytes, response, bytes);
    if (!whole) {
      response.revision = 0;
      break;
    }
    response.revision = entry.revision;
    entries_.pop_front();
  }
  return response;
}

}  // namespace attache
