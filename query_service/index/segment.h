// An immutable part of the index.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_H_
#define ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/index/columns.h"
#include "query_service/index/id_table.h"
#include "query_service/index/investments.h"
#include "query_service/index/postings.h"
#include "query_service/index/terms.h"

namespace attache {

// A column: the values by record, and the records that have one by value.
struct SegmentColumn {
  std::vector<ColumnValue> by_doc;
  std::vector<uint32_t> by_value;  // ascending; records without it left out

  // [begin, end) of by_value that holds the values low <= v <= high.
  // O(log records).
  std::pair<size_t, size_t> Range(ColumnValue low, ColumnValue high) const;
};

// The records of a segment in one order, and where each stands in it.
struct SegmentOrder {
  std::vector<uint32_t> docs;   // empty for kStartDesc, which is by number
  std::vector<uint32_t> ranks;  // likewise
};

// Records are numbered from 0 in answer order (Order::kStartDesc). Immutable
// once built; thread-safe. Built by SegmentBuilder and MergeSegments.
class Segment {
 public:
  uint32_t size() const { return static_cast<uint32_t>(places_.size()); }

  // The record as it goes on the wire; `basic` leaves fields from 100 out.
  absl::string_view wire(uint32_t doc, bool basic) const {
    const Place& place = places_[doc];
    return absl::string_view(*blocks_[place.block])
        .substr(place.offset, basic ? place.basic_bytes : place.bytes);
  }
  absl::string_view record_id(uint32_t doc) const {
    return record_ids_.id(doc);
  }
  absl::string_view briefing_id(uint32_t doc) const {
    return briefing_ids_.id(doc);
  }

  // About O(1).
  std::optional<uint32_t> FindRecord(absl::string_view record_id) const {
    return record_ids_.FindFirst(record_id);
  }
  void FindBriefing(absl::string_view briefing_id,
                    std::vector<uint32_t>& docs) const {
    briefing_ids_.FindAll(briefing_id, docs);
  }

  // In kRecord the numbers are records, in other spaces elements.
  const Postings& postings(TermSpace space) const {
    return postings_[static_cast<size_t>(space)];
  }
  // The record of each element, ascending; empty for kRecord.
  absl::Span<const uint32_t> parents(TermSpace space) const {
    return parents_[static_cast<size_t>(space)];
  }
  uint32_t element_count(TermSpace space) const {
    return space == TermSpace::kRecord
               ? size()
               : static_cast<uint32_t>(parents(space).size());
  }

  // By element of kInvestment.
  absl::Span<const InvestmentBounds> investments() const {
    return investments_;
  }

  const SegmentColumn& column(Column column) const {
    return columns_[static_cast<size_t>(column)];
  }

  // The record at `rank` in that order, and its inverse.
  uint32_t DocAt(Order order, uint32_t rank) const {
    const SegmentOrder& sorted = orders_[static_cast<size_t>(order)];
    return sorted.docs.empty() ? rank : sorted.docs[rank];
  }
  uint32_t RankOf(Order order, uint32_t doc) const {
    const SegmentOrder& sorted = orders_[static_cast<size_t>(order)];
    return sorted.ranks.empty() ? doc : sorted.ranks[doc];
  }
  // The value that `doc` is ordered by, smallest first.
  ColumnValue OrderValueOf(Order order, uint32_t doc) const {
    return OrderValue(order, column(ColumnOf(order)).by_doc[doc]);
  }
  // The first rank whose record comes after (value, record_id); size() where
  // none does. O(log records).
  uint32_t FirstRankAfter(Order order, ColumnValue value,
                          absl::string_view record_id) const;

  size_t memory_bytes() const { return memory_bytes_; }
  size_t record_bytes() const { return record_bytes_; }

 private:
  friend class SegmentAssembler;

  struct Place {
    uint32_t block;
    uint32_t offset;
    uint32_t bytes;
    uint32_t basic_bytes;
  };

  std::vector<std::unique_ptr<const std::string>> blocks_;
  std::vector<Place> places_;
  IdTable record_ids_;
  IdTable briefing_ids_;
  std::array<Postings, kTermSpaces> postings_;
  std::array<std::vector<uint32_t>, kTermSpaces> parents_;
  std::vector<InvestmentBounds> investments_;
  std::array<SegmentColumn, kColumns> columns_;
  std::array<SegmentOrder, kOrders> orders_;
  size_t memory_bytes_ = 0;
  size_t record_bytes_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_H_
