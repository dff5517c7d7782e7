// Bearer tokens: how they are made, checked and kept.
#ifndef ATTACHE_COMMON_ACCESS_TOKEN_H_
#define ATTACHE_COMMON_ACCESS_TOKEN_H_

#include <array>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attache {

// SHA-256. A token is random and long, so that it needs neither salt nor many
// rounds to be safe from guessing.
using TokenDigest = std::array<unsigned char, 32>;

TokenDigest DigestOf(absl::string_view token);

// 32 random bytes as 43 characters of base64url. INTERNAL where the system
// gives no random bytes.
absl::StatusOr<std::string> NewToken();

// The token that a file or a variable holds: the text without white space
// around it. INVALID_ARGUMENT where that is empty, shorter than 20 characters,
// or holds others than visible ASCII ones; the message does not repeat it.
absl::StatusOr<std::string> ReadToken(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_COMMON_ACCESS_TOKEN_H_
