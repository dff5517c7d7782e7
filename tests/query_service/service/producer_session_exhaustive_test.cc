// Every order of events up to a length, and what must hold after each of them.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/error.h"
#include "gtest/gtest.h"
#include "query_service/service/producer_session.h"
#include "tests/query_service/journal/journal_support.h"

namespace attache {
namespace {

using ::attache::testing::MakeHello;
using ::attache::testing::MakeWrite;

enum Event {
  kHello,
  kNextWrite,
  kTwoWrites,
  kKnownWrite,
  kGap,
  kEmptyBatch,
  kRequestsEnd,
  kSent,
  kNotSent,
  kGreeted,
  kGreetedWithResync,
  kNotGreeted,
  kCommitOne,
  kCommitAll,
  kEnd,
  kDrain,
  kCancel,
  kEventCount
};

// Plays gRPC and the journal's writer: an event is possible only where these
// would bring it. Checks each answer.
class Driver {
 public:
  Driver()
      : session_(
            {.max_outstanding_writes = 3,
             .max_outstanding_bytes = 100000,
             .write = {.max_write_bytes = 10000, .max_record_bytes = 10000}}) {
    Check(session_.OnOpened());
  }

  // False where the event cannot happen now.
  bool Play(Event event) {
    switch (event) {
      case kHello:
        if (!TakeRead()) return false;
        Receive(std::nullopt);
        return true;
      case kNextWrite:
        return ReceiveBatch({next_});
      case kTwoWrites:
        return ReceiveBatch({next_, next_ + 1});
      case kKnownWrite:
        return next_ > 1 && ReceiveBatch({next_ - 1});
      case kGap:
        return ReceiveBatch({next_ + 1});
      case kEmptyBatch:
        return ReceiveBatch({});
      case kRequestsEnd:
        if (!TakeRead()) return false;
        Check(session_.OnRequestsEnded());
        return true;
      case kSent:
      case kNotSent:
        if (!sending_) return false;
        sending_ = false;
        Check(session_.OnSent(event == kSent));
        return true;
      case kGreeted:
      case kGreetedWithResync:
      case kNotGreeted:
        if (!greeting_) return false;
        greeting_ = false;
        Greet(event);
        return true;
      case kCommitOne:
      case kCommitAll: {
        const int64_t count = event == kCommitOne ? 1 : next_ - 1 - committed_;
        if (committed_ + 1 >= next_ || ended_) return false;
        committed_ += count;
        Check(session_.OnCommitted(count, committed_, {}));
        return true;
      }
      case kEnd:
        if (ended_) return false;
        ended_ = true;
        Check(session_.OnEnded(absl::AbortedError("taken over")));
        return true;
      case kDrain:
        Check(session_.OnDrain());
        return true;
      case kCancel:
        Check(session_.OnCancelled());
        return true;
      case kEventCount:
        break;
    }
    return false;
  }

  const std::string& complaint() const { return complaint_; }
  bool finished() const { return finished_; }
  bool acknowledged_all() const { return acknowledged_ + 1 >= next_; }
  bool finished_ok() const { return finished_ok_; }

 private:
  bool TakeRead() {
    if (!reading_) return false;
    reading_ = false;
    return true;
  }

  bool ReceiveBatch(const std::vector<int64_t>& sequences) {
    if (!TakeRead()) return false;
    Receive(sequences);
    return true;
  }

  void Receive(const std::optional<std::vector<int64_t>>& sequences) {
    v1::StreamTripRecordsRequest request;
    if (sequences.has_value()) {
      request.mutable_batch();
      for (const int64_t sequence : *sequences) {
        *request.mutable_batch()->add_writes() =
            MakeWrite(sequence, "a", "title");
      }
    } else {
      *request.mutable_hello() = MakeHello("p", 1, 0, 0);
    }
    Check(session_.OnRequest(request));
  }

  void Greet(Event event) {
    v1::Welcome welcome;
    welcome.set_resync(event == kGreetedWithResync);
    if (event == kNotGreeted) {
      Check(session_.OnGreeted(absl::FailedPreconditionError("stale")));
    } else {
      Check(session_.OnGreeted(welcome));
    }
  }

  void Complain(bool wrong, const char* what) {
    if (wrong && complaint_.empty()) complaint_ = what;
  }

