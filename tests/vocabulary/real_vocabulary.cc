#include "tests/vocabulary/real_vocabulary.h"

#include <algorithm>

#include "common/text/token.h"

namespace attache {
namespace {

std::vector<const LexiconEntry*> EntriesOver(const Lexicon& lexicon,
                                             absl::string_view text) {
  const std::vector<Token> tokens = Tokenize(text);
  std::vector<const LexiconEntry*> entries;
  for (const LexiconMatch& match : lexicon.Match(tokens)) {
    if (match.begin == 0 && match.end == tokens.size()) {
      entries.push_back(match.entry);
    }
  }
  return entries;
}

}  // namespace

std::shared_ptr<const Vocabulary> RealVocabularyTest::vocabulary_;

void RealVocabularyTest::SetUpTestSuite() {
  if (vocabulary_ != nullptr) return;
  auto loaded = Vocabulary::Load(ATTACHE_SOURCE_DIR "/vocabulary");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  vocabulary_ = *loaded;
}

void RealVocabularyTest::SetUp() { ASSERT_NE(vocabulary_, nullptr); }

std::vector<std::string> RealVocabularyTest::IdsOf(EntryKind kind,
                                                   absl::string_view text,
                                                   absl::string_view language) {
  std::vector<std::string> ids;
  for (const LexiconEntry* entry :
       EntriesOver(*vocabulary_->LexiconOf(language), text)) {
    if (entry->kind == kind) ids.push_back(entry->id);
  }
  return ids;
}

std::vector<std::string> RealVocabularyTest::ValuesOf(
    EntryKind kind, absl::string_view id, absl::string_view text,
    absl::string_view language) {
  std::vector<std::string> values;
  for (const LexiconEntry* entry :
       EntriesOver(*vocabulary_->LexiconOf(language), text)) {
    if (entry->kind == kind && entry->id == id) {
      values.push_back(entry->qualifier);
    }
  }
  return values;
}

bool RealVocabularyTest::HasName(const VocabularyItem& item,
                                 absl::string_view language) {
  return std::any_of(item.names.begin(), item.names.end(),
                     [language](const VocabularyName& name) {
                       return name.language == language;
                     });
}

}  // namespace attache
