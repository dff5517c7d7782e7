#include "query_service/convert/watch_bytes.h"

#include <utility>

#include "attache/v1/trip_query_service.pb.h"
#include "query_service/convert/delimited_field.h"

namespace attache {
namespace {

SharedChange Change(v1::TripChange::Kind kind, absl::string_view record_wire,
                    int64_t revision) {
  v1::TripChange rest;
  rest.set_kind(kind);
  rest.set_revision(revision);
  std::string change = rest.SerializeAsString();
  change.reserve(change.size() + record_wire.size() + kMaxDelimiterBytes);
  AppendDelimited<v1::TripChange::kTripRecordFieldNumber>(record_wire, change);
  std::string element;
  element.reserve(change.size() + kMaxDelimiterBytes);
  AppendDelimited<v1::WatchTripRecordsResponse::kChangesFieldNumber>(change,
                                                                     element);
  return std::make_shared<const std::string>(std::move(element));
}

}  // namespace

SharedChange UpsertedChange(absl::string_view wire, int64_t revision) {
  return Change(v1::TripChange::KIND_UPSERTED, wire, revision);
}

SharedChange RemovedChange(absl::string_view record_id, int64_t revision) {
  v1::TripRecord record;
  record.set_record_id(std::string(record_id));
  return Change(v1::TripChange::KIND_REMOVED, record.SerializeAsString(),
                revision);
}

std::string WatchResponseBytes(int64_t revision, bool synced,
                               absl::string_view index_id,
                               absl::Span<const SharedChange> changes) {
  v1::WatchTripRecordsResponse rest;
  rest.set_revision(revision);
  rest.set_synced(synced);
  rest.set_index_id(std::string(index_id));
  std::string bytes = rest.SerializeAsString();
  size_t size = bytes.size();
  for (const SharedChange& change : changes) size += change->size();
  bytes.reserve(size);
  for (const SharedChange& change : changes) bytes.append(*change);
  return bytes;
}

}  // namespace attache
