// The store and the sender's protocol against a naive producer and a naive
// query service, through random submissions, acknowledgements, crashes and
// restores on either side.
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/sender_session.h"
#include "ingestor/outbox/store_reader.h"
#include "tests/ingestor/outbox/store_fixture.h"

namespace attache::outbox {
namespace {

// The words of the records of a write, "withdrawn" for a withdrawal.
std::string ContentOf(const v1::RecordWrite& write) {
  if (write.withdrawn()) return "withdrawn";
  std::string content;
  for (const v1::TripRecord& record : write.records()) {
    absl::StrAppend(&content, record.record_id(), "=",
                    record.travelers(0).name(), " ");
  }
  return content;
}

// A query service that does what the contract says and nothing else.
struct NaiveIndex {
  int64_t last_sequence = 0;
  int64_t epoch = 0;
  int id = 1;
  std::map<std::string, std::string> held;
  // The next sequence that the open stream takes.
  int64_t next = 0;

  absl::StatusOr<v1::Welcome> Open(const v1::Hello& hello) {
    if (hello.epoch() < epoch) {
      return MakeError(v1::ERROR_REASON_EPOCH_STALE, "stale",
                       {{"epoch", absl::StrCat(epoch)}});
    }
    if (last_sequence > hello.last_sequence()) {
      return MakeError(v1::ERROR_REASON_PRODUCER_REWOUND, "rewound",
                       {{"last_sequence", absl::StrCat(last_sequence)}});
    }
    EXPECT_LE(hello.first_sequence(), hello.last_sequence());
    epoch = hello.epoch();
    const int64_t had = hello.first_sequence() > 0 ? hello.first_sequence() - 1
                                                   : hello.last_sequence();
    v1::Welcome welcome;
    welcome.set_last_sequence(last_sequence);
    welcome.set_index_id(absl::StrCat("index-", id));
    welcome.set_max_outstanding_writes(4);
    welcome.set_max_outstanding_bytes(100'000);
    welcome.set_max_write_bytes(100'000);
    welcome.set_resync(last_sequence < had);
    next = std::max(last_sequence, had) + 1;
    return welcome;
  }
  void Take(const v1::RecordWrite& write) {
    if (write.sequence() < next) return;
    ASSERT_EQ(write.sequence(), next) << "a sequence skips ahead";
    held[write.briefing_id()] = ContentOf(write);
    last_sequence = next++;
  }
};

class World {
 public:
  explicit World(unsigned seed) : random_(seed), options_(TestOptions(home_)) {
    options_.resync_batch = 2;
    Start();
  }

  int Pick(int n) {
    return std::uniform_int_distribution<int>(0, n - 1)(random_);
  }

  void Step() {
    // Long stretches without a connection, in which writes pile up.
    if (Pick(12) == 0) reachable_ = !reachable_;
    switch (Pick(16)) {
      case 0:
        Start();  // a crash: nothing was shut down in order
        break;
      case 1:
        if (reachable_) Deliver(/*until_done=*/false);
        break;
      case 2:
        if (Pick(4) == 0) kept_index_ = index_;
        break;
      case 3:
        if (Pick(4) == 0) RestoreIndex();
        break;
      case 4:
        if (Pick(2) == 0) KeepStore();
        break;
      case 5:
        if (Pick(2) == 0) RestoreStore();
        break;
      case 6:
      case 7:
        Retract(absl::StrCat("b", Pick(5)));
        break;
      case 8:
      case 9:
        if (reachable_) Deliver(/*until_done=*/false);
        break;
      default:
        Accept(absl::StrCat("b", Pick(5)));
    }
  }

  void Settle() {
    Deliver(/*until_done=*/true);
    for (const auto& [id, content] : expected_) {
      EXPECT_EQ(index_.held[id], content) << id;
    }
    EXPECT_EQ(store_->state().pending_bytes, 0);
    EXPECT_EQ(store_->state().resync_until, 0);
  }

 private:
  void Start() {
    reader_.reset();
    store_.reset();
    auto opened = BriefingStore::Open(options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
    reader_ = *StoreReader::Open(options_.path);
    session_ = std::make_unique<SenderSession>(
        "p1", "v1", store_->state().sendable_sequence);
  }

  void Group(const std::function<absl::Status()>& body) {
    const absl::Status status = store_->Group(body);
    ASSERT_TRUE(status.ok()) << status;
  }

  void Accept(const std::string& id) {
    std::string content;
    for (int i = Pick(3); i > 0; --i) {
      absl::StrAppend(&content, "t", Pick(3), " ");
    }
    Group([&] {
      auto accepted = store_->Accept(Submit(MakeBriefing(id, content, Pick(4))),
                                     absl::Now());
      if (!accepted.ok()) return accepted.status();
      if (accepted->result.outcome() == v1::INGEST_OUTCOME_STALE ||
          accepted->result.outcome() == v1::INGEST_OUTCOME_UNCHANGED) {
        return absl::OkStatus();
      }
      std::vector<std::string> names =
          absl::StrSplit(content, ' ', absl::SkipEmpty());
      std::string held;
      for (size_t i = 0; i < names.size(); ++i) {
        absl::StrAppend(&held, accepted->result.record_ids(i), "=", names[i],
                        " ");
      }
      expected_[id] = held;
      return absl::OkStatus();
    });
  }
  void Retract(const std::string& id) {
    Group([&] { return store_->Retract(id, "", absl::Now()).status(); });
    expected_[id] = "withdrawn";
  }

  void KeepStore() {
    reader_.reset();
    store_.reset();
    std::filesystem::copy_file(
        options_.path, backup_.file("ingestor.db"),
        std::filesystem::copy_options::overwrite_existing);
    kept_expected_ = expected_;
    Start();
  }
  void RestoreStore() {
    if (!kept_expected_.has_value()) return;
    reader_.reset();
    store_.reset();
    std::filesystem::remove(options_.path + "-wal");
    std::filesystem::remove(options_.path + "-shm");
    std::filesystem::copy_file(
        backup_.file("ingestor.db"), options_.path,
        std::filesystem::copy_options::overwrite_existing);
    expected_ = *kept_expected_;
    Start();
  }
  void RestoreIndex() {
    const int id = index_.id + 1;
    index_ = kept_index_;
    index_.id = id;
  }

  // One stream, cut off at a random point, or streams until all is there.
  void Deliver(bool until_done) {
    for (int streams = 0; streams < 20; ++streams) {
      const absl::Status status = RunStream(until_done ? 1000 : Pick(12));
      if (!until_done) return;
      if (status.ok()) return;
    }
    FAIL() << "the streams do not come to an end";
  }

  absl::Status RunStream(int steps) {
    const absl::Status status = RunUntilCut(steps);
    const SenderSession::Next next =
        session_->OnEnd(status.ok() ? absl::UnavailableError("cut") : status,
                        absl::Seconds(0), 0.5);
    if (next.action == SenderSession::Next::Action::kTakeEpoch) {
      Group([&] { return store_->TakeEpoch(next.epoch); });
    } else if (next.action == SenderSession::Next::Action::kRewind) {
      Group([&] { return store_->Rewind(next.last_sequence, absl::Now()); });
    } else {
      EXPECT_NE(next.action, SenderSession::Next::Action::kStandBy) << status;
    }
    return status;
  }

  absl::Status RunUntilCut(int steps) {
    auto welcome = index_.Open(session_->MakeHello(store_->state()));
    if (!welcome.ok()) return welcome.status();
    auto start = session_->OnWelcome(*welcome, store_->state());
    if (!start.ok()) return start.status();
    Group([&] {
      absl::Status status = store_->NoteIndex(welcome->index_id(), 1, 100'000);
      if (status.ok()) {
        status = store_->Acknowledge(start->acknowledged_sequence, 1, {},
                                     absl::Now());
      }
      return status.ok() && start->resync ? store_->StartResync(absl::Now())
                                          : status;
    });
    for (int step = 0; step < steps; ++step) {
      auto pending = reader_->ReadPending(session_->sent_sequence(), 3, 1000);
      EXPECT_TRUE(pending.ok());
      for (const PendingWrite& write : *pending) {
        const auto bytes = static_cast<int64_t>(write.bytes.size());
        if (!session_->MaySend(bytes)) break;
        v1::RecordWrite message;
        EXPECT_TRUE(message.ParseFromString(write.bytes));
        message.set_sequence(write.sequence);
        session_->OnSent(write.sequence, bytes);
        index_.Take(message);
      }
      if (step + 1 == steps && Pick(2) == 0) break;  // the Ack is lost
      v1::Ack ack;
      ack.set_sequence(std::max(index_.last_sequence,
                                store_->state().acknowledged_sequence));
      EXPECT_TRUE(session_->OnAck(ack).ok());
      Group([&] {
        return store_->Acknowledge(ack.sequence(), 1, {}, absl::Now());
      });
      if (store_->state().pending_bytes == 0) break;
    }
    return absl::OkStatus();
  }

  std::mt19937 random_;
  bool reachable_ = true;
  testing::TempDirectory home_;
  testing::TempDirectory backup_;
  StoreOptions options_;
  std::unique_ptr<BriefingStore> store_;
  std::unique_ptr<StoreReader> reader_;
  std::unique_ptr<SenderSession> session_;
  NaiveIndex index_;
  NaiveIndex kept_index_;
  std::map<std::string, std::string> expected_;
  std::optional<std::map<std::string, std::string>> kept_expected_;
};

class DeliveryOracle : public ::testing::TestWithParam<int> {};

TEST_P(DeliveryOracle, TheIndexEndsUpWithWhatTheProducerHolds) {
  for (unsigned round = 0; round < 5; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", GetParam() * 1000 + round));
    World world(GetParam() * 1000 + round);
    for (int step = 0; step < 120; ++step) {
      world.Step();
      if (step % 40 == 39) world.Settle();
      if (::testing::Test::HasFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DeliveryOracle, ::testing::Range(0, 8));

}  // namespace
}  // namespace attache::outbox