  void Check(const ProducerSession::Actions& actions) {
    Complain(finished_ && (actions.greet || !actions.writes.empty() ||
                           actions.receive || actions.send || actions.finish),
             "acts after the end");
    Complain(actions.greet.has_value() && greeted_, "greets twice");
    Complain(actions.receive && reading_, "reads twice at a time");
    Complain(actions.send.has_value() && sending_, "sends twice at a time");
    Complain(actions.finish.has_value() && (sending_ || actions.send),
             "finishes while a response is on its way");
    Complain(actions.finish.has_value() && actions.receive,
             "reads after the end");
    for (const ArrivedWrite& write : actions.writes) {
      Complain(write.write.sequence() != next_, "hands on out of order");
      ++next_;
    }
    if (actions.send.has_value()) CheckSent(*actions.send);
    greeted_ |= actions.greet.has_value();
    greeting_ |= actions.greet.has_value();
    reading_ |= actions.receive;
    sending_ |= actions.send.has_value();
    finished_ |= actions.finish.has_value();
    finished_ok_ |= actions.finish.has_value() && actions.finish->ok();
  }

  void CheckSent(const v1::StreamTripRecordsResponse& response) {
    Complain(response.has_welcome() == welcomed_,
             "welcomes not once and first");
    welcomed_ = true;
    if (!response.has_ack()) return;
    Complain(response.ack().sequence() > committed_,
             "acknowledges what is not committed");
    Complain(response.ack().sequence() < acknowledged_, "takes an Ack back");
    acknowledged_ = response.ack().sequence();
  }

  ProducerSession session_;
  bool reading_ = false;
  bool sending_ = false;
  bool greeting_ = false;
  bool greeted_ = false;
  bool welcomed_ = false;
  bool ended_ = false;
  bool finished_ = false;
  bool finished_ok_ = false;
  int64_t next_ = 1;
  int64_t committed_ = 0;
  int64_t acknowledged_ = 0;
  std::string complaint_;
};

// A session cannot be copied half-way through gRPC, so each path is played from
// its beginning.
void Explore(std::vector<int>& path, size_t max_length, int64_t& paths) {
  for (int event = 0; event < kEventCount; ++event) {
    Driver driver;
    for (const int earlier : path) driver.Play(static_cast<Event>(earlier));
    if (!driver.Play(static_cast<Event>(event))) continue;
    ++paths;
    path.push_back(event);
    ASSERT_EQ(driver.complaint(), "") << absl::StrJoin(path, " ");
    if (driver.finished_ok()) {
      ASSERT_TRUE(driver.acknowledged_all())
          << "ends well without the Acks: " << absl::StrJoin(path, " ");
    }
    if (path.size() < max_length) Explore(path, max_length, paths);
    path.pop_back();
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(ProducerSessionExhaustive, KeepsTheRulesOfTheStreamInEveryOrderOfEvents) {
  std::vector<int> path;
  int64_t paths = 0;
  Explore(path, 7, paths);
  EXPECT_GT(paths, 10000);
}

// Wherever it stands: what was received is committed, what is sent arrives, and
// then the stream ends, after a drain or the client's own end.
TEST(ProducerSessionExhaustive, EveryDrainComesToItsEnd) {
  std::vector<std::vector<Event>> beginnings = {{}};
  for (int length = 0; length < 5; ++length) {
    std::vector<std::vector<Event>> longer;
    for (const auto& beginning : beginnings) {
      for (int event = 0; event < kEventCount; ++event) {
        Driver driver;
        for (const Event earlier : beginning) driver.Play(earlier);
        if (!driver.Play(static_cast<Event>(event))) continue;
        longer.push_back(beginning);
        longer.back().push_back(static_cast<Event>(event));

        driver.Play(kDrain);
        driver.Play(kGreeted);
        driver.Play(kSent);
        driver.Play(kCommitAll);
        driver.Play(kSent);
        driver.Play(kSent);
        ASSERT_TRUE(driver.finished()) << absl::StrJoin(longer.back(), " ");
        ASSERT_EQ(driver.complaint(), "");
      }
    }
    beginnings = std::move(longer);
  }
}

}  // namespace
}  // namespace attache
