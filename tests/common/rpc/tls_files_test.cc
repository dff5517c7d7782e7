#include "common/rpc/tls_files.h"

#include <string>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "openssl/bio.h"
#include "openssl/pem.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_certificates.h"

namespace attache::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::TestCertificate;
using testing::WriteFile;

// The same key under a password.
std::string Encrypted(const std::string& key) {
  BIO* in = BIO_new_mem_buf(key.data(), static_cast<int>(key.size()));
  EVP_PKEY* parsed = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  BIO* out = BIO_new(BIO_s_mem());
  unsigned char password[] = "password";
  PEM_write_bio_PrivateKey(out, parsed, EVP_aes_256_cbc(), password, 8, nullptr,
                           nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string text(data, static_cast<size_t>(size));
  BIO_free(out);
  BIO_free(in);
  EVP_PKEY_free(parsed);
  return text;
}

class TlsFilesTest : public ::testing::Test {
 protected:
  TlsFilesTest() {
    WriteFile(certificate_.path, issued_.certificate);
    WriteFile(key_.path, issued_.key);
    WriteFile(ca_file_.path, ca_.certificate());
  }

  std::string Error() const {
    const auto material = ReadTlsFiles(certificate_, key_, ca_file_);
    EXPECT_FALSE(material.ok());
    const std::string error(material.status().message());
    // A line of the key's middle, which names no kind of file.
    EXPECT_THAT(error, Not(HasSubstr(issued_.key.substr(60, 20))));
    return error;
  }

  testing::TempDirectory directory_;
  testing::TestCa ca_{"Test CA"};
  TestCertificate issued_ = ca_.Issue("server", "DNS:localhost");
  FlagFile certificate_{"--tls_certificate", directory_.file("server.pem")};
  FlagFile key_{"--tls_key", directory_.file("server.key")};
  FlagFile ca_file_{"--tls_client_ca", directory_.file("ca.pem")};
};

TEST_F(TlsFilesTest, AreReadWhereTheyBelongTogether) {
  const auto material = ReadTlsFiles(certificate_, key_, ca_file_);
  ASSERT_TRUE(material.ok()) << material.status();
  EXPECT_EQ(material->certificate, issued_.certificate);
  EXPECT_EQ(material->key, issued_.key);
  EXPECT_EQ(material->ca, ca_.certificate());
  EXPECT_GT(material->expires, absl::Now() + absl::Minutes(50));
  EXPECT_LT(material->expires, absl::Now() + absl::Minutes(70));
  EXPECT_TRUE(ReadTlsFiles({}, {}, {}).ok());
  EXPECT_TRUE(ReadTlsFiles({}, {}, ca_file_).ok());
}

TEST_F(TlsFilesTest, BothOrNeither) {
  key_.path.clear();
  EXPECT_THAT(Error(), HasSubstr("--tls_certificate and --tls_key belong "
                                 "together"));
}

TEST_F(TlsFilesTest, ErrorsNameTheFlagAndTheFile) {
  key_.path = directory_.file("missing");
  EXPECT_EQ(Error(), "--tls_key: cannot read " + key_.path +
                         ": No such file or directory");
}

TEST_F(TlsFilesTest, AKeyOfAnotherCertificate) {
  WriteFile(key_.path, ca_.Issue("other", "").key);
  EXPECT_EQ(Error(), "--tls_key: " + key_.path +
                         " is not the key of the certificate in " +
                         certificate_.path);
}

TEST_F(TlsFilesTest, AKeyUnderAPasswordAsksNobodyForIt) {
  WriteFile(key_.path, Encrypted(issued_.key));
  EXPECT_THAT(Error(), HasSubstr("holds no private key in PEM form without a "
                                 "password"));
}

TEST_F(TlsFilesTest, FilesThatHoldSomethingElse) {
  WriteFile(key_.path, issued_.certificate);
  EXPECT_THAT(Error(), HasSubstr("--tls_key: " + key_.path + " holds no"));
  WriteFile(key_.path, issued_.key);
  WriteFile(certificate_.path, issued_.key);
  EXPECT_THAT(Error(), HasSubstr("--tls_certificate: " + certificate_.path +
                                 " holds no certificate"));
  WriteFile(certificate_.path, issued_.certificate);
  WriteFile(ca_file_.path, "");
  EXPECT_THAT(Error(), HasSubstr("--tls_client_ca: " + ca_file_.path +
                                 " holds no certificate"));
}

}  // namespace
}  // namespace attache::rpc
