// What an operator sees of both services: metrics, health and traces.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <signal.h>
#include <sys/resource.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/integration/health_client.h"
#include "tests/integration/pair.h"
#include "tests/support/scrape.h"

namespace attache::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTraceId[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kTraceparent[] =
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

// The lines of a log that hold all of `parts`.
std::vector<std::string> LinesWith(const ServerProcess& server,
                                   const std::vector<std::string>& parts) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(server.Log(), '\n')) {
    const auto holds = [line](const std::string& part) {
      return line.find(part) != absl::string_view::npos;
    };
    if (std::all_of(parts.begin(), parts.end(), holds)) {
      lines.emplace_back(line);
    }
  }
  return lines;
}

grpc::Status Ingest(Pair& pair, const v1::Briefing& briefing,
                    const std::string& traceparent = "") {
  grpc::ClientContext context;
  if (!traceparent.empty()) context.AddMetadata("traceparent", traceparent);
  v1::IngestBriefingRequest request;
  *request.mutable_briefing() = briefing;
  v1::IngestBriefingResponse response;
  return pair.IngestStub()->IngestBriefing(&context, request, &response);
}

grpc::Status Get(Pair& pair, const std::string& record_id,
                 const std::string& traceparent = "") {
  grpc::ClientContext context;
  if (!traceparent.empty()) context.AddMetadata("traceparent", traceparent);
  v1::GetTripRecordRequest request;
  request.set_record_id(record_id);
  v1::TripRecord record;
  return pair.QueryStub()->GetTripRecord(&context, request, &record);
}

std::string Of(const std::string& name, const std::string& service,
               const std::string& method, const std::string& code = "") {
  return absl::StrCat(
      name, "{", code.empty() ? "" : absl::StrCat("grpc_code=\"", code, "\","),
      "grpc_method=\"", method, "\",grpc_service=\"attache.v1.", service,
      "\",grpc_type=\"unary\"}");
}

TEST(Metrics, OfTheIngestorFollowWhatIsDone) {
  Pair pair;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Ingest(pair, TripBriefing(absl::StrCat("b", i), i)).ok());
  }
  ASSERT_TRUE(Ingest(pair, TripBriefing("b0", 0)).ok());
  EXPECT_EQ(Ingest(pair, TripBriefing("", 1)).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  pair.WaitUntilSettled();

  const std::string metrics = Scrape(pair.ingestor().metrics_address());
  const auto value = [&metrics](const std::string& name) {
    return ValueOf(metrics, name).value_or(-1);
  };
  EXPECT_EQ(value(R"(attache_briefings_total{outcome="created"})"), 3);
  EXPECT_EQ(value(R"(attache_briefings_total{outcome="unchanged"})"), 1);
  EXPECT_EQ(value(R"(attache_briefings_total{outcome="rejected"})"), 1);
  EXPECT_EQ(
      value(R"(attache_briefings_rejected_total{reason="FIELD_INVALID"})"), 1);
  EXPECT_EQ(value("attache_parse_seconds_count"), 3);
  EXPECT_EQ(value("attache_parse_queue_briefings"), 0);
  EXPECT_EQ(value("attache_outbox_last_sequence"), 3);
  EXPECT_EQ(value("attache_outbox_acknowledged_sequence"), 3);
  EXPECT_EQ(value("attache_outbox_writes"), 0);
  EXPECT_EQ(value("attache_outbox_bytes"), 0);
  EXPECT_EQ(value("attache_outbox_oldest_age_seconds"), 0);
  EXPECT_GE(value("attache_outbox_commit_seconds_count"), 4);
  EXPECT_EQ(value("attache_query_service_connected"), 1);
  EXPECT_EQ(value("attache_query_service_connections_total"), 1);
  EXPECT_EQ(value("attache_ready"), 1);
  EXPECT_EQ(value(Of("grpc_server_handled_total", "IngestService",
                     "IngestBriefing", "OK")),
            4);
  EXPECT_EQ(value(Of("grpc_server_handled_total", "IngestService",
                     "IngestBriefing", "INVALID_ARGUMENT")),
            1);
  EXPECT_EQ(PromtoolFindings(metrics), "");
}

