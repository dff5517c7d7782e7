// `attache export` against a query service that is killed, restarted and
// written to meanwhile.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "attache/v1/trip_index_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/support/corpora.h"
#include "tests/support/process.h"

namespace attache::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Much more than what pipes and flow control hold between the two.
constexpr int kRecords = 600;
constexpr size_t kRecordBytes = 60'000;
constexpr size_t kFirstRead = 1'000'000;

class ExportCommand : public ::testing::Test {
 protected:
  ExportCommand() {
    StartService();
    Write(kRecords);
  }

  void StartService() {
    service_.reset();
    service_ = std::make_unique<ServerProcess>(
        "attache-query",
        std::vector<std::string>{
            absl::StrCat("--data_dir=", directory_.path(), "/query"),
            // A client that the test does not read from holds a drain up.
            "--drain_timeout=1s"},
        address_);
  }

  // So many more records.
  void Write(int count) {
    // A subchannel of its own, which no earlier life's backoff delays.
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto stub = v1::TripIndexService::NewStub(grpc::CreateCustomChannel(
        address_, grpc::InsecureChannelCredentials(), arguments));
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    const auto stream = stub->StreamTripRecords(&context);
    v1::StreamTripRecordsRequest request;
    v1::StreamTripRecordsResponse response;
    request.mutable_hello()->set_producer_id("test");
    request.mutable_hello()->set_last_sequence(written_);
    ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
    constexpr int kOutstanding = 100;
    int64_t acknowledged = written_;
    const auto receive = [&] {
      if (!stream->Read(&response)) return false;
      acknowledged = response.ack().sequence();
      return true;
    };
    for (const int last = written_ + count; written_ < last;) {
      request.Clear();
      auto* write = request.mutable_batch()->add_writes();
      write->set_sequence(++written_);
      write->set_briefing_id(absl::StrCat("b", written_));
      auto* record = write->add_records();
      record->set_record_id(absl::StrCat("b", written_, "#1"));
      record->set_title(absl::StrCat("Trip \"", written_, "\", the long way"));
      record->add_tables()->add_header(std::string(kRecordBytes, 'h'));
      record->add_visits()->set_country_code(written_ % 2 == 0 ? "BR" : "CL");
      ASSERT_TRUE(stream->Write(request));
      while (written_ - acknowledged >= kOutstanding) ASSERT_TRUE(receive());
    }
    stream->WritesDone();
    while (receive()) {
    }
    ASSERT_TRUE(stream->Finish().ok());
    ASSERT_EQ(acknowledged, written_);
  }

  // Of all records, in byte order.
  std::vector<std::string> Ids() const {
    std::set<std::string> ids;
    for (int i = 1; i <= written_; ++i) ids.insert(absl::StrCat("b", i, "#1"));
    return {ids.begin(), ids.end()};
  }
  static std::vector<std::string> IdsOf(const std::string& json_lines) {
    constexpr absl::string_view kBefore = "{\"recordId\":\"";
    std::vector<std::string> ids;
    for (absl::string_view line :
         absl::StrSplit(json_lines, '\n', absl::SkipEmpty())) {
      EXPECT_TRUE(absl::StartsWith(line, kBefore) && absl::EndsWith(line, "}"));
      line.remove_prefix(kBefore.size());
      ids.emplace_back(line.substr(0, line.find('"')));
    }
    return ids;
  }

  std::vector<std::string> Environment() const {
    return {absl::StrCat("ATTACHE_QUERY=", address_)};
  }
  CommandResult Attache(const std::vector<std::string>& arguments) const {
    return RunCommand("attache", arguments, "", Environment());
  }
  std::string File(const std::string& name) const {
    return directory_.path() + "/" + name;
  }

  TempDirectory directory_;
  const std::string address_ = LastingAddress();
  std::unique_ptr<ServerProcess> service_;
  int written_ = 0;
};

TEST_F(ExportCommand, OutlivesAKillAndADrainAndWritesEachRecordOnce) {
  RunningCommand command("attache", {"export"}, Environment());
  std::string out = command.Read(kFirstRead);
  service_->Kill();
  StartService();
  out += command.Read(kFirstRead * 10);
  EXPECT_EQ(service_->Terminate(), 0);
  StartService();
  out += command.ReadAll();
  EXPECT_EQ(command.Wait(), 0) << command.Err();
  EXPECT_EQ(IdsOf(out), Ids());
  EXPECT_EQ(command.Err(), "");
}

