// A sum over all records that the journal holds, by which a record that is
// lost, altered or there twice is noticed. SQLite has no checksums of its own.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_RECORD_SUM_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_RECORD_SUM_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attache {

// Does not depend on the order. Of files that fail, not of people who forge.
class RecordSum {
 public:
  void Add(absl::string_view briefing_id, absl::string_view record_id,
           absl::string_view wire);
  void Remove(absl::string_view briefing_id, absl::string_view record_id,
              absl::string_view wire);
  // Of what `change` added and removed.
  void Apply(const RecordSum& change) { value_ += change.value_; }

  // As it is kept with the journal, with the revision that it is of. nullopt
  // where `text` is no sum of that revision: a program that keeps none has
  // written since.
  std::string ToText(int64_t revision) const;
  static std::optional<RecordSum> FromText(absl::string_view text,
                                           int64_t revision);

  bool operator==(const RecordSum&) const = default;

 private:
  uint64_t value_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_RECORD_SUM_H_
