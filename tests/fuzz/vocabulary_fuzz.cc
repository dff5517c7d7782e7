// The loader of the vocabulary: a small one, one file of which is the input,
// loads or is refused with the place of the fault. The first line names the
// file, the rest is what it holds.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"
#include "tests/common/vocabulary/vocabulary_fixture.h"
#include "tests/fuzz/require.h"

namespace attache {
namespace {

// Files other than the input are written once.
VocabularyFixture& Fixture() {
  static auto* fixture = [] {
    static VocabularyFixture made;
    Require(made.Load().ok(), "the fixture does not load");
    return &made;
  }();
  return *fixture;
}

void Write(const std::string& path, absl::string_view content) {
  std::ofstream(path, std::ios::binary)
      .write(content.data(), static_cast<std::streamsize>(content.size()));
}

void Load(const std::string& name, absl::string_view content) {
  const std::string path = absl::StrCat(Fixture().directory(), "/", name);
  Write(path, content);
  const auto vocabulary = Vocabulary::Load(Fixture().directory());
  Write(path, Fixture().File(name));
  if (vocabulary.ok()) {
    Require((*vocabulary)->version().size() == 16, "no version");
    return;
  }
  Require(absl::IsInvalidArgument(vocabulary.status()) &&
              absl::StrContains(vocabulary.status().message(),
                                Fixture().directory()),
          "an error without a place: " + vocabulary.status().ToString());
}

}  // namespace
}  // namespace attache

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = std::min(input.find('\n'), input.size());
  const std::string name(input.substr(0, end));
  const std::string path =
      absl::StrCat(attache::Fixture().directory(), "/", name);
  std::error_code error;  // a name too long for a path, for one
  if (!absl::EndsWith(name, ".tsv") || absl::StrContains(name, "..") ||
      absl::StrContains(name, '\0') ||
      !std::filesystem::is_regular_file(path, error)) {
    return 0;
  }
  attache::Load(name, input.substr(std::min(end + 1, input.size())));
  return 0;
}
