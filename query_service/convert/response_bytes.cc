#include "query_service/convert/response_bytes.h"

#include "attache/v1/trip_query_service.pb.h"
#include "query_service/query/pager.h"

namespace attache {
namespace {

static_assert(v1::ListTripRecordsResponse::kTripRecordsFieldNumber == 1);
static_assert(v1::BatchGetTripRecordsResponse::kTripRecordsFieldNumber == 1);
static_assert(v1::ExportTripRecordsResponse::kTripRecordsFieldNumber == 1);
constexpr char kRecordKey = 1 << 3 | 2;  // field 1, length-delimited

void AppendVarint(size_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) {
    out.push_back(static_cast<char>(value | 0x80));
  }
  out.push_back(static_cast<char>(value));
}

// The records as elements of field 1, and then `rest`, a message with the
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
    const absl::string_view wire = record.segment->wire(record.doc, basic);
    bytes.push_back(kRecordKey);
    AppendVarint(wire.size(), bytes);
    bytes.append(wire.data(), wire.size());
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
