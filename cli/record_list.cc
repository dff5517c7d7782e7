#include "cli/record_list.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "cli/card.h"
#include "cli/json.h"
#include "cli/terminal.h"

namespace attache::cli {
namespace {

template <typename Items, typename Get>
std::string JoinEach(const Items& items, Get get) {
  std::vector<std::string> parts;
  for (const auto& item : items) {
    std::string part = get(item);
    if (!part.empty() &&
        std::find(parts.begin(), parts.end(), part) == parts.end()) {
      parts.push_back(std::move(part));
    }
  }
  return absl::StrJoin(parts, "; ");
}

std::string Visits(const v1::TripRecord& record) {
  std::vector<std::string> codes;
  for (const auto& visit : record.visits())
    codes.push_back(visit.country_code());
  return absl::StrJoin(codes, " ");
}

void PrintAsTable(const FoundRecords& found) {
  std::vector<Row> rows;
  for (const auto& record : found.records) {
    rows.push_back({FormatDates(record.dates()), FormatStatus(record.status()),
                    Visits(record), record.title(), record.record_id()});
  }
  if (!rows.empty()) {
    PrintTable(std::cout, {"DATES", "STATUS", "VISITS", "TRIP", "RECORD"}, rows,
               TerminalWidth());
  }
  const auto shown = static_cast<int64_t>(found.records.size());
  if (found.total_size == 0) {
    std::cout << "No records match.\n";
  } else if (shown < found.total_size) {
    std::cout << absl::StreamFormat(
        "%d of %d records; --limit %d shows more, --all shows all\n", shown,
        found.total_size, std::min<int64_t>(found.total_size, shown * 4));
  } else {
    std::cout << shown << (shown == 1 ? " record\n" : " records\n");
  }
}

}  // namespace

void PrintCsvHeader(std::ostream& out) {
  PrintCsvRow(out, {"record_id", "title", "status", "dates", "travelers",
                    "visits", "sectors", "objectives", "events", "publisher",
                    "publish_time", "uri", "confidence"});
}

void PrintCsvRecord(std::ostream& out, const v1::TripRecord& record) {
  const v1::Source& source = record.source();
  PrintCsvRow(
      out,
      {record.record_id(), record.title(), FormatStatus(record.status()),
       FormatDates(record.dates()),
       JoinEach(record.travelers(), [](const auto& t) { return t.name(); }),
       Visits(record),
       JoinEach(record.sectors(), [](const auto& s) { return s.sector_id(); }),
       JoinEach(record.objectives(),
                [](const auto& o) { return o.objective_id(); }),
       JoinEach(record.events(), [](const auto& e) { return e.name(); }),
       source.publisher(),
       source.has_publish_time()
           ? absl::FormatTime(
                 absl::RFC3339_sec,
                 absl::FromUnixSeconds(source.publish_time().seconds()),
                 absl::UTCTimeZone())
           : "",
       source.uri(), absl::StrCat(record.extraction().confidence())});
}

void PrintRecords(const std::string& format, const FoundRecords& found) {
  if (format == "table") {
    PrintAsTable(found);
  } else if (format == "csv") {
    PrintCsvHeader(std::cout);
    for (const auto& record : found.records) PrintCsvRecord(std::cout, record);
  } else if (format == "jsonl") {
    for (const auto& record : found.records) {
      std::cout << ToJson(record, JsonForm::kOneLine);
    }
  } else {
    v1::ListTripRecordsResponse response;
    for (const auto& record : found.records)
      *response.add_trip_records() = record;
    response.set_total_size(found.total_size);
    response.set_revision(found.revision);
    std::cout << ToJson(response, JsonForm::kIndented);
  }
}

}  // namespace attache::cli
