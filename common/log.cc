#include "common/log.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/text/utf8.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace attache {
namespace {

struct Logger {
  Logger() : out("attache", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    out.set_pattern("%v");
    out.set_level(spdlog::level::trace);
    out.flush_on(spdlog::level::trace);
  }

  spdlog::logger out;
  std::string service;
  // Programs that do not call InitLog, tests above all, say little.
  LogLevel level = LogLevel::kWarning;
};

// Never destroyed, so that threads may log while the process ends.
Logger& TheLogger() {
  static Logger* const logger = new Logger;
  return *logger;
}

absl::string_view NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

// Bytes that are no UTF-8 would make the whole line unreadable to a JSON
// parser: they become U+FFFD.
void AppendString(absl::string_view value, std::string& json) {
  const bool valid = !FirstInvalidUtf8(value).has_value();
  json += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (c == '\n') {
      json += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppendFormat(&json, "\\u%04x", byte);
    } else if (byte >= 0x80 && !valid) {
      json += "\\ufffd";
    } else {
      json += c;
    }
  }
  json += '"';
}

void AppendField(absl::string_view name, absl::string_view value,
                 std::string& json) {
  json += json.empty() ? '{' : ',';
  AppendString(name, json);
  json += ':';
  AppendString(value, json);
}

}  // namespace

void InitLog(absl::string_view service, LogLevel level) {
  TheLogger().service = std::string(service);
  TheLogger().level = level;
}

void Log(LogLevel level, absl::string_view message, const LogFields& fields) {
  Logger& logger = TheLogger();
  if (level < logger.level) return;
  std::string json;
  AppendField("time",
              absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(),
                               absl::UTCTimeZone()),
              json);
  AppendField("level", NameOf(level), json);
  if (!logger.service.empty()) AppendField("service", logger.service, json);
  AppendField("message", message, json);
  for (const auto& [name, value] : fields) AppendField(name, value, json);
  json += '}';
  // spdlog reports its own failures to standard error and does not throw.
  logger.out.log(spdlog::level::info, spdlog::string_view_t(json));
}

}  // namespace attache
