// attache backup and verify on the real services, and whatever mix of older
// and newer copies of the two is started again.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/integration/pair.h"
#include "tests/support/directory_content.h"

namespace attache::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kGone[] = "";

// What the briefings hold: their texts' markers as decimal text, kGone for what
// was retracted.
using Held = std::map<std::string, std::string>;

void Ingest(const Pair& pair, const std::string& id, int marker, Held& held) {
  v1::IngestBriefingRequest request;
  *request.mutable_briefing() = TripBriefing(id, marker);
  request.set_durability(v1::DURABILITY_DURABLE);
  v1::IngestBriefingResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      pair.IngestStub()->IngestBriefing(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  held[id] = absl::StrCat(marker);
}

void Retract(const Pair& pair, const std::string& id, Held& held) {
  v1::RetractBriefingRequest request;
  request.set_briefing_id(id);
  v1::RetractBriefingResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      pair.IngestStub()->RetractBriefing(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  held[id] = kGone;
}

// The markers of the index, by briefing.
Held InIndex(const Pair& pair) {
  Held held;
  for (const std::string& bytes : AllRecords(*pair.QueryStub())) {
    v1::TripRecord record;
    EXPECT_TRUE(record.ParseFromString(bytes));
    held[record.source().briefing_id()] =
        absl::StrCat(record.source().publish_time().seconds() - 1709900000);
  }
  return held;
}

// What the index is to hold where a query service with `query` meets an
// ingestor with `ingestor`: of the briefings that this one knows, its state.
Held Converged(const Held& query, const Held& ingestor) {
  Held all = query;
  for (const auto& [id, marker] : ingestor) all[id] = marker;
  std::erase_if(all, [](const auto& entry) { return entry.second == kGone; });
  return all;
}

void BackUp(const Pair& pair, const std::string& data_dir,
            const std::string& to) {
  const CommandResult result = pair.Attache({"backup", data_dir, "--to", to});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(to));
  const CommandResult verified = pair.Attache({"verify", to});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
}

void PutBack(const std::string& from, const std::string& data_dir) {
  fs::remove_all(data_dir);
  if (!from.empty()) fs::copy(from, data_dir, fs::copy_options::recursive);
}

TEST(Restore, AnyMixOfOlderAndNewerCopiesConverges) {
  Pair pair;
  const TempDirectory backups;
  // Every stage adds, changes and retracts, and is backed up as it runs.
  std::vector<Held> stages;
  Held held;
  for (int stage = 0; stage < 3; ++stage) {
    for (int i = 0; i < 3; ++i) {
      Ingest(pair, absl::StrCat("s", stage, "-", i), 100 * stage + i, held);
    }
    if (stage > 0) {
      Ingest(pair, absl::StrCat("s", stage - 1, "-0"), 100 * stage + 50, held);
      Retract(pair, absl::StrCat("s", stage - 1, "-1"), held);
    }
    pair.WaitUntilSettled();
    ASSERT_EQ(InIndex(pair), Converged({}, held));
    stages.push_back(held);
    BackUp(pair, pair.query_data(), backups.file(absl::StrCat("q", stage)));
    BackUp(pair, pair.ingestor_data(), backups.file(absl::StrCat("i", stage)));
  }
  constexpr int kFresh = -1;
  for (int query = kFresh; query < 3; ++query) {
    for (int ingestor = 0; ingestor < 3; ++ingestor) {
      SCOPED_TRACE(absl::StrCat("query service of stage ", query,
                                ", ingestor of stage ", ingestor));
      pair.KillIngestor();
      pair.KillQueryService();
      PutBack(query == kFresh ? "" : backups.file(absl::StrCat("q", query)),
              pair.query_data());
      PutBack(backups.file(absl::StrCat("i", ingestor)), pair.ingestor_data());
      pair.StartQueryService();
      pair.StartIngestor();
      pair.WaitUntilSettled();
      Held expected =
          Converged(query == kFresh ? Held() : stages[query], stages[ingestor]);
      EXPECT_EQ(InIndex(pair), expected);
      // It goes on from there.
      Held more;
      Ingest(pair, "s0-2", 777, more);
      Retract(pair, "s0-0", more);
      pair.WaitUntilSettled();
      expected = Converged(expected, more);
      EXPECT_EQ(InIndex(pair), expected);
    }
  }
}

// The two lives of the ingestor have come equally far: no sequence tells them
// apart.
TEST(Restore, AQueryServiceOfAnotherLifeOfTheIngestorConverges) {
  Pair pair;
  const TempDirectory backups;
  Held held;
  Ingest(pair, "a", 1, held);
  pair.WaitUntilSettled();
  BackUp(pair, pair.ingestor_data(), backups.file("i1"));
  Held first_life = held;
  Ingest(pair, "a", 2, first_life);
  Ingest(pair, "b", 3, first_life);
  pair.WaitUntilSettled();
  BackUp(pair, pair.query_data(), backups.file("q3"));

  pair.KillIngestor();
  pair.KillQueryService();
  PutBack("", pair.query_data());
  PutBack(backups.file("i1"), pair.ingestor_data());
  pair.StartQueryService();
  pair.StartIngestor();
  Ingest(pair, "a", 12, held);
  pair.WaitUntilSettled();

  pair.KillQueryService();
  PutBack(backups.file("q3"), pair.query_data());
  pair.StartQueryService();
  pair.WaitUntilSettled();
  EXPECT_EQ(InIndex(pair), Converged(first_life, held));
}

TEST(Restore, ClientsThatSawALaterIndexAreTold) {
  Pair pair;
  const TempDirectory backups;
  Held held;
  for (int i = 0; i < 3; ++i) Ingest(pair, absl::StrCat("b", i), i, held);
  pair.WaitUntilSettled();
  BackUp(pair, pair.query_data(), backups.file("q"));
  for (int i = 3; i < 6; ++i) Ingest(pair, absl::StrCat("b", i), i, held);
  pair.WaitUntilSettled();

  v1::GetIndexStatusResponse before;
  v1::ListTripRecordsResponse page;
  v1::ListTripRecordsByCountryRequest list;
  list.set_country("Chile");
  list.mutable_page()->set_page_size(2);
  {
    grpc::ClientContext status_context, list_context;
    ASSERT_TRUE(
        pair.QueryStub()->GetIndexStatus(&status_context, {}, &before).ok());
    ASSERT_TRUE(pair.QueryStub()
                    ->ListTripRecordsByCountry(&list_context, list, &page)
                    .ok());
    ASSERT_FALSE(page.next_page_token().empty());
  }
  pair.KillQueryService();
  // Over the file itself, as `cp` restores it.
  for (const char* log : {"/journal.db-wal", "/journal.db-shm"}) {
    fs::remove(pair.query_data() + log);
  }
  fs::copy_file(backups.file("q") + "/journal.db",
                pair.query_data() + "/journal.db",
                fs::copy_options::overwrite_existing);
  pair.StartQueryService();
  pair.WaitUntilSettled();
  EXPECT_EQ(InIndex(pair), held);

  v1::GetIndexStatusResponse after;
  grpc::ClientContext status_context;
  ASSERT_TRUE(
      pair.QueryStub()->GetIndexStatus(&status_context, {}, &after).ok());
  EXPECT_NE(after.index_id(), before.index_id());

  v1::WatchTripRecordsRequest watch;
  watch.set_start_revision(before.revision());
  watch.set_index_id(before.index_id());
  grpc::ClientContext watch_context;
  const auto stub = pair.QueryStub();
  const auto stream = stub->WatchTripRecords(&watch_context, watch);
  v1::WatchTripRecordsResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status replaced = stream->Finish();
  EXPECT_EQ(replaced.error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_THAT(replaced.error_details(), HasSubstr("INDEX_REPLACED"));

  list.mutable_page()->set_page_token(page.next_page_token());
  grpc::ClientContext list_context;
  const grpc::Status invalid =
      pair.QueryStub()->ListTripRecordsByCountry(&list_context, list, &page);
  EXPECT_EQ(invalid.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(invalid.error_details(), HasSubstr("PAGE_TOKEN_INVALID"));
}

TEST(Restore, ABackupIsWholeWhileWritesGoOn) {
  Pair pair;
  const TempDirectory backups;
  std::atomic<bool> stop = false;
  Held held;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      Ingest(pair, absl::StrCat("b", i % 50), i, held);
    }
  });
  for (int i = 0; i < 5; ++i) {
    BackUp(pair, pair.query_data(), backups.file(absl::StrCat("q", i)));
    BackUp(pair, pair.ingestor_data(), backups.file(absl::StrCat("i", i)));
  }
  stop = true;
  writer.join();
  pair.KillIngestor();
  pair.KillQueryService();
  PutBack(backups.file("q2"), pair.query_data());
  PutBack(backups.file("i4"), pair.ingestor_data());
  pair.StartQueryService();
  pair.StartIngestor();
  pair.WaitUntilSettled();
  // What came after the copies is sent anew.
  const Held known = held;
  for (const auto& [id, marker] : known) {
    Ingest(pair, id, std::stoi(marker), held);
  }
  pair.WaitUntilSettled();
  EXPECT_EQ(InIndex(pair), known);
}

