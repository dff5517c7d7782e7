#include "query_service/journal/journal_writer.h"

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <signal.h>
#include <sys/resource.h>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

// Keeps what it is told.
class RecordingStream : public JournalWriter::Stream {
 public:
  void OnGreeted(absl::StatusOr<v1::Welcome> welcome) override {
    const std::scoped_lock lock(mutex_);
    greetings_.push_back(std::move(welcome));
    changed_.notify_all();
  }
  void OnCommitted(int64_t write_count, int64_t revision,
                   std::vector<v1::RejectedWrite> rejected) override {
    const std::scoped_lock lock(mutex_);
    committed_ += write_count;
    revision_ = revision;
    for (auto& write : rejected) rejected_.push_back(std::move(write));
    changed_.notify_all();
  }
  void OnEnded(const absl::Status& status) override {
    const std::scoped_lock lock(mutex_);
    ended_ = status;
    changed_.notify_all();
  }

  absl::StatusOr<v1::Welcome> AwaitGreeting() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !greetings_.empty(); });
    return greetings_.back();
  }
  void AwaitCommitted(int64_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return committed_ >= count; });
  }
  absl::Status AwaitEnd() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ended_.ok(); });
    return ended_;
  }
  std::vector<v1::RejectedWrite> rejected() {
    const std::scoped_lock lock(mutex_);
    return rejected_;
  }
  int64_t committed() {
    const std::scoped_lock lock(mutex_);
    return committed_;
  }
  int64_t revision() {
    const std::scoped_lock lock(mutex_);
    return revision_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<absl::StatusOr<v1::Welcome>> greetings_;
  int64_t committed_ = 0;
  int64_t revision_ = 0;
  std::vector<v1::RejectedWrite> rejected_;
  absl::Status ended_;
};

class JournalWriterTest : public ::testing::Test {
 protected:
  JournalWriterTest() : journal_(OpenJournal(directory_.path())) {
    writer_ = std::make_unique<JournalWriter>(
        *journal_,
        [this](std::vector<JournaledBriefing> writes, int64_t revision) {
          return Publish(std::move(writes), revision);
        },
        [this] { return Room(); }, JournalWriter::Observer());
  }

  // What the writer's thread is told of the index's room.
  absl::Status Room() {
    const std::lock_guard<std::mutex> lock(room_mutex_);
    return room_;
  }
  void SetRoom(const absl::Status& room) {
    const std::lock_guard<std::mutex> lock(room_mutex_);
    room_ = room;
  }

  // Holds the writer until `gate_` opens, where it is set.
  absl::Status Publish(std::vector<JournaledBriefing> writes,
                       int64_t revision) {
    if (gate_ != nullptr) {
      reached_gate_.set_value();
      gate_->get_future().wait();
      gate_ = nullptr;
    }
    group_sizes_.push_back(writes.size());
    published_revision_ = revision;
    return publish_status_;
  }

  std::shared_ptr<RecordingStream> Connect(const v1::Hello& hello) {
    auto stream = std::make_shared<RecordingStream>();
    writer_->Greet(stream, "", hello);
    EXPECT_TRUE(stream->AwaitGreeting().ok());
    return stream;
  }

  TempDirectory directory_;
  std::unique_ptr<Journal> journal_;
  std::promise<void>* gate_ = nullptr;
  std::promise<void> reached_gate_;
  std::vector<size_t> group_sizes_;
  int64_t published_revision_ = 0;
  absl::Status publish_status_;
  std::mutex room_mutex_;
  absl::Status room_;
  std::unique_ptr<JournalWriter> writer_;
};

TEST_F(JournalWriterTest, AcknowledgesWhatIsDurableAndPublished) {
  auto stream = Connect(MakeHello("p", 1, 0, 0));
  writer_->Write(stream, Arrived("p", {MakeWrite(1, "a", "A", 5),
                                       MakeWrite(2, "a", "old", 4)}));
  stream->AwaitCommitted(2);
  EXPECT_EQ(stream->revision(), 1);
  ASSERT_THAT(stream->rejected(), SizeIs(1));
  EXPECT_EQ(stream->rejected()[0].sequence(), 2);
  EXPECT_EQ(stream->rejected()[0].status().reason(), "VERSION_STALE");
  writer_.reset();
  EXPECT_EQ(published_revision_, 1);
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "A")));
}

