// The fields of a TripRecord that a filter may name.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_FILTER_FIELD_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_FILTER_FIELD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "query_service/filter/filter.h"

namespace attache {

// What a field's values are compared as.
enum class FieldKind : uint8_t {
  kText,      // words and names as briefings have them
  kId,        // exact strings: ids, addresses, currency codes, labels
  kLanguage,  // BCP-47
  kCountry,
  kRegion,
  kSector,
  kObjective,
  kEventSeries,
  kEnum,
  kInteger,
  kNumber,
  kBool,
  kTime,  // google.protobuf.Timestamp
  kDate,  // PartialDate
  kMoney,
  kLabels,   // the map as a whole
  kMessage,  // any other message
};

struct FilterField {
  // From the message that the filter stands in to the field that it names.
  std::vector<const google::protobuf::FieldDescriptor*> path;
  // The key of one label; `path` then ends in the map.
  std::optional<std::string> label;
  FieldKind kind = FieldKind::kMessage;
  // Dotted, from TripRecord: "visits.dates.start".
  std::string name;

  const google::protobuf::FieldDescriptor& last() const { return *path.back(); }
};

// The field that `path` names in a message of type `in`, which stands in the
// field `within` of a TripRecord ("visits"; empty for the record itself).
// FILTER_INVALID where there is none, or one that nothing can be compared with,
// with the names that could stand there.
absl::StatusOr<FilterField> FindFilterField(
    const google::protobuf::Descriptor& in, absl::string_view within,
    absl::Span<const FilterText> path);

// "record_id, source, title".
std::string FilterFieldNames(const google::protobuf::Descriptor& in);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_FILTER_FIELD_H_
