// The proxy does what the fault runs say that it did.
#include "tests/faults/proxy.h"

#include <cerrno>
#include <string>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gtest/gtest.h"
#include "tests/support/loopback.h"

namespace attache::testing {
namespace {

constexpr int kLongMilliseconds = 20'000;
constexpr int kShortMilliseconds = 100;

bool Readable(int fd, int timeout_milliseconds) {
  pollfd socket{.fd = fd, .events = POLLIN, .revents = 0};
  return poll(&socket, 1, timeout_milliseconds) == 1;
}

// A connection through the proxy: `client` at one end, `server` at the other.
class ProxyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Listener listener = Listen();
    proxy_.SetTarget(listener.address);
    client_ = ConnectTo(PortOf(proxy_.address()));
    ASSERT_GE(client_, 0);
    ASSERT_TRUE(Readable(listener.fd, kLongMilliseconds));
    server_ = accept(listener.fd, nullptr, nullptr);
    close(listener.fd);
  }
  void TearDown() override {
    close(client_);
    close(server_);
  }

  static void Send(int fd, const std::string& text) {
    EXPECT_EQ(send(fd, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }
  static std::string Receive(int fd) {
    char bytes[100];
    EXPECT_TRUE(Readable(fd, kLongMilliseconds));
    const ssize_t got = recv(fd, bytes, sizeof(bytes), 0);
    return got >= 0 ? std::string(bytes, static_cast<size_t>(got)) : "error";
  }

  Proxy proxy_;
  int client_ = -1;
  int server_ = -1;
};

TEST_F(ProxyTest, PassesBothWaysAndTheEndOfOne) {
  Send(client_, "up");
  EXPECT_EQ(Receive(server_), "up");
  shutdown(client_, SHUT_WR);
  EXPECT_EQ(Receive(server_), "");
  Send(server_, "down");
  EXPECT_EQ(Receive(client_), "down");
  EXPECT_EQ(proxy_.connections(), 1);
}

TEST_F(ProxyTest, CutsInOrder) {
  proxy_.Cut();
  EXPECT_EQ(Receive(client_), "");
  EXPECT_EQ(Receive(server_), "");
}

TEST_F(ProxyTest, ResetsBothEnds) {
  proxy_.Reset();
  for (const int fd : {client_, server_}) {
    char byte = 0;
    EXPECT_TRUE(Readable(fd, kLongMilliseconds));
    EXPECT_EQ(recv(fd, &byte, 1, 0), -1);
    EXPECT_EQ(errno, ECONNRESET);
  }
}

TEST_F(ProxyTest, HoldsBackWhileItStalls) {
  proxy_.Stall();
  Send(client_, "late");
  EXPECT_FALSE(Readable(server_, kShortMilliseconds));
  proxy_.Resume();
  EXPECT_EQ(Receive(server_), "late");
}

TEST_F(ProxyTest, PassesSlowly) {
  proxy_.SlowTo(100);
  Send(client_, "ab");
  EXPECT_EQ(Receive(server_), "a");
  EXPECT_EQ(Receive(server_), "b");
}

}  // namespace
}  // namespace attache::testing
