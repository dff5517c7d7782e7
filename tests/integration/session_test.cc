// A user's session with the command and both services.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/integration/pair.h"

namespace attache::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kText[] =
    "Foreign Minister Solberg Visits Chile\n\n"
    "Norwegian Foreign Minister Astrid Solberg travelled to Santiago, Chile, "
    "from 4 to 6 March 2024 to expand trade and discuss solar power.\n";

class Session : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { pair_ = new Pair(); }
  static void TearDownTestSuite() {
    delete pair_;
    pair_ = nullptr;
  }
  static std::string Samples() {
    return std::string(ATTACHE_SOURCE_DIR) + "/samples";
  }
  static Pair* pair_;
};

Pair* Session::pair_ = nullptr;

TEST_F(Session, IngestsTheSamplesAndFindsThem) {
  const CommandResult ingest =
      pair_->Attache({"ingest", Samples(), "--durability=indexed"});
  EXPECT_EQ(ingest.exit_code, 0) << ingest.err;
  EXPECT_THAT(ingest.out, AllOf(HasSubstr("created"), HasSubstr("no trip")));
  const CommandResult brazil = pair_->Attache({"find", "--country", "Brazil"});
  EXPECT_EQ(brazil.exit_code, 0) << brazil.err;
  EXPECT_THAT(brazil.out, AllOf(HasSubstr("DATES"),
                                HasSubstr("01-minister-brazil-peru.txt#1"),
                                HasSubstr("07-trade-mission-brazil.txt#1")));
  for (const char* name : {"BR", "BRA", "brasil", "Brésil"}) {
    EXPECT_EQ(pair_->Attache({"find", "--country", name}).out, brazil.out)
        << name;
  }
  EXPECT_THAT(pair_->Attache({"find", "--country", "005"}).out,
              HasSubstr("01-minister-brazil-peru.txt#1"));
  EXPECT_THAT(
      pair_->Attache({"find", "--country", "Sweden", "--role", "origin"}).out,
      HasSubstr("01-minister-brazil-peru.txt#1"));
  EXPECT_THAT(pair_->Attache({"find", "--sector", "energy"}).out,
              HasSubstr("01-minister-brazil-peru.txt#1"));
  EXPECT_THAT(pair_->Attache({"find", "--objective", "trade relations"}).out,
              HasSubstr("01-minister-brazil-peru.txt#1"));
  const CommandResult again = pair_->Attache({"ingest", Samples()});
  EXPECT_THAT(again.out,
              AllOf(HasSubstr("unchanged"), Not(HasSubstr("created"))));
}

TEST_F(Session, SummarizesWhatWasIngested) {
  ASSERT_EQ(
      pair_->Attache({"ingest", Samples(), "--durability=indexed"}).exit_code,
      0);
  const std::string filter = "visits.country_code:Brasil";
  const CommandResult table = pair_->Attache(
      {"summarize", filter, "--by", "country,sector", "--language=pt-BR"});
  EXPECT_EQ(table.exit_code, 0) << table.err;
  EXPECT_THAT(table.out, AllOf(ContainsRegex("Brasil +BR +2  EUR"),
                               ContainsRegex("Energia +energy +2"),
                               HasSubstr("2 records\n")));
  const CommandResult csv = pair_->Attache(
      {"summarize", filter, "--by=country", "--format=csv", "--limit=1"});
  EXPECT_THAT(csv.out, AllOf(HasSubstr("country,BR,Brazil,2,,,,\r\n"),
                             HasSubstr("country,,,0,,,,\r\n")));
  const CommandResult wrong =
      pair_->Attache({"summarize", "visits:(", "--by=country"});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("filter, byte"));
}

TEST_F(Session, ReportsEveryUnreadableLineAndIngestsTheOneAfterThem) {
  // More than are ever sent without an answer.
  std::string lines;
  for (int i = 0; i < 700; ++i) absl::StrAppend(&lines, "{\"no_field\":1}\n");
  const CommandResult result = pair_->Attache(
      {"ingest", "-"},
      absl::StrCat(lines, R"({"briefing_id":"after","content":"Tm8gdHJpcC4="})",
                   "\n"));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("stdin:1: "), HasSubstr("stdin:700: "),
                    HasSubstr("700 of 701 briefings")));
  EXPECT_THAT(result.out, HasSubstr("1 no trip, 700 not readable"));
}

