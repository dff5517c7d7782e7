#include "common/rpc/gate.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/access/access_file.h"
#include "common/error.h"
#include "common/log.h"
#include "common/rpc/caller.h"
#include "common/status_macros.h"

namespace attache::rpc {
namespace {

constexpr std::chrono::seconds kLookEvery{1};
constexpr absl::Duration kLogRefusalsEvery = absl::Seconds(10);

absl::StatusOr<Principal> Authorize(const AccessList& list,
                                    const Credentials& credentials, Role role) {
  std::optional<Principal> principal = list.Find(credentials);
  if (!principal.has_value()) {
    return MakeError(
        v1::ERROR_REASON_CREDENTIALS_INVALID,
        "the call has no token or client certificate that is known here");
  }
  if (!principal->Has(role)) {
    return MakeError(v1::ERROR_REASON_ROLE_MISSING,
                     absl::StrCat("this call needs the role ", ToString(role)),
                     {{"role", ToString(role)}});
  }
  return *std::move(principal);
}

}  // namespace

// The calls that want to know when they are revoked.
struct AdmittedCall::Registry {
  std::mutex mutex;
  absl::flat_hash_map<AdmittedCall*, std::function<void(const absl::Status&)>>
      calls;  // guarded by mutex
};

AdmittedCall::~AdmittedCall() {
  if (registry_ == nullptr) return;
  const std::scoped_lock lock(registry_->mutex);
  registry_->calls.erase(this);
}

void AdmittedCall::OnRevoked(std::function<void(const absl::Status&)> end) {
  if (registry_ == nullptr) return;
  const std::scoped_lock lock(registry_->mutex);
  registry_->calls.emplace(this, std::move(end));
}

struct Gate::Impl {
  explicit Impl(std::unique_ptr<AccessFile> access_file)
      : file(std::move(access_file)) {}

  void Run();
  void EndRevoked();
  void LogRefusal(const grpc::ServerContextBase& context,
                  const absl::Status& status);

  const std::unique_ptr<AccessFile> file;
  const std::shared_ptr<AdmittedCall::Registry> registry =
      std::make_shared<AdmittedCall::Registry>();

  // Guards what follows.
  std::mutex mutex;
  std::condition_variable stop;
  bool stopping = false;
  absl::Time last_logged = absl::InfinitePast();
  int64_t unlogged_refusals = 0;
  std::thread thread;
};

Gate::Gate(const CallLimitOptions& limits) : limits_(limits) {}

absl::StatusOr<std::unique_ptr<Gate>> Gate::Open(
    const std::string& access_file, const CallLimitOptions& limits) {
  auto gate = std::make_unique<Gate>(limits);
  if (access_file.empty()) return gate;
  ATTACHE_ASSIGN_OR_RETURN(auto file, AccessFile::Open(access_file));
  gate->impl_ = std::make_unique<Impl>(std::move(file));
  gate->impl_->thread =
      std::thread([impl = gate->impl_.get()] { impl->Run(); });
  return gate;
}

Gate::~Gate() {
  if (impl_ == nullptr) return;
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->stop.notify_all();
  impl_->thread.join();
}

absl::StatusOr<std::shared_ptr<AdmittedCall>> Gate::Admit(
    const grpc::ServerContextBase& context, Role role, CallKind kind) {
  std::shared_ptr<AdmittedCall> call(new AdmittedCall);
  if (impl_ != nullptr) {
    ATTACHE_RETURN_IF_ERROR(CheckAccess(context, role, kind, *call));
  }
  ATTACHE_ASSIGN_OR_RETURN(
      call->place_,
      limits_.Begin(call->principal_.empty() ? AddressOf(context.peer())
                                             : call->principal_,
                    kind, absl::Now()));
  return call;
}

absl::Status Gate::CheckAccess(const grpc::ServerContextBase& context,
                               Role role, CallKind kind, AdmittedCall& call) {
  call.role_ = role;
  call.credentials_ = CredentialsOf(context);
  call.list_ = impl_->file->Current();
  auto principal = Authorize(*call.list_, call.credentials_, role);
  if (!principal.ok()) {
    impl_->LogRefusal(context, principal.status());
    return principal.status();
  }
  call.principal_ = std::move(principal->name);
  if (kind == CallKind::kStream) call.registry_ = impl_->registry;
  return absl::OkStatus();
}

void Gate::Impl::Run() {
  std::unique_lock lock(mutex);
  while (!stop.wait_for(lock, kLookEvery, [this] { return stopping; })) {
    lock.unlock();
    file->Refresh();
    EndRevoked();
    lock.lock();
  }
}

// What was let in by an older list is asked anew, each list once.
void Gate::Impl::EndRevoked() {
  const auto list = file->Current();
  std::vector<std::pair<std::function<void(const absl::Status&)>, absl::Status>>
      revoked;
  {
    const std::scoped_lock lock(registry->mutex);
    for (auto call = registry->calls.begin(); call != registry->calls.end();) {
      AdmittedCall& admitted = *call->first;
      const auto next = std::next(call);
      if (admitted.list_ != list) {
        admitted.list_ = list;
        auto principal =
            Authorize(*list, admitted.credentials_, admitted.role_);
        if (principal.ok() && principal->name != admitted.principal_) {
          principal = MakeError(v1::ERROR_REASON_CREDENTIALS_INVALID,
                                "the credentials are another principal's now");
        }
        if (!principal.ok()) {
          revoked.emplace_back(std::move(call->second), principal.status());
          registry->calls.erase(call);
        }
      }
      call = next;
    }
  }
  // Without the lock, for a stream that ends lets go of its call.
  for (const auto& [end, status] : revoked) end(status);
  if (!revoked.empty()) {
    Log(LogLevel::kWarning, "streams ended: the access file lets them no more",
        {{"streams", absl::StrCat(revoked.size())}});
  }
}

// A client that is refused over and over does not fill the log.
void Gate::Impl::LogRefusal(const grpc::ServerContextBase& context,
                            const absl::Status& status) {
  int64_t count = 0;
  {
    const std::scoped_lock lock(mutex);
    ++unlogged_refusals;
    const absl::Time now = absl::Now();
    if (now < last_logged + kLogRefusalsEvery) return;
    last_logged = now;
    count = std::exchange(unlogged_refusals, 0);
  }
  Log(LogLevel::kWarning, "refused a call",
      {{"peer", context.peer()},
       {"error", std::string(status.message())},
       {"refused_since_last_said", absl::StrCat(count)}});
}

}  // namespace attache::rpc
