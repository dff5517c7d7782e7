#include "common/vocabulary/vocabulary.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "common/vocabulary/vocabulary_loader.h"

namespace attache {
namespace {

template <typename Item, typename Positions>
const Item* FindIn(const std::vector<Item>& items, const Positions& positions,
                   absl::string_view id) {
  const auto it = positions.find(id);
  return it == positions.end() ? nullptr : &items[it->second];
}

}  // namespace

const std::string& VocabularyItem::NameIn(absl::string_view language) const {
  const std::string* english = &id;
  for (const VocabularyName& name : names) {
    if (name.language == language) return name.name;
    if (name.language == "en") english = &name.name;
  }
  return *english;
}

absl::StatusOr<std::shared_ptr<const Vocabulary>> Vocabulary::Load(
    const std::string& directory) {
  return VocabularyLoader::Load(directory);
}

const Country* Vocabulary::FindCountry(absl::string_view alpha2) const {
  return FindIn(countries_, country_at_, alpha2);
}
const Region* Vocabulary::FindRegion(absl::string_view id) const {
  return FindIn(regions_, region_at_, id);
}
const Place* Vocabulary::FindPlace(absl::string_view id) const {
  return FindIn(places_, place_at_, id);
}
const VocabularyItem* Vocabulary::FindSector(absl::string_view id) const {
  return FindIn(sectors_, sector_at_, id);
}
const VocabularyItem* Vocabulary::FindObjective(absl::string_view id) const {
  return FindIn(objectives_, objective_at_, id);
}
const VocabularyItem* Vocabulary::FindEventSeries(absl::string_view id) const {
  return FindIn(event_series_, event_series_at_, id);
}
const VocabularyItem* Vocabulary::FindRole(absl::string_view id) const {
  return FindIn(roles_, role_at_, id);
}
const VocabularyItem* Vocabulary::FindOrganization(absl::string_view id) const {
  return FindIn(organizations_, organization_at_, id);
}
const Currency* Vocabulary::FindCurrency(absl::string_view code) const {
  return FindIn(currencies_, currency_at_, code);
}
const LanguageSettings* Vocabulary::FindLanguage(absl::string_view code) const {
  return FindIn(languages_, language_at_, code);
}

std::vector<std::string> Vocabulary::SectorWithChildren(
    absl::string_view sector_id) const {
  std::vector<std::string> ids;
  if (FindSector(sector_id) == nullptr) return ids;
  ids.emplace_back(sector_id);
  for (size_t i = 0; i < ids.size(); ++i) {
    for (const VocabularyItem& sector : sectors_) {
      if (sector.parent_id == ids[i]) ids.push_back(sector.id);
    }
  }
  return ids;
}

const Lexicon* Vocabulary::LexiconOf(absl::string_view language) const {
  const auto it = lexicons_.find(language);
  return it == lexicons_.end() ? nullptr : it->second.get();
}

std::string DefaultVocabularyDirectory() {
  namespace fs = std::filesystem;
  const char* const given = std::getenv("ATTACHE_VOCABULARY");
  if (given != nullptr && *given != '\0') return given;
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path installed =
        executable.parent_path().parent_path() / "share/attache/vocabulary";
    if (fs::is_directory(installed, error)) return installed.string();
  }
  return ATTACHE_VOCABULARY_SOURCE_DIR;
}

}  // namespace attache
