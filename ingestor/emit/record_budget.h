// Keeps a record within what the services pass on, whatever the briefing.
#ifndef ATTACHE_INGESTOR_EMIT_RECORD_BUDGET_H_
#define ATTACHE_INGESTOR_EMIT_RECORD_BUDGET_H_

#include <cstddef>

namespace attache {

// Together these stay below kDefaultMaxRecordBytes, with room for the rest.
inline constexpr size_t kMaxItemBytes = 320 << 10;
inline constexpr size_t kMaxTableBytes = 256 << 10;
inline constexpr size_t kMaxEvidenceBytes = 256 << 10;
// Of one field of text.
inline constexpr size_t kMaxTextBytes = 4000;

class RecordBudget {
 public:
  // False where there is no room for that much more, and from then on.
  bool TakeItem(size_t bytes) { return Take(bytes, &items_, &items_cut_); }
  bool TakeTable(size_t bytes) { return Take(bytes, &tables_, &tables_cut_); }
  bool TakeEvidence(size_t bytes) {
    return Take(bytes, &evidence_, &evidence_cut_);
  }

  bool items_cut() const { return items_cut_; }
  bool evidence_cut() const { return evidence_cut_; }

 private:
  static bool Take(size_t bytes, size_t* left, bool* cut) {
    *cut = *cut || bytes > *left;
    if (!*cut) *left -= bytes;
    return !*cut;
  }

  size_t items_ = kMaxItemBytes;
  size_t tables_ = kMaxTableBytes;
  size_t evidence_ = kMaxEvidenceBytes;
  bool items_cut_ = false;
  bool tables_cut_ = false;
  bool evidence_cut_ = false;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_EMIT_RECORD_BUDGET_H_
