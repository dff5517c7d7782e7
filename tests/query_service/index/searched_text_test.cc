#include "query_service/index/searched_text.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Puts a word of its own into every string of the message, one element in every
// repeated field; `paths` tells where each went.
void FillStrings(const std::string& within, Message& message,
                 std::map<std::string, std::string>& paths) {
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    const std::string path =
        within.empty() ? field.name() : absl::StrCat(within, ".", field.name());
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const std::string word = absl::StrCat("word", paths.size());
      paths[word] = path;
      if (field.is_repeated()) {
        reflection.AddString(&message, &field, word);
      } else {
        reflection.SetString(&message, &field, word);
      }
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      FillStrings(path,
                  field.is_repeated()
                      ? *reflection.AddMessage(&message, &field)
                      : *reflection.MutableMessage(&message, &field),
                  paths);
    }
  }
}

TEST(SearchedText, TheListOfPathsIsOfWhatIsSearched) {
  v1::TripRecord record;
  std::map<std::string, std::string> paths;
  FillStrings("", record, paths);
  ASSERT_GT(paths.size(), 50u);
  std::multiset<std::string> taken;
  ForEachSearchedText(record,
                      [&](absl::string_view text) { taken.emplace(text); });
  for (const auto& [word, path] : paths) {
    EXPECT_EQ(taken.count(word), IsSearchedText(path) ? 1u : 0u) << path;
    taken.erase(word);
  }
  EXPECT_TRUE(taken.empty());
}

TEST(SearchedText, PathsAreWholeAndOfFieldsThatThereAre) {
  EXPECT_TRUE(IsSearchedText("title"));
  EXPECT_TRUE(IsSearchedText("tables.rows.cells"));
  EXPECT_FALSE(IsSearchedText(""));
  EXPECT_FALSE(IsSearchedText("tables.rows"));
  EXPECT_FALSE(IsSearchedText("objectives.text.text"));
  EXPECT_FALSE(IsSearchedText("labels.title"));
}

}  // namespace
}  // namespace attache
