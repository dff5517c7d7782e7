// Both services as real processes behind TLS and access files.
#ifndef ATTACHE_TESTS_INTEGRATION_GUARDED_PAIR_H_
#define ATTACHE_TESTS_INTEGRATION_GUARDED_PAIR_H_

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "tests/support/process.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_certificates.h"

namespace attache::testing {

// The query service knows "analysis" (reader) and "ingestor" (writer) by their
// tokens, "auditor" (reader) by the certificate name auditor.example.org, and
// takes certificates of `client_ca`, without requiring one. The ingestor knows
// "analysis" (reader), "newsroom" (writer) and "operations" (admin) by their
// tokens; it sends what it has by the token of "ingestor". Both log all there
// is to log.
class GuardedPair {
 public:
  GuardedPair();

  std::string file(const std::string& name) const {
    return directory_.file(name);
  }
  const std::string& token(const std::string& name) const;
  // Replaces the query service's access file with the lines of these.
  void Permit(const std::vector<std::string>& names);

  ServerProcess& query_service() { return *query_service_; }
  ServerProcess& ingestor() { return *ingestor_; }
  const std::string& query_address() const { return query_service_->address(); }
  const std::string& ingestor_address() const { return ingestor_->address(); }

  // Connections of their own, with TLS, that trust the services' CA; the second
  // shows a certificate.
  std::shared_ptr<grpc::Channel> Channel(const std::string& address) const;
  static std::shared_ptr<grpc::Channel> Channel(
      const std::string& address, const std::string& ca,
      const TestCertificate& certificate);

  // A call's context with the token of `name`, or none.
  std::unique_ptr<grpc::ClientContext> As(const std::string& name) const;

  // Runs `attache` against the two, with TLS and the token of `name`, or none.
  CommandResult Attache(const std::string& name,
                        std::vector<std::string> arguments) const;

  // Every token and key there is, for tests that look for them.
  std::vector<std::string> Secrets() const;

  TestCa ca{"Attache CA"};
  TestCa client_ca{"Clients CA"};

 private:
  std::string Line(const std::string& name) const;
  std::vector<std::string> TlsFlags(const std::string& name);
  void Start();

  struct Known {
    std::string name;
    std::string roles;
    std::string token;
  };

  TempDirectory directory_;
  std::vector<Known> known_;
  std::vector<std::string> keys_;
  std::unique_ptr<ServerProcess> query_service_;
  std::unique_ptr<ServerProcess> ingestor_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_INTEGRATION_GUARDED_PAIR_H_
