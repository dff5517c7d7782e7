// What a filter asks of the values of one field.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_FIELD_TEST_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_FIELD_TEST_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "query_service/convert/filter_field.h"
#include "query_service/convert/name_resolver.h"
#include "query_service/convert/text_words.h"
#include "query_service/filter/filter.h"
#include "query_service/query/query.h"
#include "query_service/query/stop.h"

namespace attache {

// One value of a field that is set. Lives no longer than its message.
struct FieldValue {
  const google::protobuf::Message& holder;
  const google::protobuf::FieldDescriptor& field;
  int index = -1;  // into a repeated field
  // The record's own, whose stemmer its words go through.
  absl::string_view language;

  std::string String() const;
  int EnumNumber() const;
  int64_t Integer() const;
  double Number() const;
  bool Bool() const;
  const google::protobuf::Message& Message() const;
};

// Thread-safe.
using FieldTest = std::function<bool(const FieldValue&)>;

// Whether some value that `field` has in `message` passes: one of each repeated
// field on the way, of those that are set.
bool AnyValue(const google::protobuf::Message& message,
              const FilterField& field, absl::string_view language,
              const FieldTest& test);

// `query` finds every record that has the field with a value that passes
// `test` and, where it is `exact`, no other.
struct BoundTest {
  FieldTest test;
  Query query;
  bool exact = false;
};

// `field comparator value`, save that kNe is left to who negates kEq.
struct FieldRequest {
  const FilterField& field;
  Comparator comparator;
  const FilterText& value;
};

// What values are looked up with; for one filter on one thread. The vocabulary
// outlives the tests that are made with it.
struct FilterContext {
  FilterContext(NameResolver& names, std::shared_ptr<const Stop> until)
      : resolver(names),
        words(std::make_shared<const TextWords>(names.vocabulary())),
        stop(std::move(until)) {}

  NameResolver& resolver;
  const std::shared_ptr<const TextWords> words;
  const std::shared_ptr<const Stop> stop;  // may be null
};

// FILTER_INVALID where the value or the comparator does not fit the field, with
// what would; for names also the errors of NameResolver.
absl::StatusOr<BoundTest> BindTest(const FieldRequest& request,
                                   FilterContext& context);

// A bare word or a quoted phrase, of the whole record.
absl::StatusOr<Query> BindWord(const FilterText& value, FilterContext& context);

// The parts of BindTest: kText and kId; kLanguage to kEnum; the others.
absl::StatusOr<BoundTest> BindText(const FieldRequest& request,
                                   FilterContext& context);
absl::StatusOr<BoundTest> BindName(const FieldRequest& request,
                                   FilterContext& context);
absl::StatusOr<BoundTest> BindQuantity(const FieldRequest& request);

// `"contry" is no number`, at the value.
absl::Status ValueError(const FilterText& value, absl::string_view problem,
                        absl::string_view expected);
// Where the field has only values that are equal or not.
absl::Status RequireEquality(const FieldRequest& request);
// Where it is longer than any name; what patterns cost is bounded.
absl::Status CheckPattern(const FilterText& value);
// "filter, byte 12": the place of a value in the messages of NameResolver.
std::string PlaceOf(const FilterText& value);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_FIELD_TEST_H_
