#include "common/access/access_list.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "openssl/crypto.h"

namespace attache {
namespace {

constexpr Role kRoles[] = {Role::kReader, Role::kWriter, Role::kAdmin};
constexpr size_t kMaxNameBytes = 128;

bool IsHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isxdigit(c); });
}

absl::string_view ToView(const TokenDigest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool AreEqual(const TokenDigest& a, const TokenDigest& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

const char* ToString(Role role) {
  switch (role) {
    case Role::kReader:
      return "reader";
    case Role::kWriter:
      return "writer";
    case Role::kAdmin:
      return "admin";
  }
  return "?";
}

absl::StatusOr<std::vector<Role>> ParseRoles(absl::string_view text) {
  std::vector<Role> roles;
  for (const absl::string_view name : absl::StrSplit(text, ',')) {
    const auto* const role =
        std::find_if(std::begin(kRoles), std::end(kRoles),
                     [name](Role known) { return name == ToString(known); });
    if (role == std::end(kRoles)) {
      // Where the fields of a line are mixed up, this may be a credential.
      return absl::InvalidArgumentError(
          "roles are reader, writer and admin, joined by commas");
    }
    roles.push_back(*role);
  }
  return roles;
}

bool IsPrincipalName(absl::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return absl::ascii_isgraph(c) && c != '#';
         });
}

std::string AccessLine(absl::string_view name, absl::string_view roles,
                       absl::string_view token) {
  return absl::StrCat(name, " ", roles, " sha256:",
                      absl::BytesToHexString(ToView(DigestOf(token))));
}

bool Principal::Has(Role role) const {
  return std::any_of(roles.begin(), roles.end(), [role](Role held) {
    return held == role || held == Role::kAdmin;
  });
}

absl::StatusOr<AccessList> AccessList::Parse(absl::string_view text,
                                             absl::string_view file) {
  AccessList list;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = line.substr(0, line.find('#'));
    const std::vector<absl::string_view> fields =
        absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (fields.empty()) continue;
    if (const std::string error = list.AddLine(fields); !error.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(file, ":", number, ": ", error));
    }
  }
  // As a file is for a moment that is written in place.
  if (list.size() == 0) {
    return absl::InvalidArgumentError(absl::StrCat(file, ": names nobody"));
  }
  return list;
}

std::string AccessList::AddLine(const std::vector<absl::string_view>& fields) {
  if (fields.size() != 3) {
    return "a line has three fields: a name, its roles, and sha256:HEX or "
           "certificate:NAME";
  }
  if (!IsPrincipalName(fields[0])) {
    return absl::StrCat("a name takes 1 to ", kMaxNameBytes,
                        " visible ASCII characters");
  }
  auto roles = ParseRoles(fields[1]);
  if (!roles.ok()) return std::string(roles.status().message());
  std::string error = AddCredential(fields[2], principals_.size());
  if (error.empty()) {
    principals_.push_back({std::string(fields[0]), *std::move(roles)});
  }
  return error;
}

std::string AccessList::AddCredential(absl::string_view credential,
                                      size_t principal) {
  if (absl::ConsumePrefix(&credential, "sha256:")) {
    TokenEntry entry{.digest = {}, .principal = principal};
    if (credential.size() != 2 * entry.digest.size() || !IsHex(credential)) {
      return "sha256: is followed by the 64 hex digits of a token's SHA-256";
    }
    const std::string bytes = absl::HexStringToBytes(credential);
    std::copy(bytes.begin(), bytes.end(), entry.digest.begin());
    if (AreEqual(entry.digest, DigestOf(""))) {
      return "that is the SHA-256 of no text at all, not of a token";
    }
    if (std::any_of(tokens_.begin(), tokens_.end(),
                    [&entry](const TokenEntry& other) {
                      return AreEqual(other.digest, entry.digest);
                    })) {
      return "another line has the same token";
    }
    tokens_.push_back(entry);
    return "";
  }
  if (absl::ConsumePrefix(&credential, "certificate:") && !credential.empty()) {
    return certificates_.emplace(credential, principal).second
               ? ""
               : "another line has a certificate of that name";
  }
  return "a credential is sha256:HEX or certificate:NAME";
}

std::optional<Principal> AccessList::Find(
    const Credentials& credentials) const {
  if (credentials.token.has_value()) {
    std::optional<size_t> found;
    for (const TokenEntry& entry : tokens_) {
      if (AreEqual(entry.digest, *credentials.token)) found = entry.principal;
    }
    if (!found.has_value()) return std::nullopt;
    return principals_[*found];
  }
  for (const std::string& name : credentials.certificate_names) {
    if (const auto found = certificates_.find(name);
        found != certificates_.end()) {
      return principals_[found->second];
    }
  }
  return std::nullopt;
}

}  // namespace attache