TEST(Metrics, OfTheOutboxTellWhatWaitsForTheQueryService) {
  Pair pair;
  ASSERT_TRUE(Ingest(pair, TripBriefing("b0", 0)).ok());
  pair.WaitUntilSettled();
  pair.KillQueryService();
  ASSERT_TRUE(Ingest(pair, TripBriefing("b1", 1)).ok());
  ASSERT_TRUE(Ingest(pair, TripBriefing("b2", 2)).ok());
  const auto value = [&pair](const std::string& name) {
    return ValueOf(Scrape(pair.ingestor().metrics_address()), name)
        .value_or(-1);
  };
  EXPECT_EQ(value("attache_outbox_writes"), 2);
  EXPECT_GT(value("attache_outbox_bytes"), 100);
  EXPECT_GT(value("attache_outbox_oldest_age_seconds"), 0);
  EXPECT_EQ(value("attache_outbox_acknowledged_sequence"), 1);
  EXPECT_EQ(value("attache_ready"), 1);
  pair.StartQueryService();
  pair.WaitUntilSettled();
  EXPECT_EQ(value("attache_outbox_writes"), 0);
  EXPECT_EQ(value("attache_query_service_connections_total"), 2);
}

TEST(Metrics, OfTheQueryServiceFollowWhatIsDone) {
  Pair pair({.flags = {"--max_index_bytes=123456789"}});
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Ingest(pair, TripBriefing(absl::StrCat("b", i), i)).ok());
  }
  pair.WaitUntilSettled();
  EXPECT_TRUE(Get(pair, "b0#1").ok());
  EXPECT_EQ(Get(pair, "nothing#1").error_code(), grpc::StatusCode::NOT_FOUND);
  grpc::ClientContext watch_context;
  const auto watch = pair.QueryStub()->WatchTripRecords(&watch_context, {});
  v1::WatchTripRecordsResponse response;
  while (watch->Read(&response) && !response.synced()) {
  }

  const std::string metrics = Scrape(pair.query_service().metrics_address());
  const auto value = [&metrics](const std::string& name) {
    return ValueOf(metrics, name).value_or(-1);
  };
  EXPECT_EQ(value("attache_index_records"), 3);
  EXPECT_EQ(value("attache_index_briefings"), 3);
  EXPECT_EQ(value("attache_index_revision"), 3);
  EXPECT_EQ(value("attache_journal_revision"), 3);
  EXPECT_EQ(value("attache_journal_oldest_revision"), 0);
  EXPECT_GE(value("attache_index_segments"), 1);
  EXPECT_EQ(value("attache_index_deleted_records"), 0);
  EXPECT_GT(value("attache_index_memory_bytes"), 0);
  EXPECT_EQ(value("attache_index_max_bytes"), 123456789);
  EXPECT_GT(value("attache_journal_disk_bytes"), 0);
  EXPECT_GE(value("attache_journal_commit_seconds_count"), 1);
  EXPECT_EQ(value("attache_journal_commit_writes_sum"), 3);
  EXPECT_EQ(value("attache_journal_failed_commits_total"), 0);
  EXPECT_EQ(value("attache_index_publish_seconds_count"),
            value("attache_journal_commit_seconds_count"));
  EXPECT_GE(value("attache_index_merge_seconds_count"), 0);
  EXPECT_EQ(value("attache_producers"), 1);
  EXPECT_EQ(value("attache_writes_waiting"), 0);
  EXPECT_GT(value("attache_journal_history_bytes"), 0);
  EXPECT_EQ(value("attache_reads_waiting"), 0);
  EXPECT_EQ(value("attache_pinned_revisions"), 0);
  EXPECT_EQ(value(R"(attache_watchers{state="live"})") +
                value(R"(attache_watchers{state="catching_up"})"),
            1);
  EXPECT_EQ(value("attache_watch_queued_bytes"), 0);
  EXPECT_EQ(value("attache_ready"), 1);
  EXPECT_EQ(value(Of("grpc_server_handled_total", "TripQueryService",
                     "GetTripRecord", "OK")),
            1);
  EXPECT_EQ(value(Of("grpc_server_handled_total", "TripQueryService",
                     "GetTripRecord", "NOT_FOUND")),
            1);
  EXPECT_THAT(metrics, HasSubstr(R"(reason="RECORD_NOT_FOUND"} 1)"));
  EXPECT_EQ(PromtoolFindings(metrics), "");
  watch_context.TryCancel();
}

