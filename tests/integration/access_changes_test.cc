// What becomes of open streams and of certificates when they are replaced.
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "tests/integration/guarded_calls.h"
#include "tests/integration/guarded_pair.h"
#include "tests/integration/pair.h"
#include "tests/support/scrape.h"

namespace attache::testing {
namespace {

TEST(Access, EndsStreamsOfWhoeverIsRemovedFromTheList) {
  GuardedPair pair;
  const auto stub =
      v1::TripQueryService::NewStub(pair.Channel(pair.query_address()));
  const auto context = pair.As("analysis");
  const auto watch =
      stub->WatchTripRecords(context.get(), v1::WatchTripRecordsRequest());
  v1::WatchTripRecordsResponse response;
  ASSERT_TRUE(watch->Read(&response));
  Producer producer(pair, "ingestor", "p");
  ASSERT_TRUE(producer.welcomed());
  // One that waits for a revision.
  const auto export_context = pair.As("analysis");
  v1::ExportTripRecordsRequest later;
  later.set_min_revision(1'000'000);
  const auto exported = stub->ExportTripRecords(export_context.get(), later);

  ASSERT_TRUE(
      AwaitValue(pair.query_service().metrics_address(),
                 R"(grpc_server_in_flight{grpc_method="ExportTripRecords",)"
                 R"(grpc_service="attache.v1.TripQueryService",)"
                 R"(grpc_type="server_stream"})",
                 1));

  pair.Permit({"stranger"});
  v1::ExportTripRecordsResponse nothing;
  EXPECT_FALSE(exported->Read(&nothing));
  EXPECT_EQ(ReasonOf(exported->Finish()), "CREDENTIALS_INVALID");
  while (watch->Read(&response)) {
  }
  EXPECT_EQ(ReasonOf(watch->Finish()), "CREDENTIALS_INVALID");
  EXPECT_EQ(producer.AwaitEnd(), "CREDENTIALS_INVALID");
  EXPECT_EQ(Read(pair.Channel(pair.query_address()), pair.As("analysis")),
            "CREDENTIALS_INVALID");
  EXPECT_EQ(Read(pair.Channel(pair.query_address()), pair.As("stranger")),
            "OK");
}

TEST(Access, EndsASubmissionOfWhoeverIsRemovedFromTheList) {
  GuardedPair pair;
  const auto stub =
      v1::IngestService::NewStub(pair.Channel(pair.ingestor_address()));
  const auto context = pair.As("newsroom");
  const auto stream = stub->StreamBriefings(context.get());
  v1::StreamBriefingsRequest request;
  *request.mutable_briefing() = TripBriefing("b", 1);
  ASSERT_TRUE(stream->Write(request));
  v1::StreamBriefingsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  WriteFile(pair.file("ingestor.access"),
            "somebody writer certificate:somebody.example.org\n");
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(ReasonOf(stream->Finish()), "CREDENTIALS_INVALID");
}

TEST(Access, ServesACertificateThatWasReplaced) {
  GuardedPair pair;
  const TestCa next("Attache CA");
  const TestCertificate certificate = next.Issue("query",
                                                 "DNS:localhost,"
                                                 "IP:127.0.0.1");
  WriteFile(pair.file("query.key"), certificate.key);
  WriteFile(pair.file("query.pem"), certificate.certificate);
  EXPECT_EQ(Read(pair.Channel(pair.query_address()), pair.As("analysis")),
            "UNAVAILABLE");
  EXPECT_EQ(
      Read(GuardedPair::Channel(pair.query_address(), next.certificate(), {}),
           pair.As("analysis")),
      "OK");
}

}  // namespace
}  // namespace attache::testing
