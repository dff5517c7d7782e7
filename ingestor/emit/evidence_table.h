// The evidence of one record: each place of the text once.
#ifndef ATTACHE_INGESTOR_EMIT_EVIDENCE_TABLE_H_
#define ATTACHE_INGESTOR_EMIT_EVIDENCE_TABLE_H_

#include <cstdint>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_record.pb.h"
#include "ingestor/document.h"
#include "ingestor/emit/record_budget.h"

namespace attache {

// Counts UTF-16 units up to any byte of a text. O(n) to build, then O(1).
class Utf16Counter {
 public:
  explicit Utf16Counter(absl::string_view text);
  // REQUIRES: `byte` stands on a character's boundary.
  uint32_t UnitsBefore(uint32_t byte) const;

 private:
  absl::string_view text_;
  std::vector<uint32_t> checkpoints_;
};

// Not thread-safe; one record owns it.
class EvidenceTable {
 public:
  // `text` and `title` count the document's text and given title.
  EvidenceTable(const Document& document, const Utf16Counter& text,
                const Utf16Counter& title, RecordBudget& budget,
                v1::TripRecord* record);

  // Adds the index of the span's evidence to `indexes`, once; nothing where
  // the record has no room left, or one fact has a hundred already.
  void Cite(TokenSpan span, google::protobuf::RepeatedField<uint32_t>* indexes);
  void CiteRange(TextRange range, bool in_title, uint32_t section,
                 google::protobuf::RepeatedField<uint32_t>* indexes);

 private:
  const Document& document_;
  const Utf16Counter& text_;
  const Utf16Counter& title_;
  RecordBudget& budget_;
  v1::TripRecord* record_;
  absl::flat_hash_map<std::tuple<bool, uint32_t, uint32_t>, uint32_t> known_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_EMIT_EVIDENCE_TABLE_H_
