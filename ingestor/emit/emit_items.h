// The items, amounts and tables of a record.
#ifndef ATTACHE_INGESTOR_EMIT_EMIT_ITEMS_H_
#define ATTACHE_INGESTOR_EMIT_EMIT_ITEMS_H_

#include "attache/v1/trip_record.pb.h"
#include "common/issue.h"
#include "ingestor/emit/emit_records.h"
#include "ingestor/emit/evidence_table.h"
#include "ingestor/emit/record_budget.h"

namespace attache {

void EmitItems(const Parsed& parsed, const std::vector<LinkedItem>& items,
               EvidenceTable& evidence, RecordBudget& budget,
               v1::TripRecord* record);

void EmitAmounts(const Parsed& parsed, EvidenceTable& evidence,
                 RecordBudget& budget, v1::TripRecord* record);

// Each with the rows that fit; the first that does not is an issue.
void EmitTables(const Document& document, EvidenceTable& evidence,
                RecordBudget& budget, v1::TripRecord* record,
                IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_EMIT_EMIT_ITEMS_H_
