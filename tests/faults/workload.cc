#include "tests/faults/workload.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

constexpr std::chrono::seconds kCallTimeout{30};
// Of one stream, well within its time.
constexpr int kStreamBursts = 20;
constexpr absl::Duration kRetryDelay = absl::Milliseconds(30);

constexpr char kNoTrip[] =
    "The ministry has moved its archive to the second floor.";
constexpr char kOneTrip[] =
    "Norwegian Foreign Minister Astrid Solberg travelled to Santiago, Chile, "
    "from 4 to 6 March 2024 to discuss trade and renewable energy.";
constexpr char kTwoTrips[] =
    "President Grace Mwangi of Kenya returned to Nairobi on Saturday, 10 "
    "February 2024, after a three-day visit to Angola. In Luanda, where she "
    "arrived on 8 February, she and President João Capita agreed to resume "
    "direct flights.\n\nOn 19 February the President will travel to India for "
    "a state visit that ends on 22 February. In New Delhi she will meet Prime "
    "Minister Arjun Deshpande to discuss vaccines and satellites.";

// One client with briefings of its own.
class Writer {
 public:
  Writer(const WorkloadOptions& options, int number,
         const Workload::Connect& connect, History* history,
         const std::atomic<bool>& stopping)
      : options_(options),
        number_(number),
        connect_(connect),
        history_(*history),
        stopping_(stopping),
        random_(options.seed + static_cast<uint32_t>(number)),
        versions_(options.briefings_per_writer) {}

  void Run() {
    while (!stopping_) {
      const bool ok = number_ % 2 == 0 ? RunStream() : RunCalls();
      if (ok || stopping_) continue;
      absl::SleepFor(kRetryDelay);
      // Mostly it tries again what had no answer; now and then it goes on.
      if (Chance(10)) pending_.clear();
    }
  }

 private:
  bool Chance(int percent) { return random_() % 100 < uint32_t(percent); }

  Operation NextOperation() {
    const size_t index = random_() % versions_.size();
    Operation operation;
    operation.briefing_id = absl::StrCat("w", number_, "-b", index);
    if (versions_[index] > 0 && Chance(20)) {
      operation.kind = Operation::Kind::kRetract;
    } else {
      operation.version = ++versions_[index];
      const uint32_t dice = random_() % 20;
      operation.trips = dice == 0 ? 0 : dice < 11 ? 1 : 2;
    }
    return operation;
  }

  void FillPending(size_t count) {
    while (pending_.size() < count) pending_.push_back(NextOperation());
  }

  v1::Durability SomeDurability() {
    return Chance(30) ? v1::DURABILITY_INDEXED : v1::DURABILITY_DURABLE;
  }

  void End(size_t number, const v1::IngestResult& result) {
    if (result.outcome() == v1::INGEST_OUTCOME_REJECTED ||
        result.outcome() == v1::INGEST_OUTCOME_STALE) {
      history_.Refuse(number);
      return;
    }
    history_.Acknowledge(
        number,
        result.durability() == v1::DURABILITY_INDEXED ? result.revision() : 0,
        {result.record_ids().begin(), result.record_ids().end()});
  }

