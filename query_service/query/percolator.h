// Which of many standing queries a few new records may satisfy.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_PERCOLATOR_H_
#define ATTACHE_QUERY_SERVICE_QUERY_PERCOLATOR_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "query_service/index/segment.h"
#include "query_service/query/query.h"

namespace attache {

// What a segment can be asked for by key: a term of one of its spaces, a
// record id, a briefing id.
struct RequiredKey {
  enum class Table : uint8_t {
    kRecordTerm,  // the term spaces, in their order
    kObjectiveTerm,
    kTravelerTerm,
    kInvestmentTerm,
    kRecordId,
    kBriefingId,
  };
  Table table = Table::kRecordTerm;
  std::string key;

  bool operator==(const RequiredKey&) const = default;
};
inline constexpr size_t kRequiredKeyTables = 6;
static_assert(kRequiredKeyTables == kTermSpaces + 2);

// Keys of which every record that satisfies the query has one at least: of an
// And those of the part with the fewest (of equals the first, so that a planned
// query is found by its rarest), of an Or those of all parts. Empty where no
// record satisfies it; nullopt where nothing is required, as of a range or of
// what is negated.
std::optional<std::vector<RequiredKey>> RequiredKeys(const Query& query);

// Standing queries by their required keys, so that what a write costs depends
// on what stands in it and on the queries that ask for that, not on how many
// there are. Queries that require nothing are candidates always. Not
// thread-safe.
class Percolator {
 public:
  using Id = uint64_t;

  // REQUIRES: `id` is not held.
  void Add(Id id, const Query& query);
  void Remove(Id id);

  // Every query that a record of the segment may satisfy, each once, in no
  // order. O(terms of the segment + candidates).
  std::vector<Id> Candidates(const Segment& segment) const;

  size_t size() const { return keys_.size(); }

 private:
  using Ids = absl::flat_hash_set<Id>;

  std::array<absl::flat_hash_map<std::string, Ids>, kRequiredKeyTables> tables_;
  Ids always_;
  // What Remove has to look for; nullopt for those in always_.
  absl::flat_hash_map<Id, std::optional<std::vector<RequiredKey>>> keys_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_PERCOLATOR_H_
