// Where the corpora that some tests read lie.
#ifndef ATTACHE_TESTS_SUPPORT_CORPORA_H_
#define ATTACHE_TESTS_SUPPORT_CORPORA_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace attache {

// $ATTACHE_CORPORA, else ../shared/corpora beside the source tree. Tests skip
// what is not there.
inline std::filesystem::path CorporaDirectory() {
  if (const char* set = std::getenv("ATTACHE_CORPORA")) return set;
  return std::filesystem::path(ATTACHE_SOURCE_DIR) / "../shared/corpora";
}

// Empty where the file cannot be read.
inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace attache

#endif  // ATTACHE_TESTS_SUPPORT_CORPORA_H_
