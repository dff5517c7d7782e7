// What tells who calls: nobody gets in but by a token as it was given out, and
// no error repeats a credential. The first byte chooses what the rest is: an
// authorization header, an access file, a token's file, the name of a peer, or
// a traceparent. In a header "@" stands for the token that is known.
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/access/access_list.h"
#include "common/access/token.h"
#include "common/rpc/caller.h"
#include "common/trace_context.h"
#include "tests/fuzz/require.h"

namespace attache {
namespace {

constexpr char kToken[] = "nQ9dYv2mWc7Lr0eXkB4tGz1sHj6pUa8oTf3iVy5wCxE";

const AccessList& Known() {
  static const auto* list = new AccessList(
      AccessList::Parse(AccessLine("known", "reader", kToken), "access")
          .value());
  return *list;
}

// Whether the header is the scheme, in any case, one space and the token, with
// any white space around that.
bool IsOfTheKnown(absl::string_view header) {
  constexpr absl::string_view kScheme = "bearer ";
  if (header.size() < kScheme.size() ||
      absl::AsciiStrToLower(header.substr(0, kScheme.size())) != kScheme) {
    return false;
  }
  const size_t at = header.find(kToken);
  if (at == absl::string_view::npos || at < kScheme.size()) return false;
  const std::string around =
      absl::StrCat(header.substr(kScheme.size(), at - kScheme.size()),
                   header.substr(at + sizeof(kToken) - 1));
  return absl::StripAsciiWhitespace(around).empty();
}

void CheckHeader(absl::string_view text) {
  const std::string header = absl::StrReplaceAll(text, {{"@", kToken}});
  Credentials credentials;
  credentials.token = rpc::DigestOfAuthorization(header);
  // Does not help one whose token is wrong.
  credentials.certificate_names = {"known"};
  Require(Known().Find(credentials).has_value() == IsOfTheKnown(header),
          "a wrong caller is let in, or the right one is not");
}

// Of what may be a credential; shorter ones may be words of the message as
// well.
void RequireNotRepeated(absl::string_view text, const absl::Status& status) {
  for (const absl::string_view field :
       absl::StrSplit(text, absl::ByAnyChar(" \t\r\n#"), absl::SkipEmpty())) {
    Require(field.size() < 20 ||
                status.message().find(field) == absl::string_view::npos,
            "an error repeats a credential");
  }
}

void CheckAccessFile(absl::string_view text) {
  const auto list = AccessList::Parse(text, "access");
  if (list.ok()) {
    Require(list->size() > 0, "a list of nobody");
    Credentials nothing;
    Require(!list->Find(nothing).has_value(), "nothing is let in");
    nothing.token = DigestOf("");
    Require(!list->Find(nothing).has_value(), "an empty token is let in");
    return;
  }
  RequireNotRepeated(text, list.status());
}

void CheckTokenFile(absl::string_view text) {
  const auto token = ReadToken(text);
  if (!token.ok()) {
    RequireNotRepeated(text, token.status());
    return;
  }
  Require(*token == absl::StripAsciiWhitespace(text), "another token");
  for (const unsigned char c : *token) {
    Require(absl::ascii_isgraph(c), "a token that no header can hold");
  }
}

// A client cannot make itself many by what follows the address.
void CheckPeer(absl::string_view text) {
  const std::string address = rpc::AddressOf(text);
  Require(rpc::AddressOf(absl::StrCat(text.substr(0, text.rfind(':')), ":1")) ==
              address,
          "another client by another port");
}

void CheckTraceparent(absl::string_view text) {
  const auto trace = ParseTraceparent(text);
  if (!trace.has_value()) return;
  const auto again = ParseTraceparent(trace->ToTraceparent());
  Require(again.has_value() && again->trace_id == trace->trace_id &&
              again->parent_id == trace->parent_id &&
              again->sampled == trace->sampled,
          "what is passed on is another trace");
}

}  // namespace
}  // namespace attache

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const absl::string_view rest(reinterpret_cast<const char*>(data) + 1,
                               size - 1);
  switch (data[0] % 5) {
    case 0:
      attache::CheckHeader(rest);
      break;
    case 1:
      attache::CheckAccessFile(rest);
      break;
    case 2:
      attache::CheckTokenFile(rest);
      break;
    case 3:
      attache::CheckPeer(rest);
      break;
    default:
      attache::CheckTraceparent(rest);
  }
  return 0;
}
