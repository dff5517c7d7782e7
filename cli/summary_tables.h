// How summaries are printed.
#ifndef ATTACHE_CLI_SUMMARY_TABLES_H_
#define ATTACHE_CLI_SUMMARY_TABLES_H_

#include <cstddef>
#include <ostream>
#include <string>

#include "attache/v1/trip_query_service.pb.h"

namespace attache::cli {

// What --by calls a dimension: "country", "event".
std::string DimensionWord(v1::Dimension dimension);

// A table a dimension, money rounded. `width` is that of a terminal, on which
// each bucket also has a bar; 0 elsewhere.
void PrintSummaryTables(std::ostream& out,
                        const v1::SummarizeTripRecordsResponse& response,
                        size_t width);

// A row a bucket with the money columns empty, then one a total of it, exact;
// `records` are those of the row. What is outside the buckets shown is a row
// without a key.
void PrintSummaryCsv(std::ostream& out,
                     const v1::SummarizeTripRecordsResponse& response);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_SUMMARY_TABLES_H_
