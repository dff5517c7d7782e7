// How lists of records are printed.
#ifndef ATTACHE_CLI_RECORD_LIST_H_
#define ATTACHE_CLI_RECORD_LIST_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "attache/v1/trip_query_service.pb.h"

namespace attache::cli {

// What was found, of one list or of several pages of it.
struct FoundRecords {
  std::vector<v1::TripRecord> records;
  int64_t total_size = 0;
  int64_t revision = 0;
};

// `format` is table, json, jsonl or csv. Standard output takes the records,
// and with table the line that says how many more there are.
void PrintRecords(const std::string& format, const FoundRecords& found);

// The parts of csv, for who does not hold all records at once.
void PrintCsvHeader(std::ostream& out);
void PrintCsvRecord(std::ostream& out, const v1::TripRecord& record);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_RECORD_LIST_H_
