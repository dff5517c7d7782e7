#include "common/trace_context.h"

#include <string>

#include "gtest/gtest.h"

namespace attache {
namespace {

constexpr char kTraceId[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kParentId[] = "00f067aa0ba902b7";

std::string Traceparent(const std::string& version, const std::string& trace_id,
                        const std::string& parent_id,
                        const std::string& flags) {
  return version + "-" + trace_id + "-" + parent_id + "-" + flags;
}

TEST(TraceContext, IsReadAsTheSpecificationHasIt) {
  const auto trace =
      ParseTraceparent(Traceparent("00", kTraceId, kParentId, "01"));
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->trace_id, kTraceId);
  EXPECT_EQ(trace->parent_id, kParentId);
  EXPECT_TRUE(trace->sampled);
  EXPECT_EQ(trace->ToTraceparent(),
            Traceparent("00", kTraceId, kParentId, "01"));
}

TEST(TraceContext, IsSampledByTheLowestBitAlone) {
  const auto sampled = [](const std::string& flags) {
    return ParseTraceparent(Traceparent("00", kTraceId, kParentId, flags))
        ->sampled;
  };
  EXPECT_FALSE(sampled("00"));
  EXPECT_FALSE(sampled("02"));
  EXPECT_FALSE(sampled("fe"));
  EXPECT_TRUE(sampled("03"));
  EXPECT_TRUE(sampled("ff"));
}

TEST(TraceContext, OfALaterVersionIsReadAsFarAsItIsKnown) {
  const std::string known = Traceparent("cc", kTraceId, kParentId, "01");
  ASSERT_TRUE(ParseTraceparent(known).has_value());
  ASSERT_TRUE(ParseTraceparent(known + "-what-is-new").has_value());
  EXPECT_FALSE(ParseTraceparent(known + ".what-is-new").has_value());
  EXPECT_EQ(ParseTraceparent(known)->ToTraceparent(),
            Traceparent("00", kTraceId, kParentId, "01"));
}

TEST(TraceContext, IsIgnoredWhereItIsMalformed) {
  const std::string zeros(32, '0');
  for (const std::string& text :
       {std::string(), std::string("00"), std::string(55, '-'),
        Traceparent("ff", kTraceId, kParentId, "01"),
        Traceparent("0g", kTraceId, kParentId, "01"),
        Traceparent("00", zeros, kParentId, "01"),
        Traceparent("00", kTraceId, zeros.substr(16), "01"),
        Traceparent("00", "4BF92F3577B34DA6A3CE929D0E0E4736", kParentId, "01"),
        Traceparent("00", kTraceId, "00F067AA0BA902B7", "01"),
        Traceparent("00", kTraceId, kParentId, "0G"),
        Traceparent("00", kTraceId, kParentId, "1"),
        Traceparent("00", kTraceId, kParentId, "01-"),
        Traceparent("00", kTraceId, kParentId, "01 "),
        Traceparent(" 00", kTraceId, kParentId, "01"),
        std::string("00_") + kTraceId + "-" + kParentId + "-01",
        std::string("00-") + kTraceId + "_" + kParentId + "-01",
        std::string("00-") + kTraceId + "-" + kParentId + "_01"}) {
    EXPECT_FALSE(ParseTraceparent(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace attache
