// TLS between a real server and real clients: who gets in, and what happens
// when files are replaced.
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/rpc/server_security.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "tests/common/rpc/guarded_server.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_certificates.h"

namespace attache::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::TestCa;
using testing::TestCertificate;
using testing::WriteFile;

constexpr char kToken[] = "token-of-the-reader-0123456789";
constexpr char kServerNames[] = "DNS:localhost,IP:127.0.0.1";

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    ServeCertificate(ca_.Issue("server", kServerNames));
    WriteFile(directory_.file("ca.pem"), ca_.certificate());
    WriteFile(directory_.file("client-ca.pem"), client_ca_.certificate());
    WriteFile(directory_.file("access"),
              absl::StrCat(AccessLine("by-token", "reader", kToken),
                           "\nby-name reader certificate:client.example.org"
                           "\nby-uri reader certificate:spiffe://x/client"
                           "\nby-common-name reader certificate:client-7\n"));
    security_.tls_certificate = directory_.file("server.pem");
    security_.tls_key = directory_.file("server.key");
    security_.access_file = directory_.file("access");
  }

  void ServeCertificate(const TestCertificate& certificate) {
    WriteFile(directory_.file("server.pem"), certificate.certificate);
    WriteFile(directory_.file("server.key"), certificate.key);
  }
  // Clients must, or may, show a certificate of the client CA.
  void AskForCertificates(bool required) {
    security_.tls_client_ca = directory_.file("client-ca.pem");
    security_.tls_require_client_certificate = required;
  }

  ChannelSecurity Client() const {
    ChannelSecurity client;
    client.tls_ca = {"--tls-ca", directory_.file("ca.pem")};
    return client;
  }
  ChannelSecurity ClientWith(const TestCertificate& certificate) {
    const std::string path =
        directory_.file(absl::StrCat("client", ++clients_));
    WriteFile(path + ".pem", certificate.certificate);
    WriteFile(path + ".key", certificate.key);
    ChannelSecurity client = Client();
    client.tls_certificate = {"--tls-certificate", path + ".pem"};
    client.tls_key = {"--tls-key", path + ".key"};
    return client;
  }
  ChannelSecurity ClientWithToken(const std::string& token) const {
    ChannelSecurity client = Client();
    client.token = token;
    client.token_flag = "ATTACHE_TOKEN";
    return client;
  }

  // A connection of its own each time.
  static std::shared_ptr<grpc::Channel> Open(const GuardedServer& server,
                                             const ChannelSecurity& client) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    auto channel = OpenChannel(server.address(), client, arguments);
    EXPECT_TRUE(channel.ok()) << channel.status();
    return *std::move(channel);
  }
  static std::string Who(const GuardedServer& server,
                         const ChannelSecurity& client) {
    return WhoAmI(Open(server, client));
  }

  testing::TempDirectory directory_;
  TestCa ca_{"Servers CA"};
  TestCa client_ca_{"Clients CA"};
  TestCa other_ca_{"Servers CA"};  // of the same name, with another key
  ServerSecurity security_;
  int clients_ = 0;
};

TEST_F(TlsTest, CarriesATokenToAServerThatIsKnown) {
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
  EXPECT_EQ(Who(server, ClientWithToken("token-of-nobody-at-all-0123")),
            "CREDENTIALS_INVALID");
  EXPECT_EQ(Who(server, Client()), "CREDENTIALS_INVALID");
}

TEST_F(TlsTest, AClientRefusesAServerOfAnotherCa) {
  ServeCertificate(other_ca_.Issue("server", kServerNames));
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "UNAVAILABLE");
}

TEST_F(TlsTest, AClientRefusesAServerOfAnotherName) {
  ServeCertificate(ca_.Issue("server", "DNS:elsewhere.example.org"));
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "UNAVAILABLE");
  ChannelSecurity told = ClientWithToken(kToken);
  told.tls_server_name = "elsewhere.example.org";
  EXPECT_EQ(Who(server, told), "by-token");
}

