#include "query_service/service/read_pool.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/error.h"

namespace attache {

ReadPool::ReadPool()
    : ReadPool(std::max<size_t>(2, std::thread::hardware_concurrency())) {}

absl::Status ReadPool::Run(std::function<void()> read) {
  const bool taken = threads_.TryPost(
      [read = std::move(read)](size_t /*worker*/) { read(); }, max_waiting_);
  if (taken) return absl::OkStatus();
  return WithRetryAfter(MakeError(v1::ERROR_REASON_RATE_LIMITED,
                                  absl::StrCat(max_waiting_,
                                               " requests with a filter wait "
                                               "already; try again later"),
                                  {{"limit", absl::StrCat(max_waiting_)}}),
                        absl::Seconds(1));
}

}  // namespace attache
