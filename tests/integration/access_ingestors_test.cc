// Ingestors as clients of a guarded query service.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "tests/integration/guarded_calls.h"
#include "tests/integration/guarded_pair.h"
#include "tests/integration/pair.h"

namespace attache::testing {
namespace {

TEST(Access, KeepsAProducerFromOtherPrincipals) {
  GuardedPair pair;
  EXPECT_EQ(Producer(pair, "ingestor", "p").Finish(), "OK");
  pair.Permit({"ingestor", "stranger"});
  // An admin is another principal all the same.
  std::string reason;
  for (int i = 0; i < 100 && reason != "PRODUCER_OF_ANOTHER"; ++i) {
    reason = Producer(pair, "stranger", "p").Finish();
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_EQ(reason, "PRODUCER_OF_ANOTHER");
  EXPECT_EQ(Producer(pair, "stranger", "q").Finish(), "OK");
  EXPECT_EQ(Producer(pair, "ingestor", "q").Finish(), "PRODUCER_OF_ANOTHER");
  EXPECT_EQ(Producer(pair, "ingestor", "p").Finish(), "OK");
}

// An ingestor without a token, whom the query service knows by a certificate
// of that name.
class CertifiedIngestor {
 public:
  CertifiedIngestor(const GuardedPair& pair, const std::string& dns_name) {
    const TestCertificate certificate =
        pair.client_ca.Issue("x", absl::StrCat("DNS:", dns_name));
    WriteFile(directory_.file("certificate.pem"), certificate.certificate);
    WriteFile(directory_.file("key.pem"), certificate.key);
    process_ = std::make_unique<ServerProcess>(
        "attache-ingestor",
        std::vector<std::string>{
            absl::StrCat("--data_dir=", directory_.file("data")),
            absl::StrCat("--query_address=", pair.query_address()),
            absl::StrCat("--query_tls_ca=", pair.file("ca.pem")),
            absl::StrCat("--query_tls_certificate=",
                         directory_.file("certificate.pem")),
            absl::StrCat("--query_tls_key=", directory_.file("key.pem"))});
  }

  // How durable a briefing is that waits two seconds to be indexed.
  v1::Durability Ingest(const std::string& briefing_id) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(2));
    v1::IngestBriefingRequest request;
    *request.mutable_briefing() = TripBriefing(briefing_id, 1);
    request.set_durability(v1::DURABILITY_INDEXED);
    v1::IngestBriefingResponse response;
    const grpc::Status status =
        v1::IngestService::NewStub(Channel(process_->address()))
            ->IngestBriefing(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.result().durability();
  }
  // Whether the log says `text` within a minute.
  bool AwaitSaid(const std::string& text) const {
    const absl::Time deadline = absl::Now() + absl::Minutes(1);
    while (process_->Log().find(text) == std::string::npos) {
      if (absl::Now() > deadline) return false;
      absl::SleepFor(absl::Milliseconds(20));
    }
    return true;
  }

 private:
  TempDirectory directory_;
  std::unique_ptr<ServerProcess> process_;
};

TEST(Access, AnIngestorMayProveItselfByACertificate) {
  GuardedPair pair;
  WriteFile(pair.file("query.access"),
            "feeds writer certificate:feeds.example.org\n"
            "auditor reader certificate:auditor.example.org\n");
  CertifiedIngestor feeds(pair, "feeds.example.org");
  v1::Durability reached = v1::DURABILITY_UNSPECIFIED;
  for (int i = 0; i < 30 && reached != v1::DURABILITY_INDEXED; ++i) {
    reached = feeds.Ingest(absl::StrCat("a", i));
  }
  EXPECT_EQ(reached, v1::DURABILITY_INDEXED);
  // One that may only read, and one that nobody knows.
  CertifiedIngestor auditor(pair, "auditor.example.org");
  EXPECT_EQ(auditor.Ingest("b"), v1::DURABILITY_DURABLE);
  EXPECT_TRUE(auditor.AwaitSaid("PERMISSION_DENIED"));
  CertifiedIngestor other(pair, "other.example.org");
  EXPECT_EQ(other.Ingest("c"), v1::DURABILITY_DURABLE);
  EXPECT_TRUE(other.AwaitSaid("UNAUTHENTICATED"));
}

}  // namespace
}  // namespace attache::testing
