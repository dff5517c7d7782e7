// Abseil flags of the servers, each also settable in the environment.
#ifndef ATTACHE_COMMON_FLAGS_H_
#define ATTACHE_COMMON_FLAGS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/log.h"

namespace attache {

// A flag of type LogLevel takes debug, info, warning or error.
bool AbslParseFlag(absl::string_view text, LogLevel* level, std::string* error);
std::string AbslUnparseFlag(LogLevel level);

// Parses the command line into the Abseil flags; those of this project that it
// does not name are taken from ATTACHE_<FLAG> in the environment
// (ATTACHE_DATA_DIR for --data_dir). A malformed value, an unknown flag or a
// positional argument ends the process with exit code 2 and one clear line.
void ParseServerFlags(int argc, char** argv);

}  // namespace attache

#endif  // ATTACHE_COMMON_FLAGS_H_
