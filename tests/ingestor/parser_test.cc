#include "ingestor/parser.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/limits.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

constexpr char kOpening[] =
    "Polish Foreign Minister Ewa Lis visited Kenya on Monday for talks on "
    "trade.\n\n";

ParseResult ParseText(std::string text) {
  v1::Briefing briefing;
  briefing.set_briefing_id("case");
  briefing.set_content(std::move(text));
  briefing.mutable_publish_time()->set_seconds(1700000000);
  auto result = Parse(briefing, SharedVocabulary());
  EXPECT_TRUE(result.ok()) << result.status();
  return *std::move(result);
}

bool HasIssue(const ParseResult& result, absl::string_view code) {
  for (const v1::Issue& issue : result.issues) {
    if (issue.code() == code) return true;
  }
  return false;
}

TEST(Parse, KeepsARecordWithinItsSizeWhateverTheTable) {
  std::string text =
      absl::StrCat(kOpening, "| Sector | Investment (USD) |\n|---|---|\n");
  for (int i = 0; i < 50000; ++i) {
    absl::StrAppend(&text, "| Rail line ", i, " | $", i + 1, " million |\n");
  }
  const ParseResult result = ParseText(std::move(text));
  ASSERT_EQ(result.records.size(), 1u);
  EXPECT_LT(result.records[0].ByteSizeLong(),
            static_cast<size_t>(kDefaultMaxRecordBytes));
  EXPECT_GT(result.records[0].tables(0).rows_size(), 1000);
  EXPECT_TRUE(HasIssue(result, "TABLE_TOO_LARGE"));
  EXPECT_TRUE(HasIssue(result, "ITEMS_LEFT_OUT"));
}

TEST(Parse, KeepsIssuesFew) {
  std::string text = kOpening;
  for (int i = 0; i < 500; ++i) absl::StrAppend(&text, "\nA|B\n-|-\n1|2|3\n");
  const ParseResult result = ParseText(std::move(text));
  EXPECT_EQ(result.issues.size(), IssueSink::kMaxIssues + 1);
  EXPECT_EQ(result.issues.back().code(), "ISSUES_LEFT_OUT");
}

TEST(Parse, ReadsALineOfFourMebibytes) {
  std::string text = kOpening;
  while (text.size() < (size_t{4} << 20) - 100) {
    text += "the minister spoke of trade, and of what is to come of it, ";
  }
  const ParseResult result = ParseText(std::move(text));
  for (const v1::TripRecord& record : result.records) {
    EXPECT_LT(record.ByteSizeLong(),
              static_cast<size_t>(kDefaultMaxRecordBytes));
  }
}

TEST(Parse, CarriesTheBriefingsSourceAndLabels) {
  v1::Briefing briefing;
  briefing.set_briefing_id("a/b.txt");
  briefing.set_uri("https://example.org/b");
  briefing.set_publisher("Example");
  briefing.set_version(7);
  (*briefing.mutable_labels())["desk"] = "africa";
  briefing.set_content(kOpening);
  const auto result = Parse(briefing, SharedVocabulary());
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->records.size(), 1u);
  const v1::TripRecord& record = result->records[0];
  EXPECT_EQ(record.record_id(), "a/b.txt#1");
  EXPECT_EQ(record.source().uri(), "https://example.org/b");
  EXPECT_EQ(record.source().version(), 7);
  EXPECT_EQ(record.source().media_type(), "text/plain");
  EXPECT_EQ(record.source().language_code(), "en");
  EXPECT_EQ(record.source().content_sha256().size(), 32u);
  EXPECT_EQ(record.extraction().text_sha256(),
            record.source().content_sha256());
  EXPECT_EQ(record.extraction().vocabulary_version(),
            SharedVocabulary().version());
  EXPECT_EQ(record.labels().at("desk"), "africa");
  EXPECT_EQ(record.title(), "Ewa Lis to Kenya");
}

}  // namespace
}  // namespace attache