TEST_F(Session, GetsMoreThanOneResponseHolds) {
  ASSERT_EQ(
      pair_->Attache({"ingest", Samples(), "--durability=indexed"}).exit_code,
      0);
  std::vector<std::string> arguments = {"get", "--format=jsonl"};
  arguments.resize(1002, "01-minister-brazil-peru.txt#1");
  const CommandResult result = pair_->Attache(arguments);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 1000);
}

TEST_F(Session, AListInACellNamesEachValueOnce) {
  ASSERT_EQ(
      pair_->Attache({"ingest", Samples(), "--durability=indexed"}).exit_code,
      0);
  const CommandResult result =
      pair_->Attache({"find", "--country", "Brazil", "--format=csv"});
  EXPECT_THAT(result.out, HasSubstr("enhance_trade; energy_transition"));
  EXPECT_THAT(result.out,
              Not(ContainsRegex("enhance_trade;[^,]*enhance_trade")));
}

TEST_F(Session, ReplacesRetractsAndShowsARecord) {
  const auto ingest = [&](const std::string& line) {
    return pair_->Attache(
        {"ingest", "-", "--durability=indexed", "--format=jsonl"}, line);
  };
  const std::string briefing =
      R"({"briefingId":"s/1","mediaType":"text/plain","version":"2","content":")";
  // kText in base64.
  const std::string content =
      "Rm9yZWlnbiBNaW5pc3RlciBTb2xiZXJnIFZpc2l0cyBDaGlsZQoKTm9yd2VnaWFuIEZvcmVp"
      "Z24gTWluaXN0ZXIg"
      "QXN0cmlkIFNvbGJlcmcgdHJhdmVsbGVkIHRvIFNhbnRpYWdvLCBDaGlsZSwgZnJvbSA0IHRv"
      "IDYgTWFyY2ggMjAy"
      "NCB0byBleHBhbmQgdHJhZGUgYW5kIGRpc2N1c3Mgc29sYXIgcG93ZXIuCg==";
  EXPECT_THAT(ingest(briefing + content + "\"}\n").out,
              HasSubstr("INGEST_OUTCOME_CREATED"));
  EXPECT_THAT(ingest(briefing + content + "\"}\n").out,
              HasSubstr("INGEST_OUTCOME_UNCHANGED"));
  EXPECT_THAT(
      ingest(
          R"({"briefingId":"s/1","mediaType":"text/plain","version":"1","content":")" +
          content + "\"}\n")
          .out,
      HasSubstr("INGEST_OUTCOME_STALE"));
  EXPECT_THAT(
      ingest(
          R"({"briefingId":"s/1","title":"Solberg in Chile","version":"3","content":")" +
          content + "\"}\n")
          .out,
      HasSubstr("INGEST_OUTCOME_REPLACED"));
  EXPECT_THAT(pair_->Attache({"get", "s/1#1"}).out,
              AllOf(HasSubstr("Astrid Solberg"),
                    HasSubstr("2024-03-04 to 2024-03-06"), HasSubstr("CL")));
  EXPECT_EQ(
      pair_->Attache({"retract", "s/1", "--durability=indexed"}).exit_code, 0);
  const CommandResult gone = pair_->Attache({"get", "s/1#1"});
  EXPECT_EQ(gone.exit_code, 1);
  EXPECT_THAT(gone.err, HasSubstr("s/1#1"));
}

TEST_F(Session, AMisspeltNameGetsTheNearestOnes) {
  const CommandResult country = pair_->Attache({"find", "--country", "Brazli"});
  EXPECT_EQ(country.exit_code, 1);
  EXPECT_THAT(country.err, AllOf(HasSubstr("Brazli"), HasSubstr("Brazil")));
  const CommandResult sector =
      pair_->Attache({"find", "--sector", "renewable energi"});
  EXPECT_EQ(sector.exit_code, 1);
  EXPECT_THAT(sector.err, HasSubstr("enewable"));
}

