// Who may include whom, as ARCHITECTURE.md says. A file that breaks a rule
// fails here with its line.
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;  // relative to the source tree
  int line = 0;
  std::string path;
};

// A file whose path begins with `from` may include, of our own headers, only
// those whose path begins with one of `to`. The longest `from` counts.
struct Rule {
  std::string from;
  std::vector<std::string> to;
};

const std::vector<Rule>& Rules() {
  static const auto* rules = new std::vector<Rule>{
      // Errors of the contract need its reasons and google.rpc's details.
      {"common/", {"common/", "attache/v1/errors.pb.h", "google/rpc/"}},
      {"common/metrics/",
       {"common/metrics/", "common/log.h", "common/rpc/listen_address.h",
        "common/status_macros.h"}},
      {"common/text/", {"common/text/", "common/issue.h"}},
      {"common/access/", {"common/"}},
      {"common/store/", {"common/"}},
      {"common/rpc/", {"common/", "google/rpc/"}},

      {"ingestor/document", {"common/", "ingestor/document.h"}},
      {"ingestor/readers/",
       {"common/", "ingestor/document.h", "ingestor/readers/"}},
      {"ingestor/passes/",
       {"common/", "ingestor/document.h", "ingestor/passes/"}},
      {"ingestor/emit/",
       {"common/", "ingestor/document.h", "ingestor/passes/", "ingestor/emit/",
        "attache/v1/trip_record.pb.h", "attache/v1/briefing.pb.h"}},
      {"ingestor/parser",
       {"common/", "ingestor/document.h", "ingestor/readers/",
        "ingestor/passes/", "ingestor/emit/", "ingestor/parser",
        "attache/v1/trip_record.pb.h", "attache/v1/briefing.pb.h"}},
      {"ingestor/outbox/", {"common/", "ingestor/outbox/", "attache/v1/"}},
      {"ingestor/service/", {"common/", "ingestor/", "attache/v1/"}},
      {"ingestor/main.cc", {"common/", "ingestor/", "attache/v1/"}},

      {"query_service/index/",
       {"common/", "query_service/index/", "attache/v1/"}},
      {"query_service/query/",
       {"common/", "query_service/index/", "query_service/query/"}},
      {"query_service/filter/", {"common/", "query_service/filter/"}},
      {"query_service/convert/",
       {"common/", "query_service/filter/", "query_service/index/",
        "query_service/query/", "query_service/convert/", "attache/v1/"}},
      {"query_service/journal/",
       {"common/", "query_service/journal/", "attache/v1/"}},
      {"query_service/watch/",
       {"common/", "query_service/index/", "query_service/query/",
        "query_service/convert/", "query_service/journal/",
        "query_service/watch/", "attache/v1/"}},
      {"query_service/service/", {"common/", "query_service/", "attache/v1/"}},
      {"query_service/main.cc", {"common/", "query_service/", "attache/v1/"}},

      // The command parses without a server; of the query service it knows
      // nothing.
      {"cli/",
       {"common/", "cli/", "attache/v1/", "google/rpc/", "ingestor/parser.h",
        "ingestor/readers/"}},
      // It copies and examines the data directories of both.
      {"cli/data_commands",
       {"common/", "cli/", "ingestor/outbox/backup_store.h",
        "ingestor/outbox/verify_store.h",
        "query_service/journal/backup_journal.h",
        "query_service/journal/verify_journal.h"}},
      {"bench/", {"common/", "ingestor/", "query_service/", "attache/v1/"}},
  };
  return *rules;
}

// Where gRPC may be seen.
const std::vector<std::string>& GrpcFolders() {
  static const auto* folders =
      new std::vector<std::string>{"common/rpc/",
                                   "ingestor/service/",
                                   "ingestor/outbox/sender",
                                   "ingestor/main.cc",
                                   "query_service/service/",
                                   "query_service/main.cc",
                                   "cli/",
                                   "bench/"};
  return *folders;
}

