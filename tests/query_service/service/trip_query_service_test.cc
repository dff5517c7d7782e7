#include "query_service/service/trip_query_service.h"

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/error.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "tests/query_service/support/random_records.h"
#include "tests/support/reason_of.h"

namespace attache::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

class TripQueryServiceTest : public ::testing::Test {
 protected:
  TripQueryServiceTest()
      : index_(TestVocabulary()),
        service_(gate_, index_, TestVocabulary(),
                 {.page_token_key = std::string(32, 'k'),
                  .index_id = [] { return std::string("index"); },
                  .disk_bytes = [] { return int64_t{0}; },
                  .version = "test",
                  .start_time = absl::UnixEpoch()}) {
    rpc::ServerOptions options;
    options.listen = "127.0.0.1:0";
    auto server = rpc::Server::Start(options, {&service_});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->address(),
                                   grpc::InsecureChannelCredentials());
    stub_ = v1::TripQueryService::NewStub(channel_);
  }

  void Write(int64_t revision) {
    v1::TripRecord record;
    record.set_record_id("b#1");
    record.set_title("A visit");
    record.add_visits()->set_country_code("BR");
    record.add_sectors()->set_sector_id("energy_renewable");
    record.add_objectives()->set_objective_id("enhance_trade");
    record.add_tables()->add_header("Sector");
    ASSERT_TRUE(index_.Apply({{ToBriefing("b", {record})}}, revision).ok());
  }

  template <typename Call>
  static absl::Status Status(Call call) {
    return rpc::FromGrpcStatus(call());
  }

  // What the method answers to these bytes.
  absl::Status Send(const std::string& method, absl::string_view bytes) {
    grpc::GenericStub generic(channel_);
    grpc::CompletionQueue queue;
    grpc::ClientContext context;
    const grpc::Slice slice(bytes.data(), bytes.size());
    const auto call = generic.PrepareUnaryCall(
        &context, method, grpc::ByteBuffer(&slice, 1), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, &queue);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return rpc::FromGrpcStatus(status);
  }

  TripIndex index_;
  rpc::Gate gate_;
  TripQueryServiceImpl service_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::TripQueryService::Stub> stub_;
};

TEST(LoadingTripQueryService, SaysThatTheIndexLoadsUntilItIsThere) {
  TripIndex index(TestVocabulary());
  rpc::Gate gate;
  TripQueryServiceImpl service(gate, index, TestVocabulary(),
                               {.page_token_key = std::string(32, 'k'),
                                .index_id = [] { return std::string("index"); },
                                .disk_bytes = [] { return int64_t{0}; },
                                .version = "test",
                                .start_time = absl::UnixEpoch()});
  service.HoldBack();
  auto server = *rpc::Server::Start({.listen = "127.0.0.1:0"}, {&service});
  const auto stub = v1::TripQueryService::NewStub(grpc::CreateChannel(
      server->address(), grpc::InsecureChannelCredentials()));
  const auto every_call = [&stub] {
    std::vector<std::string> reasons;
    const auto unary = [&reasons](auto call, auto request, auto response) {
      grpc::ClientContext context;
      reasons.push_back(
          ReasonOf(rpc::FromGrpcStatus(call(&context, request, &response))));
    };
    using Stub = v1::TripQueryService::Stub;
    const auto of = [&stub](auto method) {
      return
          [&stub, method](auto* context, const auto& request, auto* response) {
            return ((*stub).*method)(context, request, response);
          };
    };
    unary(of(&Stub::GetTripRecord), v1::GetTripRecordRequest(),
          v1::TripRecord());
    unary(of(&Stub::ListTripRecordsByCountry),
          v1::ListTripRecordsByCountryRequest(), v1::ListTripRecordsResponse());
    unary(of(&Stub::SearchTripRecords), v1::SearchTripRecordsRequest(),
          v1::ListTripRecordsResponse());
    unary(of(&Stub::GetIndexStatus), v1::GetIndexStatusRequest(),
          v1::GetIndexStatusResponse());
    const auto stream = [&reasons](auto reader, auto response) {
      while (reader->Read(&response)) {
      }
      reasons.push_back(ReasonOf(rpc::FromGrpcStatus(reader->Finish())));
    };
    grpc::ClientContext export_context;
    stream(stub->ExportTripRecords(&export_context, {}),
           v1::ExportTripRecordsResponse());
    grpc::ClientContext watch_context;
    stream(stub->WatchTripRecords(&watch_context, {}),
           v1::WatchTripRecordsResponse());
    return reasons;
  };
  EXPECT_THAT(every_call(), ::testing::Each("INDEX_LOADING"));
  // The vocabulary is there already.
  grpc::ClientContext context;
  v1::ListVocabularyRequest sectors;
  sectors.set_dimension(v1::DIMENSION_SECTOR);
  v1::ListVocabularyResponse vocabulary;
  EXPECT_TRUE(stub->ListVocabulary(&context, sectors, &vocabulary).ok());
  EXPECT_GT(vocabulary.entries_size(), 0);
  service.Open(nullptr);
  EXPECT_THAT(every_call(),
              ::testing::Not(::testing::Contains("INDEX_LOADING")));
}

