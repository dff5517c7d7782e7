#include "common/flags.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace attache {
namespace {

// Abseil's own parser exits with 1 and several lines, so only its flags are
// used here.
using Flags = std::map<std::string, absl::CommandLineFlag*>;

[[noreturn]] void Fail(absl::string_view program, absl::string_view message) {
  std::fprintf(stderr, "%s: %s (--help lists the flags)\n",
               std::string(program).c_str(), std::string(message).c_str());
  std::exit(2);
}

// Those of this project: Abseil brings some of its own.
Flags OwnFlags() {
  Flags flags;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (absl::StrContains(flag->Filename(), "absl/")) continue;
    flags.emplace(std::string(name), flag);
  }
  return flags;
}

std::string EnvironmentName(absl::string_view flag) {
  return absl::StrCat("ATTACHE_", absl::AsciiStrToUpper(flag));
}

[[noreturn]] void PrintHelp(absl::string_view program, const Flags& flags) {
  std::printf("Usage: %s [--flag=value]...\n\n", std::string(program).c_str());
  for (const auto& [name, flag] : flags) {
    std::printf("  --%s (default \"%s\")\n      %s\n", name.c_str(),
                flag->DefaultValue().c_str(), flag->Help().c_str());
  }
  std::printf("\nEach can be set in the environment too, as ATTACHE_<FLAG>.\n");
  std::exit(0);
}

void Set(absl::string_view program, absl::CommandLineFlag* flag,
         absl::string_view value, absl::string_view source) {
  std::string error;
  if (!flag->ParseFrom(value, &error)) {
    Fail(program, absl::StrCat("\"", value, "\" is no value for ", source,
                               error.empty() ? "" : ": ",
                               absl::StrReplaceAll(error, {{"\n", " "}})));
  }
}

}  // namespace

bool AbslParseFlag(absl::string_view text, LogLevel* level,
                   std::string* error) {
  for (const LogLevel candidate : {LogLevel::kDebug, LogLevel::kInfo,
                                   LogLevel::kWarning, LogLevel::kError}) {
    if (text == AbslUnparseFlag(candidate)) {
      *level = candidate;
      return true;
    }
  }
  *error = "takes debug, info, warning or error";
  return false;
}

std::string AbslUnparseFlag(LogLevel level) {
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
  return "";
}

void ParseServerFlags(int argc, char** argv) {
  absl::string_view program = argc > 0 ? argv[0] : "attache";
  program.remove_prefix(program.rfind('/') == absl::string_view::npos
                            ? 0
                            : program.rfind('/') + 1);
  const Flags flags = OwnFlags();
  std::set<std::string> given;
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (argument == "--help" || argument == "-h") PrintHelp(program, flags);
    if (!absl::StartsWith(argument, "--") || argument.size() == 2) {
      Fail(program, absl::StrCat("unexpected argument \"", argument, "\""));
    }
    argument.remove_prefix(2);
    const size_t equals = argument.find('=');
    const std::string name(argument.substr(0, equals));
    const auto flag = flags.find(name);
    if (flag == flags.end()) {
      Fail(program, absl::StrCat("unknown flag --", name));
    }
    std::string value;
    if (equals != absl::string_view::npos) {
      value = std::string(argument.substr(equals + 1));
    } else if (flag->second->IsOfType<bool>()) {
      value = "true";
    } else if (i + 1 < argc) {
      value = argv[++i];
    } else {
      Fail(program, absl::StrCat("--", name, " needs a value"));
    }
    Set(program, flag->second, value, absl::StrCat("--", name));
    given.insert(name);
  }
  for (const auto& [name, flag] : flags) {
    const std::string variable = EnvironmentName(name);
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr || given.contains(name)) continue;
    Set(program, flag, value, variable);
  }
}

}  // namespace attache
