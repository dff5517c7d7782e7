// The rules of access, each with somebody who tries to get past it.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "attache/v1/trip_index_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "tests/integration/guarded_calls.h"
#include "tests/integration/guarded_pair.h"
#include "tests/integration/pair.h"

namespace attache::testing {
namespace {

// How a method answers to bytes that are no message: what it asks first.
std::string SendGarbage(const std::shared_ptr<grpc::Channel>& channel,
                        const std::string& method,
                        std::unique_ptr<grpc::ClientContext> context) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const auto stream = stub.PrepareCall(context.get(), method, &queue);
  const auto step = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  stream->StartCall(nullptr);
  step();
  const grpc::Slice slice("\xff\xff\xff");
  stream->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  step();
  grpc::Status status;
  stream->Finish(&status, nullptr);
  step();
  return ReasonOf(status);
}

TEST(Access, LetsEachDoWhatItMay) {
  GuardedPair pair;
  const auto query = pair.Channel(pair.query_address());
  EXPECT_EQ(Read(query, pair.As("analysis")), "OK");

  const auto ingestor =
      v1::IngestService::NewStub(pair.Channel(pair.ingestor_address()));
  v1::IngestBriefingRequest request;
  *request.mutable_briefing() = TripBriefing("b", 1);
  request.set_durability(v1::DURABILITY_INDEXED);
  v1::IngestBriefingResponse response;
  const grpc::Status status =
      ingestor->IngestBriefing(pair.As("newsroom").get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  // It got through to the query service, by the ingestor's own token.
  EXPECT_EQ(response.result().durability(), v1::DURABILITY_INDEXED);

  const auto context = pair.As("operations");
  const auto reparse =
      ingestor->ReparseBriefings(context.get(), v1::ReparseBriefingsRequest());
  v1::ReparseBriefingsResponse progress;
  while (reparse->Read(&progress)) {
  }
  EXPECT_EQ(ReasonOf(reparse->Finish()), "OK");
}

TEST(Access, EveryRpcAsksBeforeItReadsTheRequest) {
  GuardedPair pair;
  const auto query = pair.Channel(pair.query_address());
  const auto ingestor = pair.Channel(pair.ingestor_address());
  int methods = 0;
  for (const auto& [name, channel] :
       std::vector<std::pair<std::string, std::shared_ptr<grpc::Channel>>>{
           {"attache.v1.TripQueryService", query},
           {"attache.v1.TripIndexService", query},
           {"attache.v1.IngestService", ingestor}}) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
            name);
    ASSERT_NE(service, nullptr) << name;
    for (int i = 0; i < service->method_count(); ++i, ++methods) {
      const std::string method =
          absl::StrCat("/", name, "/", service->method(i)->name());
      // These take no bytes: gRPC decodes their requests, which hold nothing.
      const bool decoded_by_grpc =
          service->method(i)->input_type()->field_count() == 0 ||
          service->method(i)->name() == "ReparseBriefings";
      if (!decoded_by_grpc) {
        EXPECT_EQ(SendGarbage(channel, method, pair.As("")),
                  "CREDENTIALS_INVALID")
            << method;
        EXPECT_EQ(SendGarbage(channel, method, pair.As("stranger")),
                  "CREDENTIALS_INVALID")
            << method;
      }
    }
  }
  EXPECT_GT(methods, 20);
}

