#include "common/rpc/gate.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/rpc/guarded_server.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_certificates.h"

namespace attache::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::WriteFile;

constexpr char kReader[] = "token-of-the-reader-0123456789";
constexpr char kWriter[] = "token-of-the-writer-0123456789";
constexpr char kAdmin[] = "token-of-the-admin-0123456789";

class GateTest : public ::testing::Test {
 protected:
  GateTest() {
    Permit({AccessLine("reader", "reader", kReader),
            AccessLine("writer", "writer", kWriter),
            AccessLine("admin", "admin", kAdmin)});
    ServerSecurity security;
    security.access_file = path_;
    server_ = std::make_unique<GuardedServer>(security);
    channel_ = grpc::CreateChannel(server_->address(),
                                   grpc::InsecureChannelCredentials());
    stub_ = v1::TripQueryService::NewStub(channel_);
  }

  void Permit(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) absl::StrAppend(&text, line, "\n");
    WriteFile(path_, text);
  }

  static std::unique_ptr<grpc::ClientContext> With(
      const std::string& authorization) {
    auto context = SoonContext();
    context->AddMetadata("authorization", authorization);
    return context;
  }
  std::string Who(const std::string& authorization) const {
    return WhoAmI(channel_, With(authorization));
  }
  std::string Write(const std::string& token) const {
    v1::ListVocabularyResponse response;
    return ReasonOf(stub_->ListVocabulary(
        With(absl::StrCat("Bearer ", token)).get(), {}, &response));
  }
  std::string Administrate(const std::string& token) const {
    v1::ExplainTripRecordsResponse response;
    return ReasonOf(stub_->ExplainTripRecords(
        With(absl::StrCat("Bearer ", token)).get(), {}, &response));
  }

  testing::TempDirectory directory_;
  const std::string path_ = directory_.file("access");
  std::unique_ptr<GuardedServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::TripQueryService::Stub> stub_;
};

TEST_F(GateTest, KnowsTheCallerByItsToken) {
  EXPECT_EQ(Who(absl::StrCat("Bearer ", kReader)), "reader");
  EXPECT_EQ(Who(absl::StrCat("bearer ", kReader)), "reader");
  EXPECT_EQ(Who(absl::StrCat("Bearer  ", kReader, " ")), "reader");
}

TEST_F(GateTest, RefusesWhatIsNoKnownToken) {
  EXPECT_EQ(WhoAmI(channel_), "CREDENTIALS_INVALID");
  for (const std::string& authorization :
       {std::string(""), std::string("Bearer"), std::string("Bearer "),
        std::string(kReader), absl::StrCat("Basic ", kReader),
        absl::StrCat("Bearer ", kReader, "x"),
        absl::StrCat("Bearer x", kReader),
        absl::StrCat("Bearer ", std::string(kReader).substr(1)),
        absl::StrCat("Bearer ", AccessLine("reader", "reader", kReader)),
        absl::StrCat("Bearer ", kReader, ",Bearer ", kReader)}) {
    EXPECT_EQ(Who(authorization), "CREDENTIALS_INVALID") << authorization;
  }
}

TEST_F(GateTest, RefusesTwoTokensBeOneOfThemGood) {
  auto context = With("Bearer what-somebody-found");
  context->AddMetadata("authorization", absl::StrCat("Bearer ", kReader));
  EXPECT_EQ(WhoAmI(channel_, std::move(context)), "CREDENTIALS_INVALID");
}

TEST_F(GateTest, HoldsEachToItsRoles) {
  EXPECT_EQ(Write(kReader), "ROLE_MISSING");
  EXPECT_EQ(Administrate(kReader), "ROLE_MISSING");
  EXPECT_EQ(Who(absl::StrCat("Bearer ", kWriter)), "ROLE_MISSING");
  EXPECT_EQ(Write(kWriter), "OK");
  EXPECT_EQ(Administrate(kWriter), "ROLE_MISSING");
  EXPECT_EQ(Who(absl::StrCat("Bearer ", kAdmin)), "admin");
  EXPECT_EQ(Write(kAdmin), "OK");
  EXPECT_EQ(Administrate(kAdmin), "OK");
}

