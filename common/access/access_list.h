// Who may do what, as an operator writes it down.
#ifndef ATTACHE_COMMON_ACCESS_ACCESS_LIST_H_
#define ATTACHE_COMMON_ACCESS_ACCESS_LIST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/access/token.h"

namespace attache {

// What a call needs. An admin may do all that a reader and a writer may.
enum class Role : uint8_t { kReader, kWriter, kAdmin };

// "reader", "writer", "admin".
const char* ToString(Role role);

// "reader,writer". INVALID_ARGUMENT lists the roles there are, and does not
// repeat the text.
absl::StatusOr<std::vector<Role>> ParseRoles(absl::string_view text);

// 1 to 128 visible ASCII characters but "#".
bool IsPrincipalName(absl::string_view name);

// The line of an access file that lets the bearer of a token in.
std::string AccessLine(absl::string_view name, absl::string_view roles,
                       absl::string_view token);

// Who calls, once that is proven.
struct Principal {
  std::string name;
  std::vector<Role> roles;

  bool Has(Role role) const;

  bool operator==(const Principal&) const = default;
};

// What a caller proves itself by: its token or, where it has none, the names in
// a client certificate that was verified.
struct Credentials {
  std::optional<TokenDigest> token;
  std::vector<std::string> certificate_names;
};

// Immutable; thread-safe.
class AccessList {
 public:
  // A credential a line, its fields separated by white space; "#" begins a
  // comment:
  //
  //   analysis-backend  reader         sha256:HEX
  //   ingest-eu         writer         certificate:ingest-eu.example.org
  //   operations        reader,writer  sha256:HEX
  //
  // A token is kept as the SHA-256 of its bytes, in hex; a certificate by a DNS
  // name or URI of its subject's alternative names or, without any, its common
  // name. A principal may have several lines, as while a token is replaced;
  // each gives the roles that it names. INVALID_ARGUMENT "FILE:LINE: reason",
  // in which nothing of a credential is repeated, and where there is no line at
  // all.
  static absl::StatusOr<AccessList> Parse(absl::string_view text,
                                          absl::string_view file);

  // Whose credentials those are; nullopt where nobody's. A token is compared
  // with each that is held, in the same time whichever it is. A token that is
  // unknown is not made good by a certificate.
  std::optional<Principal> Find(const Credentials& credentials) const;

  // The lines.
  size_t size() const { return principals_.size(); }

 private:
  struct TokenEntry {
    TokenDigest digest;
    size_t principal;
  };

  // Both return what is wrong with a line; empty where nothing is.
  std::string AddLine(const std::vector<absl::string_view>& fields);
  std::string AddCredential(absl::string_view credential, size_t principal);

  std::vector<Principal> principals_;
  std::vector<TokenEntry> tokens_;
  absl::flat_hash_map<std::string, size_t> certificates_;
};

}  // namespace attache

#endif  // ATTACHE_COMMON_ACCESS_ACCESS_LIST_H_