TEST(Access, RefusesWhoeverLacksTheRole) {
  GuardedPair pair;
  const auto query = pair.Channel(pair.query_address());
  const auto ingestor = pair.Channel(pair.ingestor_address());
  // A writer that reads, a reader that writes.
  EXPECT_EQ(Read(query, pair.As("ingestor")), "ROLE_MISSING");
  for (const char* method :
       {"IngestBriefing", "StreamBriefings", "RetractBriefing"}) {
    EXPECT_EQ(SendGarbage(ingestor,
                          absl::StrCat("/attache.v1.IngestService/", method),
                          pair.As("analysis")),
              "ROLE_MISSING")
        << method;
  }
  for (const char* method :
       {"ParseBriefing", "GetBriefing", "ListRejectedBriefings"}) {
    EXPECT_EQ(SendGarbage(ingestor,
                          absl::StrCat("/attache.v1.IngestService/", method),
                          pair.As("newsroom")),
              "ROLE_MISSING")
        << method;
  }
  EXPECT_EQ(Producer(pair, "analysis", "p").Finish(), "ROLE_MISSING");
  const auto stub = v1::IngestService::NewStub(ingestor);
  for (const char* name : {"analysis", "newsroom"}) {
    const auto context = pair.As(name);
    const auto reparse =
        stub->ReparseBriefings(context.get(), v1::ReparseBriefingsRequest());
    EXPECT_EQ(ReasonOf(reparse->Finish()), "ROLE_MISSING") << name;
  }
  v1::GetIngestStatusResponse status;
  EXPECT_EQ(
      ReasonOf(stub->GetIngestStatus(pair.As("newsroom").get(), {}, &status)),
      "ROLE_MISSING");
  EXPECT_EQ(ReasonOf(stub->GetIngestStatus(pair.As("").get(), {}, &status)),
            "CREDENTIALS_INVALID");
  v1::GetIndexStatusResponse index;
  EXPECT_EQ(ReasonOf(v1::TripQueryService::NewStub(query)->GetIndexStatus(
                pair.As("").get(), {}, &index)),
            "CREDENTIALS_INVALID");
}

TEST(Access, ATokenOfTheOtherServerIsNoneHere) {
  GuardedPair pair;
  EXPECT_EQ(Read(pair.Channel(pair.query_address()), pair.As("operations")),
            "CREDENTIALS_INVALID");
}

TEST(Access, KnowsOnlyGoodCertificatesOfItsCa) {
  GuardedPair pair;
  const auto read = [&pair](const TestCertificate& certificate) {
    return Read(GuardedPair::Channel(pair.query_address(),
                                     pair.ca.certificate(), certificate),
                pair.As(""));
  };
  const std::string name = "DNS:auditor.example.org";
  EXPECT_EQ(read(pair.client_ca.Issue("x", name)), "OK");
  EXPECT_EQ(read(pair.client_ca.Issue("x", name, -absl::Minutes(1))),
            "UNAVAILABLE");
  EXPECT_EQ(read(TestCa("Clients CA").Issue("x", name)), "UNAVAILABLE");
  EXPECT_EQ(read(pair.client_ca.Issue("x", "DNS:other.example.org")),
            "CREDENTIALS_INVALID");
  EXPECT_EQ(read({}), "CREDENTIALS_INVALID");
  // It reads, and so it does not write.
  const auto stub = v1::TripIndexService::NewStub(
      GuardedPair::Channel(pair.query_address(), pair.ca.certificate(),
                           pair.client_ca.Issue("x", name)));
  const auto context = pair.As("");
  EXPECT_EQ(ReasonOf(stub->StreamTripRecords(context.get())->Finish()),
            "ROLE_MISSING");
}

TEST(Access, SpeaksToNobodyWithoutTls) {
  GuardedPair pair;
  for (const std::string& address :
       {pair.query_address(), pair.ingestor_address()}) {
    EXPECT_EQ(
        Read(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()),
             pair.As("analysis")),
        "UNAVAILABLE");
  }
}

TEST(Access, HealthIsOpenAndReflectionIsNot) {
  GuardedPair pair;
  for (const std::string& address :
       {pair.query_address(), pair.ingestor_address()}) {
    // The empty name, which is an empty message, stands for the server.
    const grpc::Slice empty;
    grpc::GenericStub stub(pair.Channel(address));
    grpc::CompletionQueue queue;
    const auto context = pair.As("");
    const auto call =
        stub.PrepareUnaryCall(context.get(), "/grpc.health.v1.Health/Check",
                              grpc::ByteBuffer(&empty, 1), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    EXPECT_EQ(ReasonOf(status), "OK");
    for (const char* method :
         {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
          "/grpc.channelz.v1.Channelz/GetServers"}) {
      EXPECT_EQ(SendGarbage(pair.Channel(address), method, pair.As("analysis")),
                "UNIMPLEMENTED")
          << method;
    }
  }
}

}  // namespace
}  // namespace attache::testing
