#include "common/rpc/server.h"

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"

namespace attache::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Ends every Get with an error of the contract, and a watch once it is told to,
// or cancelled.
class TestService : public v1::TripQueryService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetTripRecord(grpc::CallbackServerContext* context,
                                          const v1::GetTripRecordRequest*,
                                          v1::TripRecord*) override {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(
        ToGrpcStatus(MakeError(v1::ERROR_REASON_RECORD_NOT_FOUND,
                               "no such record: é", {{"record_id", "a#1"}})));
    return reactor;
  }

  grpc::ServerWriteReactor<v1::WatchTripRecordsResponse>* WatchTripRecords(
      grpc::CallbackServerContext*,
      const v1::WatchTripRecordsRequest*) override {
    watcher_ = new Watcher();
    started_.set_value();
    return watcher_;
  }

  void AwaitWatch() { started_.get_future().wait(); }
  void EndWatch() { watcher_->Finish(grpc::Status::OK); }

 private:
  struct Watcher : grpc::ServerWriteReactor<v1::WatchTripRecordsResponse> {
    void OnCancel() override { Finish(grpc::Status::CANCELLED); }
    void OnDone() override { delete this; }
  };
  Watcher* watcher_ = nullptr;
  std::promise<void> started_;
};

std::shared_ptr<grpc::Channel> ChannelTo(const Server& server) {
  return grpc::CreateChannel(server.address(),
                             grpc::InsecureChannelCredentials());
}

// One message there, one back, as bytes.
absl::StatusOr<std::string> Call(const Server& server,
                                 const std::string& method,
                                 const std::string& request) {
  grpc::GenericStub stub(ChannelTo(server));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(5));
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, method, grpc::StubOptions(), &sent, &received,
                 [&done](grpc::Status status) { done.set_value(status); });
  const grpc::Status status = done.get_future().get();
  if (!status.ok()) return FromGrpcStatus(status);
  grpc::Slice bytes;
  if (!received.DumpToSingleSlice(&bytes).ok()) {
    return absl::InternalError("unreadable");
  }
  return std::string(reinterpret_cast<const char*>(bytes.begin()),
                     bytes.size());
}

std::string HealthOf(const Server& server, const std::string& name = "") {
  // HealthCheckRequest.service is field 1.
  const std::string request =
      name.empty()
          ? ""
          : absl::StrCat("\x0a", std::string(1, static_cast<char>(name.size())),
                         name);
  // HealthCheckResponse.status is field 1: 1 SERVING, 2 NOT_SERVING.
  const auto answer = Call(server, "/grpc.health.v1.Health/Check", request);
  if (!answer.ok()) return answer.status().ToString();
  return *answer == "\x08\x01"   ? "serving"
         : *answer == "\x08\x02" ? "not serving"
                                 : *answer;
}

TEST(Server, CarriesErrorsWithTheirDetailsToClients) {
  TestService service;
  auto server = *Server::Start({.listen = "127.0.0.1:0"}, {&service});
  auto stub = v1::TripQueryService::NewStub(ChannelTo(*server));
  grpc::ClientContext context;
  v1::TripRecord record;
  const absl::Status status =
      FromGrpcStatus(stub->GetTripRecord(&context, {}, &record));
  EXPECT_EQ(status, MakeError(v1::ERROR_REASON_RECORD_NOT_FOUND,
                              "no such record: é", {{"record_id", "a#1"}}));
}

TEST(Server, IsNotServingUntilItIsSaid) {
  auto server = *Server::Start({.listen = "localhost:0"}, {});
  EXPECT_EQ(HealthOf(*server), "not serving");
  server->health().SetAll(true);
  EXPECT_EQ(HealthOf(*server), "serving");
  server->health().SetAll(false);
  EXPECT_EQ(HealthOf(*server), "not serving");
}

TEST(Server, TellsLivenessReadinessAndServicesApart) {
  auto server = *Server::Start(
      {.listen = "127.0.0.1:0", .service_names = {"a.A", "b.B"}}, {});
  const auto health = [&server] {
    std::vector<std::string> all;
    for (const char* name : {"", "readiness", "liveness", "a.A", "b.B"}) {
      all.push_back(HealthOf(*server, name));
    }
    return all;
  };
  const std::string yes = "serving";
  const std::string no = "not serving";
  EXPECT_THAT(health(), ElementsAre(no, no, yes, no, no));
  server->health().SetAll(true);
  EXPECT_THAT(health(), ElementsAre(yes, yes, yes, yes, yes));
  server->health().SetReady(false);
  server->health().SetServing("b.B", false);
  EXPECT_THAT(health(), ElementsAre(no, no, yes, yes, no));
  server->health().SetReady(true);
  EXPECT_THAT(health(), ElementsAre(yes, yes, yes, yes, no));
  EXPECT_TRUE(server->health().ready());
  // For good: what a monitor says late changes nothing.
  server->health().Drain();
  server->health().SetAll(true);
  EXPECT_THAT(health(), ElementsAre(no, no, yes, no, no));
  EXPECT_FALSE(server->health().ready());
  EXPECT_THAT(HealthOf(*server, "c.C"), HasSubstr("NOT_FOUND"));
}

