// Messages as protobuf JSON.
#ifndef ATTACHE_CLI_JSON_H_
#define ATTACHE_CLI_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace attache::cli {

enum class JsonForm { kIndented, kOneLine };

// The mapping of protobuf's JSON specification (lowerCamelCase names, 64-bit
// integers as strings), ended by a line end.
std::string ToJson(const google::protobuf::Message& message, JsonForm form);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_JSON_H_