TEST(Verify, NamesTheFaultsOfAStoppedServiceAndChangesNothing) {
  Pair pair;
  Held held;
  for (int i = 0; i < 20; ++i) Ingest(pair, absl::StrCat("b", i), i, held);
  pair.WaitUntilSettled();
  for (const std::string& data : {pair.query_data(), pair.ingestor_data()}) {
    const CommandResult running = pair.Attache({"verify", data});
    EXPECT_EQ(running.exit_code, 1);
    EXPECT_THAT(running.err, HasSubstr("is in use by process"));
    EXPECT_THAT(running.err, HasSubstr("stop that process first"));
  }
  pair.KillIngestor();
  pair.KillQueryService();
  for (const std::string& data : {pair.query_data(), pair.ingestor_data()}) {
    const auto content = ContentOf(data);
    const CommandResult sound = pair.Attache({"verify", data});
    EXPECT_EQ(sound.exit_code, 0) << sound.out << sound.err;
    EXPECT_THAT(sound.out, HasSubstr("sound: format"));
    EXPECT_THAT(sound.out, HasSubstr("briefings 20"));
    EXPECT_EQ(ContentOf(data), content);
  }
  // Stopped in order, all is in the file.
  pair.StartQueryService();
  pair.query_service().Terminate();
  const std::string file = pair.query_data() + "/journal.db";
  fs::resize_file(file, fs::file_size(file) / 2);
  const CommandResult damaged = pair.Attache({"verify", pair.query_data()});
  EXPECT_EQ(damaged.exit_code, 1);
  EXPECT_THAT(damaged.out, ::testing::Not(IsEmpty()));
  EXPECT_THAT(damaged.err, HasSubstr("fault"));
}