TEST(Server, TellsReflectionWhatItServes) {
  TestService service;
  auto server = *Server::Start({.listen = "127.0.0.1:0"}, {&service});
  // ServerReflectionRequest.list_services is field 7, a string.
  const auto answer = Call(
      *server, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      "\x3a\x01*");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(*answer, HasSubstr("attache.v1.TripQueryService"));
}

TEST(Server, DescribesItselfAsFarAsItIsTold) {
  constexpr char kReflection[] =
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  constexpr char kChannelz[] = "/grpc.channelz.v1.Channelz/GetServers";
  TestService service;
  ServerOptions options{.listen = "127.0.0.1:0"};
  options.security.channelz = true;
  const auto open = *Server::Start(options, {&service});
  EXPECT_TRUE(Call(*open, kReflection, "\x3a\x01*").ok());
  EXPECT_TRUE(Call(*open, kChannelz, "").ok());

  options.security.reflection = false;
  options.security.channelz = false;
  TestService other;
  const auto closed = *Server::Start(options, {&other});
  EXPECT_EQ(Call(*closed, kReflection, "\x3a\x01*").status().code(),
            absl::StatusCode::kUnimplemented);
  EXPECT_EQ(Call(*closed, kChannelz, "").status().code(),
            absl::StatusCode::kUnimplemented);
}

TEST(Server, RefusesAPublicAddressUnlessToldOtherwise) {
  const auto refused = Server::Start({.listen = "0.0.0.0:0"}, {});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("--insecure_listen"));
  ServerOptions guarded{.listen = "0.0.0.0:0"};
  guarded.security.access_file = "access";
  EXPECT_THAT(std::string(Server::Start(guarded, {}).status().message()),
              HasSubstr("everything, tokens included"));
  const auto accepted =
      Server::Start({.listen = "0.0.0.0:0", .insecure_listen = true}, {});
  EXPECT_TRUE(accepted.ok()) << accepted.status();
}

TEST(Server, SaysThatAPortIsTaken) {
  auto first = *Server::Start({.listen = "127.0.0.1:0"}, {});
  const auto second = Server::Start({.listen = first->address()}, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr("another process listens on " + first->address()));
}

TEST(Server, SaysThatAnAddressIsMalformed) {
  EXPECT_EQ(Server::Start({.listen = "nonsense"}, {}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(Server, RefusesAMessageOverItsLimit) {
  TestService service;
  auto server = *Server::Start(
      {.listen = "127.0.0.1:0", .max_receive_bytes = 1000}, {&service});
  const auto answer =
      Call(*server, "/attache.v1.TripQueryService/GetTripRecord",
           absl::StrCat("\x0a\xd0\x0f", std::string(2000, 'x')));
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(Server, DrainsItsStreamsBeforeItStops) {
  TestService service;
  auto server = *Server::Start(
      {.listen = "127.0.0.1:0", .drain_timeout = absl::Seconds(20)},
      {&service});
  auto stub = v1::TripQueryService::NewStub(ChannelTo(*server));
  grpc::ClientContext context;
  auto reader = stub->WatchTripRecords(&context, {});
  service.AwaitWatch();
  bool drained = false;
  const absl::Time start = absl::Now();
  std::thread stopper([&] { server->RequestStop(); });
  server->RunUntilSignal([&] {
    drained = true;
    service.EndWatch();
  });
  stopper.join();
  EXPECT_TRUE(drained);
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  v1::WatchTripRecordsResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_TRUE(reader->Finish().ok());
}

TEST(Server, EndsWhatDoesNotGoAfterTheTimeout) {
  TestService service;
  auto server = *Server::Start(
      {.listen = "127.0.0.1:0", .drain_timeout = absl::Milliseconds(50)},
      {&service});
  auto stub = v1::TripQueryService::NewStub(ChannelTo(*server));
  grpc::ClientContext context;
  auto reader = stub->WatchTripRecords(&context, {});
  service.AwaitWatch();
  server->RequestStop();
  server->RunUntilSignal([] {});
  v1::WatchTripRecordsResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_FALSE(reader->Finish().ok());
}

// gRPC's threads would take the signal where it is not blocked before they
// start, so a process of its own is needed.
TEST(ServerDeathTest, StopsOnSigterm) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        BlockStopSignals();
        auto server = *Server::Start({.listen = "127.0.0.1:0"}, {});
        kill(getpid(), SIGTERM);
        bool drained = false;
        server->RunUntilSignal([&drained] { drained = true; });
        server.reset();
        _exit(drained ? 42 : 1);
      },
      ::testing::ExitedWithCode(42), "");
}

}  // namespace
}  // namespace attache::rpc
