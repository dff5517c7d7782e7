#include "tests/faults/fault_run.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

constexpr absl::Duration kReadTimeout = absl::Seconds(60);
constexpr std::chrono::seconds kCallTimeout{20};
// Of one judgement; the rest are counted.
constexpr int kShownViolations = 20;

// A line of /proc/PID/status that is in kB.
int64_t StatusMebibytes(pid_t pid, const std::string& name) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  std::string word;
  int64_t kibibytes = -1;
  while (status >> word) {
    if (word == name) status >> kibibytes;
  }
  return kibibytes / 1024;
}

Launch WithLink(Launch ingestor, const Proxy& link) {
  ingestor.flags.insert(
      ingestor.flags.begin(),
      {absl::StrCat("--query_address=", link.address()), "--index_timeout=2s"});
  return ingestor;
}

// Insists until the service answers.
Read ReadLast(Pair& pair, History& history) {
  const absl::Time deadline = absl::Now() + kReadTimeout;
  while (absl::Now() < deadline) {
    const Moment begun = history.Now();
    std::optional<Read> read = ReadIndex(*pair.QueryStub());
    if (read.has_value()) {
      read->begun = begun;
      read->ended = history.Now();
      return *std::move(read);
    }
    absl::SleepFor(absl::Milliseconds(50));
  }
  ADD_FAILURE() << "the index cannot be read";
  return {};
}

}  // namespace

FaultScale ScaleFromEnvironment() {
  FaultScale scale;
  const char* form = std::getenv("ATTACHE_FAULTS");
  scale.is_long = form != nullptr && std::string(form) == "long";
  const char* seed = std::getenv("ATTACHE_FAULTS_SEED");
  if (seed == nullptr || !absl::SimpleAtoi(seed, &scale.seed)) {
    scale.seed = std::random_device()() % 1'000'000;
  }
  return scale;
}

FaultRun::FaultRun(Launch query_service, Launch ingestor)
    : scale_(ScaleFromEnvironment()), random_(scale_.seed) {
  pair_ = std::make_unique<Pair>(std::move(query_service),
                                 WithLink(std::move(ingestor), link_));
  link_.SetTarget(pair_->query_service().address());
}

FaultRun::~FaultRun() { StopWork(); }

void FaultRun::SleepUpTo(int limit_milliseconds) {
  absl::SleepFor(absl::Milliseconds(
      std::uniform_int_distribution<int>(0, limit_milliseconds)(random_)));
}

void FaultRun::StartWork(WorkloadOptions options, Workload::Connect connect) {
  options.seed = scale_.seed;
  if (!connect) connect = [this] { return pair_->IngestStub(); };
  workload_ =
      std::make_unique<Workload>(options, std::move(connect), &history_);
  observers_ = std::make_unique<Observers>(
      [this] { return pair_->QueryStub(); }, &history_);
}

void FaultRun::StopWork() {
  if (workload_ != nullptr) workload_->Stop();
  if (observers_ != nullptr) observers_->Stop();
}

grpc::Status FaultRun::Submit(const std::string& briefing_id, int64_t version,
                              v1::Durability durability) {
  const size_t number = history_.Begin({.briefing_id = briefing_id,
                                        .version = version,
                                        .trips = 2,
                                        .record_ids = {}});
  v1::IngestBriefingRequest request;
  *request.mutable_briefing() = FaultBriefing(briefing_id, version, 2);
  request.set_durability(durability);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  v1::IngestBriefingResponse response;
  grpc::Status status =
      pair_->IngestStub()->IngestBriefing(&context, request, &response);
  if (status.ok()) {
    const auto& result = response.result();
    const bool indexed = result.durability() == v1::DURABILITY_INDEXED;
    history_.Acknowledge(
        number, indexed ? result.revision() : 0,
        {result.record_ids().begin(), result.record_ids().end()});
  } else {
    history_.GiveUp(number, false);
  }
  return status;
}

void FaultRun::Verify() {
  StopWork();
  link_.Resume();
  int64_t violations = Fail("at the end", Judge());
  pair_->KillIngestor();
  pair_->KillQueryService();
  pair_->StartQueryService();
  pair_->StartIngestor();
  violations += Fail("after both were killed", Judge());
  PrintSummary(violations);
}

void FaultRun::PrintSummary(int64_t violations) {
  std::set<std::string> briefings;
  for (const Operation& operation : history_.operations()) {
    briefings.insert(operation.briefing_id);
  }
  std::cout << "[ faults   ] "
            << ::testing::UnitTest::GetInstance()->current_test_info()->name()
            << " seed=" << scale_.seed;
  for (const auto& [fault, count] : counts_) {
    std::cout << " " << fault << "=" << count;
  }
  std::cout << " briefings=" << briefings.size()
            << " attempts=" << history_.operations().size()
            << " acknowledgements=" << history_.acknowledged()
            << " reads=" << history_.reads().size()
            << " violations=" << violations << std::endl;
}

std::vector<Violation> FaultRun::Judge() {
  pair_->WaitUntilSettled();
  const Read last = ReadLast(*pair_, history_);
  return Check(history_.operations(), history_.reads(), last);
}

// Fails the test for each; how many there are.
int64_t FaultRun::Fail(const std::string& when,
                       const std::vector<Violation>& violations) {
  std::map<std::string, int64_t> kinds;
  int shown = 0;
  for (const Violation& violation : violations) {
    ++kinds[NameOf(violation.kind)];
    if (++shown <= kShownViolations) {
      ADD_FAILURE() << when << ": " << ToString(violation) << " (repeat with "
                    << "ATTACHE_FAULTS_SEED=" << scale_.seed << ")";
    }
  }
  for (const auto& [kind, count] : kinds) {
    Count(absl::StrReplaceAll(kind, {{" ", "_"}}), count);
  }
  return static_cast<int64_t>(violations.size());
}

int64_t ResidentMebibytes(pid_t pid) { return StatusMebibytes(pid, "VmRSS:"); }
int64_t DataMebibytes(pid_t pid) { return StatusMebibytes(pid, "VmData:"); }

bool Says(const grpc::Status& status, const std::string& reason) {
  const auto details = DetailsOf(rpc::FromGrpcStatus(status));
  return details.has_value() && details->reason == reason &&
         details->retry_delay.has_value();
}

}  // namespace attache::testing
