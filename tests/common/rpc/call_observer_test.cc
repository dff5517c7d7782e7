// What a server counts and logs of its calls, by real calls.
#include "common/rpc/call_observer.h"

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/error.h"
#include "common/log.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/support/scrape.h"

namespace attache::rpc {
namespace {

using ::attache::testing::PromtoolFindings;
using ::attache::testing::ValueOf;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTraceId[] = "4bf92f3577b34da6a3ce929d0e0e4736";

// Answers by the record that is asked for; a watch lasts until it is cancelled.
class TestService : public v1::TripQueryService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetTripRecord(
      grpc::CallbackServerContext* context,
      const v1::GetTripRecordRequest* request, v1::TripRecord*) override {
    auto* reactor = context->DefaultReactor();
    if (request->record_id() == "broken") {
      reactor->Finish(grpc::Status(grpc::StatusCode::INTERNAL, "secret"));
    } else if (request->record_id() == "odd") {
      reactor->Finish(ToGrpcStatus(absl::Status(
          absl::StatusCode::kNotFound, "of a reason that is in no list")));
    } else if (request->record_id().empty()) {
      reactor->Finish(grpc::Status::OK);
    } else {
      reactor->Finish(ToGrpcStatus(
          MakeError(v1::ERROR_REASON_RECORD_NOT_FOUND,
                    absl::StrCat("secret ", request->record_id()))));
    }
    return reactor;
  }

  grpc::ServerWriteReactor<v1::WatchTripRecordsResponse>* WatchTripRecords(
      grpc::CallbackServerContext*,
      const v1::WatchTripRecordsRequest*) override {
    struct Watcher : grpc::ServerWriteReactor<v1::WatchTripRecordsResponse> {
      Watcher() { StartSendInitialMetadata(); }
      void OnCancel() override { Finish(grpc::Status::CANCELLED); }
      void OnDone() override { delete this; }
    };
    return new Watcher();
  }
};

class CallObserverTest : public ::testing::Test {
 protected:
  CallObserverTest() {
    server_ = *Server::Start(
        {.listen = "127.0.0.1:0",
         .service_names = {v1::TripQueryService::service_full_name()},
         .metrics = &registry_},
        {&service_});
    stub_ = v1::TripQueryService::NewStub(Channel());
  }

  std::shared_ptr<grpc::Channel> Channel() const {
    return grpc::CreateChannel(server_->address(),
                               grpc::InsecureChannelCredentials());
  }

  grpc::Status Get(const std::string& record_id,
                   const std::vector<std::string>& traceparents = {}) {
    grpc::ClientContext context;
    for (const std::string& traceparent : traceparents) {
      context.AddMetadata("traceparent", traceparent);
    }
    v1::GetTripRecordRequest request;
    request.set_record_id(record_id);
    v1::TripRecord record;
    return stub_->GetTripRecord(&context, request, &record);
  }

  // What a call to Get logs.
  std::string LogOfGet(const std::string& record_id,
                       const std::vector<std::string>& traceparents = {}) {
    ::testing::internal::CaptureStderr();
    Get(record_id, traceparents);
    return ::testing::internal::GetCapturedStderr();
  }

  std::optional<double> Value(const std::string& name,
                              const std::string& method,
                              const std::string& more = "") const {
    const std::string type =
        method == "WatchTripRecords" ? "server_stream" : "unary";
    // Labels stand in the order of their names.
    const std::string code = more.rfind("grpc_code", 0) == 0 ? more + "," : "";
    const std::string reason = more.rfind("reason", 0) == 0 ? "," + more : "";
    return ValueOf(registry_.Text(),
                   absl::StrCat(name, "{", code, "grpc_method=\"", method,
                                "\",grpc_service=\"attache.v1.TripQueryService"
                                "\",grpc_type=\"",
                                type, "\"", reason, "}"));
  }
  void AwaitValue(double value, const std::string& name,
                  const std::string& method, const std::string& more = "") {
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    while (Value(name, method, more) != value && absl::Now() < deadline) {
      absl::SleepFor(absl::Milliseconds(2));
    }
    EXPECT_EQ(Value(name, method, more), value) << registry_.Text();
  }

