#include "query_service/convert/field_test.h"

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "common/text/glob.h"
#include "common/text/utf8.h"
#include "query_service/filter/parse_filter.h"

namespace attache {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kShownBytes = 80;
constexpr size_t kMaxPatternBytes = 256;

// A value of false says as much as one of true; of other plain fields the
// default is what stands where nothing was said.
bool IsSet(const Message& message, const FieldDescriptor& field) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return true;
  return message.GetReflection()->HasField(message, &field);
}

// Calls `take` on each value of one field until it says true.
template <typename F>
bool AnyOfField(const Message& message, const FieldDescriptor& field, F take) {
  if (!field.is_repeated()) return IsSet(message, field) && take(-1);
  const int size = message.GetReflection()->FieldSize(message, &field);
  for (int i = 0; i < size; ++i) {
    if (take(i)) return true;
  }
  return false;
}

const Message& At(const Message& message, const FieldDescriptor& field,
                  int index) {
  const Reflection& reflection = *message.GetReflection();
  return index < 0 ? reflection.GetMessage(message, &field)
                   : reflection.GetRepeatedMessage(message, &field, index);
}

bool AnyFrom(const Message& message, const FilterField& filtered, size_t depth,
             absl::string_view language, const FieldTest& test) {
  const FieldDescriptor& field = *filtered.path[depth];
  const bool last = depth + 1 == filtered.path.size();
  return AnyOfField(message, field, [&](int index) {
    if (!last) {
      return AnyFrom(At(message, field, index), filtered, depth + 1, language,
                     test);
    }
    if (!filtered.label) return test({message, field, index, language});
    const Message& entry = At(message, field, index);
    const FieldDescriptor& key = *field.message_type()->map_key();
    return entry.GetReflection()->GetString(entry, &key) == *filtered.label &&
           test({entry, *field.message_type()->map_value(), -1, language});
  });
}

// `labels:KEY`.
absl::StatusOr<BoundTest> BindKey(const FieldRequest& request) {
  if (request.comparator != Comparator::kHas) {
    return FilterError(request.value.span.begin,
                       absl::StrCat(request.field.name, " is a map"),
                       absl::StrCat("\":\" and a key, or ", request.field.name,
                                    ".KEY before the comparator"));
  }
  ATTACHE_RETURN_IF_ERROR(CheckPattern(request.value));
  const auto same = [](absl::string_view key) { return std::string(key); };
  return BoundTest{
      [key = Glob(request.value.text, same)](const FieldValue& value) {
        const Message& entry = value.Message();
        const FieldDescriptor& field = *entry.GetDescriptor()->map_key();
        return key.Matches(entry.GetReflection()->GetString(entry, &field));
      },
      Query::All()};
}

}  // namespace

std::string FieldValue::String() const {
  const Reflection& reflection = *holder.GetReflection();
  return index < 0 ? reflection.GetString(holder, &field)
                   : reflection.GetRepeatedString(holder, &field, index);
}

int FieldValue::EnumNumber() const {
  const Reflection& reflection = *holder.GetReflection();
  return index < 0 ? reflection.GetEnumValue(holder, &field)
                   : reflection.GetRepeatedEnumValue(holder, &field, index);
}

int64_t FieldValue::Integer() const {
  // No repeated field of whole numbers can be filtered by.
  const Reflection& reflection = *holder.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.GetInt32(holder, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.GetUInt32(holder, &field);
    default:
      return reflection.GetInt64(holder, &field);
  }
}

double FieldValue::Number() const {
  return holder.GetReflection()->GetFloat(holder, &field);
}

bool FieldValue::Bool() const {
  return holder.GetReflection()->GetBool(holder, &field);
}

const Message& FieldValue::Message() const { return At(holder, field, index); }

bool AnyValue(const google::protobuf::Message& message,
              const FilterField& field, absl::string_view language,
              const FieldTest& test) {
  return AnyFrom(message, field, 0, language, test);
}

absl::StatusOr<BoundTest> BindTest(const FieldRequest& request,
                                   FilterContext& context) {
  const bool presence = request.value.text == "*" && !request.value.quoted;
  if (presence && (request.comparator == Comparator::kHas ||
                   request.comparator == Comparator::kEq)) {
    return BoundTest{[](const FieldValue&) { return true; }, Query::All()};
  }
  switch (request.field.kind) {
    case FieldKind::kText:
    case FieldKind::kId:
      return BindText(request, context);
    case FieldKind::kLanguage:
    case FieldKind::kCountry:
    case FieldKind::kRegion:
    case FieldKind::kSector:
    case FieldKind::kObjective:
    case FieldKind::kEventSeries:
    case FieldKind::kEnum:
      return BindName(request, context);
    case FieldKind::kInteger:
    case FieldKind::kNumber:
    case FieldKind::kBool:
    case FieldKind::kTime:
    case FieldKind::kDate:
    case FieldKind::kMoney:
      return BindQuantity(request);
    case FieldKind::kLabels:
      return BindKey(request);
    case FieldKind::kMessage:
      break;
  }
  const auto& message = *request.field.last().message_type();
  return FilterError(
      request.value.span.begin,
      absl::StrCat(request.field.name, " has fields of its own and no value"),
      absl::StrCat(request.field.name, ".FIELD before the comparator, FIELD ",
                   "one of ", FilterFieldNames(message), "; or ",
                   request.field.name, ":(...)"));
}

absl::Status ValueError(const FilterText& value, absl::string_view problem,
                        absl::string_view expected) {
  const absl::string_view shown = Utf8Prefix(value.text, kShownBytes);
  return FilterError(
      value.span.begin,
      absl::StrCat("\"", shown, shown.size() < value.text.size() ? "…" : "",
                   "\" ", problem),
      expected);
}

absl::Status RequireEquality(const FieldRequest& request) {
  if (request.comparator == Comparator::kHas ||
      request.comparator == Comparator::kEq) {
    return absl::OkStatus();
  }
  return FilterError(
      request.value.span.begin,
      absl::StrCat("values of ", request.field.name, " have no order that \"",
                   ToString(request.comparator), "\" could use"),
      "\"=\", \"!=\" or \":\" before the value");
}

absl::Status CheckPattern(const FilterText& value) {
  if (value.text.size() <= kMaxPatternBytes || !Glob::IsPattern(value.text)) {
    return absl::OkStatus();
  }
  return ValueError(value, "is too long for a pattern",
                    absl::StrCat("at most ", kMaxPatternBytes,
                                 " bytes where there are asterisks"));
}

std::string PlaceOf(const FilterText& value) {
  return absl::StrCat("filter, byte ", value.span.begin);
}

}  // namespace attache
