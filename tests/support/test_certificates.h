// Certificates that tests make for themselves.
#ifndef ATTACHE_TESTS_SUPPORT_TEST_CERTIFICATES_H_
#define ATTACHE_TESTS_SUPPORT_TEST_CERTIFICATES_H_

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace attache::testing {

// PEM.
struct TestCertificate {
  std::string certificate;
  std::string key;
};

// Issues certificates; each has a key of its own.
class TestCa {
 public:
  explicit TestCa(const std::string& name);
  ~TestCa();

  // PEM, for those who are to trust it.
  std::string certificate() const;

  // `alternative_names` as "DNS:localhost,IP:127.0.0.1"; may be empty.
  TestCertificate Issue(const std::string& common_name,
                        const std::string& alternative_names,
                        absl::Duration valid_for = absl::Hours(1)) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Puts a new file in the place of an old one at once, as rename does.
void WriteFile(const std::string& path, const std::string& text);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_TEST_CERTIFICATES_H_
