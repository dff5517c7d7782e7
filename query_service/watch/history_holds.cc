#include "query_service/watch/history_holds.h"

#include <algorithm>

namespace attache {

void HistoryHolds::Hold(uint64_t id, int64_t revision, absl::Time now) {
  if (revision < floor_) return;
  holds_[id] = {.revision = revision, .until = now + longest_};
}

void HistoryHolds::Advance(uint64_t id, int64_t revision) {
  const auto held = holds_.find(id);
  if (held != holds_.end()) held->second.revision = revision;
}

int64_t HistoryHolds::Lowest(absl::Time now) {
  absl::erase_if(holds_,
                 [now](const auto& held) { return held.second.until <= now; });
  int64_t lowest = floor_;
  for (const auto& [id, held] : holds_) {
    lowest = std::min(lowest, held.revision);
  }
  return lowest;
}

}  // namespace attache
