#include "common/vocabulary/vocabulary_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include <openssl/evp.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status_macros.h"

namespace attache {
namespace {

namespace fs = std::filesystem;

const std::set<std::string>& SharedNames() {
  static const auto* const kNames = new std::set<std::string>{
      "countries.tsv",  "regions.tsv",      "places.tsv", "sectors.tsv",
      "objectives.tsv", "event_series.tsv", "roles.tsv",  "organizations.tsv",
      "currencies.tsv", "kinds.tsv"};
  return *kNames;
}

const std::set<std::string>& LanguageNames() {
  static const auto* const kNames = new std::set<std::string>{
      "language.tsv",     "country_names.tsv", "region_names.tsv",
      "place_names.tsv",  "sectors.tsv",       "objectives.tsv",
      "event_series.tsv", "roles.tsv",         "organizations.tsv",
      "cues.tsv",         "words.tsv",         "headers.tsv",
      "dates.tsv",        "numbers.tsv",       "aims.tsv",
      "pages.tsv"};
  return *kNames;
}

// Reads the .tsv files of `directory`, which are to have one of `names`.
absl::Status ReadFolder(const fs::path& directory, const std::string& prefix,
                        const std::set<std::string>& names,
                        std::map<std::string, std::string>& contents) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".tsv") continue;
    if (!names.contains(name)) {
      return ErrorAt(entry.path().string(), 1,
                     "the vocabulary has no file of that name");
    }
    std::ifstream in(entry.path(), std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), {});
    if (!in.good()) {
      return ErrorAt(entry.path().string(), 1, "it cannot be read");
    }
    contents[prefix + name] = std::move(content);
  }
  if (error) {
    return ErrorAt(
        directory.string(), 1,
        absl::StrCat("the folder cannot be read: ", error.message()));
  }
  return absl::OkStatus();
}

bool IsLanguageCode(const std::string& name) {
  return (name.size() == 2 || name.size() == 3) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

absl::StatusOr<VocabularyFiles> VocabularyFiles::Read(
    const std::string& directory) {
  VocabularyFiles files;
  files.directory_ = directory;
  const fs::path root = directory;
  ATTACHE_RETURN_IF_ERROR(ReadFolder(root, "", SharedNames(), files.contents_));
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root, error)) {
    const fs::path settings = entry.path() / "language.tsv";
    std::error_code ignored;
    if (!fs::exists(settings, ignored)) continue;
    const std::string code = entry.path().filename().string();
    if (!IsLanguageCode(code)) {
      return ErrorAt(settings.string(), 1,
                     "its folder is not named after a language's ISO 639 code");
    }
    ATTACHE_RETURN_IF_ERROR(
        ReadFolder(entry.path(), code + "/", LanguageNames(), files.contents_));
    files.languages_.push_back(code);
  }
  std::sort(files.languages_.begin(), files.languages_.end(),
            [](const std::string& a, const std::string& b) {
              return std::make_pair(a != "en", a) <
                     std::make_pair(b != "en", b);
            });
  return files;
}

absl::StatusOr<TsvTable> VocabularyFiles::Table(
    const std::string& name, const std::vector<std::string>& columns) const {
  const auto it = contents_.find(name);
  if (it == contents_.end()) {
    return ErrorAt(Path(name), 1, "the file is missing");
  }
  return ParseTsv(Path(name), it->second, columns);
}

std::string VocabularyFiles::Path(const std::string& name) const {
  return (fs::path(directory_) / name).string();
}

std::string VocabularyFiles::Version() const {
  std::string all;
  for (const auto& [name, content] : contents_) {
    absl::StrAppend(&all, name, "\n", content.size(), "\n", content);
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(all.data(), all.size(), digest, &size, EVP_sha256(), nullptr);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), 8));
}

}  // namespace attache
