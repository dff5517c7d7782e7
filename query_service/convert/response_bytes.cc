#include "query_service/convert/response_bytes.h"

#include "attache/v1/trip_query_service.pb.h"
#include "query_service/convert/delimited_field.h"
#include "query_service/query/pager.h"

namespace attache {
namespace {

// The records as elements of trip_records, and then `rest`, a message with the
// other fields.
template <typename Message>
std::string Assemble(absl::Span<const RecordLocation> records, bool basic,
                     const Message& rest) {
  size_t size = rest.ByteSizeLong();
  for (const RecordLocation& record : records) {
    size += BytesInResponse(record.segment->wire(record.doc, basic).size());
  }
  std::string bytes;
  bytes.reserve(size);
  for (const RecordLocation& record : records) {
    AppendDelimited<Message::kTripRecordsFieldNumber>(
        record.segment->wire(record.doc, basic), bytes);
  }
  rest.AppendToString(&bytes);
  return bytes;
}

}  // namespace

std::string ListResponseBytes(absl::Span<const RecordLocation> records,
                              bool basic, absl::string_view next_page_token,
                              uint64_t total, int64_t revision) {
  v1::ListTripRecordsResponse rest;
  rest.set_next_page_token(std::string(next_page_token));
  rest.set_total_size(static_cast<int64_t>(total));
  rest.set_revision(revision);
  return Assemble(records, basic, rest);
}

std::string BatchResponseBytes(absl::Span<const RecordLocation> records,
                               bool basic, int64_t revision,
                               const std::vector<std::string>& missing,
                               const std::vector<std::string>& deferred) {
  v1::BatchGetTripRecordsResponse rest;
  rest.set_revision(revision);
  for (const std::string& id : missing) rest.add_missing_record_ids(id);
  for (const std::string& id : deferred) rest.add_deferred_record_ids(id);
  return Assemble(records, basic, rest);
}

std::string ExportResponseBytes(absl::Span<const RecordLocation> records,
                                bool basic, absl::string_view next_page_token,
                                int64_t revision) {
  v1::ExportTripRecordsResponse rest;
  rest.set_revision(revision);
  rest.set_next_page_token(std::string(next_page_token));
  return Assemble(records, basic, rest);
}

}  // namespace attache
