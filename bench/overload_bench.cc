// What a query service does with more than it can take: searches that read
// every record arrive at half to twice the rate that it answers at its best,
// whether the ones before were answered or not. Prints, for each rate, how many
// were answered and refused and how long the answered took, below what callers
// who wait for their answers get at the same time. Client and server
// share the machine. Build it with the release preset:
//
//   build/release/bin/overload_bench [SECONDS_A_RATE]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/vocabulary/vocabulary.h"
#include "grpcpp/grpcpp.h"
#include "query_service/index/trip_index.h"
#include "query_service/service/trip_query_service.h"

namespace attache {
namespace {

using std::chrono::steady_clock;

constexpr int kRecords = 2'000;
constexpr int kChannels = 8;
constexpr int kClosedLoopCallers = 16;
constexpr auto kDeadline = std::chrono::seconds(30);

// One run at one rate.
struct Result {
  double seconds = 0;
  int64_t sent = 0;
  int64_t refused = 0;
  int64_t failed = 0;
  std::vector<double> answered_ms;

  double GoodputPerSecond() const {
    return static_cast<double>(answered_ms.size()) / seconds;
  }
  double PercentileMs(double percent) {
    if (answered_ms.empty()) return 0;
    const auto rank = static_cast<size_t>(
        percent / 100 * static_cast<double>(answered_ms.size() - 1));
    std::nth_element(answered_ms.begin(),
                     answered_ms.begin() + static_cast<ptrdiff_t>(rank),
                     answered_ms.end());
    return answered_ms[rank];
  }
};

class Load {
 public:
  explicit Load(const std::string& address) {
    for (int i = 0; i < kChannels; ++i) {
      grpc::ChannelArguments arguments;
      arguments.SetInt("attache.bench.channel", i);  // else they share one
      stubs_.push_back(v1::TripQueryService::NewStub(grpc::CreateCustomChannel(
          address, grpc::InsecureChannelCredentials(), arguments)));
    }
    // No record has it, so each is read to the end.
    request_.set_filter("title:*nowhere*");
  }

  // Callers who each wait for an answer before they ask again.
  Result ClosedLoop(double seconds) {
    Begin();
    const auto end = steady_clock::now() + ToDuration(seconds);
    std::vector<std::thread> callers;
    for (int i = 0; i < kClosedLoopCallers; ++i) {
      callers.emplace_back([this, i, end] {
        while (steady_clock::now() < end) {
          std::mutex mutex;
          std::condition_variable answered;
          bool done = false;
          Send(static_cast<size_t>(i), [&] {
            const std::scoped_lock lock(mutex);
            done = true;
            answered.notify_one();
          });
          std::unique_lock lock(mutex);
          answered.wait(lock, [&done] { return done; });
        }
      });
    }
    for (std::thread& caller : callers) caller.join();
    return End();
  }

  Result OpenLoop(double per_second, double seconds) {
    Begin();
    const auto start = steady_clock::now();
    const auto count = static_cast<int64_t>(per_second * seconds);
    for (int64_t i = 0; i < count; ++i) {
      std::this_thread::sleep_until(
          start + ToDuration(static_cast<double>(i) / per_second));
      Send(static_cast<size_t>(i), [] {});
    }
    return End();
  }

 private:
  struct Call {
    grpc::ClientContext context;
    v1::ListTripRecordsResponse response;
    steady_clock::time_point start = steady_clock::now();
  };

  static steady_clock::duration ToDuration(double seconds) {
    return std::chrono::duration_cast<steady_clock::duration>(
        std::chrono::duration<double>(seconds));
  }

  void Begin() {
    result_ = {};
    start_ = steady_clock::now();
  }

  template <typename Done>
  void Send(size_t i, Done done) {
    auto call = std::make_shared<Call>();
    call->context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    ++under_way_;
    {
      const std::scoped_lock lock(mutex_);
      ++result_.sent;
    }
    stubs_[i % stubs_.size()]->async()->SearchTripRecords(
        &call->context, &request_, &call->response,
        [this, call, done](const grpc::Status& status) {
          Note(status, steady_clock::now() - call->start);
          done();
          --under_way_;
        });
  }

