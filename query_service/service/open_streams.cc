#include "query_service/service/open_streams.h"

#include <utility>
#include <vector>

namespace attache {

void OpenStreams::Add(std::shared_ptr<Stream> stream) {
  bool draining = false;
  {
    const absl::MutexLock lock(&mutex_);
    streams_.insert(stream);
    draining = draining_;
  }
  if (draining) stream->Drain();
}

void OpenStreams::Remove(const std::shared_ptr<Stream>& stream) {
  const absl::MutexLock lock(&mutex_);
  streams_.erase(stream);
}

void OpenStreams::Drain() {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    const absl::MutexLock lock(&mutex_);
    draining_ = true;
    streams.assign(streams_.begin(), streams_.end());
  }
  for (const auto& stream : streams) stream->Drain();
}

}  // namespace attache