TEST_F(GateTest, SaysWhichRoleIsMissingAndNotWhatWasWrongWithAToken) {
  v1::ListVocabularyResponse response;
  const grpc::Status missing = stub_->ListVocabulary(
      With(absl::StrCat("Bearer ", kReader)).get(), {}, &response);
  EXPECT_EQ(missing.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(missing.error_message(), "this call needs the role writer");
  const auto details = DetailsOf(FromGrpcStatus(missing));
  ASSERT_TRUE(details.has_value());
  EXPECT_THAT(details->metadata,
              ::testing::ElementsAre(::testing::Pair("role", "writer")));

  const grpc::Status unknown =
      stub_->ListVocabulary(With("Bearer altered").get(), {}, &response);
  const grpc::Status none =
      stub_->ListVocabulary(SoonContext().get(), {}, &response);
  EXPECT_EQ(unknown.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(unknown.error_message(), none.error_message());
  EXPECT_THAT(unknown.error_message(), Not(HasSubstr("altered")));
}

TEST_F(GateTest, ForgetsATokenWhoseLineIsRemoved) {
  const auto context = With(absl::StrCat("Bearer ", kReader));
  const auto watch = stub_->WatchTripRecords(context.get(), {});
  watch->WaitForInitialMetadata();
  const auto other_context = With(absl::StrCat("Bearer ", kAdmin));
  const auto other = stub_->WatchTripRecords(other_context.get(), {});
  other->WaitForInitialMetadata();

  Permit({AccessLine("writer", "writer", kWriter),
          AccessLine("admin", "admin", kAdmin)});
  // The stream that is open ends, and nothing new begins.
  v1::WatchTripRecordsResponse response;
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(ReasonOf(watch->Finish()), "CREDENTIALS_INVALID");
  EXPECT_EQ(Who(absl::StrCat("Bearer ", kReader)), "CREDENTIALS_INVALID");
  EXPECT_EQ(Write(kWriter), "OK");

  // The other stream went on: it ends by its client's wish.
  other_context->TryCancel();
  EXPECT_EQ(ReasonOf(other->Finish()), "CANCELLED");
}

TEST_F(GateTest, EndsAStreamWhoseRoleIsTakenAway) {
  const auto context = With(absl::StrCat("Bearer ", kReader));
  const auto watch = stub_->WatchTripRecords(context.get(), {});
  watch->WaitForInitialMetadata();
  Permit({AccessLine("reader", "writer", kReader)});
  EXPECT_EQ(ReasonOf(watch->Finish()), "ROLE_MISSING");
}

TEST_F(GateTest, EndsAStreamWhoseTokenIsAnothers) {
  const auto context = With(absl::StrCat("Bearer ", kReader));
  const auto watch = stub_->WatchTripRecords(context.get(), {});
  watch->WaitForInitialMetadata();
  Permit({AccessLine("somebody-else", "reader", kReader)});
  EXPECT_EQ(ReasonOf(watch->Finish()), "CREDENTIALS_INVALID");
}

TEST_F(GateTest, LogsRefusalsSeldomAndWithoutTheToken) {
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 50; ++i) Who("Bearer what-somebody-found-0123456789");
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("refused a call"));
  EXPECT_THAT(log, Not(HasSubstr("somebody-found")));
  EXPECT_EQ(log.find('\n'), log.size() - 1) << log;
}

TEST(OpenGate, LetsEverybodyDoEverything) {
  const GuardedServer server{ServerSecurity{}};
  const auto channel =
      grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
  EXPECT_EQ(WhoAmI(channel), "");
  auto context = SoonContext();
  context->AddMetadata("authorization", "Bearer of-no-meaning-here");
  EXPECT_EQ(WhoAmI(channel, std::move(context)), "");
}

class LimitedGateTest : public ::testing::Test {
 protected:
  void Start(const ServerSecurity& security, const CallLimitOptions& limits) {
    server_ = std::make_unique<GuardedServer>(security, limits);
    stub_ = v1::TripQueryService::NewStub(grpc::CreateChannel(
        server_->address(), grpc::InsecureChannelCredentials()));
  }

  std::unique_ptr<GuardedServer> server_;
  std::unique_ptr<v1::TripQueryService::Stub> stub_;
};

TEST_F(LimitedGateTest, AClientHasSoManyStreamsAndGetsThemBack) {
  Start({}, {.max_client_streams = 2});
  const auto end = [this](grpc::ClientContext& context) {
    v1::WatchTripRecordsResponse response;
    auto watch = stub_->WatchTripRecords(&context, {});
    watch->Read(&response);  // which only an end does
    return ReasonOf(watch->Finish());
  };
  const auto first = SoonContext();
  const auto second = SoonContext();
  auto one = stub_->WatchTripRecords(first.get(), {});
  auto two = stub_->WatchTripRecords(second.get(), {});
  one->WaitForInitialMetadata();
  two->WaitForInitialMetadata();
  EXPECT_EQ(end(*SoonContext()), "TOO_MANY_STREAMS");
  // Nor over another connection.
  grpc::ChannelArguments apart;
  apart.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  const auto other = v1::TripQueryService::NewStub(grpc::CreateCustomChannel(
      server_->address(), grpc::InsecureChannelCredentials(), apart));
  const auto context = SoonContext();
  auto refused = other->WatchTripRecords(context.get(), {});
  v1::WatchTripRecordsResponse response;
  refused->Read(&response);
  EXPECT_EQ(ReasonOf(refused->Finish()), "TOO_MANY_STREAMS");
  first->TryCancel();
  EXPECT_EQ(one->Finish().error_code(), grpc::StatusCode::CANCELLED);
  // The server hears of it a moment later.
  std::string reason = "TOO_MANY_STREAMS";
  for (int i = 0; i < 500 && reason == "TOO_MANY_STREAMS"; ++i) {
    const auto third = SoonContext();
    third->set_deadline(std::chrono::system_clock::now() +
                        std::chrono::milliseconds(200));
    reason = end(*third);
  }
  EXPECT_NE(reason, "TOO_MANY_STREAMS");
  second->TryCancel();
  two->Finish();
}

TEST_F(LimitedGateTest, TheRateIsThatOfAPrincipalWhereverItCallsFrom) {
  const testing::TempDirectory directory;
  const std::string path = directory.file("access");
  WriteFile(path, absl::StrCat(AccessLine("reader", "reader", kReader), "\n",
                               AccessLine("admin", "admin", kAdmin), "\n"));
  ServerSecurity security;
  security.access_file = path;
  Start(security, {.client_calls_per_second = 1});
  const auto call = [this](const char* token) {
    const auto channel = grpc::CreateChannel(
        server_->address(), grpc::InsecureChannelCredentials());
    auto context = SoonContext();
    context->AddMetadata("authorization", absl::StrCat("Bearer ", token));
    return WhoAmI(channel, std::move(context));
  };
  EXPECT_EQ(call(kReader), "reader");
  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    if (call(kReader) != "reader") ++refused;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(call(kAdmin), "admin");
  EXPECT_EQ(call("nobody's"), "CREDENTIALS_INVALID");
}

}  // namespace
}  // namespace attache::rpc
