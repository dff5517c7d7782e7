#include <cerrno>
#include <cstring>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "common/access/access_list.h"
#include "common/access/token.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

struct TokenOptions {
  std::string name;
  std::string roles;
  std::string output;
  bool hash = false;
};

// Only for its owner to read, and never in the place of another file.
absl::Status WriteToken(const std::string& path, const std::string& token) {
  const auto error = [&path] {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
  };
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                      S_IRUSR | S_IWUSR);
  if (fd < 0) return error();
  const absl::Cleanup close_fd = [fd] { close(fd); };
  const std::string line = token + "\n";
  if (write(fd, line.data(), line.size()) !=
          static_cast<ssize_t>(line.size()) ||
      fsync(fd) != 0) {
    return error();
  }
  return absl::OkStatus();
}

absl::Status HashToken(const TokenOptions& options) {
  const std::string text((std::istreambuf_iterator<char>(std::cin)),
                         std::istreambuf_iterator<char>());
  const auto token = ReadToken(text);
  if (!token.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "what standard input holds is no token: ", token.status().message()));
  }
  std::cout << AccessLine(options.name, options.roles, *token) << '\n';
  return absl::OkStatus();
}

absl::Status MakeToken(const TokenOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(const std::string token, NewToken());
  const std::string line = AccessLine(options.name, options.roles, token);
  if (!options.output.empty()) {
    ATTACHE_RETURN_IF_ERROR(WriteToken(options.output, token));
    std::cout << line << '\n';
    return absl::OkStatus();
  }
  std::cout << "The token, shown this once; for " << options.name << ":\n  "
            << token << "\nIts line for the access file:\n  " << line << '\n';
  return absl::OkStatus();
}

absl::Status Run(const TokenOptions& options) {
  if (!IsPrincipalName(options.name)) {
    return absl::InvalidArgumentError(
        "--name takes 1 to 128 visible ASCII characters but \"#\"");
  }
  if (const auto roles = ParseRoles(options.roles); !roles.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--roles: ", roles.status().message()));
  }
  return options.hash ? HashToken(options) : MakeToken(options);
}

}  // namespace

void AddTokenCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<TokenOptions>();
  CLI::App* command = app.add_subcommand(
      "token", "Make a token and its line for a server's access file");
  command->add_option("--name", options->name, "Whose token it is")->required();
  command
      ->add_option("--roles", options->roles,
                   "reader, writer, admin, or several joined by commas")
      ->required();
  CLI::Option* output = command->add_option(
      "--output", options->output,
      "New file to write the token to; only the line is printed then");
  command
      ->add_flag("--hash", options->hash,
                 "Read a token from standard input, and print its line")
      ->excludes(output);
  command->footer(R"(Examples:
  attache token --name ingest-eu --roles writer
  attache token --name analysis --roles reader --output analysis.token >> access
  attache token --name analysis --roles reader --hash < analysis.token
The access file holds a token's SHA-256 alone, which is of no use to a thief.)");
  command->callback(
      [options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace attache::cli
