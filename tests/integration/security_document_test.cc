// What docs/security.md has one type to guard the pair does so.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/process.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kSection[] = "## From nothing to a guarded pair";

// The fenced blocks of the section, but for grpcurl's, which is not installed.
std::string Commands() {
  std::ifstream file(std::string(ATTACHE_SOURCE_DIR) + "/docs/security.md");
  std::string commands;
  std::string block;
  bool in_section = false;
  bool in_block = false;
  for (std::string line; std::getline(file, line);) {
    if (absl::StartsWith(line, "## ")) in_section = line == kSection;
    if (!in_section) continue;
    if (absl::StartsWith(line, "```")) {
      if (in_block && !absl::StartsWith(block, "grpcurl")) commands += block;
      block.clear();
      in_block = !in_block;
    } else if (in_block) {
      absl::StrAppend(&block, line, "\n");
    }
  }
  return commands;
}

std::string PortOf(const std::string& address) {
  return address.substr(address.rfind(':') + 1);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(SecurityDocument, GuardsThePairAsItSays) {
  const TempDirectory directory;
  std::filesystem::create_directory_symlink(
      std::string(ATTACHE_SOURCE_DIR) + "/samples", directory.file("samples"));
  // Servers of other tests may hold the ports that the document names. What it
  // leaves to whoever types it is to wait until the servers are up.
  const std::string query = PortOf(LastingAddress());
  const std::string ingestor = PortOf(LastingAddress());
  const std::string session = absl::StrReplaceAll(
      Commands(), {{"50051", ingestor},
                   {"50052", query},
                   {"attache-query ", "attache-query --metrics_listen= "},
                   {"attache-ingestor ", "attache-ingestor --metrics_listen= "},
                   {"export ATTACHE_TLS_CA=tls/ca.pem\n",
                    absl::StrCat("export ATTACHE_TLS_CA=tls/ca.pem\nawait ",
                                 query, "\nawait ", ingestor, "\n")}});
  ASSERT_THAT(session, HasSubstr("await"));
  const std::string script = directory.file("session");
  std::ofstream(script)
      << "set -euo pipefail\n"
         "trap 'kill $(jobs -p); wait' EXIT\n"
         "await() {\n"
         "  for _ in {1..300}; do\n"
         "    attache health localhost:$1 2>/dev/null && return\n"
         "    sleep 0.1\n"
         "  done\n"
         "  return 1\n"
         "}\n"
         "unset ${!ATTACHE_*}\n"
         "cd '"
      << directory.path() << "'\nexport PATH='" << ATTACHE_BIN_DIR
      << "':\"$PATH\"\n"
      << "attache token --name reader --roles reader --output reader.token >> "
         "ingestor.access\n"
      << session
      // A stranger, and a reader who would write.
      << "if attache --query localhost:" << query
      << " find --country Brazil; then exit 3; fi\n"
      << "if attache --ingestor localhost:" << ingestor
      << " --token-file reader.token ingest samples; then exit 4; fi\n"
      << "echo all of it\n";
  const std::string printed = directory.file("printed");
  const int result = std::system(
      absl::StrCat("bash '", script, "' > '", printed, "' 2>&1").c_str());
  const std::string output = ReadFile(printed);
  EXPECT_EQ(result, 0) << output;
  EXPECT_THAT(output, HasSubstr("01-minister-brazil-peru.txt#1"));
  EXPECT_THAT(output, HasSubstr("give a token with --token-file"));
  EXPECT_THAT(output, HasSubstr("role writer"));
  EXPECT_THAT(output, HasSubstr("all of it"));
}

}  // namespace
}  // namespace attache::testing
