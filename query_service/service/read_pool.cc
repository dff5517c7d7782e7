#include "query_service/service/read_pool.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/error.h"

namespace attache {

namespace {

absl::Status Busy(const std::string& why, const std::string& limit) {
  return WithRetryAfter(
      MakeError(v1::ERROR_REASON_RATE_LIMITED,
                absl::StrCat(why, "; try again later"), {{"limit", limit}}),
      absl::Seconds(1));
}

size_t ThreadsOf(const ReadPool::Options& options) {
  if (options.threads > 0) return options.threads;
  return std::max<size_t>(2, std::thread::hardware_concurrency());
}

}  // namespace

ReadPool::ReadPool() : ReadPool(Options()) {}

ReadPool::ReadPool(const Options& options)
    : options_(options), threads_(ThreadsOf(options)) {}

void ReadPool::Run(std::function<void(const absl::Status& turn)> read) {
  const auto latest = std::chrono::steady_clock::now() +
                      absl::ToChronoNanoseconds(options_.max_wait);
  const bool taken = threads_.TryPost(
      [this, read, latest](size_t /*worker*/) {
        if (std::chrono::steady_clock::now() <= latest) {
          return read(absl::OkStatus());
        }
        read(Busy(
            absl::StrCat("waited for ", absl::FormatDuration(options_.max_wait),
                         " behind other requests with a filter"),
            absl::FormatDuration(options_.max_wait)));
      },
      options_.max_waiting);
  if (taken) return;
  read(Busy(absl::StrCat(options_.max_waiting,
                         " requests with a filter wait already"),
            absl::StrCat(options_.max_waiting)));
}

}  // namespace attache
