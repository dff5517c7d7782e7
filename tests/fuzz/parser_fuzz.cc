// The whole parser. The first byte chooses what the request says of the
// content, the rest is the content.
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingestor/parser.h"
#include "tests/fuzz/reader_fuzz.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

constexpr const char* kMediaTypes[] = {"", "text/plain", "text/markdown",
                                       "text/html"};

v1::Briefing BriefingOf(const uint8_t* data, size_t size) {
  v1::Briefing briefing;
  briefing.set_briefing_id("fuzz");
  briefing.set_media_type(kMediaTypes[data[0] % 4]);
  const auto languages = SharedVocabulary().languages();
  const size_t at = data[0] / 4 % (languages.size() + 1);
  if (at > 0) briefing.set_language_code(languages[at - 1].code);
  if (data[0] < 128) {
    briefing.mutable_publish_time()->set_seconds(1700000000);
  }
  briefing.set_content(std::string(data + 1, data + size));
  return briefing;
}

void RequireEvidence(const v1::TripRecord& record, const std::string& text) {
  for (const v1::Evidence& evidence : record.evidence()) {
    if (evidence.in_title()) continue;
    Require(evidence.begin_byte() <= evidence.end_byte() &&
                evidence.end_byte() <= text.size(),
            "evidence beyond the text");
    Require(absl::StartsWith(
                text.substr(evidence.begin_byte(),
                            evidence.end_byte() - evidence.begin_byte()),
                evidence.quote()),
            absl::StrCat("not what stands there: ", evidence.quote()));
  }
}

}  // namespace
}  // namespace attache

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const attache::v1::Briefing briefing = attache::BriefingOf(data, size);
  const auto result = attache::Parse(briefing, attache::SharedVocabulary());
  if (!result.ok()) return 0;
  for (const attache::v1::TripRecord& record : result->records) {
    attache::RequireEvidence(record, result->text);
    // Strings of messages must be UTF-8, or no client can read them.
    std::string bytes;
    attache::Require(record.SerializeToString(&bytes), "not serializable");
    attache::Require(attache::v1::TripRecord().ParseFromString(bytes),
                     "not readable again");
  }
  return 0;
}
