// Briefings as lines of JSON.
#ifndef ATTACHE_CLI_BRIEFING_JSON_H_
#define ATTACHE_CLI_BRIEFING_JSON_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/briefing.pb.h"

namespace attache::cli {

// A Briefing in protobuf's JSON form, in which `content` is base64; a member
// "text", which is not, may stand for it. INVALID_ARGUMENT says what is wrong
// and repeats nothing of the text.
absl::StatusOr<v1::Briefing> BriefingFromJson(absl::string_view line);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_BRIEFING_JSON_H_
