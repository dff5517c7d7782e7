#include "cli/watch_reader.h"

#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace attache::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Answers each call with the next of `streams`, and the last for ever.
class ScriptedService : public v1::TripQueryService::Service {
 public:
  struct Stream {
    std::vector<int64_t> revisions;
    grpc::Status status;
  };

  grpc::Status WatchTripRecords(
      grpc::ServerContext* context, const v1::WatchTripRecordsRequest* request,
      grpc::ServerWriter<v1::WatchTripRecordsResponse>* writer) override {
    asked.push_back(
        absl::StrCat(request->start_revision(), request->index_id()));
    if (streams.empty()) {
      while (!context->IsCancelled()) absl::SleepFor(absl::Milliseconds(2));
      return grpc::Status::CANCELLED;
    }
    const Stream stream = std::move(streams.front());
    streams.pop_front();
    for (const int64_t revision : stream.revisions) {
      v1::WatchTripRecordsResponse response;
      response.set_revision(revision);
      response.set_index_id("i");
      writer->Write(response);
    }
    return stream.status;
  }

  std::deque<Stream> streams;
  std::vector<std::string> asked;
};

class WatchReaderTest : public ::testing::Test {
 protected:
  WatchReaderTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::TripQueryService::NewStub(server_->InProcessChannel({}));
    reader_ = std::make_unique<WatchReader>(*stub_, "here");
  }

  // Until revision `last`.
  absl::Status Run(int64_t last) {
    return reader_->Run(
        {},
        [&](const v1::WatchTripRecordsResponse& response) {
          seen_.push_back(response.revision());
          return response.revision() != last;
        },
        [&](const std::string& sentence) { told_.push_back(sentence); });
  }

  ScriptedService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::TripQueryService::Stub> stub_;
  std::unique_ptr<WatchReader> reader_;
  std::vector<int64_t> seen_;
  std::vector<std::string> told_;
};

TEST_F(WatchReaderTest, GoesOnFromTheLastCompleteRevision) {
  const grpc::Status lost(grpc::StatusCode::UNAVAILABLE, "lost");
  service_.streams = {{{0, 0}, lost},
                      {{0, 5, 7, 0}, lost},
                      {{}, grpc::Status::OK},
                      {{9}, grpc::Status::OK}};
  EXPECT_TRUE(Run(9).ok());
  EXPECT_THAT(seen_, ElementsAre(0, 0, 0, 5, 7, 0, 9));
  EXPECT_THAT(service_.asked, ElementsAre("0", "0", "7i", "7i"));
  ASSERT_THAT(told_, SizeIs(2));
  EXPECT_THAT(told_[0], HasSubstr("from the start"));
  EXPECT_THAT(told_[1], HasSubstr("after revision 7"));
}

TEST_F(WatchReaderTest, GivesUpWhereThereIsNothingToGoOnFrom) {
  service_.streams = {
      {{5}, grpc::Status(grpc::StatusCode::UNAVAILABLE, "lost")},
      {{},
       rpc::ToGrpcStatus(MakeError(v1::ERROR_REASON_HISTORY_GONE, "gone"))}};
  const absl::Status status = Run(9);
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("after revision 5; start over"));
}

TEST_F(WatchReaderTest, SaysAtOnceThatTheServiceCannotBeReached) {
  service_.streams = {
      {{}, grpc::Status(grpc::StatusCode::UNAVAILABLE, "no one")}};
  EXPECT_THAT(std::string(Run(9).message()),
              HasSubstr("cannot reach the query service"));
}

TEST_F(WatchReaderTest, StopsWhileItReads) {
  std::thread stopping([&] {
    absl::SleepFor(absl::Milliseconds(50));
    reader_->Stop();
  });
  EXPECT_TRUE(Run(9).ok());
  stopping.join();
}

}  // namespace
}  // namespace attache::cli
