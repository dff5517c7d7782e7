// The query service as a whole, in this process.
#include "query_service/service/query_server.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <pthread.h>
#include <signal.h>

#include "absl/strings/str_cat.h"
#include "attache/v1/trip_index_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal_schema.h"
#include "tests/common/vocabulary/vocabulary_fixture.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache {
namespace {

using ::attache::testing::MakeHello;
using ::attache::testing::MakeWithdrawal;
using ::attache::testing::MakeWrite;
using ::attache::testing::TempDirectory;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

class QueryServerTest : public ::testing::Test {
 protected:
  QueryServerTest() { EXPECT_TRUE(vocabulary_.Load().ok()); }

  QueryServerOptions Options() const {
    QueryServerOptions options;
    options.server.listen = "127.0.0.1:0";
    options.server.drain_timeout = absl::Seconds(20);
    options.data_dir = directory_.file("data");
    options.vocabulary_dir = vocabulary_.directory();
    options.version = "1.2.3";
    return options;
  }

  absl::Status StartError(const QueryServerOptions& options) const {
    return QueryServer::Start(options).status();
  }

  static std::shared_ptr<grpc::Channel> ChannelTo(const QueryServer& server) {
    return grpc::CreateChannel(server.address(),
                               grpc::InsecureChannelCredentials());
  }

  // Streams the writes and waits for their Ack; returns its revision.
  static int64_t Write(const QueryServer& server, const v1::Hello& hello,
                       const std::vector<v1::RecordWrite>& writes) {
    auto stub = v1::TripIndexService::NewStub(ChannelTo(server));
    grpc::ClientContext context;
    auto stream = stub->StreamTripRecords(&context);
    v1::StreamTripRecordsRequest request;
    *request.mutable_hello() = hello;
    stream->Write(request);
    for (const v1::RecordWrite& write : writes) {
      *request.mutable_batch()->add_writes() = write;
    }
    v1::StreamTripRecordsResponse response;
    EXPECT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.welcome().max_write_bytes(), 4 * kDefaultMaxRecordBytes);
    stream->Write(request);
    stream->WritesDone();
    int64_t revision = 0;
    while (stream->Read(&response)) revision = response.ack().revision();
    EXPECT_TRUE(stream->Finish().ok());
    return revision;
  }

  static absl::StatusOr<v1::TripRecord> Get(const QueryServer& server,
                                            const std::string& record_id) {
    auto stub = v1::TripQueryService::NewStub(ChannelTo(server));
    grpc::ClientContext context;
    v1::GetTripRecordRequest request;
    request.set_record_id(record_id);
    v1::TripRecord record;
    const grpc::Status status = stub->GetTripRecord(&context, request, &record);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return record;
  }

  static v1::GetIndexStatusResponse IndexStatus(const QueryServer& server) {
    auto stub = v1::TripQueryService::NewStub(ChannelTo(server));
    grpc::ClientContext context;
    v1::GetIndexStatusResponse response;
    EXPECT_TRUE(stub->GetIndexStatus(&context, {}, &response).ok());
    return response;
  }

  TempDirectory directory_;
  VocabularyFixture vocabulary_;
};

TEST_F(QueryServerTest, AnswersWhatWasWrittenAlsoAfterARestart) {
  std::string first_bytes;
  std::string index_id;
  {
    auto server = *QueryServer::Start(Options());
    EXPECT_EQ(Write(*server, MakeHello("p", 1, 0, 0),
                    {MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B"),
                     MakeWithdrawal(3, "b")}),
              3);
    const auto record = Get(*server, "a#1");
    ASSERT_TRUE(record.ok()) << record.status();
    EXPECT_EQ(record->title(), "A");
    EXPECT_EQ(record->revision(), 1);
    EXPECT_GT(record->index_time().seconds(), 0);
    EXPECT_EQ(DetailsOf(Get(*server, "b#1").status())->reason,
              "RECORD_NOT_FOUND");
    first_bytes = record->SerializeAsString();
    index_id = IndexStatus(*server).index_id();
  }
  auto server = *QueryServer::Start(Options());
  EXPECT_EQ(Get(*server, "a#1")->SerializeAsString(), first_bytes);
  EXPECT_FALSE(Get(*server, "b#1").ok());
  const v1::GetIndexStatusResponse status = IndexStatus(*server);
  EXPECT_EQ(status.revision(), 3);
  EXPECT_EQ(status.record_count(), 1);
  EXPECT_EQ(status.index_id(), index_id);
  EXPECT_EQ(status.version(), "1.2.3");
  EXPECT_GT(status.disk_bytes(), 0);
}

