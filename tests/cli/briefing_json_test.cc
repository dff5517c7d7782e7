#include "cli/briefing_json.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string ErrorOf(const std::string& line) {
  const auto briefing = BriefingFromJson(line);
  if (briefing.ok()) return "none";
  EXPECT_EQ(briefing.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(briefing.status().message());
}

TEST(BriefingFromJson, ReadsProtobufsForm) {
  const auto briefing = BriefingFromJson(
      R"({"briefingId":"a","version":"5","labels":{"desk":"x"},)"
      R"("publishTime":"2024-05-13T09:00:00Z","content":"QcOp"})");
  ASSERT_TRUE(briefing.ok()) << briefing.status();
  EXPECT_EQ(briefing->briefing_id(), "a");
  EXPECT_EQ(briefing->version(), 5);
  EXPECT_EQ(briefing->labels().at("desk"), "x");
  EXPECT_EQ(briefing->publish_time().seconds(), 1715590800);
  EXPECT_EQ(briefing->content(), "A\xC3\xA9");
}

TEST(BriefingFromJson, TakesTextAsItIs) {
  const auto briefing = BriefingFromJson(
      R"({"text":"Visita \u00e0 \"Bahia\"","briefing_id":"a"})");
  ASSERT_TRUE(briefing.ok()) << briefing.status();
  EXPECT_EQ(briefing->content(), "Visita \xC3\xA0 \"Bahia\"");
  EXPECT_EQ(briefing->briefing_id(), "a");
}

TEST(BriefingFromJson, SaysWhatIsWrong) {
  EXPECT_THAT(ErrorOf(R"({"content":"the text itself"})"),
              HasSubstr("text as it is goes into \"text\""));
  EXPECT_THAT(ErrorOf(R"({"titel":"x"})"), HasSubstr("titel"));
  EXPECT_THAT(ErrorOf(R"({"publishTime":"yesterday"})"),
              HasSubstr("publishTime"));
  EXPECT_THAT(ErrorOf(R"({"text":5})"), HasSubstr("\"text\" is no string"));
  EXPECT_THAT(ErrorOf(R"({"text":"a","content":"QQ=="})"), HasSubstr("both"));
  EXPECT_THAT(ErrorOf(R"({"text":"a")"), HasSubstr("no JSON"));
  EXPECT_THAT(ErrorOf("{\"text\":\"\xFF\"}"), HasSubstr("no JSON"));
  EXPECT_THAT(ErrorOf("[]"), HasSubstr("no object"));
  EXPECT_THAT(ErrorOf("{\"x\":" + std::string(1'000'000, '[')),
              HasSubstr("too deep"));
}

TEST(BriefingFromJson, RepeatsNoText) {
  for (const char* line :
       {R"({"content":"SECRET secret"})", R"({"version":"SECRET"})",
        R"({"text":"SECRET","version":{"a":"SECRET"}})",
        R"({"text":"SECRET","titel":"SECRET"})", R"({"title":["SECRET"]})",
        R"({"text":"SECRET" "x"})", R"({"labels":"SECRET"})",
        R"({"labels":{"a":["SECRET"]}})"}) {
    EXPECT_THAT(ErrorOf(line), Not(HasSubstr("SECRET"))) << line;
    EXPECT_NE(ErrorOf(line), "none") << line;
  }
}

}  // namespace
}  // namespace attache::cli
