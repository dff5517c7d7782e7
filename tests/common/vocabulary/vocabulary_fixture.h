// A small vocabulary in a temporary folder, for tests to change and load.
#ifndef ATTACHE_TESTS_COMMON_VOCABULARY_VOCABULARY_FIXTURE_H_
#define ATTACHE_TESTS_COMMON_VOCABULARY_VOCABULARY_FIXTURE_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/vocabulary/vocabulary.h"
#include "tests/support/temp_directory.h"

namespace attache {

// Three countries, two languages, and a little of everything else. The folder
// goes when this does.
class VocabularyFixture {
 public:
  VocabularyFixture();
  VocabularyFixture(const VocabularyFixture&) = delete;
  VocabularyFixture& operator=(const VocabularyFixture&) = delete;

  // The content of "en/cues.tsv" and its like.
  std::string& File(const std::string& name) { return files_[name]; }
  // Adds a row.
  void Append(const std::string& name, const std::string& row);
  // Puts `with` in the place of `what`, which is to be there.
  void Replace(const std::string& name, const std::string& what,
               const std::string& with);
  void Remove(const std::string& name) { files_.erase(name); }

  // Writes the files and loads them.
  absl::StatusOr<std::shared_ptr<const Vocabulary>> Load();
  // The message of the error that Load gives, without the folder; "" for none.
  std::string Error();
  // Where Load writes them.
  const std::string& directory() const { return directory_.path(); }

 private:
  testing::TempDirectory directory_;
  std::map<std::string, std::string> files_;
};

}  // namespace attache

#endif  // ATTACHE_TESTS_COMMON_VOCABULARY_VOCABULARY_FIXTURE_H_
