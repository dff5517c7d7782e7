// Names of one kind of thing (countries, sectors, objectives, event series) to
// ids, as people write them, with suggestions where none fits.
#ifndef ATTACHE_COMMON_VOCABULARY_NAME_INDEX_H_
#define ATTACHE_COMMON_VOCABULARY_NAME_INDEX_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace attache {

// Immutable and thread-safe once filled.
class NameIndex {
 public:
  // False where `name` already stands for another id; the first one stays.
  bool Add(absl::string_view name, absl::string_view id);

  // The id that `name` stands for. Case, accents and anything but letters and
  // digits aside (FoldToKey), so ids and names are looked up alike:
  // "energy_renewable", "Renewable energy". O(1).
  std::optional<std::string> Find(absl::string_view name) const;

  // At most `count` names, as they were added, nearest first (by edit distance,
  // then alphabetically), none that is unlike; each id once. O(names).
  std::vector<std::string> Nearest(absl::string_view name, size_t count) const;

 private:
  struct Entry {
    std::string name;
    std::string id;
  };
  absl::flat_hash_map<std::string, Entry> by_key_;
};

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_NAME_INDEX_H_
