// Small values of the passes as messages. Pure functions.
#ifndef ATTACHE_INGESTOR_EMIT_CONVERSIONS_H_
#define ATTACHE_INGESTOR_EMIT_CONVERSIONS_H_

#include <string>

#include "attache/v1/trip_record.pb.h"
#include "common/civil_date.h"
#include "ingestor/document.h"
#include "ingestor/emit/evidence_table.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/find_amounts.h"

namespace attache {

// In steps of 0.01, within 0 and 1.
float RoundConfidence(float confidence);

// The text of a span, no longer than a field may be.
std::string FieldText(const Document& document, TokenSpan span);

v1::TripStatus ToProto(TripStatus status);

// Leaves `out` unset where the range is empty and no words state it.
void SetDates(const Document& document, const DateRange& dates,
              const std::vector<TokenSpan>& spans, EvidenceTable& evidence,
              v1::DateRange* out);

void SetAmount(const Document& document, const AmountMention& amount,
               EvidenceTable& evidence, v1::Amount* out);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_EMIT_CONVERSIONS_H_
