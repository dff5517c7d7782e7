// Every folder beside this file is a case: a briefing (`content`, as its bytes
// came), what is known beside it (`briefing.json`, a Briefing, optional), and
// `expected.json`:
//   {"error": {"reason": ..., "metadata": {...}}}, or
//   {"records": [...], "issues": ["CODE", ...], "text": ...}
// where a record or any object in it lists only the fields that the case is
// about, and an array all its elements, or the first of them and then "...";
// but "issues" lists only those that must be among them, and none where there
// must be none. "issues" and "text" may be missing.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "ingestor/parser.h"
#include "tests/support/corpora.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;
using google::protobuf::util::JsonStringToMessage;

std::filesystem::path GoldenFolder() {
  return std::filesystem::path(ATTACHE_SOURCE_DIR) / "tests/golden";
}

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const auto& entry :
       std::filesystem::directory_iterator(GoldenFolder())) {
    if (entry.is_directory()) cases.push_back(entry.path().filename());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  EXPECT_TRUE(
      google::protobuf::util::MessageToJsonString(message, &json, options)
          .ok());
  return json;
}

void ExpectWithin(const Value& expected, const Value& actual,
                  const std::string& path);

void ExpectListWithin(const ListValue& expected, const ListValue& actual,
                      const std::string& path) {
  int size = expected.values_size();
  if (size > 0 && expected.values(size - 1).string_value() == "...") {
    --size;
    ASSERT_LE(size, actual.values_size()) << path << " is " << Json(actual);
  } else {
    ASSERT_EQ(size, actual.values_size()) << path << " is " << Json(actual);
  }
  for (int i = 0; i < size; ++i) {
    ExpectWithin(expected.values(i), actual.values(i),
                 absl::StrCat(path, "[", i, "]"));
  }
}

// Every field that `expected` has, `actual` has alike.
void ExpectWithin(const Value& expected, const Value& actual,
                  const std::string& path) {
  if (expected.has_struct_value() && actual.has_struct_value()) {
    const auto& fields = actual.struct_value().fields();
    for (const auto& [name, value] : expected.struct_value().fields()) {
      const auto field = fields.find(name);
      if (field == fields.end()) {
        EXPECT_TRUE(value.has_null_value())
            << path << "." << name << " is missing";
        continue;
      }
      ExpectWithin(value, field->second, absl::StrCat(path, ".", name));
    }
  } else if (expected.has_list_value() && actual.has_list_value()) {
    ExpectListWithin(expected.list_value(), actual.list_value(), path);
  } else {
    EXPECT_EQ(Json(expected), Json(actual)) << path;
  }
}

void ExpectError(const Struct& expected, const absl::Status& status) {
  ASSERT_FALSE(status.ok());
  const auto details = DetailsOf(status);
  ASSERT_TRUE(details.has_value()) << status;
  EXPECT_EQ(expected.fields().at("reason").string_value(), details->reason)
      << status;
  const auto metadata = expected.fields().find("metadata");
  if (metadata == expected.fields().end()) return;
  for (const auto& [key, value] : metadata->second.struct_value().fields()) {
    const std::pair<std::string, std::string> pair(key, value.string_value());
    EXPECT_NE(
        std::find(details->metadata.begin(), details->metadata.end(), pair),
        details->metadata.end())
        << key << " is not " << value.string_value() << ": " << status;
  }
}

void ExpectResult(const Struct& expected, const ParseResult& result) {
  const auto& fields = expected.fields();
  ListValue records;
  for (const v1::TripRecord& record : result.records) {
    ASSERT_TRUE(JsonStringToMessage(
                    Json(record), records.add_values()->mutable_struct_value())
                    .ok());
  }
  if (const auto list = fields.find("records"); list != fields.end()) {
    ExpectListWithin(list->second.list_value(), records, "records");
  }
  if (const auto issues = fields.find("issues"); issues != fields.end()) {
    std::set<std::string> codes;
    for (const v1::Issue& issue : result.issues) codes.insert(issue.code());
    const ListValue& wanted = issues->second.list_value();
    for (const Value& code : wanted.values()) {
      EXPECT_TRUE(codes.contains(code.string_value())) << code.string_value();
    }
    if (wanted.values().empty()) {
      EXPECT_TRUE(codes.empty()) << *codes.begin();
    }
  }
  if (const auto text = fields.find("text"); text != fields.end()) {
    EXPECT_EQ(text->second.string_value(), result.text);
  }
}

class GoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenTest, GivesWhatIsExpected) {
  const auto folder = GoldenFolder() / GetParam();
  Struct expected;
  const auto read =
      JsonStringToMessage(ReadFile(folder / "expected.json"), &expected);
  ASSERT_TRUE(read.ok()) << read;
  v1::Briefing briefing;
  if (const std::string json = ReadFile(folder / "briefing.json");
      !json.empty()) {
    const auto status = JsonStringToMessage(json, &briefing);
    ASSERT_TRUE(status.ok()) << status;
  }
  briefing.set_briefing_id(GetParam());
  briefing.set_content(ReadFile(folder / "content"));
  const auto result = Parse(briefing, SharedVocabulary());
  if (const auto error = expected.fields().find("error");
      error != expected.fields().end()) {
    ExpectError(error->second.struct_value(), result.status());
    return;
  }
  ASSERT_TRUE(result.ok()) << result.status();
  ExpectResult(expected, *result);
  // The same bytes give the same records, byte for byte.
  const auto again = Parse(briefing, SharedVocabulary());
  ASSERT_EQ(result->records.size(), again->records.size());
  for (size_t i = 0; i < result->records.size(); ++i) {
    EXPECT_EQ(result->records[i].DebugString(),
              again->records[i].DebugString());
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenTest, testing::ValuesIn(Cases()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace attache