TEST(Trace, GoesWithABriefingIntoBothLogsAlsoAcrossARestart) {
  Pair pair;
  pair.KillQueryService();
  ASSERT_TRUE(Ingest(pair, TripBriefing("b1", 1), kTraceparent).ok());
  ASSERT_TRUE(Ingest(pair, TripBriefing("b2", 2)).ok());
  EXPECT_EQ(LinesWith(pair.ingestor(),
                      {absl::StrCat(R"("trace_id":")", kTraceId, "\""),
                       R"("parent_id":"00f067aa0ba902b7")",
                       R"("briefing_id":"b1")", R"("outcome":"CREATED")"})
                .size(),
            1u);
  pair.KillIngestor();
  pair.StartQueryService();
  pair.StartIngestor();
  pair.WaitUntilSettled();
  EXPECT_EQ(LinesWith(pair.query_service(),
                      {absl::StrCat(R"("trace_id":")", kTraceId, "\""),
                       "a write was taken", R"("briefing_id":"b1")"})
                .size(),
            1u)
      << pair.query_service().Log();
  EXPECT_THAT(pair.query_service().Log(),
              Not(HasSubstr(R"("briefing_id":"b2")")));
}

TEST(Trace, StandsWithARefusedBriefingAndAFailedQuery) {
  Pair pair;
  EXPECT_FALSE(Ingest(pair, TripBriefing("", 1), kTraceparent).ok());
  EXPECT_EQ(LinesWith(pair.ingestor(), {kTraceId, "a briefing was refused",
                                        R"("reason":"FIELD_INVALID")"})
                .size(),
            1u);
  EXPECT_FALSE(Get(pair, "nothing#1", kTraceparent).ok());
  const auto lines =
      LinesWith(pair.query_service(),
                {kTraceId, "a call failed", R"("reason":"RECORD_NOT_FOUND")",
                 R"("method":"/attache.v1.TripQueryService/GetTripRecord")"});
  ASSERT_EQ(lines.size(), 1u) << pair.query_service().Log();
  EXPECT_THAT(lines[0], Not(HasSubstr("nothing#1")));
}

// No file of the process may grow beyond `bytes`, as on a full disk.
void LimitFiles(const ServerProcess& server, rlim_t bytes) {
  const rlimit limit{bytes, RLIM_INFINITY};
  ASSERT_EQ(prlimit(server.pid(), RLIMIT_FSIZE, &limit, nullptr), 0);
}

TEST(Health, OfAnIngestorFollowsItsDiskAndNotTheQueryService) {
  Pair pair;
  const std::string& address = pair.ingestor().address();
  for (const char* name :
       {"", "readiness", "liveness", "attache.v1.IngestService"}) {
    EXPECT_EQ(HealthOf(address, name), "SERVING") << name;
  }
  pair.KillQueryService();
  ASSERT_TRUE(Ingest(pair, TripBriefing("b0", 0)).ok());
  EXPECT_EQ(HealthOf(address, "readiness"), "SERVING");

  LimitFiles(pair.ingestor(), 4096);
  // Nobody writes: it finds out by itself.
  EXPECT_TRUE(AwaitHealth(address, "readiness", "NOT_SERVING"));
  EXPECT_EQ(HealthOf(address, ""), "NOT_SERVING");
  EXPECT_EQ(HealthOf(address, "attache.v1.IngestService"), "NOT_SERVING");
  EXPECT_EQ(HealthOf(address, "liveness"), "SERVING");
  EXPECT_EQ(ValueOf(Scrape(pair.ingestor().metrics_address()), "attache_ready"),
            0);
  LimitFiles(pair.ingestor(), RLIM_INFINITY);
  EXPECT_TRUE(AwaitHealth(address, "readiness", "SERVING"));
  EXPECT_EQ(HealthOf(address, "attache.v1.IngestService"), "SERVING");
  EXPECT_EQ(HealthOf(address, "made.up"), "NOT_FOUND");
}

TEST(Health, OfAQueryServiceFollowsItsDiskAndReadsGoOn) {
  Pair pair;
  ASSERT_TRUE(Ingest(pair, TripBriefing("b0", 0)).ok());
  pair.WaitUntilSettled();
  const std::string& address = pair.query_service().address();
  for (const char* name :
       {"", "readiness", "liveness", "attache.v1.TripQueryService",
        "attache.v1.TripIndexService"}) {
    EXPECT_EQ(HealthOf(address, name), "SERVING") << name;
  }
  LimitFiles(pair.query_service(), 4096);
  EXPECT_TRUE(AwaitHealth(address, "readiness", "NOT_SERVING"));
  EXPECT_EQ(HealthOf(address, ""), "NOT_SERVING");
  EXPECT_EQ(HealthOf(address, "attache.v1.TripIndexService"), "NOT_SERVING");
  EXPECT_EQ(HealthOf(address, "attache.v1.TripQueryService"), "SERVING");
  EXPECT_EQ(HealthOf(address, "liveness"), "SERVING");
  EXPECT_TRUE(Get(pair, "b0#1").ok());
  LimitFiles(pair.query_service(), RLIM_INFINITY);
  EXPECT_TRUE(AwaitHealth(address, "readiness", "SERVING"));
  EXPECT_EQ(HealthOf(address, "attache.v1.TripIndexService"), "SERVING");
}

