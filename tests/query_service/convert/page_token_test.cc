#include "query_service/convert/page_token.h"

#include <string>

#include "attache/v1/trip_query_service.pb.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::HasSubstr;

constexpr char kIndex[] = "index-1";

PageToken Token() {
  return {12, std::string(16, 'f'), 345, {{-19000, 0}, "b/\xC3\xA9#1"}};
}

PageTokenCodec Codec() { return PageTokenCodec(std::string(32, 'k')); }

void ExpectInvalid(const absl::StatusOr<PageToken>& opened,
                   const std::string& why) {
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(DetailsOf(opened.status())->reason, "PAGE_TOKEN_INVALID");
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr(why));
}

TEST(PageToken, OpensAsItWasSealed) {
  const std::string sealed = Codec().Seal(Token(), kIndex);
  const auto opened = Codec().Open(sealed, kIndex, Token().fingerprint);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->revision, 12);
  EXPECT_EQ(opened->total, 345u);
  EXPECT_EQ(opened->last, Token().last);
}

TEST(PageToken, IsTheSameBytesEveryTimeAndSafeInAUrl) {
  const std::string sealed = Codec().Seal(Token(), kIndex);
  EXPECT_EQ(sealed, Codec().Seal(Token(), kIndex));
  EXPECT_EQ(sealed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
                                     "nopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(PageToken, RefusesEveryAlteredCharacter) {
  const std::string sealed = Codec().Seal(Token(), kIndex);
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string altered = sealed;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(Codec().Open(altered, kIndex, Token().fingerprint).ok()) << i;
    EXPECT_FALSE(
        Codec().Open(sealed.substr(0, i), kIndex, Token().fingerprint).ok());
  }
  ExpectInvalid(Codec().Open(sealed + "A", kIndex, Token().fingerprint), "");
  ExpectInvalid(Codec().Open("no token!", kIndex, Token().fingerprint),
                "none that this service gave out");
  ExpectInvalid(
      Codec().Open(std::string(100000, 'A'), kIndex, Token().fingerprint),
      "none that this service gave out");
}

TEST(PageToken, IsOfOneServiceOneIndexAndOneList) {
  const std::string sealed = Codec().Seal(Token(), kIndex);
  ExpectInvalid(PageTokenCodec(std::string(32, 'x'))
                    .Open(sealed, kIndex, Token().fingerprint),
                "another service");
  ExpectInvalid(Codec().Open(sealed, "index-2", Token().fingerprint),
                "another index");
  ExpectInvalid(Codec().Open(sealed, kIndex, std::string(16, 'g')),
                "another request");
}

TEST(FingerprintOf, LeavesOnlyPageSizeAndTokenOut) {
  v1::ListTripRecordsByCountryRequest request;
  request.set_country("BR");
  (*request.mutable_filter()->mutable_labels())["a"] = "1";
  (*request.mutable_filter()->mutable_labels())["b"] = "2";
  const std::string fingerprint = FingerprintOf("Method", request);
  EXPECT_EQ(fingerprint.size(), 16u);

  auto same = request;
  same.mutable_page()->set_page_size(7);
  same.mutable_page()->set_page_token("t");
  EXPECT_EQ(FingerprintOf("Method", same), fingerprint);

  EXPECT_NE(FingerprintOf("Other", request), fingerprint);
  auto other = request;
  other.mutable_page()->set_order_by("start_date");
  EXPECT_NE(FingerprintOf("Method", other), fingerprint);
  other = request;
  other.mutable_filter()->set_text("x");
  EXPECT_NE(FingerprintOf("Method", other), fingerprint);
  other = request;
  other.mutable_page()->set_view(v1::RECORD_VIEW_FULL);
  EXPECT_NE(FingerprintOf("Method", other), fingerprint);
}

}  // namespace
}  // namespace attache
