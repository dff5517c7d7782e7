// One stream of ExportTripRecords, apart from gRPC.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_RECORD_EXPORT_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_RECORD_EXPORT_H_

#include <memory>
#include <optional>
#include <string>

#include "query_service/convert/page_token.h"
#include "query_service/query/exporter.h"
#include "query_service/query/snapshot_pins.h"

namespace attache {

// Makes one response after the other and holds what their tokens go on with:
// the snapshot, for as long as it lives itself and the lifetime of the pins
// afterwards. Not thread-safe.
class RecordExport {
 public:
  // What a token is sealed with. `codec` and `pins` outlive the export.
  struct Tokens {
    const PageTokenCodec& codec;
    SnapshotPins& pins;
    std::string index_id;
    std::string fingerprint;
  };

  RecordExport(std::shared_ptr<const Snapshot> snapshot, const ExportPlan& plan,
               Tokens tokens);

  struct Response {
    std::string bytes;  // an ExportTripRecordsResponse
    bool last = false;
  };
  // REQUIRES: none was the last.
  Response Next();

 private:
  // For the next stream, which begins after that record.
  std::string TokenAfter(const RecordLocation& record);

  const bool basic_;
  const Tokens tokens_;
  Exporter exporter_;
  // Set with the first token: what fits into one response is not come back for.
  std::optional<SnapshotPins::Hold> hold_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_RECORD_EXPORT_H_
