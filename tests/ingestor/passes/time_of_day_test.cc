#include "ingestor/passes/time_of_day.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/document_from_text.h"

namespace attache {
namespace {

// The words behind the time that opens a text; all of it where none does.
std::string Behind(const std::string& text) {
  const Document document = DocumentFromText(text);
  const TokenSpan unit = document.units.front().tokens;
  const uint32_t end = EndOfTime(document, unit.begin, unit.end);
  return end == unit.end ? "" : std::string(document.TextOf({end, unit.end}));
}

TEST(EndOfTime, PassesHoursAndMinutes) {
  for (const char* time : {"10:30", "10.30 h", "10:30 a.m.", "6 pm", "18h30",
                           "9 h", "10:30 h", "14 hrs", "7 horas"}) {
    EXPECT_EQ(Behind(std::string(time) + " Lima"), "Lima") << time;
  }
}

TEST(EndOfTime, LeavesOtherNumbers) {
  for (const char* text : {"12 hospitals in Lima", "9e session", "30 May",
                           "Lima at 10:30", "2 homes"}) {
    EXPECT_EQ(Behind(text), text);
  }
}

TEST(EndOfTime, StaysWithinItsEnd) {
  const Document document = DocumentFromText("10:30 a.m. Lima");
  EXPECT_EQ(EndOfTime(document, 0, 1), 0u);
  EXPECT_EQ(EndOfTime(document, 0, 0), 0u);
}

}  // namespace
}  // namespace attache