TEST_F(JournalWriterTest, WithoutRoomOnlyWithdrawalsGoThrough) {
  auto p = Connect(MakeHello("p", 1, 0, 0));
  auto q = Connect(MakeHello("q", 1, 0, 0));
  writer_->Write(
      p, Arrived("p", {MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B")}));
  p->AwaitCommitted(2);
  const absl::Status full = MakeError(v1::ERROR_REASON_INDEX_FULL, "full");
  SetRoom(full);
  writer_->Write(q, Arrived("q", {MakeWrite(1, "c", "C")}));
  EXPECT_EQ(q->AwaitEnd(), full);
  EXPECT_EQ(q->committed(), 0);
  // What stands before a record in the same batch counts, and what follows is
  // not applied before it.
  writer_->Write(
      p, Arrived("p", {MakeWithdrawal(3, "a"), MakeWrite(4, "d", "D")}));
  writer_->Write(p, Arrived("p", {MakeWithdrawal(5, "b")}));
  EXPECT_EQ(p->AwaitEnd(), full);
  p->AwaitCommitted(3);
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("b#1", "B")));

  SetRoom(absl::OkStatus());
  q = Connect(MakeHello("q", 2, 0, 0));
  writer_->Write(q, Arrived("q", {MakeWrite(1, "c", "C")}));
  q->AwaitCommitted(1);
  writer_.reset();
  EXPECT_EQ(p->committed(), 3);
  EXPECT_THAT(Titles(*journal_),
              ElementsAre(Pair("b#1", "B"), Pair("c#1", "C")));
}

TEST_F(JournalWriterTest, ReportsWhatBecameOfEachGroup) {
  std::vector<std::string> reports;
  int transactions = 0;
  writer_ = std::make_unique<JournalWriter>(
      *journal_,
      [this](std::vector<JournaledBriefing> writes, int64_t revision) {
        return Publish(std::move(writes), revision);
      },
      [] { return absl::OkStatus(); },
      JournalWriter::Observer{
          .on_group =
              [&reports](const JournalWriter::Report& report) {
                std::string& text = reports.emplace_back();
                for (const ArrivedWrite& write : report.writes) {
                  absl::StrAppend(
                      &text, write.write.briefing_id(), " ",
                      write.write.traceparent(), " ",
                      write.refusal ? write.refusal->reason() : "taken", "; ");
                }
                absl::StrAppend(&text, "at ", report.revision, ", ",
                                absl::StatusCodeToString(report.status.code()));
                EXPECT_GT(report.commit_time, absl::ZeroDuration());
                EXPECT_GT(report.publish_time, absl::ZeroDuration());
              },
          .on_disk =
              [&transactions](const absl::Status& status) {
                EXPECT_TRUE(status.ok()) << status;
                ++transactions;
              }});
  auto stream = Connect(MakeHello("p", 1, 0, 0));
  std::vector<v1::RecordWrite> writes = {MakeWrite(1, "a", "A", 5),
                                         MakeWrite(2, "a", "old", 4)};
  writes[0].set_traceparent("trace");
  writer_->Write(stream, Arrived("p", writes));
  stream->AwaitCommitted(2);
  EXPECT_EQ(writer_->waiting_writes(), 0);
  writer_.reset();
  EXPECT_THAT(reports,
              ElementsAre("a trace taken; a  VERSION_STALE; at 1, OK"));
  EXPECT_EQ(transactions, 2);
}

TEST_F(JournalWriterTest, TriesTheDiskInTurnAndChangesNothing) {
  auto stream = Connect(MakeHello("p", 1, 0, 0));
  writer_->Write(stream, Arrived("p", {MakeWrite(1, "a", "A")}));
  EXPECT_TRUE(writer_->TryWrite().ok());
  EXPECT_EQ(stream->committed(), 1);
  EXPECT_EQ(journal_->revision(), 1);
  // No file may grow any more, as on a full disk.
  signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &none), 0);
  const absl::Status refused = writer_->TryWrite();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(DetailsOf(refused)->reason, "DISK_REFUSES_WRITES");
  EXPECT_TRUE(writer_->TryWrite().ok());
}

TEST_F(JournalWriterTest, CommitsWhatGatheredMeanwhileAsOneGroup) {
  auto p = Connect(MakeHello("p", 1, 0, 0));
  auto q = Connect(MakeHello("q", 1, 0, 0));
  std::promise<void> gate;
  gate_ = &gate;
  writer_->Write(p, Arrived("p", {MakeWrite(1, "a", "A")}));
  reached_gate_.get_future().wait();
  writer_->Write(p, Arrived("p", {MakeWrite(2, "b", "B")}));
  writer_->Write(q, Arrived("q", {MakeWrite(1, "c", "C")}));
  writer_->Write(p, Arrived("p", {MakeWrite(3, "d", "D")}));
  gate.set_value();
  p->AwaitCommitted(3);
  q->AwaitCommitted(1);
  writer_.reset();
  EXPECT_THAT(group_sizes_, ElementsAre(1, 3));
}

