// The fields that filters may name, and the presence of every one.
#include "query_service/convert/filter_field.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "attache/v1/trip_record.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using ::testing::HasSubstr;
using ::testing::Not;

absl::StatusOr<FilterField> Find(
    const std::string& path,
    const Descriptor& in = *v1::TripRecord::descriptor(),
    const std::string& within = "") {
  std::vector<FilterText> names;
  size_t at = 0;
  for (const auto name : absl::StrSplit(path, '.')) {
    names.push_back({std::string(name), false, {at, at + name.size()}});
    at += name.size() + 1;
  }
  return FindFilterField(in, within, names);
}

TEST(FilterField, KnowsWhatEachFieldIsComparedAs) {
  const std::pair<const char*, FieldKind> kKinds[] = {
      {"record_id", FieldKind::kId},
      {"source.uri", FieldKind::kId},
      {"source.media_type", FieldKind::kId},
      {"meetings.role_id", FieldKind::kId},
      {"amounts.low.currency_code", FieldKind::kId},
      {"extraction.issues.code", FieldKind::kId},
      {"title", FieldKind::kText},
      {"source.publisher", FieldKind::kText},
      {"meetings.role", FieldKind::kText},
      {"tables.rows.cells", FieldKind::kText},
      {"evidence.quote", FieldKind::kText},
      {"source.language_code", FieldKind::kLanguage},
      {"visits.country_code", FieldKind::kCountry},
      {"focus_areas.country_codes", FieldKind::kCountry},
      {"regions.region_id", FieldKind::kRegion},
      {"sectors.sector_id", FieldKind::kSector},
      {"commitments.sector_ids", FieldKind::kSector},
      {"objectives.objective_id", FieldKind::kObjective},
      {"events.series_id", FieldKind::kEventSeries},
      {"status", FieldKind::kEnum},
      {"amounts.kind", FieldKind::kEnum},
      {"revision", FieldKind::kInteger},
      {"mentioned_countries.mention_count", FieldKind::kInteger},
      {"evidence.begin_utf16", FieldKind::kInteger},
      {"dates.start.year", FieldKind::kInteger},
      {"extraction.coverage", FieldKind::kNumber},
      {"amounts.approximate", FieldKind::kBool},
      {"source.publish_time", FieldKind::kTime},
      {"index_time", FieldKind::kTime},
      {"visits.dates.end", FieldKind::kDate},
      {"sectors.investment.high", FieldKind::kMoney},
      {"labels", FieldKind::kLabels},
      {"labels.team", FieldKind::kId},
      {"visits", FieldKind::kMessage},
      {"dates", FieldKind::kMessage},
      {"evidence", FieldKind::kMessage},
  };
  for (const auto& [path, kind] : kKinds) {
    const auto field = Find(path);
    ASSERT_TRUE(field.ok()) << field.status();
    EXPECT_EQ(field->kind, kind) << path;
    EXPECT_EQ(field->name, path);
  }
}

TEST(FilterField, NamesWithinAMessageAreThoseOfTheWholeRecord) {
  const auto start = Find("dates.start", *v1::CountryVisit::descriptor(),
                          /*within=*/"visits");
  ASSERT_TRUE(start.ok()) << start.status();
  EXPECT_EQ(start->name, "visits.dates.start");
  EXPECT_EQ(start->path.size(), 2u);
}

TEST(FilterField, ALabelHasAKeyOfItsOwn) {
  const auto label = Find("labels.te\\*am");
  ASSERT_TRUE(label.ok()) << label.status();
  EXPECT_EQ(label->label, "te*am");
  EXPECT_EQ(label->path.size(), 1u);
  EXPECT_FALSE(Find("labels")->label.has_value());
  EXPECT_THAT(std::string(Find("labels.a.b").status().message()),
              HasSubstr("byte 9: labels.a has no fields"));
}

TEST(FilterField, ListsWhatMayStandThere) {
  EXPECT_EQ(FilterFieldNames(*v1::CountryVisit::descriptor()),
            "country_code, places, dates, confidence");
  const std::string source = FilterFieldNames(*v1::Source::descriptor());
  EXPECT_THAT(source, HasSubstr("publish_time"));
  EXPECT_THAT(source, Not(HasSubstr("content_sha256")));
}

// A way to each field that filters may name.
void ListPaths(const std::string& within, const Descriptor& message,
               std::vector<std::string>& paths) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const bool opaque = field.type() == FieldDescriptor::TYPE_BYTES ||
                        field.type() == FieldDescriptor::TYPE_UINT32;
    if (opaque && field.is_repeated()) continue;
    if (field.type() == FieldDescriptor::TYPE_BYTES) continue;
    paths.push_back(within.empty() ? field.name()
                                   : absl::StrCat(within, ".", field.name()));
    if (field.is_map()) {
      paths.push_back(paths.back() + ".team");
    } else if (field.message_type() != nullptr) {
      const std::string inner = paths.back();
      ListPaths(inner, *field.message_type(), paths);
    }
  }
}

// One element and value of everything, in text format.
std::string Everything(const Descriptor& message) {
  std::string text;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    std::string value = "1";
    if (field.message_type() != nullptr) {
      value = absl::StrCat("{ ", Everything(*field.message_type()), " }");
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      value = field.name() == "key" ? "'team'" : "'x'";
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
      value = "true";
    }
    absl::StrAppend(&text, field.name(), ": ", value, " ");
  }
  return text;
}

TEST(FilterField, PresenceIsAskedForOfEveryField) {
  const FilterRecords records(
      {{"full", Everything(*v1::TripRecord::descriptor())}, {"none", ""}});
  std::vector<std::string> paths;
  ListPaths("", *v1::TripRecord::descriptor(), paths);
  EXPECT_GT(paths.size(), 160u);
  for (const std::string& path : paths) {
    // Every record has its id.
    if (path == "record_id") continue;
    EXPECT_EQ(records.Find(path + ":*"), "full") << path;
    EXPECT_EQ(records.Find(path + " = *"), "full") << path;
    EXPECT_EQ(records.Find(path + " != *"), "none") << path;
    EXPECT_EQ(records.Find(absl::StrCat("-", path, ":*")), "none") << path;
    // The same from within the message, one element at a time.
    const std::vector<std::string> names = absl::StrSplit(path, '.');
    if (names.size() < 2 || names[0] == "labels") continue;
    const std::string inner =
        absl::StrJoin(names.begin() + 1, names.end(), ".");
    EXPECT_EQ(records.Find(absl::StrCat(names[0], ":(", inner, ":*)")), "full")
        << path;
    EXPECT_EQ(records.Find(absl::StrCat(names[0], ":(NOT ", inner, ":*)")), "")
        << path;
  }
}

}  // namespace
}  // namespace attache::testing
