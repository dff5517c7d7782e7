// How changes are printed, one a line.
#ifndef ATTACHE_CLI_WATCH_PRINTER_H_
#define ATTACHE_CLI_WATCH_PRINTER_H_

#include <ostream>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "attache/v1/trip_query_service.pb.h"

namespace attache::cli {

enum class WatchFormat { kLines, kJson };

// As lines, for people: "+" where a record is seen that was not before, "~"
// where it changed, "-" where it matches no longer; then the revision, the
// record id, its dates, the countries visited and the title.
//
// As JSON, for programs: a TripChange a line, and after the changes of each
// response that says so a WatchTripRecordsResponse without them, whose revision
// and indexId are what to go on from. Not thread-safe.
class WatchPrinter {
 public:
  WatchPrinter(std::ostream& out, WatchFormat format)
      : out_(out), format_(format) {}

  void Print(const v1::WatchTripRecordsResponse& response);

 private:
  void PrintLine(const v1::TripChange& change);

  std::ostream& out_;
  const WatchFormat format_;
  // Ids of what matches, as far as it was shown.
  absl::flat_hash_set<std::string> shown_;
};

}  // namespace attache::cli

#endif  // ATTACHE_CLI_WATCH_PRINTER_H_