  metrics::Registry registry_;
  TestService service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::TripQueryService::Stub> stub_;
};

TEST_F(CallObserverTest, CountsCallsByMethodCodeAndReason) {
  EXPECT_TRUE(Get("").ok());
  EXPECT_TRUE(Get("").ok());
  EXPECT_FALSE(Get("a#1").ok());
  EXPECT_FALSE(Get("broken").ok());
  EXPECT_FALSE(Get("odd").ok());
  const std::string method = "GetTripRecord";
  EXPECT_EQ(Value("grpc_server_started_total", method), 5);
  EXPECT_EQ(Value("grpc_server_handled_total", method, R"(grpc_code="OK")"), 2);
  EXPECT_EQ(
      Value("grpc_server_handled_total", method, R"(grpc_code="NOT_FOUND")"),
      2);
  EXPECT_EQ(
      Value("grpc_server_handled_total", method, R"(grpc_code="INTERNAL")"), 1);
  EXPECT_EQ(Value("grpc_server_handling_seconds_count", method), 5);
  EXPECT_EQ(
      Value("attache_rpc_errors_total", method, R"(reason="RECORD_NOT_FOUND")"),
      1);
  AwaitValue(0, "grpc_server_in_flight", method);
  EXPECT_EQ(
      Value("grpc_server_handled_total", "ListVocabulary", R"(grpc_code="OK")"),
      0);
  EXPECT_EQ(PromtoolFindings(registry_.Text()), "");
}

TEST_F(CallObserverTest, CountsAStreamWhileItLastsAndAsCancelledAfterwards) {
  const std::string method = "WatchTripRecords";
  {
    grpc::ClientContext context;
    const auto reader = stub_->WatchTripRecords(&context, {});
    reader->WaitForInitialMetadata();
    EXPECT_EQ(Value("grpc_server_in_flight", method), 1);
    context.TryCancel();
    EXPECT_FALSE(reader->Finish().ok());
  }
  AwaitValue(1, "grpc_server_handled_total", method,
             R"(grpc_code="CANCELLED")");
  AwaitValue(0, "grpc_server_in_flight", method);
}

TEST_F(CallObserverTest, CountsWhatNobodyKnowsTogetherIfAtAll) {
  grpc::GenericStub stub(Channel());
  for (const char* method : {"/made.up/Method",
                             "/attache.v1.TripQueryService/"
                             "MadeUp"}) {
    grpc::ClientContext context;
    const grpc::Slice nothing("");
    const grpc::ByteBuffer request(&nothing, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, method, grpc::StubOptions(), &request, &response,
                   [&done](grpc::Status status) { done.set_value(status); });
    EXPECT_EQ(done.get_future().get().error_code(),
              grpc::StatusCode::UNIMPLEMENTED);
  }
  EXPECT_THAT(registry_.Text(),
              AllOf(Not(HasSubstr("made.up")), Not(HasSubstr("MadeUp"))));
}

TEST_F(CallObserverTest, LogsFailuresWithTheirTraceAndNothingOfTheRequest) {
  const std::string sampled =
      absl::StrCat("00-", kTraceId, "-00f067aa0ba902b7-01");
  InitLog("test", LogLevel::kInfo);
  EXPECT_THAT(
      LogOfGet("a#1", {sampled}),
      AllOf(
          HasSubstr(R"("level":"info")"), HasSubstr("a call failed"),
          HasSubstr(R"("method":"/attache.v1.TripQueryService/GetTripRecord")"),
          HasSubstr(R"("code":"NOT_FOUND")"),
          HasSubstr(R"("reason":"RECORD_NOT_FOUND")"),
          HasSubstr(absl::StrCat(R"("trace_id":")", kTraceId, "\"")),
          HasSubstr(R"("parent_id":"00f067aa0ba902b7")"),
          Not(HasSubstr("secret")), Not(HasSubstr("a#1"))));
  // Neither is there anything to say of a call that succeeds.
  EXPECT_EQ(LogOfGet("", {sampled}), "");
  // Not sampled, malformed, or ambiguous: at debug.
  EXPECT_EQ(LogOfGet("a#1"), "");
  EXPECT_EQ(
      LogOfGet("a#1", {absl::StrCat("00-", kTraceId, "-00f067aa0ba902b7-00")}),
      "");
  EXPECT_EQ(LogOfGet("a#1", {"nonsense"}), "");
  EXPECT_EQ(LogOfGet("a#1", {sampled, sampled}), "");
  InitLog("test", LogLevel::kDebug);
  EXPECT_THAT(LogOfGet("a#1"),
              AllOf(HasSubstr("a call failed"), HasSubstr(R"("level":"debug")"),
                    Not(HasSubstr("trace_id"))));
  // The fault of the server is always said.
  InitLog("test", LogLevel::kError);
  EXPECT_THAT(
      LogOfGet("broken", {sampled}),
      AllOf(HasSubstr(R"("level":"error")"), HasSubstr(R"("code":"INTERNAL")"),
            HasSubstr(kTraceId), Not(HasSubstr("secret"))));
  InitLog("", LogLevel::kWarning);
}

}  // namespace
}  // namespace attache::rpc