const Rule* RuleFor(const std::string& file) {
  const Rule* best = nullptr;
  for (const Rule& rule : Rules()) {
    if (absl::StartsWith(file, rule.from) &&
        (best == nullptr || rule.from.size() > best->from.size())) {
      best = &rule;
    }
  }
  return best;
}

bool StartsWithAny(const std::string& path,
                   const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (absl::StartsWith(path, prefix)) return true;
  }
  return false;
}

bool IsOurs(const std::string& path) {
  return StartsWithAny(
      path, {"common/", "ingestor/", "query_service/", "cli/", "bench/",
             "tests/", "attache/v1/", "google/rpc/"});
}

bool IsGrpc(const std::string& path) {
  return absl::StartsWith(path, "grpc") || absl::EndsWith(path, ".grpc.pb.h");
}

std::vector<Include> IncludesOf(const fs::path& root, const fs::path& file) {
  static const std::regex kInclude(R"(^\s*#include\s+["<]([^">]+)[">].*)");
  std::vector<Include> includes;
  std::ifstream in(file);
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    std::smatch match;
    if (std::regex_match(text, match, kInclude)) {
      includes.push_back(
          {fs::relative(file, root).generic_string(), line, match[1].str()});
    }
  }
  return includes;
}

std::vector<Include> AllIncludes() {
  const fs::path root = ATTACHE_SOURCE_DIR;
  std::vector<Include> all;
  for (const char* folder :
       {"common", "ingestor", "query_service", "cli", "bench"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      const auto includes = IncludesOf(root, entry.path());
      all.insert(all.end(), includes.begin(), includes.end());
    }
  }
  return all;
}

std::string Where(const Include& include) {
  return absl::StrCat(include.file, ":", include.line, " includes ",
                      include.path);
}

TEST(IncludeRules, EachFolderIncludesOnlyWhatItMay) {
  const std::vector<Include> includes = AllIncludes();
  ASSERT_GT(includes.size(), 100u);
  for (const Include& include : includes) {
    if (!IsOurs(include.path)) continue;
    const Rule* rule = RuleFor(include.file);
    ASSERT_NE(rule, nullptr) << include.file << " stands under no rule";
    EXPECT_TRUE(StartsWithAny(include.path, rule->to))
        << Where(include) << "; " << rule->from << " may include "
        << absl::StrJoin(rule->to, ", ");
  }
}

TEST(IncludeRules, GrpcStaysInTheHandlers) {
  for (const Include& include : AllIncludes()) {
    if (!IsGrpc(include.path)) continue;
    EXPECT_TRUE(StartsWithAny(include.file, GrpcFolders())) << Where(include);
  }
}

TEST(IncludeRules, PrometheusStaysBehindItsFolder) {
  for (const Include& include : AllIncludes()) {
    EXPECT_FALSE(absl::StartsWith(include.path, "prometheus/") &&
                 !absl::StartsWith(include.file, "common/metrics/"))
        << Where(include);
  }
}

TEST(IncludeRules, PassesKnowNoGeneratedMessage) {
  for (const Include& include : AllIncludes()) {
    if (!absl::EndsWith(include.path, ".pb.h")) continue;
    EXPECT_FALSE(StartsWithAny(
        include.file,
        {"ingestor/passes/", "ingestor/readers/", "ingestor/document"}))
        << Where(include);
  }
}

TEST(IncludeRules, TheServicesNeverIncludeEachOther) {
  for (const Include& include : AllIncludes()) {
    EXPECT_FALSE(absl::StartsWith(include.file, "ingestor/") &&
                 absl::StartsWith(include.path, "query_service/"))
        << Where(include);
    EXPECT_FALSE(absl::StartsWith(include.file, "query_service/") &&
                 absl::StartsWith(include.path, "ingestor/"))
        << Where(include);
  }
}

}  // namespace
}  // namespace attache
