#include "cli/terminal.h"

#include <sstream>
#include <string>

#include "gtest/gtest.h"

namespace attache::cli {
namespace {

std::string Table(size_t width, const Row& header,
                  const std::vector<Row>& rows) {
  std::ostringstream out;
  PrintTable(out, header, rows, width);
  return out.str();
}

TEST(Terminal, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("São Tomé"), 8u);
  EXPECT_EQ(DisplayWidth("東京"), 4u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);
}

TEST(Terminal, WhatABriefingSaysCannotDriveTheTerminal) {
  EXPECT_EQ(Printable("a\x1B[31mb\nc"), "a [31mb c");
  EXPECT_EQ(Printable("x\xE2\x80\xAEy"), "x y");
  EXPECT_EQ(Printable("José"), "José");
}

TEST(Terminal, AlignsColumnsAndLeavesNoTrailingSpace) {
  EXPECT_EQ(Table(0, {"A", "NAME"}, {{"São", "x"}, {"b", "long"}}),
            "A    NAME\nSão  x\nb    long\n");
}

TEST(Terminal, CutsTheWidestColumnToTheTerminal) {
  const std::string text =
      Table(30, {"ID", "TITLE"}, {{"1", std::string(60, 'x')}});
  EXPECT_EQ(text, "ID  TITLE\n1   " + std::string(25, 'x') + "…\n");
}

TEST(Terminal, QuotesCsvFieldsThatNeedIt) {
  std::ostringstream out;
  PrintCsvRow(out, {"a", "b,c", "say \"x\"", "two\nlines"});
  EXPECT_EQ(out.str(), "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
}

}  // namespace
}  // namespace attache::cli
