#include "cli/json.h"

#include "absl/strings/match.h"
#include "google/protobuf/util/json_util.h"

namespace attache::cli {

std::string ToJson(const google::protobuf::Message& message, JsonForm form) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = form == JsonForm::kIndented;
  std::string json;
  // Fails for no message of ours: their timestamps are checked on the way in.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options)
           .ok()) {
    json = "{}";
  }
  if (!absl::EndsWith(json, "\n")) json += '\n';
  return json;
}

}  // namespace attache::cli
