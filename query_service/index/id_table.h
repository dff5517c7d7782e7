// Ids of a segment's records, and where each is found.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_ID_TABLE_H_
#define ATTACHE_QUERY_SERVICE_INDEX_ID_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attache {

// One id a record; several records may have the same. An open-addressed table
// of 8 to 16 bytes a record beside the ids themselves. Not thread-safe while it
// is filled; immutable after Freeze.
class IdTable {
 public:
  // The id of the next record.
  void Append(absl::string_view id);
  // Call once, after the last Append and before the first Find.
  void Freeze();

  absl::string_view id(uint32_t doc) const {
    return absl::string_view(bytes_).substr(ends_[doc],
                                            ends_[doc + 1] - ends_[doc]);
  }

  // About O(1), and O(records with that id).
  std::optional<uint32_t> FindFirst(absl::string_view id) const;
  void FindAll(absl::string_view id, std::vector<uint32_t>& docs) const;

  size_t memory_bytes() const;

 private:
  size_t FirstSlot(absl::string_view id) const;

  std::string bytes_;
  std::vector<uint32_t> ends_ = {0};
  std::vector<uint32_t> slots_;  // record + 1; 0 is free
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_ID_TABLE_H_
