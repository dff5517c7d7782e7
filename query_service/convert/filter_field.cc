#include "query_service/convert/filter_field.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "query_service/filter/parse_filter.h"

namespace attache {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Positions in TripRecord.evidence, and digests: no person filters by them.
bool IsOpaque(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_BYTES ||
         (field.name() == "evidence" &&
          field.type() == FieldDescriptor::TYPE_UINT32);
}

FieldKind StringKind(absl::string_view name) {
  static constexpr absl::string_view kIds[] = {
      "record_id",      "briefing_id",        "uri",  "media_type",   "role_id",
      "parser_version", "vocabulary_version", "code", "currency_code"};
  if (name == "country_code" || name == "country_codes") {
    return FieldKind::kCountry;
  }
  if (name == "region_id") return FieldKind::kRegion;
  if (name == "sector_id" || name == "sector_ids") return FieldKind::kSector;
  if (name == "objective_id") return FieldKind::kObjective;
  if (name == "series_id") return FieldKind::kEventSeries;
  if (name == "language_code") return FieldKind::kLanguage;
  const bool id =
      std::find(std::begin(kIds), std::end(kIds), name) != std::end(kIds);
  return id ? FieldKind::kId : FieldKind::kText;
}

FieldKind MessageKind(const FieldDescriptor& field) {
  if (field.is_map()) return FieldKind::kLabels;
  const std::string& name = field.message_type()->full_name();
  if (name == "google.protobuf.Timestamp") return FieldKind::kTime;
  if (name == "attache.v1.PartialDate") return FieldKind::kDate;
  if (name == "attache.v1.Money") return FieldKind::kMoney;
  return FieldKind::kMessage;
}

FieldKind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageKind(field);
    case FieldDescriptor::CPPTYPE_STRING:
      return StringKind(field.name());
    case FieldDescriptor::CPPTYPE_ENUM:
      return FieldKind::kEnum;
    case FieldDescriptor::CPPTYPE_BOOL:
      return FieldKind::kBool;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return FieldKind::kNumber;
    default:
      return FieldKind::kInteger;
  }
}

std::string Joined(absl::string_view prefix, absl::string_view name) {
  return prefix.empty() ? std::string(name) : absl::StrCat(prefix, ".", name);
}

}  // namespace

std::string FilterFieldNames(const Descriptor& in) {
  std::vector<std::string> names;
  for (int i = 0; i < in.field_count(); ++i) {
    if (!IsOpaque(*in.field(i))) names.push_back(in.field(i)->name());
  }
  return absl::StrJoin(names, ", ");
}

absl::StatusOr<FilterField> FindFilterField(const Descriptor& in,
                                            absl::string_view within,
                                            absl::Span<const FilterText> path) {
  FilterField found;
  found.name = std::string(within);
  const Descriptor* message = &in;
  for (const FilterText& name : path) {
    if (!found.path.empty() && found.kind == FieldKind::kLabels &&
        !found.label) {
      // Whole keys: an asterisk is one, escaped or not.
      found.label = absl::StrReplaceAll(name.text, {{"\\*", "*"}});
      found.kind = FieldKind::kId;
      found.name = Joined(found.name, *found.label);
      continue;
    }
    if (message == nullptr) {
      return FilterError(
          name.span.begin,
          absl::StrCat(found.name, " has no fields, so none called \"",
                       name.text, "\""),
          found.label
              ? "a comparator after the key; one with dots goes into quotes"
              : "a comparator after the field");
    }
    const FieldDescriptor* field = message->FindFieldByName(name.text);
    if (field == nullptr) {
      return FilterError(
          name.span.begin,
          absl::StrCat(found.name.empty() ? "a record" : found.name,
                       " has no field \"", name.text, "\""),
          absl::StrCat("one of ", FilterFieldNames(*message)));
    }
    found.name = Joined(found.name, field->name());
    if (IsOpaque(*field)) {
      return FilterError(name.span.begin,
                         absl::StrCat(found.name, " cannot be filtered by"),
                         absl::StrCat("one of ", FilterFieldNames(*message)));
    }
    found.path.push_back(field);
    found.kind = KindOf(*field);
    message = field->is_map() ? nullptr : field->message_type();
  }
  return found;
}

}  // namespace attache
