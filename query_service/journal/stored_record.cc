#include "query_service/journal/stored_record.h"

#include "common/timestamp.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace attache {

JournaledRecord ToJournaled(v1::TripRecord& record, int64_t revision,
                            absl::Time index_time) {
  record.set_revision(revision);
  SetTimestamp(index_time, record.mutable_index_time());

  JournaledRecord journaled{.record_id = record.record_id(), .wire = {}};
  journaled.wire.reserve(record.ByteSizeLong());
  google::protobuf::io::StringOutputStream bytes(&journaled.wire);
  google::protobuf::io::CodedOutputStream coded(&bytes);
  coded.SetSerializationDeterministic(true);
  record.SerializeWithCachedSizes(&coded);
  coded.Trim();
  return journaled;
}

}  // namespace attache