TEST_F(TlsTest, AClientRefusesAServerWhoseCertificateHasExpired) {
  ServeCertificate(ca_.Issue("server", kServerNames, -absl::Minutes(1)));
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "UNAVAILABLE");
}

TEST_F(TlsTest, AClientWithoutTlsGetsNowhere) {
  const GuardedServer server(security_);
  EXPECT_EQ(WhoAmI(grpc::CreateChannel(server.address(),
                                       grpc::InsecureChannelCredentials())),
            "UNAVAILABLE");
}

TEST_F(TlsTest, NeedsNoPermissionForAPublicAddress) {
  ServerOptions options{.listen = "0.0.0.0:0"};
  options.security = security_;
  EXPECT_EQ(CheckListen(options), absl::OkStatus());
}

TEST_F(TlsTest, KnowsClientsByTheNamesInTheirCertificates) {
  AskForCertificates(/*required=*/true);
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWith(client_ca_.Issue(
                            "x", "DNS:a.org,DNS:client.example.org"))),
            "by-name");
  EXPECT_EQ(
      Who(server, ClientWith(client_ca_.Issue("x", "URI:spiffe://x/client"))),
      "by-uri");
  EXPECT_EQ(Who(server, ClientWith(client_ca_.Issue("client-7", ""))),
            "by-common-name");
}

TEST_F(TlsTest, RefusesANameThatIsNotInTheList) {
  AskForCertificates(/*required=*/true);
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWith(client_ca_.Issue("x", "DNS:b.example.org"))),
            "CREDENTIALS_INVALID");
  // The common name counts only where there is no other.
  EXPECT_EQ(Who(server,
                ClientWith(client_ca_.Issue("client-7", "DNS:b.example.org"))),
            "CREDENTIALS_INVALID");
  // Nor does an e-mail address stand for a name.
  EXPECT_EQ(Who(server, ClientWith(client_ca_.Issue("x", "email:client-7"))),
            "CREDENTIALS_INVALID");
}

TEST_F(TlsTest, TurnsAwayCertificatesThatItMayNotTrust) {
  AskForCertificates(/*required=*/true);
  const GuardedServer server(security_);
  const std::string names = "DNS:client.example.org";
  EXPECT_EQ(
      Who(server, ClientWith(client_ca_.Issue("x", names, -absl::Minutes(1)))),
      "UNAVAILABLE");
  EXPECT_EQ(Who(server, ClientWith(other_ca_.Issue("x", names))),
            "UNAVAILABLE");
  // Not even the one that issues the server's.
  EXPECT_EQ(Who(server, ClientWith(ca_.Issue("x", names))), "UNAVAILABLE");
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "UNAVAILABLE");
  EXPECT_EQ(Who(server, ClientWith(client_ca_.Issue("x", names))), "by-name");
}

TEST_F(TlsTest, ATokenMayStandForACertificateWhereNoneIsRequired) {
  AskForCertificates(/*required=*/false);
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
  EXPECT_EQ(Who(server, Client()), "CREDENTIALS_INVALID");
  ChannelSecurity both =
      ClientWith(client_ca_.Issue("x", "DNS:client.example.org"));
  EXPECT_EQ(Who(server, both), "by-name");
  both.token_flag = "ATTACHE_TOKEN";
  both.token = kToken;
  EXPECT_EQ(Who(server, both), "by-token");
  both.token = "token-of-nobody-at-all-0123";
  EXPECT_EQ(Who(server, both), "CREDENTIALS_INVALID");
  EXPECT_EQ(Who(server, ClientWith(client_ca_.Issue(
                            "x", "DNS:client.example.org", -absl::Minutes(1)))),
            "UNAVAILABLE");
}

TEST_F(TlsTest, ServesACertificateThatWasReplacedOnDisk) {
  const GuardedServer server(security_);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
  ServeCertificate(other_ca_.Issue("server", kServerNames));
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "UNAVAILABLE");
  WriteFile(directory_.file("ca.pem"), other_ca_.certificate());
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
}

