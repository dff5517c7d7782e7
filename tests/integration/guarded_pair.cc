#include "tests/integration/guarded_pair.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/access/access_list.h"
#include "common/access/token.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

constexpr char kServerNames[] = "DNS:localhost,IP:127.0.0.1";

}  // namespace

GuardedPair::GuardedPair() {
  for (const auto& [name, roles] :
       std::vector<std::pair<std::string, std::string>>{
           {"analysis", "reader"},
           {"newsroom", "writer"},
           {"ingestor", "writer"},
           {"operations", "admin"},
           {"stranger", "admin"}}) {
    known_.push_back({name, roles, NewToken().value()});
    WriteFile(file(name + ".token"), token(name));
  }
  WriteFile(file("ca.pem"), ca.certificate());
  WriteFile(file("client-ca.pem"), client_ca.certificate());
  Permit({"analysis", "ingestor"});
  WriteFile(
      file("ingestor.access"),
      absl::StrCat(Line("analysis"), Line("newsroom"), Line("operations")));
  Start();
}

void GuardedPair::Start() {
  std::vector<std::string> flags = TlsFlags("query");
  flags.push_back(absl::StrCat("--tls_client_ca=", file("client-ca.pem")));
  flags.emplace_back("--tls_require_client_certificate=false");
  query_service_ = std::make_unique<ServerProcess>("attache-query", flags);
  flags = TlsFlags("ingestor");
  flags.push_back(absl::StrCat("--query_address=", query_address()));
  flags.push_back(absl::StrCat("--query_tls_ca=", file("ca.pem")));
  flags.push_back(absl::StrCat("--query_token_file=", file("ingestor.token")));
  ingestor_ = std::make_unique<ServerProcess>("attache-ingestor", flags);
}

std::vector<std::string> GuardedPair::TlsFlags(const std::string& name) {
  const TestCertificate certificate = ca.Issue(name, kServerNames);
  WriteFile(file(name + ".pem"), certificate.certificate);
  WriteFile(file(name + ".key"), certificate.key);
  keys_.push_back(certificate.key);
  return {absl::StrCat("--data_dir=", file(name)),
          absl::StrCat("--tls_certificate=", file(name + ".pem")),
          absl::StrCat("--tls_key=", file(name + ".key")),
          absl::StrCat("--access_file=", file(name + ".access")),
          "--log_level=debug"};
}

const std::string& GuardedPair::token(const std::string& name) const {
  for (const Known& known : known_) {
    if (known.name == name) return known.token;
  }
  ADD_FAILURE() << "nobody is called " << name;
  return known_.front().token;
}

std::string GuardedPair::Line(const std::string& name) const {
  for (const Known& known : known_) {
    if (known.name == name) {
      return absl::StrCat(AccessLine(name, known.roles, known.token), "\n");
    }
  }
  return "";
}

void GuardedPair::Permit(const std::vector<std::string>& names) {
  std::string text = "auditor reader certificate:auditor.example.org\n";
  for (const std::string& name : names) absl::StrAppend(&text, Line(name));
  WriteFile(file("query.access"), text);
}

std::shared_ptr<grpc::Channel> GuardedPair::Channel(
    const std::string& address) const {
  return Channel(address, ca.certificate(), {});
}

std::shared_ptr<grpc::Channel> GuardedPair::Channel(
    const std::string& address, const std::string& ca,
    const TestCertificate& certificate) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(
      address,
      grpc::SslCredentials({.pem_root_certs = ca,
                            .pem_private_key = certificate.key,
                            .pem_cert_chain = certificate.certificate}),
      arguments);
}

std::unique_ptr<grpc::ClientContext> GuardedPair::As(
    const std::string& name) const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() +
                        std::chrono::seconds(60));
  if (!name.empty()) {
    context->AddMetadata("authorization", absl::StrCat("Bearer ", token(name)));
  }
  return context;
}

CommandResult GuardedPair::Attache(const std::string& name,
                                   std::vector<std::string> arguments) const {
  std::vector<std::string> environment{
      absl::StrCat("ATTACHE_QUERY=", query_address()),
      absl::StrCat("ATTACHE_INGESTOR=", ingestor_address()),
      absl::StrCat("ATTACHE_TLS_CA=", file("ca.pem"))};
  if (!name.empty()) {
    environment.push_back(absl::StrCat("ATTACHE_TOKEN=", token(name)));
  }
  return RunCommand("attache", arguments, "", environment);
}

std::vector<std::string> GuardedPair::Secrets() const {
  std::vector<std::string> secrets;
  for (const Known& known : known_) secrets.push_back(known.token);
  for (const std::string& key : keys_) {
    // The lines between "-----BEGIN" and "-----END".
    const std::vector<std::string> lines = absl::StrSplit(key, '\n');
    secrets.insert(secrets.end(), lines.begin() + 1, lines.end() - 2);
  }
  return secrets;
}

}  // namespace attache::testing
