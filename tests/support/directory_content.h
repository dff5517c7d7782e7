// All files of a directory, for tests of what is changed and what is not.
#ifndef ATTACHE_TESTS_SUPPORT_DIRECTORY_CONTENT_H_
#define ATTACHE_TESTS_SUPPORT_DIRECTORY_CONTENT_H_

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace attache::testing {

// The bytes of each file by its name.
inline std::map<std::string, std::string> ContentOf(
    const std::string& directory) {
  std::map<std::string, std::string> content;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    content[entry.path().filename().string()] = bytes.str();
  }
  return content;
}

// In order.
inline std::vector<std::string> FilesIn(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : ContentOf(directory)) names.push_back(name);
  return names;
}

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_DIRECTORY_CONTENT_H_
