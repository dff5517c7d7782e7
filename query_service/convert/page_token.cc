#include "query_service/convert/page_token.h"

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attache/v1/trip_query_service.pb.h"
#include "common/error.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "openssl/crypto.h"
#include "openssl/evp.h"
#include "openssl/hmac.h"

namespace attache {
namespace {

constexpr char kFormat = 1;
constexpr size_t kMacBytes = 32;
constexpr size_t kFingerprintBytes = 16;
// A token holds little beside a record id and the index's id.
constexpr size_t kMaxTokenBytes = 4096;

void PutNumber(uint64_t value, std::string& out) {
  for (int shift = 0; shift < 64; shift += 8) {
    out.push_back(static_cast<char>(value >> shift));
  }
}

void PutBytes(absl::string_view bytes, std::string& out) {
  PutNumber(bytes.size(), out);
  out.append(bytes.data(), bytes.size());
}

// Reads what PutNumber and PutBytes wrote; `ok` turns false at the first thing
// that is not there.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : rest_(bytes) {}

  uint64_t Number() {
    if (rest_.size() < 8) {
      ok_ = false;
      return 0;
    }
    uint64_t value = 0;
    for (int i = 7; i >= 0; --i) {
      value = value << 8 | static_cast<unsigned char>(rest_[i]);
    }
    rest_.remove_prefix(8);
    return value;
  }

  std::string Bytes() {
    const uint64_t size = Number();
    if (size > rest_.size()) {
      ok_ = false;
      return "";
    }
    std::string bytes(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return bytes;
  }

  bool AtGoodEnd() const { return ok_ && rest_.empty(); }

 private:
  absl::string_view rest_;
  bool ok_ = true;
};

absl::Status Invalid(absl::string_view why) {
  return MakeError(v1::ERROR_REASON_PAGE_TOKEN_INVALID,
                   absl::StrCat("the page token ", why));
}

}  // namespace

std::string FingerprintOf(absl::string_view method,
                          const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> bound(request.New());
  bound->CopyFrom(request);
  const auto* field = bound->GetDescriptor()->FindFieldByName("page");
  const auto* reflection = bound->GetReflection();
  if (field != nullptr && reflection->HasField(*bound, field)) {
    auto* page = static_cast<v1::PageOptions*>(
        reflection->MutableMessage(bound.get(), field));
    page->clear_page_size();
    page->clear_page_token();
    if (page->ByteSizeLong() == 0) reflection->ClearField(bound.get(), field);
  }
  std::string bytes;
  PutBytes(method, bytes);
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    bound->SerializeWithCachedSizes(&coded);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(),
             nullptr);
  return std::string(reinterpret_cast<const char*>(digest.data()),
                     kFingerprintBytes);
}

PageTokenCodec::PageTokenCodec(std::string key) : key_(std::move(key)) {}

std::string PageTokenCodec::Seal(const PageToken& token,
                                 absl::string_view index_id) const {
  std::string sealed(1, kFormat);
  PutBytes(index_id, sealed);
  PutNumber(static_cast<uint64_t>(token.revision), sealed);
  PutBytes(token.fingerprint, sealed);
  PutNumber(token.total, sealed);
  PutNumber(static_cast<uint64_t>(token.last.value.major), sealed);
  PutNumber(static_cast<uint64_t>(int64_t{token.last.value.minor}), sealed);
  PutBytes(token.last.record_id, sealed);
  sealed += Mac(sealed);
  return absl::WebSafeBase64Escape(sealed);
}

absl::StatusOr<PageToken> PageTokenCodec::Open(
    absl::string_view sealed, absl::string_view index_id,
    absl::string_view fingerprint) const {
  std::string bytes;
  if (sealed.size() > kMaxTokenBytes ||
      !absl::WebSafeBase64Unescape(sealed, &bytes) ||
      bytes.size() < kMacBytes + 1 ||
      absl::WebSafeBase64Escape(bytes) != sealed) {
    return Invalid("is none that this service gave out");
  }
  const absl::string_view payload =
      absl::string_view(bytes).substr(0, bytes.size() - kMacBytes);
  const absl::string_view mac = absl::string_view(bytes).substr(payload.size());
  if (CRYPTO_memcmp(Mac(payload).data(), mac.data(), kMacBytes) != 0) {
    return Invalid("was altered, or given out by another service");
  }
  if (payload[0] != kFormat) {
    return Invalid("was given out by another version of this service");
  }
  Reader reader(payload.substr(1));
  PageToken token;
  const std::string sealed_for = reader.Bytes();
  token.revision = static_cast<int64_t>(reader.Number());
  token.fingerprint = reader.Bytes();
  token.total = reader.Number();
  token.last.value.major = static_cast<int64_t>(reader.Number());
  const auto minor = static_cast<int64_t>(reader.Number());
  token.last.value.minor = static_cast<int32_t>(minor);
  token.last.record_id = reader.Bytes();
  if (!reader.AtGoodEnd() || token.last.value.minor != minor) {
    return Invalid("was given out by another version of this service");
  }
  if (sealed_for != index_id) {
    return Invalid("belongs to another index: start again without it");
  }
  if (token.fingerprint != fingerprint) {
    return Invalid(
        "belongs to another request: send it with everything but page_size as "
        "in the one that it came from");
  }
  return token;
}

std::string PageTokenCodec::Mac(absl::string_view payload) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned int size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(payload.data()), payload.size(),
       mac.data(), &size);
  return std::string(reinterpret_cast<const char*>(mac.data()), size);
}

}  // namespace attache
