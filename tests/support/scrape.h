// Metrics as Prometheus sees them.
#ifndef ATTACHE_TESTS_SUPPORT_SCRAPE_H_
#define ATTACHE_TESTS_SUPPORT_SCRAPE_H_

#include <optional>
#include <string>

namespace attache::testing {

// The body of GET /metrics at "127.0.0.1:9464"; fails the test where it is not
// answered with 200.
std::string Scrape(const std::string& address);

// The value of a line, named with its labels as it stands there:
// `attache_outbox_writes`, `grpc_server_handled_total{grpc_code="OK",...}`.
// nullopt where there is none.
std::optional<double> ValueOf(const std::string& metrics,
                              const std::string& name);

// Whether the value of a line reaches `at_least` within a minute.
bool AwaitValue(const std::string& address, const std::string& name,
                double at_least);

// What `promtool check metrics` says of it; empty where it finds nothing.
std::string PromtoolFindings(const std::string& metrics);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_SCRAPE_H_
