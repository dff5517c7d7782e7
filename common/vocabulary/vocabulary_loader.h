// Fills a Vocabulary from its files and checks that they agree. Internal to
// common/vocabulary; Vocabulary::Load is how others call it.
#ifndef ATTACHE_COMMON_VOCABULARY_VOCABULARY_LOADER_H_
#define ATTACHE_COMMON_VOCABULARY_VOCABULARY_LOADER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/lexicon.h"
#include "common/vocabulary/tsv.h"
#include "common/vocabulary/vocabulary.h"
#include "common/vocabulary/vocabulary_files.h"

namespace attache {

class VocabularyLoader {
 public:
  static absl::StatusOr<std::shared_ptr<const Vocabulary>> Load(
      const std::string& directory);

 private:
  using Positions = Vocabulary::Positions;

  // Names of one file, to tell one that stands for two ids.
  using IdsByName = absl::flat_hash_map<std::string, std::string>;

  // The values that each kind of a file may have; none for any.
  using ValuesByKind =
      absl::flat_hash_map<std::string, std::vector<std::string>>;

  // Sectors, objectives, event series, roles, organizations.
  struct ItemKind {
    std::string file;
    EntryKind entry = EntryKind::kCue;
    std::vector<VocabularyItem>* items = nullptr;
    Positions* positions = nullptr;
    NameIndex* names = nullptr;  // nullptr: nobody asks for them by name
  };

  explicit VocabularyLoader(VocabularyFiles files);

  // vocabulary_loader.cc: the files that all languages share.
  absl::Status LoadShared();
  absl::Status LoadCurrencies();
  absl::Status LoadCountries();
  absl::Status LoadRegions();
  absl::Status ResolveRegions(const TsvTable& table);
  absl::Status LoadPlaces();
  absl::Status LoadItems(const ItemKind& kind);
  absl::Status LoadKinds();

  // language_loader.cc: the files of one language.
  absl::Status LoadLanguage(const std::string& code);
  absl::Status LoadSettings(const std::string& code);
  absl::Status LoadCountryNames(const std::string& code);
  absl::Status LoadRegionNames(const std::string& code);
  absl::Status LoadPlaceNames(const std::string& code);
  // Every item has a name in English.
  absl::Status CheckNames();

  // phrase_loader.cc: what the parser looks for in texts of one language.
  absl::Status LoadItemPhrases(const ItemKind& kind, const std::string& code);
  absl::Status AddItemPhrases(const ItemKind& kind, const std::string& code,
                              const TsvTable& table);
  absl::Status LoadPhrases(const std::string& code);
  // That `entry`, of the language's file `name`, is of a kind and has a value
  // that kinds.tsv lists.
  absl::Status CheckKind(const TsvTable& table, const TsvRow& row,
                         const std::string& name,
                         const LexiconEntry& entry) const;
  absl::Status LoadPageWords(const std::string& code);
  absl::Status AddCurrencySigns();

  // The table of `code`/`name`; without rows where that file may be missing
  // and is.
  absl::StatusOr<TsvTable> LanguageTable(
      const std::string& code, const std::string& name,
      const std::vector<std::string>& columns) const;
  // A name or alias of `item`, which is not to stand for another of the file
  // too. `names` may be nullptr.
  absl::Status RecordName(const TsvTable& table, const TsvRow& row,
                          const std::string& code, bool is_name,
                          const std::string& name, VocabularyItem& item,
                          IdsByName& ids_by_name, NameIndex* names);
  // To the language's lexicon.
  absl::Status AddPattern(const TsvTable& table, const TsvRow& row,
                          const std::string& pattern, LexiconEntry entry);
  absl::Status AddName(const TsvTable& table, const TsvRow& row,
                       const std::string& name, LexiconEntry entry);

  VocabularyFiles files_;
  std::unique_ptr<Vocabulary> vocabulary_;
  std::vector<ItemKind> item_kinds_;
  absl::flat_hash_map<std::string, ValuesByKind> kinds_;  // by file
  std::unique_ptr<Lexicon::Builder> builder_;  // of the language being read
};

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_VOCABULARY_LOADER_H_
