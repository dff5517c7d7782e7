#include "tests/support/test_certificates.h"

#include <filesystem>
#include <fstream>

#include "openssl/bio.h"
#include "openssl/ec.h"
#include "openssl/evp.h"
#include "openssl/pem.h"
#include "openssl/rand.h"
#include "openssl/x509.h"
#include "openssl/x509v3.h"

namespace attache::testing {
namespace {

std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

std::string ToPem(X509* certificate) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  return TextOf(bio);
}

std::string ToPem(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  return TextOf(bio);
}

void AddExtension(X509* certificate, int nid, const std::string& value) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Two hours ago to `valid_for` from now.
X509* NewCertificate(const std::string& name, EVP_PKEY* key,
                     absl::Duration valid_for) {
  X509* certificate = X509_new();
  X509_set_version(certificate, X509_VERSION_3);
  int64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial));
  ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate),
                         serial & INT64_MAX);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -2 * 60 * 60);
  X509_gmtime_adj(X509_getm_notAfter(certificate),
                  static_cast<long>(absl::ToInt64Seconds(valid_for)));
  X509_NAME_add_entry_by_txt(
      X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate, key);
  return certificate;
}

}  // namespace

struct TestCa::Impl {
  ~Impl() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
};

TestCa::TestCa(const std::string& name) : impl_(std::make_unique<Impl>()) {
  impl_->key = EVP_EC_gen("P-256");
  impl_->certificate = NewCertificate(name, impl_->key, absl::Hours(24));
  X509_set_issuer_name(impl_->certificate,
                       X509_get_subject_name(impl_->certificate));
  AddExtension(impl_->certificate, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(impl_->certificate, impl_->key, EVP_sha256());
}

TestCa::~TestCa() = default;

std::string TestCa::certificate() const { return ToPem(impl_->certificate); }

TestCertificate TestCa::Issue(const std::string& common_name,
                              const std::string& alternative_names,
                              absl::Duration valid_for) const {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = NewCertificate(common_name, key, valid_for);
  X509_set_issuer_name(certificate, X509_get_subject_name(impl_->certificate));
  if (!alternative_names.empty()) {
    AddExtension(certificate, NID_subject_alt_name, alternative_names);
  }
  X509_sign(certificate, impl_->key, EVP_sha256());
  TestCertificate issued{.certificate = ToPem(certificate), .key = ToPem(key)};
  X509_free(certificate);
  EVP_PKEY_free(key);
  return issued;
}

void WriteFile(const std::string& path, const std::string& text) {
  const std::string next = path + ".new";
  std::ofstream(next, std::ios::binary) << text;
  std::filesystem::rename(next, path);
}

}  // namespace attache::testing
