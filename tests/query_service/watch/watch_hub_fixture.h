// Watches without gRPC: a journal, an index, and sinks of plain code.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_WATCH_WATCH_HUB_FIXTURE_H_
#define ATTACHE_TESTS_QUERY_SERVICE_WATCH_WATCH_HUB_FIXTURE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/error.h"
#include "gtest/gtest.h"
#include "query_service/watch/watch_hub.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/query_service/support/random_records.h"
#include "tests/query_service/watch/watch_support.h"
#include "tests/support/reason_of.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {

// A sink that takes at once whatever it is sent, until it is told to stop.
class EagerSink : public RecordingSink {
 public:
  void Send(std::string response) override {
    RecordingSink::Send(std::move(response));
    ++sent_;
  }
  // Hands over what was sent; in a thread of its own, as gRPC does.
  void Run(WatchOutbox& outbox) {
    thread_ = std::thread([this, &outbox] {
      int taken = 0;
      while (!stopped_) {
        if (taken < sent_) {
          ++taken;
          outbox.OnSent(true);
        } else {
          absl::SleepFor(absl::Microseconds(200));
        }
      }
    });
  }
  void Stop() {
    stopped_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::atomic<int> sent_ = 0;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

class WatchHubTest : public ::testing::Test {
 protected:
  WatchHubTest() : index_(TestVocabulary()) { Start(); }
  ~WatchHubTest() override { CloseAll(); }

  void Start(const HistoryOptions& history = {}, WatchLimits limits = {}) {
    CloseAll();
    hub_.reset();
    journal_.reset();
    auto journal = Journal::Open(directory_.path(), history);
    ASSERT_TRUE(journal.ok()) << journal.status();
    journal_ = *std::move(journal);
    auto hub = WatchHub::Start(*journal_, index_, TestVocabulary(), limits);
    ASSERT_TRUE(hub.ok()) << hub.status();
    hub_ = *std::move(hub);
  }

  struct Open {
    EagerSink sink;
    WatchHub::Watch watch;
  };

  // Not taken from until Run is called.
  Open& Begin(WatchParameters parameters) {
    auto& open = *opens_.emplace_back(std::make_unique<Open>());
    auto watch = hub_->Open(std::move(parameters), open.sink);
    EXPECT_TRUE(watch.ok()) << watch.status();
    if (watch.ok()) open.watch = *std::move(watch);
    return open;
  }
  Open& Watch(WatchParameters parameters) {
    Open& open = Begin(std::move(parameters));
    open.sink.Run(*open.watch.outbox);
    return open;
  }
  void CloseAll() {
    for (auto& open : opens_) {
      open->sink.Stop();
      if (open->watch.outbox != nullptr) hub_->Close(open->watch);
    }
    opens_.clear();
  }

  // As the journal's writer does. A title "BR x" visits BR; "" withdraws.
  void Write(const std::vector<std::pair<std::string, std::string>>& writes) {
    std::vector<v1::RecordWrite> records;
    for (const auto& [briefing, title] : writes) {
      records.push_back(MakeWrite(++sequence_, briefing, title));
      for (auto& record : *records.back().mutable_records()) {
        record.add_visits()->set_country_code(title.substr(0, 2));
      }
    }
    auto arrived = Arrived("p", records);
    auto committed =
        journal_->Commit(absl::MakeSpan(arrived), absl::UnixEpoch());
    ASSERT_TRUE(committed.ok()) << committed.status();
    std::vector<BriefingRecords> briefings;
    for (const auto& applied : committed->applied) {
      auto& briefing = briefings.emplace_back();
      briefing.briefing_id = applied.briefing_id;
      for (const auto& record : applied.records) {
        briefing.records.push_back({record.record_id, record.wire});
      }
    }
    ASSERT_TRUE(index_.Apply(briefings, committed->revision).ok());
    hub_->OnPublished();
  }

  static std::string Reason(RecordingSink& sink) {
    const auto end = sink.End();
    return end ? ReasonOf(*end) : "open";
  }
  static std::string Text(RecordingSink& sink, size_t number) {
    const auto response = sink.Response(number);
    return response ? ToText(*response) : "none";
  }

  TempDirectory directory_;
  std::unique_ptr<Journal> journal_;
  TripIndex index_;
  std::unique_ptr<WatchHub> hub_;
  std::vector<std::unique_ptr<Open>> opens_;
  int64_t sequence_ = 0;
};

inline constexpr char kBrazil[] = "visits.country_code:\"BR\"";

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_WATCH_WATCH_HUB_FIXTURE_H_