  // `is_answer`: a status with details is the server's own on just this
  // operation.
  void GiveUp(size_t number, const grpc::Status& status, bool is_answer) {
    bool lingers = true;
    if (!status.error_details().empty()) {
      lingers = !is_answer;
    } else if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
      lingers = !options_.breaks_mean_death;
    }
    history_.GiveUp(number, lingers);
  }

  static void SetDeadline(grpc::ClientContext& context) {
    context.set_deadline(std::chrono::system_clock::now() + kCallTimeout);
  }

  // False once a call fails.
  bool RunCalls() {
    const auto stub = connect_();
    while (!stopping_) {
      FillPending(1);
      const Operation operation = pending_.front();
      const size_t number = history_.Begin(operation);
      grpc::ClientContext context;
      SetDeadline(context);
      grpc::Status status;
      v1::IngestResult result;
      if (operation.kind == Operation::Kind::kSubmit) {
        v1::IngestBriefingRequest request;
        *request.mutable_briefing() = FaultBriefing(
            operation.briefing_id, operation.version, operation.trips);
        request.set_durability(SomeDurability());
        v1::IngestBriefingResponse response;
        status = stub->IngestBriefing(&context, request, &response);
        result = response.result();
      } else {
        v1::RetractBriefingRequest request;
        request.set_briefing_id(operation.briefing_id);
        request.set_durability(SomeDurability());
        v1::RetractBriefingResponse response;
        status = stub->RetractBriefing(&context, request, &response);
        result = response.result();
      }
      if (!status.ok()) {
        GiveUp(number, status, true);
        return false;
      }
      pending_.pop_front();
      End(number, result);
    }
    return true;
  }

  // False once the stream ends, with what had no answer in pending_.
  bool RunStream() {
    const auto stub = connect_();
    grpc::ClientContext context;
    SetDeadline(context);
    const auto stream = stub->StreamBriefings(&context);
    const int64_t stream_number = (int64_t{number_} << 32) + ++streams_;
    std::deque<size_t> sent;
    bool open = true;
    int64_t place = 0;
    for (int burst = 0; open && !stopping_ && burst < kStreamBursts; ++burst) {
      FillPending(8 + random_() % 24);
      for (size_t i = 0; i < pending_.size() && open; ++i) {
        Operation operation = pending_[i];
        operation.stream = stream_number;
        operation.place = ++place;
        sent.push_back(history_.Begin(operation));
        open = stream->Write(RequestFor(operation));
      }
      v1::StreamBriefingsResponse response;
      while (open && !sent.empty()) {
        open = stream->Read(&response);
        if (!open) break;
        EXPECT_EQ(response.result().briefing_id(),
                  pending_.front().briefing_id);
        End(sent.front(), response.result());
        sent.pop_front();
        pending_.pop_front();
      }
    }
    if (open) {
      stream->WritesDone();
      stream->Finish();
      return true;
    }
    const grpc::Status status = stream->Finish();
    for (const size_t number : sent) GiveUp(number, status, false);
    return false;
  }

  v1::StreamBriefingsRequest RequestFor(const Operation& operation) {
    v1::StreamBriefingsRequest request;
    if (operation.kind == Operation::Kind::kSubmit) {
      *request.mutable_briefing() = FaultBriefing(
          operation.briefing_id, operation.version, operation.trips);
    } else {
      request.set_retract_briefing_id(operation.briefing_id);
    }
    request.set_durability(SomeDurability());
    return request;
  }

  const WorkloadOptions& options_;
  const int number_;
  const Workload::Connect& connect_;
  History& history_;
  const std::atomic<bool>& stopping_;
  std::mt19937 random_;
  // Of each briefing, the last that was submitted.
  std::vector<int64_t> versions_;
  // Not yet answered, in their order.
  std::deque<Operation> pending_;
  int64_t streams_ = 0;
};

}  // namespace

v1::Briefing FaultBriefing(const std::string& briefing_id, int64_t version,
                           int trips) {
  v1::Briefing briefing;
  briefing.set_briefing_id(briefing_id);
  briefing.set_version(version);
  briefing.set_media_type("text/plain");
  briefing.set_language_code("en");
  briefing.set_content(absl::StrCat(trips == 0   ? kNoTrip
                                    : trips == 1 ? kOneTrip
                                                 : kTwoTrips,
                                    "\n\nThe file bears the number ", version,
                                    ".\n"));
  briefing.mutable_publish_time()->set_seconds(1707600000);
  (*briefing.mutable_labels())["version"] = absl::StrCat(version);
  return briefing;
}

Workload::Workload(const WorkloadOptions& options, Connect connect,
                   History* history) {
  for (int number = 0; number < options.writers; ++number) {
    threads_.emplace_back([this, options, connect, history, number] {
      Writer(options, number, connect, history, stopping_).Run();
    });
  }
}

Workload::~Workload() { Stop(); }

void Workload::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace attache::testing