TEST(Health, SaysThatAServiceDrains) {
  Pair pair;
  // A watch that nobody reads keeps the service from stopping at once.
  HealthWatch readiness(pair.query_service().address(), "readiness");
  EXPECT_EQ(readiness.Next(), "SERVING");
  HealthWatch liveness(pair.query_service().address(), "liveness");
  EXPECT_EQ(liveness.Next(), "SERVING");
  kill(pair.query_service().pid(), SIGTERM);
  EXPECT_EQ(readiness.Next(), "NOT_SERVING");
  readiness.Cancel();
  liveness.Cancel();
  EXPECT_EQ(pair.query_service().Terminate(), 0);
}

// As the probe of a container asks.
CommandResult Probe(const std::string& address,
                    const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"health", address};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return RunCommand("attache", arguments);
}

TEST(HealthCommand, SaysWhetherAServerIsServing) {
  Pair pair;
  const std::string address = pair.query_service().address();
  CommandResult result = Probe(address);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "SERVING\n");
  EXPECT_EQ(Probe(pair.ingestor().address()).out, "SERVING\n");
  EXPECT_EQ(Probe(address, {"--service", "liveness"}).exit_code, 0);
  EXPECT_EQ(Probe(address, {"--service", ""}).exit_code, 0);
  EXPECT_EQ(Probe(address, {"--service=attache.v1.TripQueryService"}).exit_code,
            0);

  LimitFiles(pair.query_service(), 4096);
  ASSERT_TRUE(AwaitHealth(address, "readiness", "NOT_SERVING"));
  result = Probe(address);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("NOT_SERVING: readiness"));
  EXPECT_EQ(Probe(address, {"--service", "liveness"}).exit_code, 0);

  result = Probe(address, {"--service", "redyness"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("\"redyness\""), HasSubstr("liveness")));

  // A port that speaks HTTP/1.
  result = Probe(pair.ingestor().metrics_address());
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, AllOf(HasSubstr("what it answers is not gRPC"),
                                HasSubstr("--tls-ca")));

  pair.query_service().Kill();
  result = Probe(address);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err,
              HasSubstr(absl::StrCat("cannot reach the server at ", address)));

  EXPECT_EQ(RunCommand("attache", {"health"}).exit_code, 2);
  EXPECT_EQ(Probe(address, {"--timeout", "soon"}).exit_code, 2);
}

// One that takes connections and never answers.
TEST(HealthCommand, DoesNotWaitForEver) {
  Pair pair;
  ASSERT_EQ(kill(pair.ingestor().pid(), SIGSTOP), 0);
  const CommandResult result =
      Probe(pair.ingestor().address(), {"--timeout", "0.2"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("did not answer in time"));
  ASSERT_EQ(kill(pair.ingestor().pid(), SIGCONT), 0);
}

TEST(MetricsListen, IsOffWhereItIsEmptyAndClearWhereItIsTaken) {
  const TempDirectory directory;
  const ServerProcess off("attache-query",
                          {absl::StrCat("--data_dir=", directory.file("off")),
                           "--metrics_listen="});
  EXPECT_EQ(off.metrics_address(), "");
  const ServerProcess first("attache-query",
                            {absl::StrCat("--data_dir=", directory.file("1"))});
  const CommandResult second = RunCommand(
      "attache-query",
      {absl::StrCat("--data_dir=", directory.file("2")), "--listen=127.0.0.1:0",
       absl::StrCat("--metrics_listen=", first.metrics_address())});
  EXPECT_NE(second.exit_code, 0);
  EXPECT_THAT(second.err, AllOf(HasSubstr("cannot start: --metrics_listen"),
                                HasSubstr("another process listens")));
}

}  // namespace
}  // namespace attache::testing