TEST_F(TripQueryServiceTest, AnswersEveryReadRpc) {
  Write(1);
  v1::TripRecord record;
  v1::GetTripRecordRequest get;
  get.set_record_id("b#1");
  {
    grpc::ClientContext context;
    ASSERT_TRUE(stub_->GetTripRecord(&context, get, &record).ok());
  }
  EXPECT_EQ(record.title(), "A visit");
  EXPECT_EQ(record.tables_size(), 1);

  v1::BatchGetTripRecordsRequest batch_get;
  batch_get.add_record_ids("b#1");
  v1::BatchGetTripRecordsResponse batch;
  {
    grpc::ClientContext context;
    ASSERT_TRUE(stub_->BatchGetTripRecords(&context, batch_get, &batch).ok());
  }
  EXPECT_EQ(batch.trip_records_size(), 1);

  v1::ListTripRecordsByCountryRequest country;
  country.set_country("Brazil");
  v1::ListTripRecordsBySectorRequest sector;
  sector.set_sector("energy");
  v1::ListTripRecordsByObjectiveRequest objective;
  objective.set_objective("enhance_trade");
  v1::ListTripRecordsResponse lists[3];
  {
    grpc::ClientContext contexts[3];
    ASSERT_TRUE(
        stub_->ListTripRecordsByCountry(&contexts[0], country, &lists[0]).ok());
    ASSERT_TRUE(
        stub_->ListTripRecordsBySector(&contexts[1], sector, &lists[1]).ok());
    ASSERT_TRUE(
        stub_->ListTripRecordsByObjective(&contexts[2], objective, &lists[2])
            .ok());
  }
  for (const auto& list : lists) {
    EXPECT_EQ(list.total_size(), 1);
    EXPECT_EQ(list.revision(), 1);
    ASSERT_EQ(list.trip_records_size(), 1);
    EXPECT_EQ(list.trip_records(0).record_id(), "b#1");
    EXPECT_EQ(list.trip_records(0).tables_size(), 0);
  }

  v1::ListVocabularyRequest vocabulary;
  vocabulary.set_dimension(v1::DIMENSION_SECTOR);
  v1::ListVocabularyResponse entries;
  v1::GetIndexStatusResponse status;
  {
    grpc::ClientContext contexts[2];
    ASSERT_TRUE(stub_->ListVocabulary(&contexts[0], vocabulary, &entries).ok());
    ASSERT_TRUE(stub_->GetIndexStatus(&contexts[1], {}, &status).ok());
  }
  EXPECT_GT(entries.entries_size(), 0);
  EXPECT_EQ(status.record_count(), 1);
}