TEST_F(ExportCommand, ShowsOneRevisionWhateverIsWrittenMeanwhile) {
  const std::vector<std::string> ids = Ids();
  RunningCommand command("attache", {"export", "--basic"}, Environment());
  std::string out = command.Read(1000);
  Write(50);
  out += command.ReadAll();
  EXPECT_EQ(command.Wait(), 0) << command.Err();
  EXPECT_EQ(IdsOf(out), ids);
  EXPECT_EQ(out.find("tables"), std::string::npos);
}

TEST_F(ExportCommand, SaysThatItsRevisionIsGone) {
  RunningCommand command("attache", {"export", "--output", File("all.jsonl")},
                         Environment());
  RunningCommand piped("attache", {"export"}, Environment());
  piped.Read(kFirstRead);
  service_->Kill();
  StartService();
  Write(1);
  piped.ReadAll();
  EXPECT_EQ(piped.Wait(), 1);
  EXPECT_THAT(piped.Err(), HasSubstr("the query service has let revision"));
  EXPECT_THAT(piped.Err(), HasSubstr("start the export again"));
  // A file is whole or not there.
  if (command.Wait() != 0) {
    EXPECT_FALSE(std::filesystem::exists(File("all.jsonl")));
  } else {
    // Of a revision before the service was killed or, where the command came
    // late, of the one behind it.
    EXPECT_THAT(IdsOf(ReadFile(File("all.jsonl"))).size(),
                AnyOf(size_t{kRecords}, size_t{kRecords + 1}));
  }
  EXPECT_FALSE(std::filesystem::exists(File("all.jsonl.part")));
}

TEST_F(ExportCommand, WritesTheColumnsOfFindToAFile) {
  const CommandResult exported =
      Attache({"export", "visits.country_code:BR", "--format=csv", "--output",
               File("brazil.csv")});
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_THAT(exported.out, StartsWith("300 records of revision "));
  EXPECT_THAT(exported.out, HasSubstr("brazil.csv (0.0 MB)"));
  const auto lines = [](const std::string& text) {
    std::vector<std::string> lines = absl::StrSplit(text, "\r\n");
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  const std::string csv = ReadFile(File("brazil.csv"));
  EXPECT_THAT(csv, StartsWith("record_id,title,"));
  EXPECT_EQ(
      lines(csv),
      lines(Attache({"find", "--country=BR", "--format=csv", "--all"}).out));
}

TEST_F(ExportCommand, ErrorsLeaveNoFile) {
  const CommandResult result =
      Attache({"export", "contry = BR", "--output", File("none.jsonl")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("contry"));
  EXPECT_FALSE(std::filesystem::exists(File("none.jsonl")));
  EXPECT_FALSE(std::filesystem::exists(File("none.jsonl.part")));
}

TEST_F(ExportCommand, EndsQuietlyWhenNobodyReadsAnyMore) {
  RunningCommand command("attache", {"export"}, Environment());
  command.Read(1000);
  command.CloseOutput();
  constexpr int kBySigpipe = 128 + 13;
  EXPECT_THAT(command.Wait(), AnyOf(0, kBySigpipe));
  EXPECT_EQ(command.Err(), "");
}

TEST(ExportFlags, SayClearlyWhatMakesNoSense) {
  const TempDirectory directory;
  for (const char* flag : {"--page_token_ttl=0s", "--page_token_ttl=-5s",
                           "--max_pinned_snapshots=0"}) {
    const CommandResult result = RunCommand(
        "attache-query", {absl::StrCat("--data_dir=", directory.path(), "/q"),
                          "--listen=127.0.0.1:0", flag});
    EXPECT_NE(result.exit_code, 0);
    const std::string name(flag, std::string(flag).find('='));
    EXPECT_THAT(result.err, HasSubstr(absl::StrCat(name, " takes ")));
  }
}

}  // namespace
}  // namespace attache::testing
