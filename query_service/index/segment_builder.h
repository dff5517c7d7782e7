// Makes a segment of new records.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_BUILDER_H_
#define ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_BUILDER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/record_analyzer.h"
#include "query_service/index/segment.h"

namespace attache {

// Not thread-safe. What it holds while it fills is a small multiple of the
// records: a caller with very many makes several segments.
class SegmentBuilder {
 public:
  // The vocabulary outlives it.
  explicit SegmentBuilder(const Vocabulary& vocabulary);

  // REQUIRES: no record of that id was added before. INVALID_ARGUMENT where
  // the bytes are no TripRecord; nothing is added then.
  absl::Status Add(absl::string_view briefing_id, absl::string_view record_id,
                   absl::string_view wire);

  // Call once. REQUIRES: one record at least.
  std::shared_ptr<const Segment> Build() &&;

 private:
  struct Record {
    std::string record_id;
    std::string briefing_id;
    SplitWire bytes;
    ColumnRow columns;
    // The elements of the record in each space, [begin, end).
    std::array<uint32_t, kTermSpaces> begin;
    std::array<uint32_t, kTermSpaces> end;
  };
  // Terms are numbered as they come; elements list those numbers.
  struct Space {
    absl::flat_hash_map<std::string, uint32_t> numbers;
    std::vector<uint32_t> terms;
    std::vector<size_t> element_ends = {0};
  };

  static Postings BuildPostings(const Space& space,
                                const std::vector<uint32_t>& element_order);

  RecordAnalyzer analyzer_;
  std::vector<Record> records_;
  std::array<Space, kTermSpaces> spaces_;
  std::vector<InvestmentBounds> investments_;  // by element of kInvestment
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_SEGMENT_BUILDER_H_
