// The handlers over a real connection, with the store and the sender behind
// them and no query service, or one that does as it is told.
#ifndef ATTACHE_TESTS_INGESTOR_SERVICE_INGEST_SERVICE_FIXTURE_H_
#define ATTACHE_TESTS_INGESTOR_SERVICE_INGEST_SERVICE_FIXTURE_H_

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "common/error.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/sender.h"
#include "ingestor/outbox/store_reader.h"
#include "ingestor/service/ingest_service.h"
#include "tests/ingestor/outbox/scripted_index.h"
#include "tests/ingestor/outbox/store_fixture.h"
#include "tests/support/reason_of.h"
#include "tests/support/temp_directory.h"

namespace attache {

using testing::ReasonOf;

// The words of the content are the travelers; "slow" takes its time.
inline absl::StatusOr<ParseResult> ParseWords(const v1::Briefing& briefing) {
  if (briefing.content() == "unreadable") {
    return MakeError(v1::ERROR_REASON_CONTENT_UNREADABLE, "cannot be read");
  }
  if (briefing.content() == "slow") absl::SleepFor(absl::Milliseconds(100));
  auto parsed = outbox::ReadWords(briefing);
  ParseResult result;
  result.records = std::move(parsed->records);
  result.text = briefing.content();
  return result;
}

class IngestServiceTest : public ::testing::Test {
 protected:
  IngestServiceTest() : store_options_(outbox::TestOptions(directory_)) {}
  ~IngestServiceTest() override { Stop(); }

  void Start(const std::string& query_address = "127.0.0.1:1") {
    outbox_ = outbox::Outbox::Open(store_options_).value();
    reader_ = outbox::StoreReader::Open(store_options_.path).value();
    outbox::SenderOptions sender;
    sender.query_address = query_address;
    sender.store_path = store_options_.path;
    sender_ = outbox::Sender::Start(sender, outbox_.get()).value();
    pool_ = std::make_unique<ParsePool>(3);
    Intake::Parts parts;
    parts.outbox = outbox_.get();
    parts.reader = reader_.get();
    parts.pool = pool_.get();
    parts.parse = [this](const v1::Briefing& briefing) {
      ++parsed_;
      return ParseWords(briefing);
    };
    parts.parser_version = store_options_.parser_version;
    parts.vocabulary_version = store_options_.vocabulary_version;
    parts.max_briefing_bytes = 1 << 20;
    parts.on_answered = [this](const Intake::Answered& answered) {
      const absl::MutexLock lock(&answered_mutex_);
      answered_.push_back(absl::StrCat(
          answered.briefing_id, " ",
          answered.result.ok()
              ? std::string(absl::StripPrefix(
                    v1::IngestOutcome_Name(answered.result->outcome()),
                    "INGEST_OUTCOME_"))
              : ReasonOf(answered.result.status())));
    };
    intake_ = std::make_unique<Intake>(std::move(parts));
    IngestService::Options options;
    options.index_timeout = absl::Milliseconds(300);
    options.max_stream_bytes = max_stream_bytes_;
    options.connected = [this] { return sender_->connected(); };
    service_ = std::make_unique<IngestService>(&gate_, intake_.get(), options);
    rpc::ServerOptions server;
    server.listen = "127.0.0.1:0";
    server.max_receive_bytes = 64 << 20;
    auto started = rpc::Server::Start(server, {service_.get()});
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    stub_ = v1::IngestService::NewStub(grpc::CreateChannel(
        server_->address(), grpc::InsecureChannelCredentials()));
  }
  void Stop() {
    stub_.reset();
    server_.reset();
    service_.reset();
    pool_.reset();
    sender_.reset();
    intake_.reset();
    reader_.reset();
    outbox_.reset();
  }

  absl::StatusOr<v1::IngestResult> Ingest(
      const v1::Briefing& briefing,
      v1::Durability durability = v1::DURABILITY_UNSPECIFIED) {
    grpc::ClientContext context;
    v1::IngestBriefingRequest request;
    *request.mutable_briefing() = briefing;
    request.set_durability(durability);
    v1::IngestBriefingResponse response;
    const grpc::Status status =
        stub_->IngestBriefing(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return response.result();
  }
  v1::ListRejectedBriefingsResponse Rejected(int page_size = 0,
                                             const std::string& token = "") {
    grpc::ClientContext context;
    v1::ListRejectedBriefingsRequest request;
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListRejectedBriefingsResponse response;
    const grpc::Status status =
        stub_->ListRejectedBriefings(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  v1::GetIngestStatusResponse Status() {
    grpc::ClientContext context;
    v1::GetIngestStatusResponse response;
    EXPECT_TRUE(stub_->GetIngestStatus(&context, {}, &response).ok());
    return response;
  }

  // A stream of submissions of which every item is answered.
  struct StreamRun {
    std::vector<v1::IngestResult> results;
    grpc::Status status;
  };
  static v1::StreamBriefingsRequest Item(const v1::Briefing& briefing) {
    v1::StreamBriefingsRequest request;
    *request.mutable_briefing() = briefing;
    return request;
  }
  StreamRun Stream(const std::vector<v1::StreamBriefingsRequest>& requests) {
    StreamRun run;
    grpc::ClientContext context;
    auto stream = stub_->StreamBriefings(&context);
    std::thread writing([&] {
      for (const auto& request : requests) {
        if (!stream->Write(request)) return;
      }
      stream->WritesDone();
    });
    v1::StreamBriefingsResponse response;
    while (stream->Read(&response)) run.results.push_back(response.result());
    writing.join();
    run.status = stream->Finish();
    return run;
  }

  int64_t max_stream_bytes_ = IngestService::Options().max_stream_bytes;
  std::atomic<int> parsed_ = 0;  // calls of the parser
  absl::Mutex answered_mutex_;
  std::vector<std::string> answered_;
  testing::TempDirectory directory_;
  outbox::StoreOptions store_options_;
  ScriptedIndex index_;
  std::unique_ptr<outbox::Outbox> outbox_;
  std::unique_ptr<outbox::StoreReader> reader_;
  std::unique_ptr<outbox::Sender> sender_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<ParsePool> pool_;
  rpc::Gate gate_;
  std::unique_ptr<IngestService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
};

}  // namespace attache

#endif  // ATTACHE_TESTS_INGESTOR_SERVICE_INGEST_SERVICE_FIXTURE_H_
