#include "tests/integration/pair.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

constexpr absl::Duration kSettleTimeout = absl::Seconds(60);

// Every record, through the list of the region that holds every country, in
// pages.
std::vector<v1::TripRecord> ListAll(v1::TripQueryService::Stub& stub) {
  std::vector<v1::TripRecord> records;
  v1::ListTripRecordsByCountryRequest request;
  request.set_country("001");
  request.mutable_page()->set_page_size(500);
  request.mutable_page()->set_view(v1::RECORD_VIEW_FULL);
  do {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    v1::ListTripRecordsResponse response;
    const grpc::Status status =
        stub.ListTripRecordsByCountry(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (auto& record : *response.mutable_trip_records())
      records.push_back(record);
    request.mutable_page()->set_page_token(response.next_page_token());
  } while (!request.page().page_token().empty());
  return records;
}

void Append(const std::vector<std::string>& more,
            std::vector<std::string>& to) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

std::shared_ptr<grpc::Channel> Channel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(64 << 20);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

Pair::Pair(Launch query_service, Launch ingestor)
    : query_launch_(std::move(query_service)),
      ingestor_launch_(std::move(ingestor)) {
  StartQueryService();
  StartIngestor();
}

void Pair::StartQueryService() {
  std::vector<std::string> arguments{absl::StrCat("--data_dir=", query_data())};
  Append(query_launch_.flags, arguments);
  query_service_ = std::make_unique<ServerProcess>(
      "attache-query", arguments, query_address_, query_launch_.environment);
}

void Pair::StartIngestor(const std::vector<std::string>& flags) {
  std::vector<std::string> arguments{
      absl::StrCat("--data_dir=", ingestor_data()),
      absl::StrCat("--query_address=", query_address_)};
  Append(ingestor_launch_.flags, arguments);
  Append(flags, arguments);
  ingestor_ = std::make_unique<ServerProcess>("attache-ingestor", arguments,
                                              ingestor_address_,
                                              ingestor_launch_.environment);
}

std::unique_ptr<v1::TripQueryService::Stub> Pair::QueryStub() const {
  return v1::TripQueryService::NewStub(Channel(query_address_));
}

std::unique_ptr<v1::IngestService::Stub> Pair::IngestStub() const {
  return v1::IngestService::NewStub(Channel(ingestor_address_));
}

CommandResult Pair::Attache(std::vector<std::string> arguments,
                            const std::string& input) const {
  return RunCommand("attache", arguments, input,
                    {absl::StrCat("ATTACHE_QUERY=", query_address_),
                     absl::StrCat("ATTACHE_INGESTOR=", ingestor_address_)});
}

void Pair::WaitUntilSettled() const {
  const auto stub = IngestStub();
  const absl::Time deadline = absl::Now() + kSettleTimeout;
  v1::GetIngestStatusResponse response;
  while (absl::Now() < deadline) {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    const grpc::Status status = stub->GetIngestStatus(&context, {}, &response);
    if (status.ok() && response.connected() &&
        response.acknowledged_sequence() == response.last_sequence()) {
      return;
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
  ADD_FAILURE() << "not settled: " << response.ShortDebugString();
}

v1::Briefing TripBriefing(const std::string& briefing_id, int marker) {
  v1::Briefing briefing;
  briefing.set_briefing_id(briefing_id);
  briefing.set_media_type("text/plain");
  briefing.set_language_code("en");
  briefing.set_title("Foreign Minister Visits Chile");
  briefing.set_content(absl::StrCat(
      "Norwegian Foreign Minister Astrid Solberg travelled to Santiago, Chile, "
      "from 4 to 6 March 2024 to discuss trade and renewable energy.\n\n"
      "The delegation carried dossier number ",
      marker, ".\n"));
  briefing.mutable_publish_time()->set_seconds(1709900000 + marker);
  return briefing;
}

std::vector<std::string> AllRecords(v1::TripQueryService::Stub& stub) {
  std::vector<std::string> all;
  for (const auto& record : ListAll(stub)) {
    std::string bytes;
    {
      google::protobuf::io::StringOutputStream stream(&bytes);
      google::protobuf::io::CodedOutputStream out(&stream);
      out.SetSerializationDeterministic(true);
      record.SerializeToCodedStream(&out);
    }
    all.push_back(std::move(bytes));
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::string> AllRecordIds(v1::TripQueryService::Stub& stub) {
  std::vector<std::string> ids;
  for (const auto& record : ListAll(stub)) ids.push_back(record.record_id());
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace attache::testing
