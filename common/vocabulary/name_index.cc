#include "common/vocabulary/name_index.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "common/text/fold.h"

namespace attache {
namespace {

// Insertions, deletions and replacements of bytes, and swaps of two that stand
// side by side; `limit` + 1 where it is more than `limit`.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) {
    return limit + 1;
  }
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1,
                         last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last.back(), limit + 1);
}

// A third of the letters may differ, and always one.
size_t LikenessLimit(absl::string_view a, absl::string_view b) {
  return std::max<size_t>(1, std::min(a.size(), b.size()) / 3);
}

}  // namespace

bool NameIndex::Add(absl::string_view name, absl::string_view id) {
  const auto [it, added] = by_key_.try_emplace(
      FoldToKey(name), Entry{std::string(name), std::string(id)});
  return added || it->second.id == id;
}

std::optional<std::string> NameIndex::Find(absl::string_view name) const {
  const auto it = by_key_.find(FoldToKey(name));
  if (it == by_key_.end()) return std::nullopt;
  return it->second.id;
}

std::vector<std::string> NameIndex::Nearest(absl::string_view name,
                                            size_t count) const {
  const std::string wanted = FoldToKey(name);
  std::vector<std::tuple<size_t, absl::string_view, absl::string_view>> near;
  if (!wanted.empty()) {
    for (const auto& [key, entry] : by_key_) {
      const size_t limit = LikenessLimit(wanted, key);
      const size_t distance = EditDistance(wanted, key, limit);
      if (distance <= limit) near.emplace_back(distance, entry.name, entry.id);
    }
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> names;
  std::vector<absl::string_view> seen;
  for (const auto& [distance, entry_name, id] : near) {
    if (names.size() == count) break;
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
    seen.push_back(id);
    names.emplace_back(entry_name);
  }
  return names;
}

}  // namespace attache
