#include "cli/watch_printer.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/card.h"
#include "cli/json.h"
#include "cli/terminal.h"

namespace attache::cli {

void WatchPrinter::Print(const v1::WatchTripRecordsResponse& response) {
  for (const v1::TripChange& change : response.changes()) {
    if (format_ == WatchFormat::kLines) {
      PrintLine(change);
    } else {
      out_ << ToJson(change, JsonForm::kOneLine);
    }
  }
  if (format_ == WatchFormat::kJson &&
      (response.revision() != 0 || response.synced())) {
    v1::WatchTripRecordsResponse mark;
    mark.set_revision(response.revision());
    mark.set_synced(response.synced());
    mark.set_index_id(response.index_id());
    out_ << ToJson(mark, JsonForm::kOneLine);
  }
  out_.flush();
}

void WatchPrinter::PrintLine(const v1::TripChange& change) {
  const v1::TripRecord& record = change.trip_record();
  const std::string id = Printable(record.record_id());
  if (change.kind() == v1::TripChange::KIND_REMOVED) {
    shown_.erase(record.record_id());
    out_ << "- " << change.revision() << ' ' << id << '\n';
    return;
  }
  const bool is_new = shown_.insert(record.record_id()).second;
  out_ << (is_new ? "+ " : "~ ") << change.revision() << ' ' << id;
  std::vector<std::string> countries;
  for (const auto& visit : record.visits()) {
    countries.push_back(visit.country_code());
  }
  for (const std::string& part :
       {FormatDates(record.dates()), absl::StrJoin(countries, " "),
        record.title()}) {
    if (!part.empty()) out_ << "  " << Printable(part);
  }
  out_ << '\n';
}

}  // namespace attache::cli
