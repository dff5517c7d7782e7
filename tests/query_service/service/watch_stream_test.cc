// WatchTripRecords over gRPC.
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/service/watch_server.h"
#include "tests/query_service/watch/watch_support.h"
#include "tests/support/reason_of.h"

namespace attache::testing {
namespace {

using ::testing::Contains;
using ::testing::Pair;

class WatchClient {
 public:
  WatchClient(WatchServer& server, const v1::WatchTripRecordsRequest& request)
      : stub_(server.Stub()),
        reader_(stub_->WatchTripRecords(&context_, request)) {}
  ~WatchClient() {
    context_.TryCancel();
    if (!finished_) (void)reader_->Finish();
  }

  // "end" where the stream has ended.
  std::string Next() {
    v1::WatchTripRecordsResponse response;
    if (!reader_->Read(&response)) return "end";
    last_ = response;
    return ToText(response);
  }
  absl::Status Finish() {
    v1::WatchTripRecordsResponse response;
    while (reader_->Read(&response)) last_ = response;
    finished_ = true;
    return rpc::FromGrpcStatus(reader_->Finish());
  }
  const v1::WatchTripRecordsResponse& last() const { return last_; }

 private:
  std::unique_ptr<v1::TripQueryService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchTripRecordsResponse>> reader_;
  v1::WatchTripRecordsResponse last_;
  bool finished_ = false;
};

v1::RecordWrite Write(const std::string& briefing, const std::string& country,
                      const std::string& title = "Trip") {
  v1::RecordWrite write = MakeWrite(0, briefing, country.empty() ? "" : title);
  for (auto& record : *write.mutable_records()) {
    record.add_visits()->set_country_code(country);
    record.add_tables()->add_header("full");
  }
  return write;
}

v1::WatchTripRecordsRequest Request(const std::string& filter = "") {
  v1::WatchTripRecordsRequest request;
  request.set_filter(filter);
  return request;
}

TEST(WatchStream, SendsMatchesThenChangesAndResumes) {
  WatchServer server;
  server.Write({Write("a", "BR"), Write("b", "PE")});
  auto request = Request("visits.country_code:\"BR\"");
  request.set_view(v1::RECORD_VIEW_FULL);
  WatchClient client(server, request);
  EXPECT_EQ(client.Next(), "0: +a#1@2");
  const auto& record = client.last().changes(0).trip_record();
  EXPECT_EQ(record.tables_size(), 1);
  EXPECT_EQ(record.revision(), 1);
  const std::string index_id = client.last().index_id();
  EXPECT_FALSE(index_id.empty());
  EXPECT_EQ(client.Next(), "2 synced:");
  server.Write({Write("a", "PE")});
  EXPECT_EQ(client.Next(), "3: -a#1@3");
  server.Write({Write("b", "BR")});
  EXPECT_EQ(client.Next(), "4: +b#1@4");

  server.Stop(/*drain=*/true);
  server.Start();
  request.set_start_revision(2);
  request.set_index_id(index_id);
  request.clear_view();
  WatchClient again(server, request);
  EXPECT_EQ(again.Next(), "4: -a#1@3 +b#1@4");
  EXPECT_EQ(again.last().changes(1).trip_record().tables_size(), 0);
}

TEST(WatchStream, RefusesWhatTheContractRefuses) {
  WatchServer server;
  server.Write({Write("a", "BR")});
  const auto reason = [&server](const v1::WatchTripRecordsRequest& request) {
    return ReasonOf(WatchClient(server, request).Finish());
  };
  EXPECT_EQ(reason(Request("nonsense = = 1")), "FILTER_INVALID");
  EXPECT_EQ(reason(Request("visits.country_code:\"Brazli\"")),
            "UNKNOWN_COUNTRY");
  auto request = Request();
  request.set_start_revision(-1);
  EXPECT_EQ(reason(request), "FIELD_INVALID");
  request.set_start_revision(1);
  request.set_index_id("another");
  EXPECT_EQ(reason(request), "INDEX_REPLACED");
}

TEST(WatchStream, ADrainEndsItWithTheRevisionToResumeFrom) {
  WatchServer server;
  server.Write({Write("a", "BR")});
  WatchClient client(server, Request());
  EXPECT_EQ(client.Next(), "0: +a#1@1");
  EXPECT_EQ(client.Next(), "1 synced:");
  server.Write({Write("b", "BR")});
  EXPECT_EQ(client.Next(), "2: +b#1@2");
  std::thread stopping([&server] { server.Stop(/*drain=*/true); });
  EXPECT_EQ(client.Next(), "end");
  const absl::Status status = client.Finish();
  stopping.join();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "DRAINING");
  EXPECT_THAT(DetailsOf(status)->metadata,
              Contains(Pair("resume_revision", "2")));
  EXPECT_TRUE(DetailsOf(status)->retry_delay.has_value());
  server.Start();
}

TEST(WatchStream, HasRoomForSoManyWatchers) {
  QueryServerOptions options;
  options.watch.max_watchers = 1;
  WatchServer server(options);
  auto first = std::make_unique<WatchClient>(server, Request());
  EXPECT_EQ(first->Next(), "0 synced:");
  const absl::Status refused = WatchClient(server, Request()).Finish();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(DetailsOf(refused)->metadata, Contains(Pair("limit", "1")));
  EXPECT_EQ(ReasonOf(refused), "TOO_MANY_STREAMS");
  first.reset();
  for (int i = 0; i < 1000; ++i) {
    if (WatchClient(server, Request()).Next() == "0 synced:") return;
  }
  FAIL() << "the place was not given free";
}

TEST(WatchStream, WhoDoesNotReadIsDisconnectedAndSlowsNobody) {
  QueryServerOptions options;
  options.watch.queue_bytes = 1 << 20;
  WatchServer server(options);
  WatchClient slow(server, Request());
  EXPECT_EQ(slow.Next(), "0 synced:");
  WatchClient quick(server, Request());
  EXPECT_EQ(quick.Next(), "0 synced:");
  // Much more than flow control and the queue hold.
  const std::string long_title(200'000, 'x');
  int64_t seen = 0;
  for (int i = 0; i < 200; ++i) {
    server.Write({Write(absl::StrCat("b", i % 10), "BR", long_title)});
    while (seen < server.revision()) {
      ASSERT_NE(quick.Next(), "end");
      for (const auto& change : quick.last().changes()) {
        ASSERT_EQ(change.revision(), ++seen);
      }
    }
  }
  const absl::Status status = slow.Finish();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "WATCHER_TOO_SLOW");
  const int64_t resume = slow.last().revision();
  EXPECT_GT(resume, 0);
  EXPECT_LT(resume, 200);
  EXPECT_THAT(DetailsOf(status)->metadata,
              Contains(Pair("resume_revision", absl::StrCat(resume))));
  auto request = Request();
  request.set_start_revision(resume);
  WatchClient again(server, request);
  for (seen = resume; seen < 200;) {
    ASSERT_NE(again.Next(), "end");
    for (const auto& change : again.last().changes()) {
      ASSERT_EQ(change.revision(), ++seen);
    }
  }
}

}  // namespace
}  // namespace attache::testing
