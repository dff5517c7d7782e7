#include "tests/support/process.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <random>
#include <regex>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/support/corpora.h"
#include "tests/support/loopback.h"

namespace attache::testing {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(60);
constexpr absl::Duration kCommandTimeout = absl::Seconds(300);

void RedirectTo(const std::string& path, int fd) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(file, fd);
  close(file);
}

// In the child.
void SetEnvironment(const std::vector<std::string>& environment) {
  for (const std::string& variable : environment) {
    putenv(const_cast<char*>(variable.c_str()));
  }
}

// In the child: never returns.
[[noreturn]] void Exec(const std::string& program,
                       const std::vector<std::string>& arguments) {
  const std::string path = absl::StrCat(ATTACHE_BIN_DIR, "/", program);
  std::vector<char*> argv{const_cast<char*>(path.c_str())};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  execv(path.c_str(), argv.data());
  _exit(127);
}

int ExitCode(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::string ListeningAddress(const std::string& log) {
  static const std::regex kListening(
      R"re("message":"listening".*"address":"([^"]+)")re");
  std::smatch match;
  return std::regex_search(log, match, kListening) ? match[1].str() : "";
}

std::string LastingAddress() {
  constexpr int kLowest = 10'000;
  constexpr int kHighest = 32'000;
  std::random_device random;
  std::uniform_int_distribution<int> ports(kLowest, kHighest);
  for (int i = 0; i < 1000; ++i) {
    const int port = ports(random);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = Loopback(port);
    const bool free = bind(fd, reinterpret_cast<const sockaddr*>(&address),
                           sizeof(address)) == 0;
    close(fd);
    if (free) return absl::StrCat("127.0.0.1:", port);
  }
  ADD_FAILURE() << "no port is free";
  return "";
}

ServerProcess::ServerProcess(std::string program,
                             std::vector<std::string> arguments,
                             std::string listen,
                             const std::vector<std::string>& environment)
    : log_path_(directory_.path() + "/log") {
  arguments.push_back(absl::StrCat("--listen=", listen));
  // First, so that `arguments` can say otherwise.
  arguments.insert(arguments.begin(), "--metrics_listen=127.0.0.1:0");
  pid_ = fork();
  if (pid_ == 0) {
    RedirectTo(log_path_, STDERR_FILENO);
    SetEnvironment(environment);
    Exec(program, arguments);
  }
  static const std::regex kMetrics(R"re("metrics_address":"([^"]+)")re");
  const absl::Time deadline = absl::Now() + kStartTimeout;
  while (absl::Now() < deadline) {
    const std::string log = Log();
    address_ = ListeningAddress(log);
    if (!address_.empty()) {
      std::smatch match;
      if (std::regex_search(log, match, kMetrics)) {
        metrics_address_ = match[1].str();
      }
      return;
    }
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      break;
    }
    absl::SleepFor(absl::Milliseconds(10));
  }
  ADD_FAILURE() << program << " did not start:\n" << Log();
}

ServerProcess::~ServerProcess() { Kill(); }

void ServerProcess::Kill() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

int ServerProcess::Terminate() {
  kill(pid_, SIGTERM);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return ExitCode(status);
}

std::string ServerProcess::Log() const { return ReadFile(log_path_); }

RunningCommand::RunningCommand(const std::string& program,
                               const std::vector<std::string>& arguments,
                               const std::vector<std::string>& environment) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no pipe";
    return;
  }
  pid_ = fork();
  if (pid_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    RedirectTo(directory_.path() + "/err", STDERR_FILENO);
    SetEnvironment(environment);
    Exec(program, arguments);
  }
  close(ends[1]);
  output_ = ends[0];
}

RunningCommand::~RunningCommand() {
  CloseOutput();
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

std::string RunningCommand::Read(size_t size) {
  std::string bytes;
  std::string buffer(std::min(size, size_t{64} << 10), '\0');
  while (bytes.size() < size) {
    const ssize_t got = read(output_, buffer.data(),
                             std::min(buffer.size(), size - bytes.size()));
    if (got <= 0) break;
    bytes.append(buffer, 0, static_cast<size_t>(got));
  }
  return bytes;
}

std::string RunningCommand::ReadAll() {
  return Read(std::numeric_limits<size_t>::max());
}

void RunningCommand::CloseOutput() {
  if (output_ >= 0) close(output_);
  output_ = -1;
}

int RunningCommand::Wait() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return ExitCode(status);
}

std::string RunningCommand::Err() const {
  return ReadFile(directory_.path() + "/err");
}

CommandResult RunCommand(const std::string& program,
                         const std::vector<std::string>& arguments,
                         const std::string& input,
                         const std::vector<std::string>& environment) {
  const TempDirectory directory;
  const std::string in = directory.path() + "/in";
  const std::string out = directory.path() + "/out";
  const std::string err = directory.path() + "/err";
  std::ofstream(in, std::ios::binary) << input;
  const pid_t pid = fork();
  if (pid == 0) {
    const int file = open(in.c_str(), O_RDONLY);
    dup2(file, STDIN_FILENO);
    RedirectTo(out, STDOUT_FILENO);
    RedirectTo(err, STDERR_FILENO);
    SetEnvironment(environment);
    Exec(program, arguments);
  }
  int status = 0;
  const absl::Time deadline = absl::Now() + kCommandTimeout;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    if (absl::Now() > deadline) {
      kill(pid, SIGKILL);
      ADD_FAILURE() << program << " did not end";
    }
    absl::SleepFor(absl::Milliseconds(5));
  }
  return {ExitCode(status), ReadFile(out), ReadFile(err)};
}

}  // namespace attache::testing
