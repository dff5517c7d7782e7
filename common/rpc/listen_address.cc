#include "common/rpc/listen_address.h"

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace attache::rpc {
namespace {

absl::Status Malformed(absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("cannot listen on \"", text,
                   "\": write an address and a port, such as 127.0.0.1:50051, "
                   "[::1]:50051 or "
                   "localhost:50051"));
}

// Takes a host as it was written; fills in what kind of address it is.
bool ReadHost(absl::string_view host, bool bracketed, ListenAddress& address) {
  address.host = bracketed || host != "localhost" ? std::string(host)
                                                  : std::string("127.0.0.1");
  in_addr v4;
  in6_addr v6;
  if (!bracketed && inet_pton(AF_INET, address.host.c_str(), &v4) == 1) {
    address.is_loopback = (ntohl(v4.s_addr) >> 24) == 127;
    return true;
  }
  if (bracketed && inet_pton(AF_INET6, address.host.c_str(), &v6) == 1) {
    address.is_ipv6 = true;
    address.is_loopback = IN6_IS_ADDR_LOOPBACK(&v6) ||
                          (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127);
    return true;
  }
  return false;
}

absl::Status BindError(const ListenAddress& address, int error) {
  const std::string text = address.ToString();
  switch (error) {
    case EADDRINUSE:
      return absl::UnavailableError(absl::StrCat(
          "another process listens on ", text,
          "; stop it, or choose another port (0 takes a free one)"));
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return absl::InvalidArgumentError(absl::StrCat(
          "cannot listen on ", text, ": this machine has no such address"));
    case EACCES:
      return absl::InvalidArgumentError(
          absl::StrCat("cannot listen on ", text,
                       ": no permission; choose a port of 1024 or above"));
    default:
      return absl::UnavailableError(
          absl::StrCat("cannot listen on ", text, ": ", std::strerror(error)));
  }
}

}  // namespace

std::string ListenAddress::ToString() const {
  return is_ipv6 ? absl::StrCat("[", host, "]:", port)
                 : absl::StrCat(host, ":", port);
}

absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos) return Malformed(text);
  absl::string_view host = text.substr(0, colon);
  const absl::string_view port = text.substr(colon + 1);
  const bool bracketed =
      host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);

  ListenAddress address;
  uint32_t number = 0;
  if (port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != absl::string_view::npos ||
      !absl::SimpleAtoi(port, &number) || number > 65535 ||
      !ReadHost(host, bracketed, address)) {
    return Malformed(text);
  }
  address.port = static_cast<uint16_t>(number);
  return address;
}

absl::Status TryToBind(const ListenAddress& address) {
  sockaddr_storage storage{};
  socklen_t length = 0;
  if (address.is_ipv6) {
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address.port);
    inet_pton(AF_INET6, address.host.c_str(), &v6->sin6_addr);
    length = sizeof(*v6);
  } else {
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address.port);
    inet_pton(AF_INET, address.host.c_str(), &v4->sin_addr);
    length = sizeof(*v4);
  }
  const int fd = socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return BindError(address, errno);
  const absl::Cleanup close_fd = [fd] { close(fd); };
  // As the server itself does, so that a connection of an earlier server that
  // still lingers is not taken for a listener.
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(fd, reinterpret_cast<sockaddr*>(&storage), length) != 0 ||
      listen(fd, 1) != 0) {
    return BindError(address, errno);
  }
  return absl::OkStatus();
}

}  // namespace attache::rpc
