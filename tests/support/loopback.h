// TCP on 127.0.0.1, below gRPC.
#ifndef ATTACHE_TESTS_SUPPORT_LOOPBACK_H_
#define ATTACHE_TESTS_SUPPORT_LOOPBACK_H_

#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace attache::testing {

// Of "127.0.0.1:PORT"; 0 where it has none.
inline int PortOf(const std::string& address) {
  int port = 0;
  const bool ok =
      absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port);
  return ok ? port : 0;
}

inline sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A socket; -1 where nobody listens there.
inline int ConnectTo(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address),
              sizeof(address)) == 0) {
    return fd;
  }
  close(fd);
  return -1;
}

// A socket that listens on a free port, and its "127.0.0.1:PORT"; empty where
// there is none.
struct Listener {
  int fd = -1;
  std::string address;
};
inline Listener Listen(int flags = 0) {
  Listener listener;
  listener.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  if (bind(listener.fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
      listen(listener.fd, SOMAXCONN) == 0 &&
      getsockname(listener.fd, reinterpret_cast<sockaddr*>(&address), &size) ==
          0) {
    listener.address = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
  }
  return listener;
}

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_LOOPBACK_H_
