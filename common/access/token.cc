#include "common/access/token.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/random_bytes.h"
#include "common/status_macros.h"
#include "openssl/sha.h"

namespace attache {
namespace {

constexpr size_t kRandomBytes = 32;
// Below it a token can be guessed from its hash.
constexpr size_t kMinLength = 20;
constexpr size_t kMaxLength = 1024;

}  // namespace

TokenDigest DigestOf(absl::string_view token) {
  TokenDigest digest;
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(),
         digest.data());
  return digest;
}

absl::StatusOr<std::string> NewToken() {
  ATTACHE_ASSIGN_OR_RETURN(const std::string bytes, RandomBytes(kRandomBytes));
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<std::string> ReadToken(absl::string_view text) {
  const absl::string_view token = absl::StripAsciiWhitespace(text);
  if (token.empty()) return absl::InvalidArgumentError("it is empty");
  if (!std::all_of(token.begin(), token.end(),
                   [](unsigned char c) { return absl::ascii_isgraph(c); })) {
    return absl::InvalidArgumentError(
        "it holds white space or characters that are not ASCII");
  }
  if (token.size() < kMinLength || token.size() > kMaxLength) {
    return absl::InvalidArgumentError(
        absl::StrCat("it has ", token.size(), " characters, not between ",
                     kMinLength, " and ", kMaxLength));
  }
  return std::string(token);
}

}  // namespace attache
