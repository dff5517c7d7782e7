// Page tokens: opaque to clients, and nothing that a client made up is taken.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_PAGE_TOKEN_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "query_service/query/pager.h"

namespace attache {

// Where a list goes on.
struct PageToken {
  int64_t revision = 0;
  std::string fingerprint;  // of the request, see FingerprintOf
  uint64_t total = 0;       // counted once, for the first page
  PageKey last;
};

// 16 bytes that stand for a list: the method and its request but for
// page.page_size and page.page_token.
std::string FingerprintOf(absl::string_view method,
                          const google::protobuf::Message& request);

// Seals tokens with HMAC-SHA256 and opens them again. Nothing in a token
// depends on when it was made: the same page gives the same bytes, also after
// a restart. Immutable; thread-safe.
class PageTokenCodec {
 public:
  // `key` has 32 bytes and is kept as safe as the data.
  explicit PageTokenCodec(std::string key);

  // base64url without padding.
  std::string Seal(const PageToken& token, absl::string_view index_id) const;

  // PAGE_TOKEN_INVALID where it was altered, is another index's, or belongs to
  // a list with another fingerprint; the message says which.
  absl::StatusOr<PageToken> Open(absl::string_view sealed,
                                 absl::string_view index_id,
                                 absl::string_view fingerprint) const;

 private:
  std::string Mac(absl::string_view payload) const;

  const std::string key_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_PAGE_TOKEN_H_
