// Both services as real processes on one data directory each.
#ifndef ATTACHE_TESTS_INTEGRATION_PAIR_H_
#define ATTACHE_TESTS_INTEGRATION_PAIR_H_

#include <memory>
#include <string>
#include <vector>

#include "attache/v1/ingest_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "tests/support/process.h"

namespace attache::testing {

// A subchannel of its own, which no earlier life's backoff delays.
std::shared_ptr<grpc::Channel> Channel(const std::string& address);

// How a server is started, each time.
struct Launch {
  std::vector<std::string> flags = {};
  // NAME=VALUE.
  std::vector<std::string> environment = {};
};

// Keeps their ports, so that each finds the other again.
class Pair {
 public:
  explicit Pair(Launch query_service = {}, Launch ingestor = {});

  void StartQueryService();
  void StartIngestor(const std::vector<std::string>& flags = {});

  ServerProcess& query_service() { return *query_service_; }
  ServerProcess& ingestor() { return *ingestor_; }
  void KillQueryService() { query_service_.reset(); }
  void KillIngestor() { ingestor_.reset(); }

  std::string query_data() const { return directory_.path() + "/query"; }
  std::string ingestor_data() const { return directory_.path() + "/ingestor"; }

  // Fresh channels to where they listen now.
  std::unique_ptr<v1::TripQueryService::Stub> QueryStub() const;
  std::unique_ptr<v1::IngestService::Stub> IngestStub() const;

  // Runs `attache` against the two.
  CommandResult Attache(std::vector<std::string> arguments,
                        const std::string& input = "") const;

  // Blocks until the query service has acknowledged all that the ingestor
  // accepted; fails the test after a minute.
  void WaitUntilSettled() const;

 private:
  const Launch query_launch_;
  const Launch ingestor_launch_;
  TempDirectory directory_;
  const std::string query_address_ = LastingAddress();
  const std::string ingestor_address_ = LastingAddress();
  std::unique_ptr<ServerProcess> query_service_;
  std::unique_ptr<ServerProcess> ingestor_;
};

// A briefing that reports one trip, with a marker of its own in the text, so
// that it can be told from any other.
v1::Briefing TripBriefing(const std::string& briefing_id, int marker);

// All records of the index, sorted by id, as deterministic bytes.
std::vector<std::string> AllRecords(v1::TripQueryService::Stub& stub);
std::vector<std::string> AllRecordIds(v1::TripQueryService::Stub& stub);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_INTEGRATION_PAIR_H_
