// The stream over a real server, between a real client and a real journal.
#include "query_service/service/trip_index_service.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/reason_of.h"
#include "tests/support/temp_directory.h"

namespace attache {
namespace {

using ::attache::testing::MakeHello;
using ::attache::testing::MakeWrite;
using ::attache::testing::TempDirectory;
using ::attache::testing::Titles;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr StreamLimits kLimits{
    .max_outstanding_writes = 64,
    .max_outstanding_bytes = 1 << 20,
    .write = {.max_write_bytes = 100'000, .max_record_bytes = 50'000}};

// A client's side of one stream.
class Client {
 public:
  explicit Client(const std::string& address)
      : stub_(v1::TripIndexService::NewStub(
            grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))) {
    context_.set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(20));
    stream_ = stub_->StreamTripRecords(&context_);
  }

  bool Hello(const v1::Hello& hello) {
    v1::StreamTripRecordsRequest request;
    *request.mutable_hello() = hello;
    return stream_->Write(request);
  }
  bool Send(const std::vector<v1::RecordWrite>& writes) {
    v1::StreamTripRecordsRequest request;
    for (const auto& write : writes) {
      *request.mutable_batch()->add_writes() = write;
    }
    return stream_->Write(request);
  }
  v1::Welcome Welcome() {
    v1::StreamTripRecordsResponse response;
    EXPECT_TRUE(stream_->Read(&response) && response.has_welcome());
    return response.welcome();
  }
  // The refusals of all Acks up to that sequence.
  std::vector<v1::RejectedWrite> AwaitAck(int64_t sequence) {
    std::vector<v1::RejectedWrite> rejected;
    v1::StreamTripRecordsResponse response;
    while (acknowledged_ < sequence && stream_->Read(&response)) {
      acknowledged_ = response.ack().sequence();
      revision_ = response.ack().revision();
      rejected.insert(rejected.end(), response.ack().rejected_writes().begin(),
                      response.ack().rejected_writes().end());
    }
    EXPECT_GE(acknowledged_, sequence);
    return rejected;
  }
  void Close() { stream_->WritesDone(); }
  // Goes away without a word, and returns once the stream is over.
  void Vanish() {
    context_.TryCancel();
    Finish().IgnoreError();
  }
  // Reads to the end.
  absl::Status Finish() {
    v1::StreamTripRecordsResponse response;
    while (stream_->Read(&response)) {
      if (response.has_ack()) acknowledged_ = response.ack().sequence();
    }
    return rpc::FromGrpcStatus(stream_->Finish());
  }
  std::string FinishReason() { return testing::ReasonOf(Finish()); }
  int64_t acknowledged() const { return acknowledged_; }
  int64_t revision() const { return revision_; }

 private:
  std::unique_ptr<v1::TripIndexService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StreamTripRecordsRequest,
                                           v1::StreamTripRecordsResponse>>
      stream_;
  int64_t acknowledged_ = 0;
  int64_t revision_ = 0;
};

class TripIndexServiceTest : public ::testing::Test {
 protected:
  TripIndexServiceTest() { Start(); }

  void Start() {
    journal_.reset();
    journal_ = *Journal::Open(directory_.path());
    writer_ = std::make_unique<JournalWriter>(
        *journal_, [this](std::vector<JournaledBriefing>, int64_t revision) {
          published_revision_ = revision;
          return absl::OkStatus();
        });
    service_ = std::make_unique<TripIndexServiceImpl>(gate_, *writer_, kLimits);
    server_ = *rpc::Server::Start({.listen = "127.0.0.1:0"}, {service_.get()});
  }
  void Stop() {
    server_.reset();
    service_.reset();
    writer_.reset();
  }
  Client Connect() { return Client(server_->address()); }

  TempDirectory directory_;
  std::unique_ptr<Journal> journal_;
  std::atomic<int64_t> published_revision_ = 0;
  std::unique_ptr<JournalWriter> writer_;
  rpc::Gate gate_;
  std::unique_ptr<TripIndexServiceImpl> service_;
  std::unique_ptr<rpc::Server> server_;
};