TEST_F(TlsTest, TrustsAClientCaThatWasReplacedOnDisk) {
  AskForCertificates(/*required=*/true);
  const GuardedServer server(security_);
  const auto old = ClientWith(client_ca_.Issue("x", "DNS:client.example.org"));
  EXPECT_EQ(Who(server, old), "by-name");
  WriteFile(directory_.file("client-ca.pem"), other_ca_.certificate());
  EXPECT_EQ(Who(server, old), "UNAVAILABLE");
  EXPECT_EQ(
      Who(server, ClientWith(other_ca_.Issue("x", "DNS:client.example.org"))),
      "by-name");
}

TEST_F(TlsTest, KeepsTheLastGoodCertificateWhereTheNextIsBroken) {
  const GuardedServer server(security_);
  const TestCertificate next = ca_.Issue("server", kServerNames);
  ::testing::internal::CaptureStderr();
  // Half replaced, garbled, gone.
  WriteFile(directory_.file("server.pem"), next.certificate);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
  WriteFile(directory_.file("server.key"), "no key at all");
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
  std::filesystem::remove(directory_.file("server.key"));
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("--tls_key: "));
  EXPECT_THAT(log, Not(HasSubstr(next.key.substr(60, 20))));
  // The other half.
  WriteFile(directory_.file("server.key"), next.key);
  EXPECT_EQ(Who(server, ClientWithToken(kToken)), "by-token");
}

TEST_F(TlsTest, ReflectionIsThereWhereAllClientsHaveACertificate) {
  const auto reflects = [](const GuardedServer& server,
                           const ChannelSecurity& client) {
    grpc::GenericStub stub(Open(server, client));
    grpc::CompletionQueue queue;
    const auto context = SoonContext();
    const grpc::Slice list_services("\x3a\x01*");
    const auto call = stub.PrepareUnaryCall(
        context.get(),
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        grpc::ByteBuffer(&list_services, 1), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return ReasonOf(status);
  };
  EXPECT_EQ(reflects(GuardedServer(security_), ClientWithToken(kToken)),
            "UNIMPLEMENTED");
  AskForCertificates(/*required=*/false);
  const auto certified = ClientWith(client_ca_.Issue("x", ""));
  EXPECT_EQ(reflects(GuardedServer(security_), certified), "UNIMPLEMENTED");
  AskForCertificates(/*required=*/true);
  const GuardedServer server(security_);
  EXPECT_EQ(reflects(server, certified), "OK");
  EXPECT_EQ(reflects(server, ClientWithToken(kToken)), "UNAVAILABLE");
}

TEST_F(TlsTest, OptionsThatDoNotGoTogetherAreRefused) {
  const auto error = [](const ServerSecurity& security) {
    return std::string(CheckServerSecurity(security).message());
  };
  EXPECT_EQ(error(security_), "");
  ServerSecurity wrong = security_;
  wrong.tls_key.clear();
  EXPECT_THAT(error(wrong), HasSubstr("--tls_certificate and --tls_key"));
  wrong = security_;
  wrong.tls_certificate.clear();
  wrong.tls_key.clear();
  wrong.tls_client_ca = directory_.file("client-ca.pem");
  EXPECT_THAT(error(wrong), HasSubstr("--tls_client_ca needs"));
  wrong = security_;
  wrong.access_file = directory_.file("missing");
  EXPECT_THAT(error(wrong), HasSubstr("--access_file: cannot read"));
  wrong = security_;
  wrong.channelz = true;
  EXPECT_THAT(error(wrong), HasSubstr("--channelz=true with --access_file"));
  wrong.tls_client_ca = directory_.file("client-ca.pem");
  EXPECT_EQ(error(wrong), "");
  wrong.tls_require_client_certificate = false;
  EXPECT_THAT(error(wrong), HasSubstr("--channelz=true with --access_file"));
}

}  // namespace
}  // namespace attache::rpc
