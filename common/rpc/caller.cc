#include "common/rpc/caller.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <arpa/inet.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
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
  const auto add = [&](const char* property) {
    for (const grpc::string_ref& name : peer->FindPropertyValues(property)) {
      names.emplace_back(name.data(), name.size());
    }
  };
  add("peer_dns");
  add("peer_uri");
  // Issuers that check the others often leave this one to who asks (RFC 6125).
  if (names.empty()) add("x509_common_name");
  return names;
}

}  // namespace

TokenDigest DigestOfAuthorization(absl::string_view authorization) {
  // An access list holds no digest of no text.
  if (!absl::StartsWithIgnoreCase(authorization, kScheme)) return DigestOf("");
  authorization.remove_prefix(kScheme.size());
  return DigestOf(absl::StripAsciiWhitespace(authorization));
}

Credentials CredentialsOf(const grpc::ServerContextBase& context) {
  Credentials credentials;
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(kAuthorization);
  if (found == metadata.end()) {
    credentials.certificate_names = CertificateNames(context);
    return credentials;
  }
  const bool only = metadata.count(kAuthorization) == 1;
  credentials.token = DigestOfAuthorization(
      only ? absl::string_view(found->second.data(), found->second.size())
           : absl::string_view());
  return credentials;
}

std::string AddressOf(absl::string_view peer) {
  peer = peer.substr(0, peer.rfind(':'));
  constexpr absl::string_view kIpv6 = "ipv6:";
  if (!absl::StartsWith(peer, kIpv6)) return std::string(peer);
  const std::string literal =
      absl::StrReplaceAll(peer.substr(kIpv6.size()),
                          {{"%5B", ""}, {"%5D", ""}, {"[", ""}, {"]", ""}});
  in6_addr address;
  if (inet_pton(AF_INET6, literal.c_str(), &address) != 1) {
    return std::string(peer);
  }
  return absl::StrCat(kIpv6,
                      absl::BytesToHexString(absl::string_view(
                          reinterpret_cast<const char*>(address.s6_addr), 8)));
}

}  // namespace attache::rpc