TEST_F(TripQueryServiceTest, ErrorsCarryTheirDetails) {
  v1::ListTripRecordsByCountryRequest request;
  request.set_country("Brazzil");
  v1::ListTripRecordsResponse response;
  const absl::Status status = Status([&] {
    grpc::ClientContext context;
    return stub_->ListTripRecordsByCountry(&context, request, &response);
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(DetailsOf(status).has_value());
  EXPECT_EQ(DetailsOf(status)->reason, "UNKNOWN_COUNTRY");
}

TEST_F(TripQueryServiceTest, SummarizesAtTheRevisionAskedFor) {
  Write(1);
  std::thread writer([this] {
    std::this_thread::sleep_for(milliseconds(100));
    Write(2);
  });
  v1::SummarizeTripRecordsRequest request;
  request.set_filter("visits.country_code:Brasil");
  request.add_dimensions(v1::DIMENSION_SECTOR);
  request.set_language_code("pt");
  request.set_min_revision(2);
  v1::SummarizeTripRecordsResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      stub_->SummarizeTripRecords(&context, request, &response);
  writer.join();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.revision(), 2);
  EXPECT_EQ(response.total_size(), 1);
  ASSERT_EQ(response.summaries_size(), 1);
  ASSERT_EQ(response.summaries(0).buckets_size(), 2);
  EXPECT_EQ(response.summaries(0).buckets(0).key(), "energy");
  EXPECT_EQ(response.summaries(0).buckets(0).display_name(), "Energia");
  EXPECT_EQ(response.summaries(0).buckets(1).key(), "energy_renewable");
}

TEST_F(TripQueryServiceTest, RefusesSummariesThatCannotBe) {
  const auto reason = [this](const v1::SummarizeTripRecordsRequest& request) {
    v1::SummarizeTripRecordsResponse response;
    const absl::Status status = Status([&] {
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() +
                           milliseconds(400));
      return stub_->SummarizeTripRecords(&context, request, &response);
    });
    return ReasonOf(status);
  };
  v1::SummarizeTripRecordsRequest request;
  EXPECT_EQ(reason(request), "FIELD_INVALID");
  request.add_dimensions(v1::DIMENSION_COUNTRY);
  request.set_bucket_limit(-1);
  EXPECT_EQ(reason(request), "FIELD_INVALID");
  request.clear_bucket_limit();
  request.set_filter("visits:(");
  EXPECT_EQ(reason(request), "FILTER_INVALID");
  request.set_filter("visits.country_code:Brazzil");
  EXPECT_EQ(reason(request), "UNKNOWN_COUNTRY");
  request.clear_filter();
  request.set_min_revision(9);
  EXPECT_EQ(reason(request), "REVISION_NOT_REACHED");
}

TEST_F(TripQueryServiceTest, ARequestThatDoesNotParseIsInvalid) {
  // A field that ends early, and a filter that is no UTF-8.
  for (const char* bytes : {"\x0a\x7fshort", "\x0a\x02\xc3("}) {
    for (const char* method : {"GetTripRecord", "SearchTripRecords",
                               "SummarizeTripRecords", "ExplainTripRecords"}) {
      const absl::Status status =
          Send(absl::StrCat("/attache.v1.TripQueryService/", method), bytes);
      EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << method;
      EXPECT_THAT(status.message(), HasSubstr(absl::StrCat(method, "Request")));
      ASSERT_TRUE(DetailsOf(status).has_value()) << method << ": " << status;
      EXPECT_EQ(DetailsOf(status)->reason, "FIELD_INVALID") << method;
    }
  }
}

TEST_F(TripQueryServiceTest, WaitsForARevisionAndThenAnswers) {
  Write(1);
  std::thread writer([this] {
    std::this_thread::sleep_for(milliseconds(100));
    Write(2);
  });
  v1::GetTripRecordRequest request;
  request.set_record_id("b#1");
  request.set_min_revision(2);
  v1::TripRecord record;
  grpc::ClientContext context;
  const auto start = steady_clock::now();
  EXPECT_TRUE(stub_->GetTripRecord(&context, request, &record).ok());
  EXPECT_LT(steady_clock::now() - start, milliseconds(5000));
  writer.join();
}

TEST_F(TripQueryServiceTest, SaysBeforeTheDeadlineThatARevisionDidNotCome) {
  v1::ListTripRecordsByCountryRequest request;
  request.set_country("BR");
  request.mutable_page()->set_min_revision(9);
  v1::ListTripRecordsResponse response;
  const absl::Status status = Status([&] {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + milliseconds(400));
    return stub_->ListTripRecordsByCountry(&context, request, &response);
  });
  ASSERT_TRUE(DetailsOf(status).has_value()) << status;
  EXPECT_EQ(DetailsOf(status)->reason, "REVISION_NOT_REACHED");
}

TEST_F(TripQueryServiceTest, AWaitEndsWhenItsClientGoesAway) {
  v1::GetTripRecordRequest request;
  request.set_record_id("b#1");
  request.set_min_revision(9);
  v1::TripRecord record;
  grpc::ClientContext context;
  std::thread canceller([&context] {
    std::this_thread::sleep_for(milliseconds(100));
    context.TryCancel();
  });
  EXPECT_EQ(stub_->GetTripRecord(&context, request, &record).error_code(),
            grpc::StatusCode::CANCELLED);
  canceller.join();
}

TEST_F(TripQueryServiceTest, NothingIsWatchedWithoutAHub) {
  grpc::ClientContext context;
  const auto watch = stub_->WatchTripRecords(&context, {});
  v1::WatchTripRecordsResponse response;
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace attache::testing
