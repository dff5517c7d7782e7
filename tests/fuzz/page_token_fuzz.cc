// Page tokens: none is taken that was not given out, and one that was is taken
// as it was given out. The first byte chooses what the rest is: a token, what a
// token is signed for, or the values of one.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "common/error.h"
#include "openssl/evp.h"
#include "openssl/hmac.h"
#include "query_service/convert/page_token.h"
#include "tests/fuzz/require.h"

namespace attache {
namespace {

constexpr char kIndexId[] = "0123456789abcdef0123456789abcdef";
constexpr char kFingerprint[] = "fingerprint-of-r";

const std::string& Key() {
  static const auto* key = new std::string(32, 'k');
  return *key;
}

const PageTokenCodec& Codec() {
  static const auto* codec = new PageTokenCodec(Key());
  return *codec;
}

void RequireRefused(const absl::Status& status) {
  const auto details = DetailsOf(status);
  Require(details.has_value() && details->reason == "PAGE_TOKEN_INVALID",
          "an error of another kind: " + status.ToString());
}

// What is taken says all that there is to say.
void OpenAndSeal(const std::string& sealed) {
  const auto token = Codec().Open(sealed, kIndexId, kFingerprint);
  if (!token.ok()) {
    RequireRefused(token.status());
    return;
  }
  Require(Codec().Seal(*token, kIndexId) == sealed, "another token");
}

std::string Signed(absl::string_view payload) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned int size = 0;
  HMAC(EVP_sha256(), Key().data(), static_cast<int>(Key().size()),
       reinterpret_cast<const unsigned char*>(payload.data()), payload.size(),
       mac.data(), &size);
  return absl::WebSafeBase64Escape(
      std::string(payload) +
      std::string(reinterpret_cast<const char*>(mac.data()), size));
}

int64_t TakeNumber(absl::string_view& bytes) {
  int64_t number = 0;
  const size_t size = std::min(sizeof(number), bytes.size());
  std::memcpy(&number, bytes.data(), size);
  bytes.remove_prefix(size);
  return number;
}

void SealAndOpen(absl::string_view bytes) {
  PageToken token;
  token.revision = TakeNumber(bytes);
  token.fingerprint = kFingerprint;
  token.total = static_cast<uint64_t>(TakeNumber(bytes));
  token.last.value.major = TakeNumber(bytes);
  token.last.value.minor = static_cast<int32_t>(TakeNumber(bytes));
  const auto flip = static_cast<uint64_t>(TakeNumber(bytes));
  // Record ids are bounded.
  token.last.record_id = std::string(bytes.substr(0, 300));

  std::string sealed = Codec().Seal(token, kIndexId);
  const auto opened = Codec().Open(sealed, kIndexId, kFingerprint);
  Require(opened.ok(), "a token of its own is refused");
  Require(opened->revision == token.revision &&
              opened->fingerprint == token.fingerprint &&
              opened->total == token.total && opened->last == token.last,
          "another token");
  RequireRefused(Codec().Open(sealed, "another", kFingerprint).status());
  RequireRefused(Codec().Open(sealed, kIndexId, "another").status());
  // Any other character in any place.
  char& changed = sealed[flip % sealed.size()];
  changed = changed == 'A' ? 'B' : 'A';
  RequireRefused(Codec().Open(sealed, kIndexId, kFingerprint).status());
}

}  // namespace
}  // namespace attache

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const absl::string_view rest(reinterpret_cast<const char*>(data) + 1,
                               size - 1);
  switch (data[0] % 3) {
    case 0:
      attache::OpenAndSeal(std::string(rest));
      break;
    case 1:
      attache::OpenAndSeal(attache::Signed(rest));
      break;
    default:
      attache::SealAndOpen(rest);
  }
  return 0;
}