TEST_F(TripIndexServiceTest, TakesWritesAndAcknowledgesThem) {
  Client client = Connect();
  client.Hello(MakeHello("p", 1, 0, 0));
  const v1::Welcome welcome = client.Welcome();
  EXPECT_EQ(welcome.last_sequence(), 0);
  EXPECT_EQ(welcome.max_outstanding_writes(), 64);
  EXPECT_EQ(welcome.index_id(), journal_->index_id());
  client.Send({MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B")});
  client.AwaitAck(2);
  EXPECT_EQ(client.revision(), 2);
  EXPECT_EQ(published_revision_, 2);
  client.Close();
  EXPECT_TRUE(client.Finish().ok());
  Stop();
  EXPECT_THAT(Titles(*journal_),
              ElementsAre(Pair("a#1", "A"), Pair("b#1", "B")));
}

TEST_F(TripIndexServiceTest, SaysThatTheIndexLoadsUntilItIsThere) {
  Stop();
  writer_ = std::make_unique<JournalWriter>(
      *journal_,
      [](std::vector<JournaledBriefing>, int64_t) { return absl::OkStatus(); });
  service_ = std::make_unique<TripIndexServiceImpl>(gate_, *writer_, kLimits);
  service_->HoldBack();
  server_ = *rpc::Server::Start({.listen = "127.0.0.1:0"}, {service_.get()});
  {
    Client early = Connect();
    const auto details = DetailsOf(early.Finish());
    ASSERT_TRUE(details.has_value());
    EXPECT_EQ(details->reason, "INDEX_LOADING");
    EXPECT_TRUE(details->retry_delay.has_value());
  }
  service_->Open();
  Client client = Connect();
  client.Hello(MakeHello("p", 1, 0, 0));
  EXPECT_EQ(client.Welcome().last_sequence(), 0);
  EXPECT_EQ(service_->open_streams(), 1);
}

TEST_F(TripIndexServiceTest, GoesOnWhereTheLastStreamEnded) {
  {
    Client client = Connect();
    client.Hello(MakeHello("p", 1, 0, 0));
    client.Welcome();
    client.Send({MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B")});
    client.AwaitAck(2);
    client.Vanish();
  }
  Stop();
  Start();
  Client client = Connect();
  // The acknowledgement of 2 never reached the producer's disk.
  client.Hello(MakeHello("p", 2, 2, 3));
  EXPECT_EQ(client.Welcome().last_sequence(), 2);
  client.Send({MakeWrite(3, "c", "C")});
  client.AwaitAck(3);
  EXPECT_EQ(client.revision(), 3);
}

TEST_F(TripIndexServiceTest, ReportsRefusalsAndGoesOn) {
  Client client = Connect();
  client.Hello(MakeHello("p", 1, 0, 0));
  client.Welcome();
  client.Send({MakeWrite(1, "a", "A", 5), MakeWrite(2, "a", "old", 4),
               MakeWrite(3, "a b", "bad id"),
               MakeWrite(4, "c", std::string(60'000, 'x')),
               MakeWrite(5, "d", "D")});
  const auto rejected = client.AwaitAck(5);
  ASSERT_THAT(rejected, SizeIs(3));
  EXPECT_EQ(rejected[0].status().reason(), "VERSION_STALE");
  EXPECT_EQ(rejected[1].status().reason(), "FIELD_INVALID");
  EXPECT_EQ(rejected[2].status().reason(), "RECORD_TOO_LARGE");
  EXPECT_EQ(rejected[2].sequence(), 4);
  EXPECT_EQ(client.revision(), 2);
  client.Vanish();

  Client again = Connect();
  again.Hello(MakeHello("p", 1, 3, 5));
  EXPECT_THAT(again.Welcome().rejected_writes(), SizeIs(2));
}

TEST_F(TripIndexServiceTest, EndsTheOlderStreamOnATakeover) {
  Client older = Connect();
  older.Hello(MakeHello("p", 1, 0, 0));
  older.Welcome();
  Client newer = Connect();
  newer.Hello(MakeHello("p", 1, 0, 0));
  newer.Welcome();
  EXPECT_EQ(older.FinishReason(), "PRODUCER_TAKEN_OVER");
  newer.Send({MakeWrite(1, "a", "A")});
  newer.AwaitAck(1);
}

TEST_F(TripIndexServiceTest, SaysWhatAProducerDidWrong) {
  Client no_hello = Connect();
  no_hello.Send({MakeWrite(1, "a", "A")});
  EXPECT_EQ(no_hello.FinishReason(), "HELLO_EXPECTED");

  Client gap = Connect();
  gap.Hello(MakeHello("p", 7, 0, 0));
  gap.Welcome();
  gap.Send({MakeWrite(2, "a", "A")});
  EXPECT_EQ(gap.FinishReason(), "SEQUENCE_GAP");

  Client stale = Connect();
  stale.Hello(MakeHello("p", 6, 0, 0));
  EXPECT_EQ(stale.FinishReason(), "EPOCH_STALE");

  Client invalid = Connect();
  invalid.Hello(MakeHello("", 6, 0, 0));
  EXPECT_EQ(invalid.FinishReason(), "FIELD_INVALID");

  Client greedy = Connect();
  greedy.Hello(MakeHello("q", 1, 0, 0));
  greedy.Welcome();
  std::vector<v1::RecordWrite> writes;
  for (int i = 1; i <= 65; ++i) writes.push_back(MakeWrite(i, "a", "A"));
  greedy.Send(writes);
  EXPECT_EQ(greedy.FinishReason(), "WINDOW_EXCEEDED");
}

TEST_F(TripIndexServiceTest, AsksForEverythingWhereItHoldsLessThanItShould) {
  Client client = Connect();
  client.Hello(MakeHello("p", 1, 11, 12));
  const v1::Welcome welcome = client.Welcome();
  EXPECT_TRUE(welcome.resync());
  EXPECT_EQ(welcome.last_sequence(), 0);
  client.Send({MakeWrite(11, "a", "A"), MakeWrite(12, "b", "B")});
  client.AwaitAck(12);
  client.Close();
  EXPECT_TRUE(client.Finish().ok());

  Client rewound = Connect();
  rewound.Hello(MakeHello("p", 2, 0, 9));
  EXPECT_EQ(rewound.FinishReason(), "PRODUCER_REWOUND");
}

TEST_F(TripIndexServiceTest, ADrainAcknowledgesFirst) {
  Client client = Connect();
  client.Hello(MakeHello("p", 1, 0, 0));
  client.Welcome();
  client.Send({MakeWrite(1, "a", "A")});
  client.AwaitAck(1);
  service_->Drain();
  EXPECT_EQ(client.FinishReason(), "DRAINING");
  Client late = Connect();
  late.Hello(MakeHello("p", 1, 0, 1));
  EXPECT_EQ(late.FinishReason(), "DRAINING");
}

TEST_F(TripIndexServiceTest, ManyProducersStreamAtOnce) {
  constexpr int kProducers = 4;
  const int kWrites = 500;
  std::vector<std::thread> threads;
  for (int p = 0; p < kProducers; ++p) {
    threads.emplace_back([this, p, kWrites] {
      const std::string id = absl::StrCat("p", p);
      Client client = Connect();
      client.Hello(MakeHello(id, 1, 0, 0));
      client.Welcome();
      for (int n = 1; n <= kWrites; ++n) {
        if (n > 32) client.AwaitAck(n - 32);
        client.Send({MakeWrite(n, absl::StrCat(id, "-", n), "title")});
      }
      client.Close();
      EXPECT_TRUE(client.Finish().ok());
      EXPECT_EQ(client.acknowledged(), kWrites);
    });
  }
  for (std::thread& thread : threads) thread.join();
  Stop();
  EXPECT_EQ(journal_->revision(), kProducers * kWrites);
  EXPECT_THAT(Titles(*journal_), SizeIs(kProducers * kWrites));
}

TEST_F(TripIndexServiceTest, ClientsThatVanishLeaveNothingBehind) {
  for (int i = 0; i < 50; ++i) {
    Client client = Connect();
    client.Hello(MakeHello("p", 1, i == 0 ? 0 : i, i));
    if (i % 3 != 0) client.Welcome();
    client.Send({MakeWrite(1, "a", "A")});
    client.Vanish();
  }
  Stop();
}

}  // namespace
}  // namespace attache
