// The last step of making a segment, shared by SegmentBuilder and
// MergeSegments.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_ASSEMBLER_H_
#define ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_ASSEMBLER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query_service/index/segment.h"

namespace attache {

// Not thread-safe.
class SegmentAssembler {
 public:
  SegmentAssembler();

  // Records come in answer order: Order::kStartDesc, ties by record_id.
  void AddRecord(absl::string_view record_id, absl::string_view briefing_id,
                 absl::string_view wire, size_t basic_bytes,
                 const ColumnRow& columns);
  void SetPostings(TermSpace space, Postings postings);
  // The record of each element, ascending.
  void SetParents(TermSpace space, std::vector<uint32_t> parents);
  // One an element of kInvestment.
  void SetInvestments(std::vector<InvestmentBounds> investments);

  // O(n log n) for the orders. Call once.
  std::shared_ptr<const Segment> Build();

 private:
  void FlushBlock();
  void SortColumns();
  void SortOrders();

  std::shared_ptr<Segment> segment_;
  std::string block_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_ASSEMBLER_H_
