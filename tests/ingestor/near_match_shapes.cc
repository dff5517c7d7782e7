#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/ingestor/text_shapes.h"

namespace attache {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPhrases = 60;

// The longest phrases of a vocabulary file, each without its last word: a
// lexicon follows them to their ends, and finds nothing.
std::vector<std::string> NearMatches(const fs::path& file) {
  std::vector<std::string> phrases;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (absl::StartsWith(line, "#")) continue;
    for (const absl::string_view cell : absl::StrSplit(line, '\t')) {
      const size_t last = cell.rfind(' ');
      if (last == absl::string_view::npos) continue;
      phrases.push_back(absl::StrReplaceAll(cell.substr(0, last),
                                            {{"|", " "}, {"*", "ing"}}));
    }
  }
  std::sort(phrases.begin(), phrases.end(),
            [](const std::string& a, const std::string& b) {
              return std::pair(b.size(), b) < std::pair(a.size(), a);
            });
  phrases.resize(std::min(phrases.size(), kPhrases));
  return phrases;
}

}  // namespace

std::vector<TextShape> NearMatchShapes() {
  const fs::path root = fs::path(ATTACHE_SOURCE_DIR) / "vocabulary";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<TextShape> shapes;
  for (const fs::path& file : files) {
    const std::vector<std::string> phrases = NearMatches(file);
    if (phrases.empty()) continue;
    const std::string folder = file.parent_path().filename();
    const std::string name =
        fs::relative(file, root).replace_extension().generic_string();
    shapes.push_back({.name = absl::StrReplaceAll(name, {{"/", "_"}}),
                      .text = Repeating("Minister Ewa Lis visited Kenya. ",
                                        [phrases](int i) {
                                          return phrases[i % phrases.size()] +
                                                 " ";
                                        }),
                      .language = folder.size() == 2 ? folder : ""});
  }
  return shapes;
}

}  // namespace attache
