// A start of a server that may be refused.
#ifndef ATTACHE_TESTS_FAULTS_ATTEMPTED_START_H_
#define ATTACHE_TESTS_FAULTS_ATTEMPTED_START_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/support/process.h"

namespace attache::testing {

class AttemptedStart {
 public:
  // Waits until `program` listens or says that it cannot start.
  AttemptedStart(const std::string& program, const std::string& data_dir,
                 const std::vector<std::string>& environment = {})
      : process_(
            program,
            {absl::StrCat("--data_dir=", data_dir), "--listen=127.0.0.1:0"},
            environment) {
    const absl::Time deadline = absl::Now() + absl::Seconds(60);
    while (absl::Now() < deadline) {
      log_ = process_.Err();
      address_ = ListeningAddress(log_);
      if (!address_.empty() || was_refused()) return;
      absl::SleepFor(absl::Milliseconds(10));
    }
    ADD_FAILURE() << program << " neither started nor refused to:\n" << log_;
  }

  bool was_refused() const {
    return log_.find("cannot start") != std::string::npos;
  }
  // Where it listens, until this object goes; empty where it was refused.
  const std::string& address() const { return address_; }
  const std::string& log() const { return log_; }

 private:
  RunningCommand process_;
  std::string log_;
  std::string address_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_ATTEMPTED_START_H_
