#include "common/rpc/channel.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/rpc/guarded_server.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_certificates.h"

namespace attache::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::WriteFile;

constexpr char kOld[] = "token-before-rotation-0123456789";
constexpr char kNew[] = "token-after-rotation-0123456789";

class ChannelTest : public ::testing::Test {
 protected:
  ChannelTest() {
    WriteFile(token_path_, absl::StrCat(kOld, "\n"));
    security_.tls_ca.flag = "--tls-ca";
    security_.tls_certificate.flag = "--tls-certificate";
    security_.tls_key.flag = "--tls-key";
    security_.tls_server_name_flag = "--tls-server-name";
    security_.token_file.flag = "--token-file";
    security_.token_flag = "ATTACHE_TOKEN";
  }

  std::string Error(const std::string& address = "127.0.0.1:1") const {
    return std::string(OpenChannel(address, security_, {}).status().message());
  }

  testing::TempDirectory directory_;
  const std::string token_path_ = directory_.file("token");
  ChannelSecurity security_;
};

// While it lives, a variable has that value, or none.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) {
    if (const char* before = getenv(name)) before_ = before;
    Set(value);
  }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;
  ~ScopedVariable() { Set(before_ ? before_->c_str() : nullptr); }

 private:
  void Set(const char* value) const {
    if (value == nullptr) {
      unsetenv(name_);
    } else {
      setenv(name_, value, 1);
    }
  }

  const char* const name_;
  std::optional<std::string> before_;
};

// Which would be asked for its own loopback, and given the token.
TEST_F(ChannelTest, AsksNoProxyForLoopback) {
  // Before there are threads that could read them.
  const ScopedVariable proxies[] = {
      {"grpc_proxy", nullptr},
      {"https_proxy", nullptr},
      {"http_proxy", "http://127.0.0.1:1"},  // nobody listens there
      {"no_grpc_proxy", nullptr},
      {"no_proxy", nullptr}};
  const GuardedServer server({});
  const auto channel = OpenChannel(server.address(), security_, {});
  ASSERT_TRUE(channel.ok()) << channel.status();
  EXPECT_EQ(WhoAmI(*channel), "");
}

TEST_F(ChannelTest, SendsTheTokenThatTheFileHoldsNow) {
  const std::string access = directory_.file("access");
  WriteFile(access, absl::StrCat(AccessLine("old", "reader", kOld), "\n",
                                 AccessLine("new", "reader", kNew), "\n"));
  ServerSecurity guarded;
  guarded.access_file = access;
  const GuardedServer server(guarded);
  security_.token_file.path = token_path_;
  const auto channel = OpenChannel(server.address(), security_, {});
  ASSERT_TRUE(channel.ok()) << channel.status();
  EXPECT_EQ(WhoAmI(*channel), "old");
  EXPECT_EQ(WhoAmI(*channel), "old");
  WriteFile(token_path_, kNew);
  EXPECT_EQ(WhoAmI(*channel), "new");

  // Where it cannot be read any more, the last one stays, and the log says so.
  ::testing::internal::CaptureStderr();
  WriteFile(token_path_, "half a token-before");
  EXPECT_EQ(WhoAmI(*channel), "new");
  std::filesystem::remove(token_path_);
  EXPECT_EQ(WhoAmI(*channel), "new");
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("--token-file"));
  EXPECT_THAT(log, Not(HasSubstr("token-before")));
}

TEST_F(ChannelTest, SendsNoTokenOverTheNetworkWithoutTls) {
  security_.token = kOld;
  for (const char* address :
       {"127.0.0.1:1", "localhost:1", "[::1]:1", "unix:/tmp/socket"}) {
    EXPECT_EQ(Error(address), "") << address;
  }
  for (const char* address :
       {"192.0.2.1:1", "query:1", "dns:///localhost:1", "localhost.example:1",
        "127.0.0.1.example:1", "0.0.0.0:1"}) {
    const std::string error = Error(address);
    EXPECT_THAT(error, HasSubstr("refusing to send the token of ATTACHE_TOKEN"))
        << address;
    EXPECT_THAT(error, HasSubstr("--tls-ca turns TLS on"));
    EXPECT_THAT(error, Not(HasSubstr(kOld)));
  }
}

TEST_F(ChannelTest, ErrorsNameTheFlag) {
  security_.tls_server_name = "query.example.org";
  EXPECT_THAT(Error(),
              HasSubstr("--tls-server-name needs TLS, which --tls-ca"));
  security_.tls_server_name.clear();
  security_.tls_key.path = "/nowhere/key";
  EXPECT_THAT(Error(), HasSubstr("--tls-key needs TLS, which --tls-ca"));
  security_.tls_ca.path = "/nowhere/ca";
  EXPECT_THAT(Error(), HasSubstr("--tls-certificate and --tls-key belong"));
  security_.tls_key.path.clear();
  EXPECT_THAT(Error(), HasSubstr("--tls-ca: cannot read /nowhere/ca"));
  security_.tls_ca.path.clear();
  security_.token_file.path = "/nowhere/token";
  EXPECT_THAT(Error(), HasSubstr("--token-file: cannot read /nowhere/token"));
  WriteFile(token_path_, "a token of many words");
  security_.token_file.path = token_path_;
  EXPECT_THAT(Error(), HasSubstr("holds no token: it holds white space"));
  EXPECT_THAT(Error(), Not(HasSubstr("many")));
  security_.token_file.path.clear();
  security_.token = "short";
  EXPECT_THAT(Error(), HasSubstr("ATTACHE_TOKEN is no token"));
}

}  // namespace
}  // namespace attache::rpc