TEST_F(JournalWriterTest, ATakeoverEndsTheOlderStreamAndDropsWhatItStillHeld) {
  auto older = Connect(MakeHello("p", 1, 0, 0));
  std::promise<void> gate;
  gate_ = &gate;
  writer_->Write(older, Arrived("p", {MakeWrite(1, "a", "A")}));
  reached_gate_.get_future().wait();
  auto newer = std::make_shared<RecordingStream>();
  writer_->Greet(newer, "", MakeHello("p", 1, 1, 2));
  writer_->Write(older, Arrived("p", {MakeWrite(2, "b", "older")}));
  writer_->Write(newer, Arrived("p", {MakeWrite(2, "b", "newer")}));
  gate.set_value();
  const auto details = DetailsOf(older->AwaitEnd());
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "PRODUCER_TAKEN_OVER");
  EXPECT_EQ(details->metadata, (ErrorMetadata{{"epoch", "1"}}));
  EXPECT_EQ(newer->AwaitGreeting()->last_sequence(), 1);
  newer->AwaitCommitted(1);
  writer_.reset();
  EXPECT_EQ(older->committed(), 1);
  EXPECT_THAT(Titles(*journal_),
              ElementsAre(Pair("a#1", "A"), Pair("b#1", "newer")));
}

TEST_F(JournalWriterTest, AHelloThatIsRefusedTakesNothingOver) {
  auto older = Connect(MakeHello("p", 5, 0, 0));
  auto stale = std::make_shared<RecordingStream>();
  writer_->Greet(stale, "", MakeHello("p", 4, 0, 0));
  EXPECT_FALSE(stale->AwaitGreeting().ok());
  writer_->Write(older, Arrived("p", {MakeWrite(1, "a", "A")}));
  older->AwaitCommitted(1);
}

TEST_F(JournalWriterTest, ACommitThatFailsEndsItsStreamsAndAppliesNothing) {
  auto p = Connect(MakeHello("p", 1, 0, 0));
  // A gap, which no stream lets through, stands for any failure.
  writer_->Write(p, Arrived("p", {MakeWrite(3, "c", "C")}));
  writer_->Write(p, Arrived("p", {MakeWrite(1, "a", "A")}));
  EXPECT_FALSE(p->AwaitEnd().ok());
  auto again = Connect(MakeHello("p", 1, 1, 3));
  EXPECT_EQ(again->AwaitGreeting()->last_sequence(), 0);
  writer_->Write(again, Arrived("p", {MakeWrite(1, "a", "again")}));
  again->AwaitCommitted(1);
  writer_.reset();
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "again")));
}

TEST_F(JournalWriterTest, TakesNothingMoreOnceTheIndexCannotFollow) {
  auto p = Connect(MakeHello("p", 1, 0, 0));
  auto q = Connect(MakeHello("q", 1, 0, 0));
  publish_status_ = absl::InvalidArgumentError("unreadable");
  writer_->Write(p, Arrived("p", {MakeWrite(1, "a", "A")}));
  EXPECT_EQ(p->AwaitEnd().code(), absl::StatusCode::kInternal);
  writer_->Write(q, Arrived("q", {MakeWrite(1, "b", "B")}));
  EXPECT_EQ(q->AwaitEnd().code(), absl::StatusCode::kInternal);
  auto r = std::make_shared<RecordingStream>();
  writer_->Greet(r, "", MakeHello("r", 1, 0, 0));
  EXPECT_EQ(r->AwaitGreeting().status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(writer_->TryWrite().code(), absl::StatusCode::kInternal);
  writer_.reset();
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "A")));
}

TEST_F(JournalWriterTest, ManyStreamsAtOnceLoseNothing) {
  constexpr int kStreams = 6;
  constexpr int kWrites = 200;
  std::vector<std::thread> threads;
  for (int i = 0; i < kStreams; ++i) {
    threads.emplace_back([this, i] {
      const std::string id = absl::StrCat("p", i);
      auto stream = Connect(MakeHello(id, 1, 0, 0));
      for (int n = 1; n <= kWrites; ++n) {
        writer_->Write(stream,
                       Arrived(id, {MakeWrite(n, absl::StrCat(id, "-", n % 50),
                                              absl::StrCat("title ", n))}));
      }
      stream->AwaitCommitted(kWrites);
    });
  }
  for (std::thread& thread : threads) thread.join();
  writer_.reset();
  EXPECT_EQ(journal_->revision(), kStreams * kWrites);
  EXPECT_EQ(published_revision_, kStreams * kWrites);
  const auto titles = Titles(*journal_);
  EXPECT_THAT(titles, SizeIs(kStreams * 50));
  EXPECT_EQ(titles.at("p3-7#1"), "title 157");
}

}  // namespace
}  // namespace attache::testing
