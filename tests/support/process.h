// Real processes for integration tests: servers on port 0, and commands.
#ifndef ATTACHE_TESTS_SUPPORT_PROCESS_H_
#define ATTACHE_TESTS_SUPPORT_PROCESS_H_

#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/temp_directory.h"

namespace attache::testing {

// Where the log of a server says that it listens; empty where it does not yet.
std::string ListeningAddress(const std::string& log);

// "127.0.0.1:PORT" for a server that is to come back there. The port is free
// and below those that connections are given: else one that tries to reach the
// server while it is down may get that very port, and keep it out.
std::string LastingAddress();

// One of our servers. Killed at the end where it still runs.
class ServerProcess {
 public:
  // Starts bin/PROGRAM with `arguments` and waits until it listens; fails the
  // test, with its log, where it does not. `listen` keeps the port of an
  // earlier life: clients find it where it was. `environment` holds NAME=VALUE.
  ServerProcess(std::string program, std::vector<std::string> arguments,
                std::string listen = "127.0.0.1:0",
                const std::vector<std::string>& environment = {});
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const std::string& address() const { return address_; }
  // A free one unless `arguments` say otherwise; empty where there is none.
  const std::string& metrics_address() const { return metrics_address_; }
  pid_t pid() const { return pid_; }
  // SIGKILL, and waits for its end.
  void Kill();
  // SIGTERM, and waits; returns the exit code (128 + signal where killed).
  int Terminate();
  // All that it wrote to standard error so far.
  std::string Log() const;

 private:
  TempDirectory directory_;
  std::string log_path_;
  std::string address_;
  std::string metrics_address_;
  pid_t pid_ = -1;
};

struct CommandResult {
  int exit_code = 0;
  std::string out;
  std::string err;
};

// Runs bin/PROGRAM to its end, at most a minute. `environment` holds
// NAME=VALUE.
CommandResult RunCommand(const std::string& program,
                         const std::vector<std::string>& arguments,
                         const std::string& input = "",
                         const std::vector<std::string>& environment = {});

// bin/PROGRAM while the test goes on, its standard output a pipe.
class RunningCommand {
 public:
  RunningCommand(const std::string& program,
                 const std::vector<std::string>& arguments,
                 const std::vector<std::string>& environment = {});
  ~RunningCommand();
  RunningCommand(const RunningCommand&) = delete;
  RunningCommand& operator=(const RunningCommand&) = delete;

  // The next `size` bytes; fewer at the end of the output only.
  std::string Read(size_t size);
  std::string ReadAll();
  // Reads no more, as `head` does.
  void CloseOutput();
  // Blocks until it has ended; its exit code (128 + signal where killed).
  int Wait();
  // All that it wrote to standard error so far.
  std::string Err() const;
  pid_t pid() const { return pid_; }

 private:
  TempDirectory directory_;
  int output_ = -1;
  pid_t pid_ = -1;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_PROCESS_H_
