// From what the passes found to the messages of the contract.
#ifndef ATTACHE_INGESTOR_EMIT_EMIT_RECORDS_H_
#define ATTACHE_INGESTOR_EMIT_EMIT_RECORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "attache/v1/briefing.pb.h"
#include "attache/v1/trip_record.pb.h"
#include "common/issue.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/find_amounts.h"
#include "ingestor/passes/link_items.h"

namespace attache {

// All that the passes found in one briefing.
struct Parsed {
  const Document& document;
  const Findings& findings;
  const std::vector<AmountMention>& amounts;
  const std::vector<Trip>& trips;
  const std::vector<std::vector<LinkedItem>>& items;  // by trip
};

// One record a trip, numbered from 1; issues are left to the caller, as all of
// them are known only afterwards. A record stays below 1 MiB: tables, items and
// evidence beyond their budgets are left out with an issue TABLE_TOO_LARGE,
// ITEMS_LEFT_OUT or EVIDENCE_LEFT_OUT.
std::vector<v1::TripRecord> EmitRecords(const v1::Briefing& briefing,
                                        const Parsed& parsed,
                                        const Vocabulary& vocabulary,
                                        absl::string_view parser_version,
                                        IssueSink& issues);

// What the sink collected; a last one says how many more there were.
std::vector<v1::Issue> EmitIssues(const IssueSink& issues);

// SHA-256 of `bytes`, 32 bytes.
std::string Sha256(absl::string_view bytes);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_EMIT_EMIT_RECORDS_H_