  void Note(const grpc::Status& status, steady_clock::duration took) {
    const std::scoped_lock lock(mutex_);
    if (status.ok()) {
      result_.answered_ms.push_back(
          std::chrono::duration<double, std::milli>(took).count());
    } else if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      ++result_.refused;
    } else {
      ++result_.failed;
    }
  }

  // What was answered after the last was sent counts, and so does its time.
  Result End() {
    while (under_way_ != 0) absl::SleepFor(absl::Milliseconds(1));
    const std::scoped_lock lock(mutex_);
    result_.seconds =
        std::chrono::duration<double>(steady_clock::now() - start_).count();
    return std::move(result_);
  }

  std::vector<std::unique_ptr<v1::TripQueryService::Stub>> stubs_;
  v1::SearchTripRecordsRequest request_;
  std::atomic<int64_t> under_way_ = 0;
  steady_clock::time_point start_;
  std::mutex mutex_;
  Result result_;  // guarded by mutex_
};

std::vector<BriefingRecords> MakeBriefings() {
  std::vector<BriefingRecords> briefings;
  for (int i = 0; i < kRecords; ++i) {
    const std::string id = absl::StrCat("briefing-", i);
    v1::TripRecord record;
    record.set_record_id(id + "#1");
    record.set_title(absl::StrCat("Visit number ", i, " of a minister"));
    record.add_visits()->set_country_code("BR");
    for (int j = 0; j < 20; ++j) {
      record.add_focus_areas()->set_description("Energy and trade, with words");
    }
    briefings.push_back({id, {{id + "#1", record.SerializeAsString()}}});
  }
  return briefings;
}

void Print(const std::string& rate, Result result, double best) {
  std::printf("%-12s %8lld %9.0f %6.2f %8lld %7lld %8.1f %8.1f %8.1f\n",
              rate.c_str(), static_cast<long long>(result.sent),
              result.GoodputPerSecond(), result.GoodputPerSecond() / best,
              static_cast<long long>(result.refused),
              static_cast<long long>(result.failed), result.PercentileMs(50),
              result.PercentileMs(99), result.PercentileMs(100));
}

int Run(double seconds) {
  auto vocabulary = Vocabulary::Load(DefaultVocabularyDirectory());
  if (!vocabulary.ok()) {
    std::cerr << vocabulary.status() << "\n";
    return EXIT_FAILURE;
  }
  TripIndex index(*vocabulary);
  const std::vector<BriefingRecords> briefings = MakeBriefings();
  if (const absl::Status status = index.Apply(briefings, 1); !status.ok()) {
    std::cerr << status << "\n";
    return EXIT_FAILURE;
  }
  index.WaitForMerges();
  rpc::Gate gate;
  TripQueryServiceImpl service(
      gate, index, *vocabulary,
      ReaderContext{.page_token_key = std::string(32, 'k'),
                    .index_id = [] { return std::string("bench"); },
                    .disk_bytes = [] { return int64_t{0}; },
                    .version = "bench",
                    .start_time = absl::Now()});
  auto server = rpc::Server::Start({.listen = "127.0.0.1:0"}, {&service});
  if (!server.ok()) {
    std::cerr << server.status() << "\n";
    return EXIT_FAILURE;
  }
  Load load((*server)->address());
  load.ClosedLoop(1);  // warms up
  std::printf("%-12s %8s %9s %6s %8s %7s %8s %8s %8s\n", "rate", "sent",
              "answers/s", "ratio", "refused", "failed", "p50 ms", "p99 ms",
              "max ms");
  for (const double times : {0.5, 0.8, 1.0, 1.5, 2.0, 4.0}) {
    // Right before, for the machine is not always as fast.
    Result closed = load.ClosedLoop(seconds);
    const double best = closed.GoodputPerSecond();
    Print("closed loop", std::move(closed), best);
    Print(absl::StrCat("x ", times), load.OpenLoop(times * best, seconds),
          best);
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace attache

int main(int argc, char** argv) {
  double seconds = 10;
  if (argc > 2 ||
      (argc == 2 && (!absl::SimpleAtod(argv[1], &seconds) || seconds <= 0))) {
    std::cerr << "usage: overload_bench [SECONDS_A_RATE]\n";
    return 2;
  }
  return attache::Run(seconds);
}
