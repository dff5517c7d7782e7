#include "common/rpc/caller.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace attache::rpc {
namespace {

// gRPC lower-cases the keys of metadata.
constexpr char kAuthorization[] = "authorization";
constexpr absl::string_view kScheme = "bearer ";

std::vector<std::string> CertificateNames(
    const grpc::ServerContextBase& context) {
  std::vector<std::string> names;
  const auto peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) return names;
  for (const char* property : {"peer_dns", "peer_uri", "x509_common_name"}) {
    for (const grpc::string_ref& name : peer->FindPropertyValues(property)) {
      names.emplace_back(name.data(), name.size());
    }
  }
  return names;
}

}  // namespace

Credentials CredentialsOf(const grpc::ServerContextBase& context) {
  Credentials credentials;
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(kAuthorization);
  if (found == metadata.end()) {
    credentials.certificate_names = CertificateNames(context);
    return credentials;
  }
  credentials.token = DigestOf("");  // which no access list holds
  absl::string_view value(found->second.data(), found->second.size());
  if (metadata.count(kAuthorization) == 1 &&
      absl::StartsWithIgnoreCase(value, kScheme)) {
    value.remove_prefix(kScheme.size());
    credentials.token = DigestOf(absl::StripAsciiWhitespace(value));
  }
  return credentials;
}

std::string AddressOf(const grpc::ServerContextBase& context) {
  std::string peer = context.peer();
  return peer.substr(0, peer.rfind(':'));
}

}  // namespace attache::rpc
