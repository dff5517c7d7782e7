// What the tests of watches share.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_WATCH_WATCH_SUPPORT_H_
#define ATTACHE_TESTS_QUERY_SERVICE_WATCH_WATCH_SUPPORT_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "attache/v1/trip_query_service.pb.h"
#include "query_service/watch/watch_outbox.h"

namespace attache::testing {

// "5: +a#1@5 -b#1@5", "7 synced:".
inline std::string ToText(const v1::WatchTripRecordsResponse& response) {
  std::string text = absl::StrCat(response.revision(),
                                  response.synced() ? " synced" : "", ":");
  for (const auto& change : response.changes()) {
    const bool removed = change.kind() == v1::TripChange::KIND_REMOVED;
    absl::StrAppend(&text, removed ? " -" : " +",
                    change.trip_record().record_id(), "@", change.revision());
  }
  return text;
}

// Holds what it is sent; the test says when it was handed over. Thread-safe.
class RecordingSink : public WatchSink {
 public:
  void Send(std::string response) override {
    const std::scoped_lock lock(mutex_);
    responses_.emplace_back();
    if (!responses_.back().ParseFromString(response)) std::abort();
    sizes_.push_back(response.size());
    changed_.notify_all();
  }
  void End(const absl::Status& status) override {
    const std::scoped_lock lock(mutex_);
    end_ = status;
    changed_.notify_all();
  }
  void Abort() override {
    const std::scoped_lock lock(mutex_);
    aborted_ = true;
    changed_.notify_all();
  }

  // The response with that number, from 0, once it is there; nullopt where the
  // stream has ended before, or after 20 s.
  std::optional<v1::WatchTripRecordsResponse> Response(size_t number) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] {
      return responses_.size() > number || end_.has_value();
    });
    if (responses_.size() <= number) return std::nullopt;
    return responses_[number];
  }
  std::optional<absl::Status> End() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20),
                      [&] { return end_.has_value(); });
    return end_;
  }
  size_t count() {
    const std::scoped_lock lock(mutex_);
    return responses_.size();
  }
  std::vector<std::string> texts() {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> texts;
    for (const auto& response : responses_) texts.push_back(ToText(response));
    return texts;
  }
  bool ended() {
    const std::scoped_lock lock(mutex_);
    return end_.has_value();
  }
  bool aborted() {
    const std::scoped_lock lock(mutex_);
    return aborted_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<v1::WatchTripRecordsResponse> responses_;
  std::vector<size_t> sizes_;
  std::optional<absl::Status> end_;
  bool aborted_ = false;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_WATCH_WATCH_SUPPORT_H_
