// From the bytes of a record to what the index keeps of it.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_RECORD_ANALYZER_H_
#define ATTACHE_QUERY_SERVICE_INDEX_RECORD_ANALYZER_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_record.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/columns.h"
#include "query_service/index/investments.h"
#include "query_service/index/terms.h"
#include "query_service/index/word_forms.h"

namespace attache {

// The BASIC view of a record leaves out its fields from here on.
inline constexpr int kFirstFullField = 100;

// Fields 1 to 99 of `wire` first, so that they are a prefix; within both parts
// the fields keep their order. `wire` is given back as it is where it stands so
// already, as any serializer leaves it. INVALID_ARGUMENT where the bytes are no
// message.
struct SplitWire {
  std::string wire;
  size_t basic_bytes = 0;
};
absl::StatusOr<SplitWire> SplitBasic(absl::string_view wire);

struct AnalyzedRecord {
  SplitWire bytes;
  ColumnRow columns;
  // For each space its elements, for each element its terms: one element in
  // kRecord, one an objective, traveler or investment in the others. May repeat
  // a term.
  std::array<std::vector<std::vector<std::string>>, kTermSpaces> elements;
  // One an element of kInvestment.
  std::vector<InvestmentBounds> investments;
};

// Which terms a record has is decided here and nowhere else. Not thread-safe;
// one a thread.
class RecordAnalyzer {
 public:
  // The vocabulary outlives it.
  explicit RecordAnalyzer(const Vocabulary& vocabulary);

  // INVALID_ARGUMENT where the bytes are no TripRecord, or none.
  absl::StatusOr<AnalyzedRecord> Analyze(absl::string_view record_id,
                                         absl::string_view wire);

 private:
  WordForms forms_;
};

// The columns of a record. Where dates has one end only, the trip counts as
// that end's interval; dates without a year count as none.
ColumnRow ColumnsOf(const v1::TripRecord& record);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_RECORD_ANALYZER_H_
