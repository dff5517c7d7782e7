#include "query_service/index/id_table.h"

#include <bit>

#include "absl/hash/hash.h"

namespace attache {

void IdTable::Append(absl::string_view id) {
  bytes_.append(id.data(), id.size());
  ends_.push_back(static_cast<uint32_t>(bytes_.size()));
}

void IdTable::Freeze() {
  bytes_.shrink_to_fit();
  ends_.shrink_to_fit();
  const size_t count = ends_.size() - 1;
  slots_.assign(std::bit_ceil(2 * count + 1), 0);
  for (uint32_t doc = 0; doc < count; ++doc) {
    size_t slot = FirstSlot(id(doc));
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = doc + 1;
  }
}

std::optional<uint32_t> IdTable::FindFirst(absl::string_view key) const {
  for (size_t slot = FirstSlot(key); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    const uint32_t doc = slots_[slot] - 1;
    if (id(doc) == key) return doc;
  }
  return std::nullopt;
}

void IdTable::FindAll(absl::string_view key,
                      std::vector<uint32_t>& docs) const {
  for (size_t slot = FirstSlot(key); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    const uint32_t doc = slots_[slot] - 1;
    if (id(doc) == key) docs.push_back(doc);
  }
}

size_t IdTable::memory_bytes() const {
  return bytes_.capacity() +
         (ends_.capacity() + slots_.capacity()) * sizeof(uint32_t);
}

size_t IdTable::FirstSlot(absl::string_view id) const {
  return absl::Hash<absl::string_view>()(id) & (slots_.size() - 1);
}

}  // namespace attache
