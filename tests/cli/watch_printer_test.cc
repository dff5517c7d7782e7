#include "cli/watch_printer.h"

#include <sstream>

#include "gtest/gtest.h"

namespace attache::cli {
namespace {

void Add(v1::WatchTripRecordsResponse& response, v1::TripChange::Kind kind,
         const std::string& id, int64_t revision) {
  auto& change = *response.add_changes();
  change.set_kind(kind);
  change.set_revision(revision);
  change.mutable_trip_record()->set_record_id(id);
  if (kind == v1::TripChange::KIND_REMOVED) return;
  auto& record = *change.mutable_trip_record();
  record.set_title("A trip\nto Brazil");
  record.add_visits()->set_country_code("BR");
  record.add_visits()->set_country_code("PE");
  record.mutable_dates()->mutable_start()->set_year(2024);
  record.mutable_dates()->mutable_end()->set_year(2024);
}

v1::WatchTripRecordsResponse Changes() {
  v1::WatchTripRecordsResponse response;
  Add(response, v1::TripChange::KIND_UPSERTED, "a#1", 4);
  Add(response, v1::TripChange::KIND_UPSERTED, "a#1", 5);
  Add(response, v1::TripChange::KIND_REMOVED, "a#1", 6);
  Add(response, v1::TripChange::KIND_UPSERTED, "a#1", 7);
  response.set_revision(7);
  response.set_index_id("index");
  return response;
}

TEST(WatchPrinter, PrintsALineAChange) {
  std::ostringstream out;
  WatchPrinter printer(out, WatchFormat::kLines);
  printer.Print(Changes());
  EXPECT_EQ(out.str(),
            "+ 4 a#1  2024  BR PE  A trip to Brazil\n"
            "~ 5 a#1  2024  BR PE  A trip to Brazil\n"
            "- 6 a#1\n"
            "+ 7 a#1  2024  BR PE  A trip to Brazil\n");
}

TEST(WatchPrinter, PrintsJsonAndWhatToGoOnFrom) {
  std::ostringstream out;
  WatchPrinter printer(out, WatchFormat::kJson);
  v1::WatchTripRecordsResponse response;
  Add(response, v1::TripChange::KIND_REMOVED, "a#1", 6);
  printer.Print(response);
  response.clear_changes();
  response.set_revision(7);
  response.set_synced(true);
  response.set_index_id("index");
  printer.Print(response);
  EXPECT_EQ(out.str(),
            "{\"kind\":\"KIND_REMOVED\",\"tripRecord\":{\"recordId\":\"a#1\"},"
            "\"revision\":\"6\"}\n"
            "{\"revision\":\"7\",\"synced\":true,\"indexId\":\"index\"}\n");
}

}  // namespace
}  // namespace attache::cli
