// Every kind of phrase that the vocabulary may have is asked for by the parser.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/vocabulary/tsv.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

namespace fs = std::filesystem;

std::string Content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), {});
}

TEST(KindsData, EveryKindIsReadByThePasses) {
  const fs::path root = ATTACHE_SOURCE_DIR;
  std::string sources;
  for (const auto& entry :
       fs::recursive_directory_iterator(root / "ingestor")) {
    if (entry.path().extension() == ".cc" || entry.path().extension() == ".h") {
      sources += Content(entry.path());
    }
  }
  const auto table =
      ParseTsv("kinds.tsv", Content(root / "vocabulary/kinds.tsv"),
               {"file", "kind", "values"});
  ASSERT_TRUE(table.ok()) << table.status();
  for (const TsvRow& row : table->rows) {
    const std::string& kind = row.cells[1];
    EXPECT_TRUE(absl::StrContains(sources, absl::StrCat("\"", kind, "\"")))
        << "kinds.tsv:" << row.line << ": nothing reads " << kind;
  }
}

}  // namespace
}  // namespace attache
