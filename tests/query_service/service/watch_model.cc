#include "tests/query_service/service/watch_model.h"

#include <utility>

namespace attache::testing {

void WatchModel::Write(const v1::RecordWrite& write) {
  std::map<std::string, Change> changes;
  const std::string prefix = write.briefing_id() + "#";
  for (auto held = now_.begin(); held != now_.end();) {
    if (held->first.rfind(prefix, 0) == 0) {
      changes[held->first].before = std::move(held->second);
      held = now_.erase(held);
    } else {
      ++held;
    }
  }
  for (const auto& record : write.records()) {
    changes[record.record_id()].after = record;
    now_[record.record_id()] = record;
  }
  std::vector<Change> list;
  for (auto& [id, change] : changes) {
    change.record_id = id;
    list.push_back(std::move(change));
  }
  const std::scoped_lock lock(mutex_);
  revisions_.push_back(std::move(list));
}

std::vector<WatchModel::Change> WatchModel::At(int64_t revision) {
  const std::scoped_lock lock(mutex_);
  return revisions_.at(static_cast<size_t>(revision - 1));
}

}  // namespace attache::testing