TEST(Verify, SaysWhatIsNoDataDirectory) {
  const TempDirectory directory;
  const auto run = [](std::vector<std::string> arguments) {
    const CommandResult result = RunCommand("attache", arguments);
    EXPECT_EQ(result.exit_code, 1) << result.out;
    return result.err;
  };
  EXPECT_THAT(run({"verify", directory.file("none")}),
              HasSubstr("none is not there"));
  EXPECT_THAT(run({"verify", directory.path()}),
              HasSubstr("is no data directory: neither journal.db"));
  EXPECT_THAT(run({"backup", directory.path(), "--to", directory.file("to")}),
              HasSubstr("is no data directory"));
  EXPECT_FALSE(fs::exists(directory.file("to")));
  std::ofstream(directory.file("ingestor.db.partial")).close();
  EXPECT_THAT(run({"verify", directory.path()}),
              HasSubstr("holds a backup that was broken off"));
  std::ofstream(directory.file("ingestor.db")).close();
  EXPECT_THAT(run({"verify", directory.path()}), HasSubstr("is empty"));
  std::ofstream(directory.file("journal.db")).close();
  EXPECT_THAT(run({"verify", directory.path()}),
              HasSubstr("holds the files of both services"));
}

}  // namespace
}  // namespace attache::testing
