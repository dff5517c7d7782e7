// Logs of the servers: one JSON object a line on standard error.
#ifndef ATTACHE_COMMON_LOG_H_
#define ATTACHE_COMMON_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace attache {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

using LogFields = std::vector<std::pair<std::string, std::string>>;

// Call once in main. `service` stands in every line.
void InitLog(absl::string_view service, LogLevel level);

// {"time":"2024-05-01T12:00:00.123Z","level":"info","service":"...",
//  "message":"...","field":"value"}; thread-safe, never throws.
void Log(LogLevel level, absl::string_view message,
         const LogFields& fields = {});

}  // namespace attache

#endif  // ATTACHE_COMMON_LOG_H_
