#include "ingestor/service/validation.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

constexpr int64_t kLimit = 100;

v1::Briefing Valid() {
  v1::Briefing briefing;
  briefing.set_briefing_id("feed/2024/áé#1");
  briefing.set_content("text");
  return briefing;
}

// The field at fault, the reason where it is another error, "" where valid.
std::string Fault(const v1::Briefing& briefing) {
  const absl::Status status = ValidateBriefing(briefing, "briefing", kLimit);
  if (status.ok()) return "";
  const auto details = DetailsOf(status);
  if (!details) return status.ToString();
  for (const auto& [key, value] : details->metadata) {
    if (key == "field") return value;
  }
  return details->reason;
}

TEST(ValidateBriefing, TakesWhatKeepsTheRules) {
  EXPECT_EQ(Fault(Valid()), "");
  v1::Briefing full = Valid();
  full.set_briefing_id(std::string(256, 'i'));
  full.set_uri(std::string(2048, 'u'));
  full.set_title(std::string(1024, 't'));
  full.set_publisher(std::string(256, 'p'));
  full.set_media_type("text/html");
  full.set_language_code("pt-BR");
  full.set_content(std::string(kLimit, 'c'));
  full.mutable_publish_time()->set_seconds(253402300799);
  full.set_publish_utc_offset_minutes(-1080);
  for (int i = 0; i < 32; ++i) {
    (*full.mutable_labels())[absl::StrCat(i)] = std::string(128, 'v');
  }
  EXPECT_EQ(Fault(full), "");
}

TEST(ValidateBriefing, NamesTheFieldThatIsTooLong) {
  v1::Briefing briefing = Valid();
  briefing.set_briefing_id(std::string(257, 'i'));
  EXPECT_EQ(Fault(briefing), "briefing.briefing_id");
  briefing = Valid();
  briefing.set_uri(std::string(2049, 'u'));
  EXPECT_EQ(Fault(briefing), "briefing.uri");
  briefing = Valid();
  briefing.set_title(std::string(1025, 't'));
  EXPECT_EQ(Fault(briefing), "briefing.title");
  briefing = Valid();
  briefing.set_publisher(std::string(257, 'p'));
  EXPECT_EQ(Fault(briefing), "briefing.publisher");
}

TEST(ValidateBriefing, BoundsLabels) {
  v1::Briefing briefing = Valid();
  for (int i = 0; i < 33; ++i) (*briefing.mutable_labels())[absl::StrCat(i)];
  EXPECT_EQ(Fault(briefing), "briefing.labels");
  briefing = Valid();
  (*briefing.mutable_labels())[std::string(129, 'k')] = "v";
  EXPECT_EQ(Fault(briefing), "briefing.labels.key");
  briefing = Valid();
  (*briefing.mutable_labels())["k"] = std::string(129, 'v');
  EXPECT_EQ(Fault(briefing), "briefing.labels.value");
  briefing = Valid();
  (*briefing.mutable_labels())[""] = "v";
  EXPECT_EQ(Fault(briefing), "briefing.labels");
}

TEST(ValidateBriefing, RefusesContentThatIsEmptyOrTooLarge) {
  v1::Briefing briefing = Valid();
  briefing.clear_content();
  EXPECT_EQ(Fault(briefing), "briefing.content");
  briefing.set_content(std::string(kLimit + 1, 'c'));
  EXPECT_EQ(Fault(briefing), "CONTENT_TOO_LARGE");
  EXPECT_EQ(DetailsOf(ValidateBriefing(briefing, "briefing", kLimit))->metadata,
            (ErrorMetadata{{"limit", "100"}}));
}

TEST(ValidateBriefing, TakesThreeMediaTypes) {
  v1::Briefing briefing = Valid();
  for (const char* type : {"text/plain", "text/markdown", "text/html"}) {
    briefing.set_media_type(type);
    EXPECT_EQ(Fault(briefing), "") << type;
  }
  for (const char* type : {"application/pdf", "text", "text/plain;a=b"}) {
    briefing.set_media_type(type);
    EXPECT_EQ(Fault(briefing), "MEDIA_TYPE_UNSUPPORTED") << type;
  }
}

TEST(ValidateBriefing, KeepsTimesOnTheCalendar) {
  v1::Briefing briefing = Valid();
  briefing.mutable_publish_time()->set_seconds(253402300800);
  EXPECT_EQ(Fault(briefing), "briefing.publish_time");
  briefing.mutable_publish_time()->set_seconds(-62135596801);
  EXPECT_EQ(Fault(briefing), "briefing.publish_time");
  briefing.mutable_publish_time()->set_seconds(-62135596800);
  EXPECT_EQ(Fault(briefing), "");
  briefing.mutable_publish_time()->set_nanos(1'000'000'000);
  EXPECT_EQ(Fault(briefing), "briefing.publish_time");
  briefing = Valid();
  for (const int offset : {1081, -1081}) {
    briefing.set_publish_utc_offset_minutes(offset);
    EXPECT_EQ(Fault(briefing), "briefing.publish_utc_offset_minutes");
  }
  briefing.set_publish_utc_offset_minutes(INT32_MIN);
  EXPECT_EQ(Fault(briefing), "briefing.publish_utc_offset_minutes");
}

TEST(ValidateBriefing, RefusesANegativeVersion) {
  v1::Briefing briefing = Valid();
  briefing.set_version(-1);
  EXPECT_EQ(Fault(briefing), "briefing.version");
}

TEST(ValidateBriefingId, RefusesWhiteSpaceAndControlCharacters) {
  for (const std::string id : {"a b", "a\tb", "a\n", "a\xc2\xa0",
                               "a\xe3\x80\x80", "a\x7f", "a\xc2\x85"}) {
    EXPECT_FALSE(ValidateBriefingId(id, "id").ok()) << id;
  }
  EXPECT_FALSE(ValidateBriefingId(std::string("a\0b", 3), "id").ok());
  EXPECT_FALSE(ValidateBriefingId("", "id").ok());
  EXPECT_FALSE(ValidateBriefingId("a\xff", "id").ok());
  EXPECT_TRUE(ValidateBriefingId("https://example.org/a?b=c", "id").ok());
}

TEST(IsLanguageTag, KnowsTheFormOfATag) {
  for (const char* tag : {"en", "pt-BR", "zh-Hant-TW", "es-419", "de-1996",
                          "x-own", "en-u-ca-gregory", "gsw"}) {
    EXPECT_TRUE(IsLanguageTag(tag)) << tag;
  }
  for (const char* tag : {"", "e", "en_US", "english language", "en-", "-en",
                          "12", "en-abcdefghi", "x", "en-u"}) {
    EXPECT_FALSE(IsLanguageTag(tag)) << tag;
  }
}

}  // namespace
}  // namespace attache
