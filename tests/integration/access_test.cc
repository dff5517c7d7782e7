// The rules of access, each with somebody who tries to get past it.
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "attache/v1/trip_index_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "tests/integration/guarded_pair.h"
#include "tests/integration/pair.h"

namespace attache::testing {
namespace {

// Its reason where it has one, else its code.
std::string ReasonOf(const grpc::Status& status) {
  if (status.ok()) return "OK";
  const absl::Status error = rpc::FromGrpcStatus(status);
  const auto details = DetailsOf(error);
  return details ? details->reason : absl::StatusCodeToString(error.code());
}

std::string Read(const std::shared_ptr<grpc::Channel>& channel,
                 std::unique_ptr<grpc::ClientContext> context) {
  v1::ListTripRecordsBySectorRequest request;
  request.set_sector("energy");
  v1::ListTripRecordsResponse response;
  return ReasonOf(
      v1::TripQueryService::NewStub(channel)->ListTripRecordsBySector(
          context.get(), request, &response));
}

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

// One stream of an ingestor that says Hello.
class Producer {
 public:
  Producer(const GuardedPair& pair, const std::string& name,
           const std::string& producer_id)
      : stub_(
            v1::TripIndexService::NewStub(pair.Channel(pair.query_address()))),
        context_(pair.As(name)),
        stream_(stub_->StreamTripRecords(context_.get())) {
    v1::StreamTripRecordsRequest request;
    request.mutable_hello()->set_producer_id(producer_id);
    stream_->Write(request);
    v1::StreamTripRecordsResponse response;
    welcomed_ = stream_->Read(&response) && response.has_welcome();
  }

  bool welcomed() const { return welcomed_; }
  // How the service ends the stream, or answers its close.
  std::string Finish() {
    if (welcomed_) stream_->WritesDone();
    return AwaitEnd();
  }
  std::string AwaitEnd() {
    v1::StreamTripRecordsResponse response;
    while (stream_->Read(&response)) {
    }
    return ReasonOf(stream_->Finish());
  }

 private:
  const std::unique_ptr<v1::TripIndexService::Stub> stub_;
  const std::unique_ptr<grpc::ClientContext> context_;
  const std::unique_ptr<grpc::ClientReaderWriter<v1::StreamTripRecordsRequest,
                                                 v1::StreamTripRecordsResponse>>
      stream_;
  bool welcomed_ = false;
};

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
  std::string Log() const { return process_->Log(); }

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
  EXPECT_NE(auditor.Log().find("PERMISSION_DENIED"), std::string::npos)
      << auditor.Log();
  CertifiedIngestor other(pair, "other.example.org");
  EXPECT_EQ(other.Ingest("c"), v1::DURABILITY_DURABLE);
  EXPECT_NE(other.Log().find("UNAUTHENTICATED"), std::string::npos)
      << other.Log();
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
