// Clients that never read, never speak, or send faster than the disk takes.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/faults/failing_disk.h"
#include "tests/faults/fault_run.h"
#include "tests/support/loopback.h"

namespace attache::testing {
namespace {

// TCP connections that say nothing.
class IdleConnections {
 public:
  IdleConnections(const std::string& address, int count) {
    for (int i = 0; i < count; ++i) {
      const int fd = ConnectTo(PortOf(address));
      EXPECT_GE(fd, 0);
      sockets_.push_back(fd);
    }
  }
  IdleConnections(const IdleConnections&) = delete;
  IdleConnections& operator=(const IdleConnections&) = delete;
  ~IdleConnections() {
    for (const int fd : sockets_) close(fd);
  }

 private:
  std::vector<int> sockets_;
};

// While it lives, what is started may open `count` files until it asks for
// more.
class FileLimit {
 public:
  explicit FileLimit(rlim_t count) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit limit{.rlim_cur = count, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  ~FileLimit() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(Faults, AThousandIdleConnectionsKeepNobodyOut) {
  constexpr int kConnections = 1000;
  auto limit = std::make_unique<FileLimit>(kConnections);
  FaultRun run;
  limit.reset();
  const IdleConnections to_ingestor(run.pair().ingestor().address(),
                                    kConnections);
  const IdleConnections to_query(run.pair().query_service().address(),
                                 kConnections);
  run.Count("idle_connections", int64_t{2} * kConnections);
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(
        run.Submit(absl::StrCat("b", i), 1, v1::DURABILITY_INDEXED).ok());
  }
  run.StartWork();
  absl::SleepFor(absl::Seconds(1));
  run.Verify();
}

// Longer than any run.
void SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::hours(1));
}

// A watch or an export whose client never reads.
template <typename Response>
struct StuckCall {
  std::unique_ptr<v1::TripQueryService::Stub> stub;
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<Response>> stream;
};

TEST(Faults, ReadersThatNeverReadHoldUpNobodyAndTakeBoundedMemory) {
  constexpr int kReaders = 8;
  // What lies in the buffers between the two comes on top.
  FaultRun run({.flags = {"--watch_queue_bytes=4096"}});
  run.StartWork();
  absl::SleepFor(absl::Milliseconds(500));
  std::vector<std::unique_ptr<StuckCall<v1::WatchTripRecordsResponse>>> watches;
  std::vector<std::unique_ptr<StuckCall<v1::ExportTripRecordsResponse>>>
      exports;
  for (int i = 0; i < kReaders; ++i) {
    auto& watch = *watches.emplace_back(
        std::make_unique<StuckCall<v1::WatchTripRecordsResponse>>());
    watch.stub = run.pair().QueryStub();
    SetDeadline(watch.context);
    v1::WatchTripRecordsRequest watched;
    watched.set_view(v1::RECORD_VIEW_FULL);
    watch.stream = watch.stub->WatchTripRecords(&watch.context, watched);
    auto& exported = *exports.emplace_back(
        std::make_unique<StuckCall<v1::ExportTripRecordsResponse>>());
    exported.stub = run.pair().QueryStub();
    exported.stream = exported.stub->ExportTripRecords(&exported.context, {});
  }
  run.Count("stuck_readers", int64_t{2} * kReaders);
  const int64_t before = ResidentMebibytes(run.pair().query_service().pid());
  const int64_t written = run.history().acknowledged();
  absl::SleepFor(absl::Seconds(run.scale().Of(4, 60)));
  // Enough to fill them.
  constexpr int64_t kEnough = 600;
  const absl::Time deadline = absl::Now() + absl::Minutes(2);
  while (run.history().acknowledged() < written + kEnough &&
         absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_GE(run.history().acknowledged(), written + kEnough);
  const int64_t after = ResidentMebibytes(run.pair().query_service().pid());
  run.Count("query_mib", after);
  // Each may have a queue and what is on its way; the index itself is small.
  EXPECT_LT(after, before + 256);
  run.StopWork();

  // Those that read at last get what was on its way, and where to go on from.
  v1::WatchTripRecordsResponse response;
  for (auto& watch : watches) {
    while (watch->stream->Read(&response)) {
    }
    EXPECT_TRUE(Says(watch->stream->Finish(), "WATCHER_TOO_SLOW"));
  }
  for (auto& exported : exports) exported->context.TryCancel();
  v1::ExportTripRecordsResponse page;
  for (auto& exported : exports) {
    while (exported->stream->Read(&page)) {
    }
    exported->stream->Finish();
  }
  run.Verify();
}

// Streams briefings [first, last) as fast as the ingestor takes them, and goes
// on after whatever ends the stream.
void Flood(FaultRun& run, int first, int last) {
  constexpr size_t kUnanswered = 512;
  const auto stub = run.pair().IngestStub();
  int next = first;
  while (next < last) {
    grpc::ClientContext context;
    SetDeadline(context);
    const auto stream = stub->StreamBriefings(&context);
    std::deque<size_t> sent;
    const int begin = next;
    int going = begin;
    bool open = true;
    while (open && (going < last || !sent.empty())) {
      while (open && going < last && sent.size() < kUnanswered) {
        const std::string id = absl::StrCat("f", going);
        sent.push_back(run.history().Begin(
            {.briefing_id = id, .version = 1, .trips = 1, .record_ids = {}}));
        v1::StreamBriefingsRequest request;
        *request.mutable_briefing() = FaultBriefing(id, 1, 1);
        open = stream->Write(request);
        ++going;
      }
      v1::StreamBriefingsResponse response;
      if (open) open = stream->Read(&response);
      if (!open) break;
      EXPECT_EQ(response.result().briefing_id(), absl::StrCat("f", next));
      EXPECT_EQ(response.result().outcome(), v1::INGEST_OUTCOME_CREATED);
      run.history().Acknowledge(sent.front(), 0,
                                {response.result().record_ids().begin(),
                                 response.result().record_ids().end()});
      sent.pop_front();
      ++next;
    }
    if (open) stream->WritesDone();
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const size_t number : sent) run.history().GiveUp(number, true);
  }
}

TEST(Faults, MoreThanTheDiskTakesIsHeldBackAndNothingIsLost) {
  FailingDisk slow("/query/journal.db");
  FaultRun run({.environment = slow.environment()},
               {.flags = {"--max_outbox_bytes=131072"}});
  // However slowly briefings come, more than the outbox holds do in that time.
  slow.DelaySyncs(run.scale().Of(300'000, 50'000));
  const int briefings = run.scale().Of(2'000, 100'000);
  constexpr int kStreams = 4;
  std::vector<std::thread> streams;
  streams.reserve(kStreams);
  for (int i = 0; i < kStreams; ++i) {
    streams.emplace_back([&run, i, briefings] {
      Flood(run, briefings / kStreams * i, briefings / kStreams * (i + 1));
    });
  }
  // Calls, which nothing can hold back, are refused for a while.
  std::atomic<bool> flooding = true;
  int64_t refused = 0;
  int64_t ingestor_mib = 0, query_mib = 0;
  std::thread caller([&] {
    for (int i = 0; flooding; ++i) {
      const grpc::Status status = run.Submit(absl::StrCat("c", i), 1);
      if (!status.ok()) {
        EXPECT_TRUE(Says(status, "OUTBOX_FULL")) << status.error_message();
        ++refused;
      }
      ingestor_mib = std::max(ingestor_mib,
                              ResidentMebibytes(run.pair().ingestor().pid()));
      query_mib = std::max(query_mib,
                           ResidentMebibytes(run.pair().query_service().pid()));
      absl::SleepFor(absl::Milliseconds(20));
    }
  });
  for (std::thread& stream : streams) stream.join();
  flooding = false;
  caller.join();
  slow.Mend();
  run.Count("calls_refused", refused);
  run.Count("ingestor_mib", ingestor_mib);
  run.Count("query_mib", query_mib);
  EXPECT_GT(refused, 0);
#if !defined(__SANITIZE_ADDRESS__)  // which keeps what was freed for a while
  EXPECT_LT(ingestor_mib, 512);
  EXPECT_LT(query_mib, 1024);
#endif
  run.Verify();
}

}  // namespace
}  // namespace attache::testing
