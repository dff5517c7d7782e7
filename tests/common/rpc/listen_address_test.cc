#include "common/rpc/listen_address.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache::rpc {
namespace {

using ::testing::HasSubstr;

TEST(ListenAddress, ReadsLiteralAddressesAndLocalhost) {
  EXPECT_EQ(ParseListenAddress("127.0.0.1:50051")->ToString(),
            "127.0.0.1:50051");
  EXPECT_EQ(ParseListenAddress("[::1]:0")->ToString(), "[::1]:0");
  EXPECT_EQ(ParseListenAddress("localhost:65535")->ToString(),
            "127.0.0.1:65535");
}

TEST(ListenAddress, KnowsLoopbackInAllItsForms) {
  for (const char* text : {"127.0.0.1:1", "127.8.9.10:1", "[::1]:1",
                           "[::ffff:127.0.0.1]:1", "localhost:1"}) {
    EXPECT_TRUE(ParseListenAddress(text)->is_loopback) << text;
  }
  for (const char* text : {"0.0.0.0:1", "10.0.0.1:1", "[::]:1",
                           "[::ffff:10.0.0.1]:1", "[fe80::1]:1"}) {
    EXPECT_FALSE(ParseListenAddress(text)->is_loopback) << text;
  }
}

TEST(ListenAddress, SaysWhatItExpectsWhereItIsMalformed) {
  for (const char* text :
       {"", ":", "50051", ":50051", "127.0.0.1", "127.0.0.1:", "::1:50051",
        "[::1]", "[]:1", "[127.0.0.1]:1", "[localhost]:1", "example.org:1",
        "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1: 1",
        "127.0.0.1:1x", "127.0.0.1:000001", "http://127.0.0.1:1"}) {
    const auto address = ParseListenAddress(text);
    ASSERT_EQ(address.status().code(), absl::StatusCode::kInvalidArgument)
        << text;
    EXPECT_THAT(std::string(address.status().message()),
                HasSubstr("127.0.0.1:50051"));
  }
}

TEST(ListenAddress, SaysThatTheMachineHasNoSuchAddress) {
  // A documentation address (RFC 5737), which no machine has.
  const absl::Status status = TryToBind(*ParseListenAddress("192.0.2.1:0"));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("no such address"));
}

}  // namespace
}  // namespace attache::rpc