TEST_F(QueryServerTest, DrainsItsStreamsWhenItStops) {
  auto server = *QueryServer::Start(Options());
  auto stub = v1::TripIndexService::NewStub(ChannelTo(*server));
  grpc::ClientContext context;
  auto stream = stub->StreamTripRecords(&context);
  v1::StreamTripRecordsRequest request;
  *request.mutable_hello() = MakeHello("p", 1, 0, 0);
  stream->Write(request);
  v1::StreamTripRecordsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  std::thread running([&] { server->Run(); });
  server->RequestStop();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(DetailsOf(rpc::FromGrpcStatus(stream->Finish()))->reason,
            "DRAINING");
  running.join();
}

TEST_F(QueryServerTest, HearsASignalToStopWhileItLoads) {
  {
    auto server = QueryServer::Start(Options());
    ASSERT_TRUE(server.ok()) << server.status();
    Write(**server, MakeHello("p", 1, 0, 0), {MakeWrite(1, "a", "Visit to P")});
  }
  // For this thread alone, so that no other one ends the process for it.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &stop, nullptr), 0);
  ASSERT_EQ(pthread_kill(pthread_self(), SIGTERM), 0);
  EXPECT_EQ(StartError(Options()).code(), absl::StatusCode::kCancelled);
  int taken = 0;
  ASSERT_EQ(sigwait(&stop, &taken), 0);
  EXPECT_TRUE(QueryServer::Start(Options()).ok());
}

TEST_F(QueryServerTest, RefusesADirectoryThatIsInUse) {
  auto server = *QueryServer::Start(Options());
  EXPECT_THAT(std::string(StartError(Options()).message()),
              HasSubstr("is in use by process"));
}

TEST_F(QueryServerTest, RefusesAJournalOfANewerFormat) {
  std::filesystem::create_directories(directory_.file("data"));
  store::Database::Schema newer = JournalSchema();
  newer.migrations.push_back("CREATE TABLE later (k INTEGER)");
  ASSERT_TRUE(
      store::Database::Open(directory_.file("data/journal.db"), newer).ok());
  const absl::Status status = StartError(Options());
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr(absl::StrCat("journal.db has format ",
                                     newer.migrations.size())));
}

TEST_F(QueryServerTest, RefusesAPortThatIsTaken) {
  auto server = *QueryServer::Start(Options());
  QueryServerOptions second = Options();
  second.data_dir = directory_.file("other");
  second.server.listen = server->address();
  EXPECT_THAT(std::string(StartError(second).message()),
              HasSubstr("another process listens on"));
}

TEST_F(QueryServerTest, RefusesAnAddressBeforeItTouchesTheData) {
  QueryServerOptions options = Options();
  options.server.listen = "0.0.0.0:0";
  EXPECT_THAT(std::string(StartError(options).message()),
              HasSubstr("--insecure_listen"));
  EXPECT_FALSE(std::filesystem::exists(options.data_dir));
}

TEST_F(QueryServerTest, RefusesABrokenVocabularyWithFileAndLine) {
  vocabulary_.Append("countries.tsv", "nonsense");
  EXPECT_FALSE(vocabulary_.Load().ok());
  const QueryServerOptions options = Options();
  EXPECT_THAT(std::string(StartError(options).message()),
              ContainsRegex("countries.tsv:[0-9]+: "));
}

TEST_F(QueryServerTest, RefusesLimitsThatContradictEachOther) {
  const auto error = [this](const std::function<void(StreamLimits&)>& change) {
    QueryServerOptions options = Options();
    change(options.stream);
    return std::string(StartError(options).message());
  };
  EXPECT_THAT(error([](StreamLimits& l) { l.write.max_record_bytes = 0; }),
              HasSubstr("--max_record_bytes"));
  EXPECT_THAT(error([](StreamLimits& l) {
                l.write.max_record_bytes = int64_t{1} << 40;
              }),
              HasSubstr("--max_record_bytes"));
  EXPECT_THAT(error([](StreamLimits& l) { l.max_outstanding_writes = 0; }),
              HasSubstr("--max_outstanding_writes"));
  EXPECT_THAT(error([](StreamLimits& l) { l.max_outstanding_bytes = 1000; }),
              HasSubstr("--max_outstanding_bytes must be at least 4194304"));
}

}  // namespace
}  // namespace attache
