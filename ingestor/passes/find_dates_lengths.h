// Lengths of time that are told without their ends: "a two-day visit".
#ifndef ATTACHE_INGESTOR_PASSES_FIND_DATES_LENGTHS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_DATES_LENGTHS_H_

#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/find_dates.h"
#include "ingestor/passes/find_dates_words.h"

namespace attache {

// In text order. Of a trip ("visita de três dias") surer than of anything else
// ("a two-day conference", "for two days").
std::vector<DateMention> FindLengths(const Document& document,
                                     const DateWords& words, TokenSpan unit);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_DATES_LENGTHS_H_
