// Names of the vocabulary, languages and values of enums.
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "attache/v1/errors.pb.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "common/text/glob.h"
#include "query_service/convert/field_test.h"
#include "query_service/filter/parse_filter.h"
#include "query_service/index/word_forms.h"

namespace attache {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

std::string LowerCase(absl::string_view id) {
  return absl::AsciiStrToLower(id);
}

// The postings that hold the values of a field.
std::optional<TermField> TermFieldOf(absl::string_view field) {
  static constexpr std::pair<absl::string_view, TermField> kFields[] = {
      {"visits.country_code", TermField::kVisited},
      {"mentioned_countries.country_code", TermField::kMentioned},
      {"travelers.country_code", TermField::kOrigin},
      {"regions.region_id", TermField::kRegion},
      {"sectors.sector_id", TermField::kSector},
      {"objectives.objective_id", TermField::kObjective},
      {"events.series_id", TermField::kEventSeries},
      {"source.language_code", TermField::kLanguage},
      {"status", TermField::kStatus},
  };
  for (const auto& [name, terms] : kFields) {
    if (name == field) return terms;
  }
  return std::nullopt;
}

// One of these ids.
BoundTest AnyOfIds(const FieldRequest& request,
                   const std::vector<std::string>& ids) {
  BoundTest bound{
      [held = absl::flat_hash_set<std::string>(ids.begin(), ids.end())](
          const FieldValue& value) { return held.contains(value.String()); },
      Query::All()};
  if (const auto terms = TermFieldOf(request.field.name)) {
    std::vector<Query> any;
    for (const std::string& id : ids) any.push_back(Query::Term(*terms, id));
    bound.query = Query::Or(std::move(any));
    bound.exact = true;
  }
  return bound;
}

BoundTest BindLanguage(const FieldRequest& request) {
  const std::string tag =
      NormalizeLanguage(absl::StripAsciiWhitespace(request.value.text));
  BoundTest bound{[tag](const FieldValue& value) {
                    const std::string held = NormalizeLanguage(value.String());
                    return held == tag ||
                           absl::StartsWith(held, absl::StrCat(tag, "-"));
                  },
                  Query::All()};
  if (const auto terms = TermFieldOf(request.field.name)) {
    bound.query = Query::Term(*terms, tag);
    bound.exact = !tag.empty();
  }
  return bound;
}

// What all names of an enum begin with: "TRIP_STATUS_".
std::string PrefixOf(const EnumDescriptor& type) {
  const std::string& zero = type.value(0)->name();
  return zero.substr(0, zero.rfind("UNSPECIFIED"));
}

absl::StatusOr<BoundTest> BindEnum(const FieldRequest& request) {
  const EnumDescriptor& type = *request.field.last().enum_type();
  const std::string prefix = PrefixOf(type);
  const std::string name = absl::AsciiStrToUpper(request.value.text);
  const EnumValueDescriptor* found = type.FindValueByName(name);
  if (found == nullptr) {
    found = type.FindValueByName(absl::StrCat(prefix, name));
  }
  if (found == nullptr) {
    std::vector<std::string> names;
    for (int i = 1; i < type.value_count(); ++i) {
      names.emplace_back(absl::StripPrefix(type.value(i)->name(), prefix));
    }
    return ValueError(request.value,
                      absl::StrCat("is no value of ", request.field.name),
                      absl::StrCat("one of ", absl::StrJoin(names, ", ")));
  }
  const int number = found->number();
  BoundTest bound{[number](const FieldValue& value) {
                    return value.EnumNumber() == number;
                  },
                  Query::All()};
  if (number == 0) {
    // Stands where nothing was said, which equals nothing.
    bound.query = Query::None();
    bound.exact = true;
  } else if (const auto terms = TermFieldOf(request.field.name)) {
    bound.query = Query::Term(*terms, absl::StrCat(number));
    bound.exact = true;
  }
  return bound;
}

// The ids that a name stands for.
absl::StatusOr<std::vector<std::string>> FindIds(const FieldRequest& request,
                                                 const NameResolver& names) {
  const std::string& value = request.value.text;
  const std::string place = PlaceOf(request.value);
  switch (request.field.kind) {
    case FieldKind::kCountry: {
      ATTACHE_ASSIGN_OR_RETURN(auto found, names.FindCountries(value, place));
      return std::move(found.codes);
    }
    case FieldKind::kRegion: {
      // Some regions are called as a country is: "América".
      const auto id = names.vocabulary().region_names().Find(value);
      ATTACHE_ASSIGN_OR_RETURN(auto found,
                               names.FindCountries(id.value_or(value), place));
      if (found.regions.empty()) {
        return ValueError(request.value, "is a country", "a region");
      }
      return std::move(found.regions);
    }
    case FieldKind::kSector:
      return names.FindSectors(value, /*with_children=*/true, place);
    case FieldKind::kObjective: {
      ATTACHE_ASSIGN_OR_RETURN(std::string id,
                               names.FindObjective(value, place));
      return std::vector<std::string>{std::move(id)};
    }
    default: {
      ATTACHE_ASSIGN_OR_RETURN(std::string id,
                               names.FindEventSeries(value, place));
      return std::vector<std::string>{std::move(id)};
    }
  }
}

// Errors about a field of the request become errors about the filter; unknown
// names keep their reason, with the position beside the nearest names.
absl::Status AtValue(const FilterText& value, const absl::Status& status) {
  constexpr char kExpected[] = "an id or a name of the vocabulary";
  const auto details = DetailsOf(status);
  v1::ErrorReason reason;
  if (!details ||
      !v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", details->reason),
                             &reason)) {
    return status;
  }
  if (reason == v1::ERROR_REASON_FILTER_INVALID) return status;
  if (reason == v1::ERROR_REASON_FIELD_INVALID) {
    return FilterError(
        value.span.begin,
        absl::StripPrefix(status.message(), absl::StrCat(PlaceOf(value), ": ")),
        kExpected);
  }
  ErrorMetadata metadata = details->metadata;
  metadata.emplace_back("position", absl::StrCat(value.span.begin));
  metadata.emplace_back("expected", kExpected);
  return MakeError(reason, status.message(), metadata);
}

}  // namespace

absl::StatusOr<BoundTest> BindName(const FieldRequest& request,
                                   FilterContext& context) {
  ATTACHE_RETURN_IF_ERROR(RequireEquality(request));
  if (request.field.kind == FieldKind::kEnum) return BindEnum(request);
  if (Glob::IsPattern(request.value.text)) {
    ATTACHE_RETURN_IF_ERROR(CheckPattern(request.value));
    // Of ids, not of names: "energy*".
    const auto normalize = request.field.kind == FieldKind::kLanguage
                               ? NormalizeLanguage
                               : LowerCase;
    return BoundTest{[glob = Glob(request.value.text, normalize),
                      normalize](const FieldValue& value) {
                       return glob.Matches(normalize(value.String()));
                     },
                     Query::All()};
  }
  if (request.field.kind == FieldKind::kLanguage) return BindLanguage(request);
  const auto ids = FindIds(request, context.resolver);
  if (!ids.ok()) return AtValue(request.value, ids.status());
  return AnyOfIds(request, *ids);
}

}  // namespace attache
