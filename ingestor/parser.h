// From a briefing to the records of the trips that it reports.
#ifndef ATTACHE_INGESTOR_PARSER_H_
#define ATTACHE_INGESTOR_PARSER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/briefing.pb.h"
#include "attache/v1/trip_record.pb.h"
#include "common/vocabulary/vocabulary.h"

namespace attache {

// Changes whenever the same briefing may give another record.
absl::string_view ParserVersion();

struct ParseResult {
  // "<briefing_id>#<n>" with n from 1 in order; the ingestor's store gives a
  // trip its lasting n. revision and index_time are unset. Empty where the
  // briefing reports no official trip abroad.
  std::vector<v1::TripRecord> records;
  // As in each record's Extraction, also where there is no record.
  std::vector<v1::Issue> issues;
  // The UTF-8 text that the evidence counts in.
  std::string text;
};

// Pure: no clock, no I/O, no globals; the same bytes under the same versions
// give the same result. Thread-safe. Non-OK (an error of common/error.h) only
// where the content is empty, in no charset that can be read, or of a media
// type that is not known; ids, sizes and labels are the caller's to check.
absl::StatusOr<ParseResult> Parse(const v1::Briefing& briefing,
                                  const Vocabulary& vocabulary);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PARSER_H_
