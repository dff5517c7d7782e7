#include "common/rpc/tls_files.h"

#include <ctime>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "common/watched_file.h"
#include "openssl/bio.h"
#include "openssl/err.h"
#include "openssl/evp.h"
#include "openssl/pem.h"
#include "openssl/x509.h"

namespace attache::rpc {
namespace {

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

// OpenSSL's own errors would be taken for those of whoever calls it next.
class ErrorsForgotten {
 public:
  ~ErrorsForgotten() { ERR_clear_error(); }
};

Bio Open(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// Else OpenSSL would ask for one at the terminal.
int NoPassword(char* /*buffer*/, int /*size*/, int /*writing*/,
               void* /*data*/) {
  return -1;
}

absl::Status Wrong(const FlagFile& file, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(file.flag, ": ", file.path, " ", what));
}

absl::StatusOr<std::string> ReadText(const FlagFile& file) {
  auto text = WatchedFile(file.path).Read();
  if (text.ok()) return text;
  return absl::InvalidArgumentError(
      absl::StrCat(file.flag, ": ", text.status().message()));
}

absl::StatusOr<Certificate> FirstCertificate(const FlagFile& file,
                                             const std::string& text) {
  const Bio bio = Open(text);
  Certificate certificate(
      PEM_read_bio_X509(bio.get(), nullptr, &NoPassword, nullptr));
  if (certificate == nullptr) {
    return Wrong(file, "holds no certificate in PEM form");
  }
  return certificate;
}

absl::StatusOr<Key> ReadKey(const FlagFile& file, const std::string& text) {
  const Bio bio = Open(text);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, &NoPassword, nullptr));
  if (key == nullptr) {
    return Wrong(file, "holds no private key in PEM form without a password");
  }
  return key;
}

absl::Time ExpiryOf(const X509& certificate) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &parts) != 1) {
    return absl::InfiniteFuture();
  }
  return absl::FromTM(parts, absl::UTCTimeZone());
}

}  // namespace

absl::StatusOr<TlsMaterial> ReadTlsFiles(const FlagFile& certificate,
                                         const FlagFile& key,
                                         const FlagFile& ca) {
  const ErrorsForgotten forgotten;
  if (certificate.given() != key.given()) {
    return absl::InvalidArgumentError(
        absl::StrCat(certificate.flag, " and ", key.flag,
                     " belong together: give both, or neither"));
  }
  TlsMaterial material;
  if (certificate.given()) {
    ATTACHE_ASSIGN_OR_RETURN(material.certificate, ReadText(certificate));
    ATTACHE_ASSIGN_OR_RETURN(material.key, ReadText(key));
    ATTACHE_ASSIGN_OR_RETURN(
        const Certificate own,
        FirstCertificate(certificate, material.certificate));
    ATTACHE_ASSIGN_OR_RETURN(const Key own_key, ReadKey(key, material.key));
    if (X509_check_private_key(own.get(), own_key.get()) != 1) {
      return Wrong(key, absl::StrCat("is not the key of the certificate in ",
                                     certificate.path));
    }
    material.expires = ExpiryOf(*own);
  }
  if (ca.given()) {
    ATTACHE_ASSIGN_OR_RETURN(material.ca, ReadText(ca));
    ATTACHE_RETURN_IF_ERROR(FirstCertificate(ca, material.ca).status());
  }
  return material;
}

}  // namespace attache::rpc
