// Whether the caller of an RPC may do what it asks for, and as much.
#ifndef ATTACHE_COMMON_RPC_GATE_H_
#define ATTACHE_COMMON_RPC_GATE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/access/access_list.h"
#include "common/rpc/call_limits.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

// A call that was let in. Kept as long as the call lasts: by the callback that
// finishes it, or by its stream. May outlive the gate. Thread-safe.
class AdmittedCall {
 public:
  ~AdmittedCall();

  // Of the access list; empty where everybody may do everything.
  const std::string& principal() const { return principal_; }

  // Calls `end` once, from a thread of the gate, where the access list no
  // longer gives the caller what it was let in with; the status is
  // UNAUTHENTICATED CREDENTIALS_INVALID or PERMISSION_DENIED ROLE_MISSING. It
  // may come while the call is being destroyed, so it holds what it needs. For
  // streams; call at most once.
  void OnRevoked(std::function<void(const absl::Status&)> end);

 private:
  friend class Gate;
  struct Registry;

  AdmittedCall() = default;

  std::string principal_;
  Role role_ = Role::kReader;
  Credentials credentials_;
  // The list that let it in; compared, not read.
  std::shared_ptr<const AccessList> list_;
  std::shared_ptr<Registry> registry_;  // of a stream that can be revoked
  std::shared_ptr<void> place_;         // among those that are under way
};

// Thread-safe.
class Gate {
 public:
  // Lets everybody do everything, within these limits. REQUIRES:
  // CheckCallLimits.
  explicit Gate(const CallLimitOptions& limits = {});
  // Asks an access file as well, which it looks at every second. An empty path
  // is none. Errors as AccessFile::Open.
  static absl::StatusOr<std::unique_ptr<Gate>> Open(
      const std::string& access_file, const CallLimitOptions& limits);
  ~Gate();

  // What a handler asks first. The caller is known by the token in its metadata
  // ("authorization: Bearer TOKEN") or, where it sends no authorization, by the
  // client certificate that TLS has verified. UNAUTHENTICATED
  // CREDENTIALS_INVALID, which does not say what was wrong with them;
  // PERMISSION_DENIED ROLE_MISSING; else as CallLimits::Begin, for which a
  // client is its principal or, without one, the address that it calls from.
  absl::StatusOr<std::shared_ptr<AdmittedCall>> Admit(
      const grpc::ServerContextBase& context, Role role,
      CallKind kind = CallKind::kUnary);

 private:
  struct Impl;

  absl::Status CheckAccess(const grpc::ServerContextBase& context, Role role,
                           CallKind kind, AdmittedCall& call);

  CallLimits limits_;
  std::unique_ptr<Impl> impl_;  // null where everybody may do everything
};

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_GATE_H_