TEST_F(Session, WrongUsageIsToldApartFromFailure) {
  EXPECT_EQ(pair_->Attache({}).exit_code, 2);
  EXPECT_EQ(pair_->Attache({"find", "--contry", "BR"}).exit_code, 2);
  EXPECT_EQ(pair_->Attache({"find", "--from", "13/05/2024"}).exit_code, 2);
  EXPECT_EQ(pair_->Attache({"find", "--role", "origin"}).exit_code, 2);
  EXPECT_EQ(pair_->Attache({"summarize"}).exit_code, 2);
  EXPECT_EQ(pair_->Attache({"summarize", "--by=month,month"}).exit_code, 2);
  EXPECT_EQ(pair_->Attache({"--help"}).exit_code, 0);
  EXPECT_EQ(pair_->Attache({"ingest", "/nowhere/at/all"}).exit_code, 1);
  const CommandResult unreachable =
      pair_->Attache({"status", "--query", "127.0.0.1:1"});
  EXPECT_EQ(unreachable.exit_code, 1);
  EXPECT_THAT(unreachable.err,
              AllOf(HasSubstr("127.0.0.1:1"), HasSubstr("attache-query")));
}

TEST_F(Session, ABadBriefingFailsAlone) {
  const CommandResult result = pair_->Attache(
      {"ingest", "-", "--format=jsonl"},
      "{\"briefingId\":\"has space\",\"content\":\"eA==\"}\n"
      "not json\n"
      "{\"briefingId\":\"t/1\",\"content\":\"\"}\n"
      "{\"briefingId\":\"t/"
      "2\",\"content\":\"QSBzaG9ydCBub3RlLg==\",\"mediaType\":\"text/plain\"}\n"
      "{\"briefingId\":\"t/"
      "3\",\"content\":\"eA==\",\"mediaType\":\"application/pdf\"}\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("INGEST_OUTCOME_NO_TRIP"));
  EXPECT_THAT(result.err, AllOf(HasSubstr("FIELD_INVALID"),
                                HasSubstr("MEDIA_TYPE_UNSUPPORTED"),
                                HasSubstr("stdin:2"), HasSubstr("4 of 5")));
}

TEST_F(Session, ParseNeedsNoServer) {
  const CommandResult text = RunCommand("attache", {"parse", "-"}, kText);
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("Astrid Solberg"),
                              HasSubstr("from 4 to 6 March 2024")));
  const CommandResult json =
      RunCommand("attache", {"parse", "-", "--format=json"}, kText);
  EXPECT_THAT(json.out, AllOf(HasSubstr("\"countryCode\": \"CL\""),
                              HasSubstr("\"text\"")));
  const CommandResult lines =
      RunCommand("attache", {"parse", Samples(), "--format=jsonl"});
  EXPECT_EQ(lines.exit_code, 0) << lines.err;
  EXPECT_THAT(
      lines.out,
      HasSubstr("{\"file\":\"01-minister-brazil-peru.txt\",\"response\":{"));
  const CommandResult empty = RunCommand("attache", {"parse", "-"}, "");
  EXPECT_EQ(empty.exit_code, 1);
  EXPECT_THAT(empty.err, HasSubstr("empty"));
}

TEST_F(Session, BothServersSayTheyAreWell) {
  const CommandResult status = pair_->Attache({"status"});
  EXPECT_EQ(status.exit_code, 0) << status.err;
  EXPECT_THAT(status.out, AllOf(HasSubstr("connected"), HasSubstr("revision")));
}

TEST(Servers, RefuseASecondStartOnTheSameData) {
  const Pair pair;
  const CommandResult second = RunCommand(
      "attache-query",
      {"--listen=127.0.0.1:0", absl::StrCat("--data_dir=", pair.query_data())});
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.err, HasSubstr("in use"));
  const CommandResult ingestor = RunCommand(
      "attache-ingestor", {"--listen=127.0.0.1:0",
                           absl::StrCat("--data_dir=", pair.ingestor_data())});
  EXPECT_EQ(ingestor.exit_code, 1);
  EXPECT_THAT(ingestor.err, HasSubstr("in use"));
}

