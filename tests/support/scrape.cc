#include "tests/support/scrape.h"

#include <cstdlib>
#include <fstream>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/support/corpora.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {

std::string Scrape(const std::string& address) {
  const std::vector<std::string> parts = absl::StrSplit(address, ':');
  uint32_t port = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[1], &port)) {
    ADD_FAILURE() << "no address: " << address;
    return "";
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, parts[0].c_str(), &to.sin_addr);
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string answer;
  if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) {
    const std::string request =
        "GET /metrics HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    EXPECT_EQ(write(fd, request.data(), request.size()),
              static_cast<ssize_t>(request.size()));
    char buffer[4096];
    ssize_t got = 0;
    while ((got = read(fd, buffer, sizeof(buffer))) > 0) {
      answer.append(buffer, static_cast<size_t>(got));
    }
  }
  close(fd);
  EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 200")) << answer;
  const size_t body = answer.find("\r\n\r\n");
  return body == std::string::npos ? "" : answer.substr(body + 4);
}

std::optional<double> ValueOf(const std::string& metrics,
                              const std::string& name) {
  for (const absl::string_view line : absl::StrSplit(metrics, '\n')) {
    double value = 0;
    if (absl::StartsWith(line, absl::StrCat(name, " ")) &&
        absl::SimpleAtod(line.substr(name.size() + 1), &value)) {
      return value;
    }
  }
  return std::nullopt;
}

bool AwaitValue(const std::string& address, const std::string& name,
                double at_least) {
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  while (ValueOf(Scrape(address), name).value_or(0) < at_least) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return true;
}

std::string PromtoolFindings(const std::string& metrics) {
  const TempDirectory directory;
  std::ofstream(directory.file("metrics"), std::ios::binary) << metrics;
  const int code = std::system(absl::StrCat("promtool check metrics <",
                                            directory.file("metrics"), " >",
                                            directory.file("findings"), " 2>&1")
                                   .c_str());
  const std::string findings = ReadFile(directory.file("findings"));
  return code == 0 ? findings
                   : absl::StrCat(findings, "promtool ended with ", code);
}

}  // namespace attache::testing
