#include "tests/faults/proxy.h"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gtest/gtest.h"
#include "tests/support/loopback.h"

namespace attache::testing {
namespace {

// Between two looks at the sockets where none is ready, and between all rounds
// of a slow connection.
constexpr int kRoundMilliseconds = 10;
constexpr size_t kFlowBytes = size_t{64} << 10;

int Connect(int port) {
  const int fd = ConnectTo(port);
  const int on = 1;
  if (fd >= 0) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return fd;
}

}  // namespace

Proxy::Proxy() {
  const Listener listener = Listen(SOCK_NONBLOCK);
  EXPECT_FALSE(listener.address.empty());
  listener_ = listener.fd;
  address_ = listener.address;
  thread_ = std::thread([this] { Run(); });
}

Proxy::~Proxy() {
  stopping_ = true;
  thread_.join();
  CloseAll(false);
  close(listener_);
}

void Proxy::SetTarget(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  target_port_ = PortOf(address);
}

void Proxy::Cut() {
  const std::scoped_lock lock(mutex_);
  CloseAll(false);
}

void Proxy::Reset() {
  const std::scoped_lock lock(mutex_);
  CloseAll(true);
}

void Proxy::Stall() {
  const std::scoped_lock lock(mutex_);
  stalled_ = true;
}

void Proxy::SlowTo(int64_t bytes_per_second) {
  const std::scoped_lock lock(mutex_);
  bytes_per_round_ =
      std::max<int64_t>(1, bytes_per_second * kRoundMilliseconds / 1000);
}

void Proxy::Resume() {
  const std::scoped_lock lock(mutex_);
  stalled_ = false;
  bytes_per_round_ = 0;
}

void Proxy::Run() {
  while (!stopping_) {
    std::vector<pollfd> sockets;
    bool slow = false;
    {
      const std::scoped_lock lock(mutex_);
      slow = stalled_ || bytes_per_round_ > 0;
      if (!stalled_) {
        Accept();
        for (Connection& connection : open_) {
          Pass(connection.up, connection);
          Pass(connection.down, connection);
        }
        open_.remove_if([](const Connection& connection) {
          const bool over = connection.broken ||
                            (connection.up.ended && connection.down.ended);
          if (over) Close(connection, false);
          return over;
        });
        sockets.push_back({.fd = listener_, .events = POLLIN, .revents = 0});
        for (const Connection& connection : open_) {
          for (const Flow* flow : {&connection.up, &connection.down}) {
            if (!flow->ended && flow->bytes.size() < kFlowBytes) {
              sockets.push_back(
                  {.fd = flow->from, .events = POLLIN, .revents = 0});
            }
            if (!flow->bytes.empty()) {
              sockets.push_back(
                  {.fd = flow->to, .events = POLLOUT, .revents = 0});
            }
          }
        }
      }
    }
    if (slow) {
      poll(nullptr, 0, kRoundMilliseconds);
    } else {
      poll(sockets.data(), sockets.size(), kRoundMilliseconds);
    }
  }
}

void Proxy::Accept() {
  while (true) {
    const int client =
        accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    const int server = target_port_ > 0 ? Connect(target_port_) : -1;
    if (server < 0) {
      close(client);
      continue;
    }
    ++connections_;
    open_.push_back({.up = {.from = client, .to = server, .bytes = {}},
                     .down = {.from = server, .to = client, .bytes = {}}});
  }
}

void Proxy::Pass(Flow& flow, Connection& connection) {
  if (connection.broken) return;
  if (!flow.ended && flow.bytes.size() < kFlowBytes) {
    char buffer[kFlowBytes];
    const ssize_t got = recv(flow.from, buffer, sizeof(buffer), MSG_DONTWAIT);
    if (got > 0) flow.bytes.append(buffer, static_cast<size_t>(got));
    if (got == 0) flow.ended = true;
    if (got < 0 && errno != EAGAIN) connection.broken = true;
  }
  if (!flow.bytes.empty()) {
    size_t size = flow.bytes.size();
    if (bytes_per_round_ > 0) {
      size = std::min(size, static_cast<size_t>(bytes_per_round_));
    }
    const ssize_t put =
        send(flow.to, flow.bytes.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put > 0) flow.bytes.erase(0, static_cast<size_t>(put));
    if (put < 0 && errno != EAGAIN) connection.broken = true;
  } else if (flow.ended) {
    shutdown(flow.to, SHUT_WR);
  }
}

void Proxy::Close(const Connection& connection, bool reset) {
  for (const int fd : {connection.up.from, connection.up.to}) {
    if (reset) {
      const linger now{.l_onoff = 1, .l_linger = 0};
      setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    }
    close(fd);
  }
}

void Proxy::CloseAll(bool reset) {
  for (const Connection& connection : open_) Close(connection, reset);
  open_.clear();
}

}  // namespace attache::testing
