#include "ingestor/service/rejected_page.h"

#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/limits.h"

namespace attache {
namespace {

constexpr size_t kTagBytes = 16;

// The purpose is part of what is authenticated, so that a token of another list
// made with the same key does not pass.
std::string Tag(absl::string_view id, absl::string_view key) {
  const std::string text = absl::StrCat("rejected briefings below ", id);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest,
       &size);
  return std::string(reinterpret_cast<const char*>(digest), kTagBytes);
}

}  // namespace

std::string MakeRejectedPageToken(int64_t before_id, absl::string_view key) {
  const std::string id = absl::StrCat(before_id);
  return absl::WebSafeBase64Escape(absl::StrCat(Tag(id, key), id));
}

absl::StatusOr<int64_t> ReadRejectedPageToken(absl::string_view token,
                                              absl::string_view key) {
  if (token.empty()) return 0;
  std::string bytes;
  int64_t id = 0;
  if (absl::WebSafeBase64Unescape(token, &bytes) && bytes.size() > kTagBytes) {
    const std::string text = bytes.substr(kTagBytes);
    if (CRYPTO_memcmp(Tag(text, key).data(), bytes.data(), kTagBytes) == 0 &&
        absl::SimpleAtoi(text, &id)) {
      return id;
    }
  }
  return MakeError(v1::ERROR_REASON_PAGE_TOKEN_INVALID,
                   "The page token is none of this list, or was altered; start "
                   "again without one.");
}

absl::StatusOr<int> RejectedPageSize(int32_t page_size) {
  if (page_size < 0) return FieldError("page_size", "is negative");
  if (page_size == 0) return kDefaultRejectedPageSize;
  return std::min(page_size, kMaxRejectedPageSize);
}

}  // namespace attache
