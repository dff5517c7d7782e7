#include "query_service/service/check_write.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/journal/journal_support.h"

namespace attache {
namespace {

using ::attache::testing::MakeWithdrawal;
using ::attache::testing::MakeWrite;
using ::testing::HasSubstr;

constexpr WriteLimits kLimits{.max_write_bytes = 2000,
                              .max_record_bytes = 1000};

// The reason of the refusal; empty where there is none.
std::string Reason(const v1::RecordWrite& write) {
  const auto status =
      CheckWrite(write, static_cast<int64_t>(write.ByteSizeLong()), kLimits);
  return status.has_value() ? status->reason() : "";
}

std::string ReasonForId(const std::string& briefing_id) {
  return Reason(MakeWrite(1, briefing_id, "title"));
}

TEST(CheckWrite, TakesAnyIdWithoutSpaces) {
  EXPECT_EQ(ReasonForId("a"), "");
  EXPECT_EQ(ReasonForId("https://example.org/a?b=c#d"), "");
  EXPECT_EQ(ReasonForId("año/東京"), "");
  EXPECT_EQ(ReasonForId(std::string(256, 'x')), "");
}

TEST(CheckWrite, RefusesAnIdThatBreaksItsRule) {
  for (const char* id :
       {"", "a b", "a\tb", "a\n", "\x7f", "a\xC2\xA0", "a\xC2\x85",
        "\xE2\x80\x83z", "\xE2\x80\xA8", "\xE3\x80\x80"}) {
    EXPECT_EQ(ReasonForId(id), "FIELD_INVALID") << id;
  }
  EXPECT_EQ(ReasonForId(std::string(257, 'x')), "FIELD_INVALID");
}

TEST(CheckWrite, RefusesARecordThatIsNotItsBriefings) {
  for (const char* id : {"", "a", "a#", "a#0", "a#01", "a#-1", "a#1x", "b#1",
                         "a#1#1", "a#1234567890", "#1", "ab#1"}) {
    v1::RecordWrite write = MakeWrite(1, "a", "title");
    write.mutable_records(0)->set_record_id(id);
    EXPECT_EQ(Reason(write), "FIELD_INVALID") << id;
  }
  v1::RecordWrite write = MakeWrite(1, "a#1", "title");
  EXPECT_EQ(Reason(write), "");
  write.mutable_records(0)->mutable_source()->set_briefing_id("a#1");
  EXPECT_EQ(Reason(write), "");
  write.mutable_records(0)->mutable_source()->set_briefing_id("a");
  EXPECT_EQ(Reason(write), "FIELD_INVALID");
}

TEST(CheckWrite, RefusesARecordIdThatStandsTwice) {
  v1::RecordWrite write = MakeWrite(1, "a", "title");
  *write.add_records() = write.records(0);
  EXPECT_EQ(Reason(write), "FIELD_INVALID");
  write.mutable_records(1)->set_record_id("a#2");
  EXPECT_EQ(Reason(write), "");
}

TEST(CheckWrite, RefusesWhatIsTooLargeAndSaysTheLimit) {
  v1::RecordWrite write = MakeWrite(1, "a", std::string(1001, 'x'));
  EXPECT_EQ(Reason(write), "RECORD_TOO_LARGE");
  const auto status = CheckWrite(write, 1500, kLimits);
  EXPECT_EQ(status->code(), 8);
  EXPECT_THAT(status->message(), HasSubstr("at most 1000"));

  write = MakeWrite(1, "a", std::string(900, 'x'));
  for (int i = 2; i < 4; ++i) {
    *write.add_records() = write.records(0);
    write.mutable_records(i - 1)->set_record_id("a#" + std::to_string(i));
  }
  EXPECT_EQ(Reason(write), "RECORD_TOO_LARGE");
}

TEST(CheckWrite, RefusesANegativeVersionAndAWithdrawalWithRecords) {
  EXPECT_EQ(Reason(MakeWrite(1, "a", "title", -1)), "FIELD_INVALID");
  EXPECT_EQ(Reason(MakeWithdrawal(1, "a")), "");
  v1::RecordWrite write = MakeWrite(1, "a", "title");
  write.set_withdrawn(true);
  EXPECT_EQ(Reason(write), "FIELD_INVALID");
}

}  // namespace
}  // namespace attache
