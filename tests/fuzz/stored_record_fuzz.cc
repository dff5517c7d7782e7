// What the journal reads back and the index takes in: bytes that are a
// TripRecord become a record that says the same, any others are refused.
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "attache/v1/trip_record.pb.h"
#include "query_service/index/batch_builder.h"
#include "query_service/index/record_analyzer.h"
#include "query_service/journal/stored_record.h"
#include "tests/fuzz/require.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

// What is known of it, whatever the order of its fields was.
std::string Known(v1::TripRecord record) {
  record.DiscardUnknownFields();
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    record.SerializeToCodedStream(&coded);
  }
  return bytes;
}

v1::TripRecord ParsedOf(absl::string_view wire) {
  v1::TripRecord record;
  Require(record.ParseFromArray(wire.data(), static_cast<int>(wire.size())),
          "not readable as it is answered");
  return record;
}

// No field that only the FULL view has.
void RequireBasic(const v1::TripRecord& record) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  record.GetReflection()->ListFields(record, &fields);
  for (const auto* field : fields) {
    Require(field->number() < kFirstFullField,
            "in the BASIC view: " + field->name());
  }
}

void RequireIndexed(const Segment& segment, const v1::TripRecord& record) {
  Require(segment.size() == 1 && segment.record_id(0) == "fuzz#1",
          "another record");
  const absl::string_view full = segment.wire(0, /*basic=*/false);
  const absl::string_view basic = segment.wire(0, /*basic=*/true);
  Require(Known(ParsedOf(full)) == Known(record), "another content");
  Require(absl::StartsWith(full, basic), "BASIC is no prefix of FULL");
  RequireBasic(ParsedOf(basic));
}

void IndexAndKeep(const std::string& wire) {
  v1::TripRecord record;
  const bool readable = !wire.empty() && record.ParseFromString(wire);
  const std::vector<BriefingRecords> writes = {
      {.briefing_id = "fuzz", .records = {{"fuzz#1", wire}}}};
  const auto batch = BuildBatch(writes, SharedVocabulary());
  if (!readable) {
    Require(absl::IsInvalidArgument(batch.status()), "an unreadable record");
    return;
  }
  Require(batch.ok(), "refused: " + batch.status().ToString());
  Require(batch->segments.size() == 1, "not one segment");
  RequireIndexed(*batch->segments.front(), record);
  // As the journal keeps it, it is read back.
  const JournaledRecord journaled =
      ToJournaled(record, 7, absl::FromUnixSeconds(1));
  Require(Known(ParsedOf(journaled.wire)) == Known(record), "kept otherwise");
}

}  // namespace
}  // namespace attache

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  attache::IndexAndKeep(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
