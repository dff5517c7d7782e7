// What persons are looked up by, so that a text of many persons takes time in
// proportion to them.
#ifndef ATTACHE_INGESTOR_PASSES_PERSON_INDEX_H_
#define ATTACHE_INGESTOR_PASSES_PERSON_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace attache {

// Persons by something that they share: a word of the name or of the office, a
// state. Of those that share one thing it keeps the first kMostSharing. Not
// thread-safe.
class PersonsByKey {
 public:
  // Enough for every text that is none of a hostile hand.
  static constexpr size_t kMostSharing = 200;

  // A person who has the key already is not added again. O(kMostSharing).
  void Add(absl::string_view key, int person);

  // In the order in which they were added. O(1).
  const std::vector<int>& With(absl::string_view key) const;

 private:
  absl::flat_hash_map<std::string, std::vector<int>> persons_;
};

// Where the text has spoken of a person so far. Not thread-safe.
class MentionCount {
 public:
  // Headlines are read after the text below them, both from top to
  // bottom; in that order O(log mentions).
  void Add(uint32_t token, bool in_headline);

  // How many begin before `token`. O(log mentions).
  size_t Before(uint32_t token) const;

  // The first one; there must be one. O(1).
  uint32_t First() const;

 private:
  // Ascending.
  std::vector<uint32_t> in_text_;
  std::vector<uint32_t> in_headlines_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PERSON_INDEX_H_
