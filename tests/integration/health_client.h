// grpc.health.v1 as a client sees it.
#ifndef ATTACHE_TESTS_INTEGRATION_HEALTH_CLIENT_H_
#define ATTACHE_TESTS_INTEGRATION_HEALTH_CLIENT_H_

#include <memory>
#include <string>

namespace attache::testing {

// "SERVING", "NOT_SERVING", or the code that Check ends with.
std::string HealthOf(const std::string& address, const std::string& name);

// Asks until it is as expected; false where it is not within a minute.
bool AwaitHealth(const std::string& address, const std::string& name,
                 const std::string& expected);

// A Watch of one name.
class HealthWatch {
 public:
  HealthWatch(const std::string& address, const std::string& name);
  ~HealthWatch();

  // The next that is said; "" at the end.
  std::string Next();
  void Cancel();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_INTEGRATION_HEALTH_CLIENT_H_
