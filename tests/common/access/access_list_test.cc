#include "common/access/access_list.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kToken[] = "fR3zq0-some-token-of-analysis";
constexpr char kOther[] = "fR3zq0-some-token-of-operations";

AccessList Parsed(const std::string& text) {
  auto list = AccessList::Parse(text, "access");
  EXPECT_TRUE(list.ok()) << list.status();
  return *std::move(list);
}

std::string ErrorOf(const std::string& text) {
  return std::string(AccessList::Parse(text, "access").status().message());
}

std::string NameOf(const AccessList& list, const Credentials& credentials) {
  const auto found = list.Find(credentials);
  return found ? found->name : "nobody";
}

Credentials Token(absl::string_view token) {
  return {.token = DigestOf(token), .certificate_names = {}};
}

Credentials Certificate(std::vector<std::string> names) {
  return {.token = {}, .certificate_names = std::move(names)};
}

TEST(AccessList, FindsPrincipalsByTokenAndByCertificate) {
  const AccessList list = Parsed(absl::StrCat(
      "# who may do what\n\n", AccessLine("analysis", "reader", kToken),
      "  # theirs\r\n", AccessLine("operations", "reader,admin", kOther),
      "\n\tingest-eu\twriter certificate:ingest-eu.example.org"));
  EXPECT_EQ(list.size(), 3u);
  const auto analysis = list.Find(Token(kToken));
  ASSERT_TRUE(analysis.has_value());
  EXPECT_EQ(analysis->name, "analysis");
  EXPECT_THAT(analysis->roles, ElementsAre(Role::kReader));
  EXPECT_EQ(NameOf(list, Token(kOther)), "operations");
  EXPECT_EQ(NameOf(list, Certificate({"ingest-eu.example.org"})), "ingest-eu");
  EXPECT_EQ(NameOf(list, Certificate({"x", "ingest-eu.example.org"})),
            "ingest-eu");
}

TEST(AccessList, FindsNobodyByWhatItDoesNotHold) {
  const AccessList list = Parsed(
      absl::StrCat(AccessLine("analysis", "reader", kToken),
                   "\ningest-eu writer certificate:ingest-eu.example.org\n"));
  std::string altered = kToken;
  for (char& c : altered) {
    c ^= 1;
    EXPECT_EQ(NameOf(list, Token(altered)), "nobody") << altered;
    c ^= 1;
  }
  EXPECT_EQ(NameOf(list, Token("")), "nobody");
  EXPECT_EQ(NameOf(list, Token(absl::StrCat(kToken, "x"))), "nobody");
  EXPECT_EQ(NameOf(list, Token("ingest-eu.example.org")), "nobody");
  EXPECT_EQ(NameOf(list, {}), "nobody");
  EXPECT_EQ(NameOf(list, Certificate({"INGEST-EU.example.org", "analysis"})),
            "nobody");
}

TEST(AccessList, AnUnknownTokenIsNotMadeGoodByACertificate) {
  const AccessList list = Parsed("a writer certificate:a.example.org");
  Credentials both = Token("what-somebody-found-on-the-way");
  both.certificate_names = {"a.example.org"};
  EXPECT_EQ(NameOf(list, both), "nobody");
}

TEST(AccessList, APrincipalMayHaveTwoTokensWhileOneIsReplaced) {
  const AccessList list =
      Parsed(absl::StrCat(AccessLine("a", "reader", kToken), "\n",
                          AccessLine("a", "writer", kOther)));
  EXPECT_THAT(list.Find(Token(kToken))->roles, ElementsAre(Role::kReader));
  EXPECT_THAT(list.Find(Token(kOther))->roles, ElementsAre(Role::kWriter));
}

TEST(AccessList, RolesDoNotStandForEachOtherButAdminForAll) {
  const Principal reader{.name = "r", .roles = {Role::kReader}};
  const Principal writer{.name = "w", .roles = {Role::kWriter}};
  const Principal admin{.name = "a", .roles = {Role::kAdmin}};
  EXPECT_TRUE(reader.Has(Role::kReader));
  EXPECT_FALSE(reader.Has(Role::kWriter));
  EXPECT_FALSE(reader.Has(Role::kAdmin));
  EXPECT_FALSE(writer.Has(Role::kReader));
  EXPECT_FALSE(writer.Has(Role::kAdmin));
  for (const Role role : {Role::kReader, Role::kWriter, Role::kAdmin}) {
    EXPECT_TRUE(admin.Has(role));
  }
}

TEST(AccessList, ErrorsNameTheLine) {
  const std::string good = AccessLine("a", "reader", kToken);
  EXPECT_THAT(ErrorOf(absl::StrCat("\n", good, " more\n")),
              HasSubstr("access:2: a line has three fields"));
  EXPECT_THAT(ErrorOf(absl::StrCat(good, "\n", good)),
              HasSubstr("access:2: another line has the same token"));
  EXPECT_THAT(ErrorOf("a reader certificate:x\nb reader certificate:x"),
              HasSubstr("access:2: another line has a certificate"));
  EXPECT_THAT(ErrorOf("a reeder certificate:x"),
              HasSubstr("access:1: roles are reader, writer and admin"));
  EXPECT_THAT(ErrorOf("a reader, certificate:x"), HasSubstr("access:1: roles"));
  EXPECT_THAT(ErrorOf("a reader certificate:"), HasSubstr("access:1:"));
  EXPECT_THAT(ErrorOf("a reader sha256:abc"), HasSubstr("64 hex digits"));
  EXPECT_THAT(ErrorOf(absl::StrCat("\xc3\xa9 reader ", good.substr(9))),
              HasSubstr("access:1: a name takes"));
}

TEST(AccessList, ErrorsRepeatNothingOfACredential) {
  // A token in the place of its hash, of a role, of a name.
  for (const std::string& line :
       {absl::StrCat("a reader ", kToken),
        absl::StrCat("a ", kToken, " reader"),
        absl::StrCat("a reader sha256:", kToken),
        absl::StrCat("a reader sha256:x token:", kToken),
        absl::StrCat("a reader certificate:x\nb reader token:", kToken)}) {
    const std::string error = ErrorOf(line);
    EXPECT_THAT(error, HasSubstr("access:"));
    EXPECT_THAT(error, Not(HasSubstr("fR3zq0"))) << line;
  }
}

// `printf '' | sha256sum`, as an unset variable makes of it.
TEST(AccessList, TakesNoHashOfNothing) {
  EXPECT_THAT(ErrorOf(AccessLine("a", "reader", "")),
              HasSubstr("access:1: that is the SHA-256 of no text"));
}

TEST(AccessList, ThatNamesNobodyIsAnError) {
  EXPECT_THAT(ErrorOf(""), HasSubstr("access: names nobody"));
  EXPECT_THAT(ErrorOf("# nobody yet\n"), HasSubstr("access: names nobody"));
}

}  // namespace
}  // namespace attache
