// Persons in the order in which they were added, each once.
#ifndef ATTACHE_INGESTOR_PASSES_PERSON_LIST_H_
#define ATTACHE_INGESTOR_PASSES_PERSON_LIST_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace attache {

// Of indexes into Findings::people. Add and Has are O(1).
class PersonList {
 public:
  PersonList() = default;
  explicit PersonList(const std::vector<uint32_t>& persons) { AddAll(persons); }

  // Whether the person was not there before.
  bool Add(uint32_t person) {
    if (!known_.insert(person).second) return false;
    persons_.push_back(person);
    return true;
  }

  template <typename Persons>
  void AddAll(const Persons& persons) {
    for (const uint32_t person : persons) Add(person);
  }

  bool Has(uint32_t person) const { return known_.contains(person); }

  // Whether one of `persons` is in the list.
  bool HasAny(const std::vector<uint32_t>& persons) const {
    for (const uint32_t person : persons) {
      if (Has(person)) return true;
    }
    return false;
  }

  bool empty() const { return persons_.empty(); }
  uint32_t front() const { return persons_.front(); }
  std::vector<uint32_t>::const_iterator begin() const {
    return persons_.begin();
  }
  std::vector<uint32_t>::const_iterator end() const { return persons_.end(); }
  const std::vector<uint32_t>& persons() const { return persons_; }

 private:
  std::vector<uint32_t> persons_;
  absl::flat_hash_set<uint32_t> known_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PERSON_LIST_H_
