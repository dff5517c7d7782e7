#include "cli/briefing_json.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

namespace attache::cli {
namespace {

using nlohmann::json;

constexpr int kMostDepth = 32;  // a Briefing has 2
constexpr char kText[] = "text";
constexpr char kContent[] = "content";

absl::Status NoBriefing(absl::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat("not a Briefing in JSON: ", problem));
}

// Of what protobuf says, such as `(title): invalid value "..." for type
// TYPE_STRING`, all but the value.
std::string WithoutValue(absl::string_view message) {
  return std::string(message.substr(0, message.find(" \"")));
}

}  // namespace

absl::StatusOr<v1::Briefing> BriefingFromJson(absl::string_view line) {
  // Else it would be written and destroyed as deep as it is.
  bool too_deep = false;
  json fields = json::parse(
      line.begin(), line.end(),
      [&too_deep](int depth, json::parse_event_t, json&) {
        too_deep |= depth > kMostDepth;
        return !too_deep;
      },
      /*allow_exceptions=*/false);
  if (too_deep) return NoBriefing("the line is too deep");
  if (fields.is_discarded()) return NoBriefing("the line is no JSON");
  if (!fields.is_object()) return NoBriefing("the line is no object");
  std::string text;
  const auto given = fields.find(kText);
  const bool has_text = given != fields.end();
  if (has_text) {
    if (!given->is_string()) return NoBriefing("\"text\" is no string");
    if (fields.contains(kContent)) {
      return NoBriefing("it has both \"text\" and \"content\"");
    }
    text = std::move(given->get_ref<std::string&>());
    fields.erase(given);
  }
  v1::Briefing briefing;
  const auto status = google::protobuf::util::JsonStringToMessage(
      has_text ? fields.dump() : std::string(line), &briefing);
  if (!status.ok()) {
    const absl::string_view message(status.message().data(),
                                    status.message().size());
    if (absl::StartsWith(message, "(content)")) {
      return NoBriefing(
          "\"content\" is no base64; text as it is goes into \"text\"");
    }
    return NoBriefing(WithoutValue(message));
  }
  if (has_text) briefing.set_content(std::move(text));
  return briefing;
}

}  // namespace attache::cli
