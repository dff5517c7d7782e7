// The vocabulary that the project ships, for the tests of its data.
#ifndef ATTACHE_TESTS_VOCABULARY_REAL_VOCABULARY_H_
#define ATTACHE_TESTS_VOCABULARY_REAL_VOCABULARY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"
#include "gtest/gtest.h"

namespace attache {

inline constexpr const char* kLanguages[] = {"en", "es", "pt", "fr"};

// Loads the vocabulary of the source tree once a program.
class RealVocabularyTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  void SetUp() override;

  // The ids of that kind whose phrase covers all of `text`, in the order of
  // their files.
  static std::vector<std::string> IdsOf(EntryKind kind, absl::string_view text,
                                        absl::string_view language);
  // Likewise the qualifiers of the entries with that id.
  static std::vector<std::string> ValuesOf(EntryKind kind, absl::string_view id,
                                           absl::string_view text,
                                           absl::string_view language);

  // Whether `item` has a name of its own in that language.
  static bool HasName(const VocabularyItem& item, absl::string_view language);

  static std::shared_ptr<const Vocabulary> vocabulary_;
};

}  // namespace attache

#endif  // ATTACHE_TESTS_VOCABULARY_REAL_VOCABULARY_H_