TEST(Servers, RefuseAPublicAddressWithoutTheFlag) {
  const TempDirectory data;
  for (const char* program : {"attache-query", "attache-ingestor"}) {
    const CommandResult result = RunCommand(
        program, {"--listen=0.0.0.0:0",
                  absl::StrCat("--data_dir=", data.path(), "/", program)});
    EXPECT_EQ(result.exit_code, 1) << program;
    EXPECT_THAT(result.err, HasSubstr("insecure_listen"));
  }
}

TEST(Servers, RefuseABrokenVocabularyWithFileAndLine) {
  const TempDirectory folder;
  const std::string vocabulary = folder.path() + "/vocabulary";
  std::filesystem::copy(std::string(ATTACHE_SOURCE_DIR) + "/vocabulary",
                        vocabulary, std::filesystem::copy_options::recursive);
  std::ofstream(vocabulary + "/sectors.tsv", std::ios::app)
      << "tide\tno_such_parent\n";
  for (const char* program : {"attache-query", "attache-ingestor"}) {
    const CommandResult result = RunCommand(
        program, {"--listen=127.0.0.1:0",
                  absl::StrCat("--data_dir=", folder.path(), "/", program),
                  absl::StrCat("--vocabulary_dir=", vocabulary)});
    EXPECT_EQ(result.exit_code, 1) << program;
    EXPECT_THAT(result.err,
                ContainsRegex("sectors.tsv:[0-9]+: .*no_such_parent"));
  }
}

TEST(Servers, RefuseValuesThatCannotBe) {
  const TempDirectory data;
  const auto refused = [&](const char* program, const std::string& flag) {
    const CommandResult result = RunCommand(
        program,
        {"--listen=127.0.0.1:0",
         absl::StrCat("--data_dir=", data.path(), "/", program), flag});
    EXPECT_EQ(result.exit_code, 1) << flag << result.err;
    EXPECT_THAT(result.err, HasSubstr(flag.substr(0, flag.find('=')))) << flag;
  };
  for (const char* flag : {"--drain_timeout=-1s", "--drain_timeout=inf"}) {
    refused("attache-query", flag);
    refused("attache-ingestor", flag);
  }
  for (const char* flag :
       {"--parser_threads=100000", "--index_timeout=-1s", "--index_timeout=inf",
        "--max_record_bytes=99999999999999", "--query_address=",
        "--query_address=nowhere", "--query_address=http://127.0.0.1:50052"}) {
    refused("attache-ingestor", flag);
  }
}

TEST(Servers, StopCleanlyOnSigterm) {
  Pair pair;
  EXPECT_EQ(pair.ingestor().Terminate(), 0);
  EXPECT_EQ(pair.query_service().Terminate(), 0);
}

TEST(Outbox, TakesBriefingsWhileTheQueryServiceIsDownUntilItIsFull) {
  Pair pair;
  pair.KillIngestor();
  pair.KillQueryService();
  pair.StartIngestor({"--max_outbox_bytes=20000"});
  const auto stub = pair.IngestStub();
  int accepted = 0;
  grpc::Status status;
  for (; accepted < 1000; ++accepted) {
    v1::IngestBriefingRequest request;
    *request.mutable_briefing() =
        TripBriefing(absl::StrCat("b", accepted), accepted);
    v1::IngestBriefingResponse response;
    grpc::ClientContext context;
    status = stub->IngestBriefing(&context, request, &response);
    if (!status.ok()) break;
  }
  EXPECT_GT(accepted, 2);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_details(),
              AllOf(HasSubstr("OUTBOX_FULL"), HasSubstr("RetryInfo")));
  // Back again, all that was accepted arrives and there is room.
  pair.StartQueryService();
  pair.WaitUntilSettled();
  EXPECT_EQ(AllRecordIds(*pair.QueryStub()).size(),
            static_cast<size_t>(accepted));
}

}  // namespace
}  // namespace attache::testing
