#include "query_service/journal/stored_record.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace attache {

JournaledRecord ToJournaled(v1::TripRecord& record, int64_t revision,
                            absl::Time index_time) {
  record.set_revision(revision);
  const absl::Duration since_epoch = index_time - absl::UnixEpoch();
  const int64_t seconds =
      absl::ToInt64Seconds(absl::Floor(since_epoch, absl::Seconds(1)));
  record.mutable_index_time()->set_seconds(seconds);
  record.mutable_index_time()->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(since_epoch - absl::Seconds(seconds))));

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
