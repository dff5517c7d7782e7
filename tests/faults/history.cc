#include "tests/faults/history.h"

#include <algorithm>
#include <utility>

namespace attache::testing {

size_t History::Begin(Operation operation) {
  const std::scoped_lock lock(mutex_);
  operation.invoked = ++moment_;
  operations_.push_back(std::move(operation));
  return operations_.size() - 1;
}

void History::Acknowledge(size_t number, int64_t revision,
                          std::vector<std::string> record_ids) {
  const std::scoped_lock lock(mutex_);
  Operation& operation = operations_[number];
  operation.outcome = Outcome::kAcknowledged;
  operation.ended = ++moment_;
  operation.revision = revision;
  std::sort(record_ids.begin(), record_ids.end());
  operation.record_ids = std::move(record_ids);
}

void History::Refuse(size_t number) {
  const std::scoped_lock lock(mutex_);
  operations_[number].outcome = Outcome::kRefused;
  operations_[number].ended = ++moment_;
}

void History::GiveUp(size_t number, bool lingers) {
  const std::scoped_lock lock(mutex_);
  operations_[number].outcome = Outcome::kUnknown;
  operations_[number].ended = lingers ? kNever : ++moment_;
}

Moment History::Now() {
  const std::scoped_lock lock(mutex_);
  return ++moment_;
}

void History::AddRead(Read read) {
  const std::scoped_lock lock(mutex_);
  read.ended = ++moment_;
  reads_.push_back(std::move(read));
}

int64_t History::acknowledged() const {
  const std::scoped_lock lock(mutex_);
  return std::count_if(operations_.begin(), operations_.end(),
                       [](const Operation& operation) {
                         return operation.outcome == Outcome::kAcknowledged;
                       });
}

}  // namespace attache::testing
