// A record of a segment as a message, for what is asked of it itself.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_PARSED_RECORD_H_
#define ATTACHE_QUERY_SERVICE_INDEX_PARSED_RECORD_H_

#include <cstdint>

#include "attache/v1/trip_record.pb.h"
#include "query_service/index/segment.h"

namespace attache {

// Parsed when first asked for, and once. Not thread-safe; lives no longer than
// the segment.
class ParsedRecord {
 public:
  // With `basic`, fields from kFirstFullField are left out.
  ParsedRecord(const Segment& segment, uint32_t doc, bool basic)
      : wire_(segment.wire(doc, basic)) {}

  // Empty where the bytes do not parse, which those in a segment do.
  const v1::TripRecord& message() const {
    if (!parsed_) {
      parsed_ = true;
      if (!message_.ParseFromArray(wire_.data(),
                                   static_cast<int>(wire_.size()))) {
        message_.Clear();
      }
    }
    return message_;
  }

 private:
  const absl::string_view wire_;
  mutable bool parsed_ = false;
  mutable v1::TripRecord message_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_PARSED_RECORD_H_
