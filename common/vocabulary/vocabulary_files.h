// The files of a vocabulary's folder. Internal to common/vocabulary.
#ifndef ATTACHE_COMMON_VOCABULARY_VOCABULARY_FILES_H_
#define ATTACHE_COMMON_VOCABULARY_VOCABULARY_FILES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/tsv.h"

namespace attache {

// Immutable once read.
class VocabularyFiles {
 public:
  // Reads every .tsv of the folder, and of the sub-folders that hold a
  // language.tsv. INVALID_ARGUMENT where one cannot be read, or where README.md
  // knows no file of that name (a misspelt name would pass unseen).
  static absl::StatusOr<VocabularyFiles> Read(const std::string& directory);

  // `name` is relative to the folder: "en/cues.tsv".
  bool Has(const std::string& name) const { return contents_.contains(name); }

  // INVALID_ARGUMENT where the file is missing or broken (ParseTsv).
  absl::StatusOr<TsvTable> Table(const std::string& name,
                                 const std::vector<std::string>& columns) const;

  // The name of `name` in errors.
  std::string Path(const std::string& name) const;

  // The languages' codes: English first, then alphabetically.
  const std::vector<std::string>& languages() const { return languages_; }

  // 16 hex digits of a SHA-256 over names and contents.
  std::string Version() const;

 private:
  std::string directory_;
  std::map<std::string, std::string> contents_;
  std::vector<std::string> languages_;
};

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_VOCABULARY_FILES_H_
