#include "common/rpc/health.h"

#include <utility>

namespace attache::rpc {
namespace {

constexpr char kOverall[] = "";
constexpr char kReadiness[] = "readiness";
constexpr char kLiveness[] = "liveness";

}  // namespace

Health::Health(grpc::HealthCheckServiceInterface* service,
               std::vector<std::string> names)
    : service_(service), names_(std::move(names)) {
  service_->SetServingStatus(kLiveness, true);
  SetAll(false);
}

void Health::Set(const std::string& name, bool serving) {
  if (!draining_) service_->SetServingStatus(name, serving);
}

void Health::SetReady(bool ready) {
  const absl::MutexLock lock(&mutex_);
  SetReadyLocked(ready);
}

void Health::SetReadyLocked(bool ready) {
  ready_ = ready && !draining_;
  Set(kOverall, ready);
  Set(kReadiness, ready);
}

void Health::SetServing(absl::string_view name, bool serving) {
  const absl::MutexLock lock(&mutex_);
  Set(std::string(name), serving);
}

void Health::SetAll(bool serving) {
  const absl::MutexLock lock(&mutex_);
  SetAllLocked(serving);
}

void Health::SetAllLocked(bool serving) {
  SetReadyLocked(serving);
  for (const std::string& name : names_) Set(name, serving);
}

void Health::Drain() {
  const absl::MutexLock lock(&mutex_);
  SetAllLocked(false);
  draining_ = true;
}

bool Health::ready() const {
  const absl::MutexLock lock(&mutex_);
  return ready_;
}

}  // namespace attache::rpc
