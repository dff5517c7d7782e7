#include "common/rpc/call_limits.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace attache::rpc {
namespace {

// Those that are idle are forgotten once so many are held.
constexpr size_t kClientsBeforeForgetting = 1'000;

absl::Status TooMany(CallKind kind, absl::string_view whose, int32_t limit) {
  const bool stream = kind == CallKind::kStream;
  return WithRetryAfter(
      MakeError(stream ? v1::ERROR_REASON_TOO_MANY_STREAMS
                       : v1::ERROR_REASON_RATE_LIMITED,
                absl::StrCat(whose, " ", limit, stream ? " streams" : " calls",
                             " under way already, as many as may be"),
                {{"limit", absl::StrCat(limit)}}),
      absl::Seconds(1));
}

absl::Status TooFast(int32_t limit, absl::Duration wait) {
  return WithRetryAfter(
      MakeError(v1::ERROR_REASON_RATE_LIMITED,
                absl::StrCat("this client calls more often than its limit of ",
                             limit, " a second"),
                {{"limit", absl::StrCat(limit)}}),
      wait);
}

}  // namespace

absl::Status CheckCallLimits(const CallLimitOptions& options) {
  const std::pair<const char*, int32_t> positive[] = {
      {"--max_calls", options.max_calls},
      {"--max_client_calls", options.max_client_calls},
      {"--max_streams", options.max_streams},
      {"--max_client_streams", options.max_client_streams}};
  for (const auto& [flag, value] : positive) {
    if (value < 1) {
      return absl::InvalidArgumentError(
          absl::StrCat(flag, " must be at least 1"));
    }
  }
  if (options.client_calls_per_second < 0) {
    return absl::InvalidArgumentError(
        "--client_calls_per_second must not be negative");
  }
  return absl::OkStatus();
}

struct CallLimits::Load {
  struct Client {
    int32_t under_way[2] = {0, 0};  // by CallKind
    // A token a call. Full where the client is new.
    double tokens = 0;
    absl::Time filled_at = absl::InfinitePast();

    bool idle() const { return under_way[0] == 0 && under_way[1] == 0; }
  };

  explicit Load(const CallLimitOptions& limits) : options(limits) {}

  int32_t Max(CallKind kind) const {
    return kind == CallKind::kStream ? options.max_streams : options.max_calls;
  }
  int32_t MaxOfClient(CallKind kind) const {
    return kind == CallKind::kStream ? options.max_client_streams
                                     : options.max_client_calls;
  }

  // Under the mutex.
  void Fill(Client& client, absl::Time now) const;
  void ForgetIdle(absl::Time now);

  const CallLimitOptions options;
  std::mutex mutex;
  // Guarded by mutex.
  int32_t under_way[2] = {0, 0};
  absl::flat_hash_map<std::string, Client> clients;
  size_t forget_at = kClientsBeforeForgetting;
};

void CallLimits::Load::Fill(Client& client, absl::Time now) const {
  const double full = options.client_calls_per_second;
  if (now > client.filled_at) {
    client.tokens = std::min(
        full,
        client.tokens + full * absl::ToDoubleSeconds(now - client.filled_at));
  }
  // Also where the clock was set back, so that it fills on from there.
  client.filled_at = now;
}

// A bucket that is full again is as good as a new one.
void CallLimits::Load::ForgetIdle(absl::Time now) {
  if (clients.size() < forget_at) return;
  absl::erase_if(clients, [&](const auto& entry) {
    return entry.second.idle() &&
           now - entry.second.filled_at >= absl::Seconds(1);
  });
  forget_at = std::max(kClientsBeforeForgetting, 2 * clients.size());
}

CallLimits::CallLimits(const CallLimitOptions& options)
    : load_(std::make_shared<Load>(options)) {}

size_t CallLimits::clients() const {
  const std::scoped_lock lock(load_->mutex);
  return load_->clients.size();
}

absl::StatusOr<std::shared_ptr<void>> CallLimits::Begin(
    const std::string& client, CallKind kind, absl::Time now) {
  Load& load = *load_;
  const auto at = static_cast<size_t>(kind);
  const std::scoped_lock lock(load.mutex);
  load.ForgetIdle(now);
  Load::Client& own = load.clients[client];
  if (load.under_way[at] >= load.Max(kind)) {
    return TooMany(kind, "there are", load.Max(kind));
  }
  if (own.under_way[at] >= load.MaxOfClient(kind)) {
    return TooMany(kind, "this client has", load.MaxOfClient(kind));
  }
  if (const int32_t rate = load.options.client_calls_per_second; rate > 0) {
    load.Fill(own, now);
    if (own.tokens < 1) {
      return TooFast(rate, absl::Seconds((1 - own.tokens) / rate));
    }
    own.tokens -= 1;
  }
  ++load.under_way[at];
  ++own.under_way[at];
  return std::shared_ptr<void>(nullptr, [held = load_, client, at](void*) {
    const std::scoped_lock leaving(held->mutex);
    --held->under_way[at];
    --held->clients.at(client).under_way[at];
  });
}

}  // namespace attache::rpc
