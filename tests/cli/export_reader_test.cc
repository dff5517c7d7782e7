#include "cli/export_reader.h"

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/error.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace attache::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

grpc::Status Draining() {
  return rpc::ToGrpcStatus(
      WithRetryAfter(MakeError(v1::ERROR_REASON_DRAINING, "about to stop"),
                     absl::Milliseconds(10)));
}

// Answers each call with the next of `streams`.
class ScriptedService : public v1::TripQueryService::Service {
 public:
  struct Stream {
    // (record id, next_page_token)
    std::vector<std::pair<std::string, std::string>> responses;
    grpc::Status status;
  };

  grpc::Status ExportTripRecords(
      grpc::ServerContext* /*context*/,
      const v1::ExportTripRecordsRequest* request,
      grpc::ServerWriter<v1::ExportTripRecordsResponse>* writer) override {
    asked.push_back(request->page_token());
    if (streams.empty()) return Draining();
    const Stream stream = std::move(streams.front());
    streams.pop_front();
    for (const auto& [id, token] : stream.responses) {
      v1::ExportTripRecordsResponse response;
      if (!id.empty()) response.add_trip_records()->set_record_id(id);
      response.set_next_page_token(token);
      response.set_revision(17);
      writer->Write(response);
    }
    return stream.status;
  }

  std::deque<Stream> streams;
  std::vector<std::string> asked;  // the tokens
};

class ExportReaderTest : public ::testing::Test {
 protected:
  ExportReaderTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    channel_ = grpc::CreateChannel("127.0.0.1:" + std::to_string(port),
                                   grpc::InsecureChannelCredentials());
  }
  ~ExportReaderTest() override { server_->Shutdown(); }

  absl::Status Run(ExportPatience patience = {}) {
    ExportReader reader(channel_, "somewhere", patience);
    const absl::Status status =
        reader.Run({}, [this](const v1::ExportTripRecordsResponse& response) {
          for (const auto& record : response.trip_records()) {
            taken_.push_back(record.record_id());
          }
          return refusal_;
        });
    if (status.ok()) {
      EXPECT_EQ(reader.record_count(), static_cast<int64_t>(taken_.size()));
      EXPECT_EQ(reader.revision(), 17);
    }
    return status;
  }

  ScriptedService service_;
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::vector<std::string> taken_;
  absl::Status refusal_;
};

TEST_F(ExportReaderTest, ReadsAnExportOfNothing) {
  service_.streams = {{{{"", ""}}, grpc::Status::OK}};
  EXPECT_TRUE(Run().ok());
  EXPECT_THAT(taken_, IsEmpty());
}

TEST_F(ExportReaderTest, GoesOnFromTheLastTokenAndTakesEachRecordOnce) {
  service_.streams = {
      {{}, Draining()},
      {{{"a", "after a"}, {"b", "after b"}}, Draining()},
      {{}, grpc::Status(grpc::StatusCode::UNAVAILABLE, "Socket closed")},
      {{}, grpc::Status(grpc::StatusCode::CANCELLED, "")},
      // Ends early, which is no better.
      {{{"c", "after c"}}, grpc::Status::OK},
      {{{"d", ""}}, grpc::Status::OK}};
  EXPECT_TRUE(Run().ok());
  EXPECT_THAT(taken_, ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(service_.asked,
              ElementsAre("", "", "after b", "after b", "after b", "after c"));
}

TEST_F(ExportReaderTest, HasAllOnceTheLastResponseCame) {
  service_.streams = {{{{"a", ""}}, Draining()}};
  EXPECT_TRUE(Run().ok());
  EXPECT_THAT(service_.asked, ElementsAre(""));
}

TEST_F(ExportReaderTest, SaysThatARevisionIsGoneAndDoesNotBeginAnew) {
  service_.streams = {
      {{{"a", "after a"}}, Draining()},
      {{},
       rpc::ToGrpcStatus(MakeError(v1::ERROR_REASON_PAGE_EXPIRED, "gone"))}};
  const absl::Status status = Run();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("broke off after 1 records: the query service has let "
                        "revision 17 go"));
  EXPECT_THAT(service_.asked, ElementsAre("", "after a"));
}

TEST_F(ExportReaderTest, OtherErrorsEndItAtOnce) {
  service_.streams = {{{}, rpc::ToGrpcStatus(FieldError("filter", "is odd"))}};
  const absl::Status status = Run();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(service_.asked.size(), 1u);
}

TEST_F(ExportReaderTest, GivesUpWhenItsPatienceIsOver) {
  service_.streams = {{{{"a", "after a"}}, Draining()}};
  const absl::Status status = Run({.later = absl::Milliseconds(600)});
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("after 1 records"));
  EXPECT_EQ(service_.asked.size(), 2u);
}

TEST_F(ExportReaderTest, EndsWithWhatItsTakerSays) {
  service_.streams = {
      {{{"a", "after a"}, {"b", "after b"}, {"c", ""}}, grpc::Status::OK}};
  refusal_ = absl::UnavailableError("the disk is full");
  EXPECT_EQ(Run(), refusal_);
  EXPECT_THAT(taken_, ElementsAre("a"));
}

}  // namespace
}  // namespace attache::cli
