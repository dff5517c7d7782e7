// The seed briefing gives one record with everything in its gold.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/text/fold.h"
#include "ingestor/parser.h"
#include "tests/support/corpora.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using google::protobuf::ListValue;
using google::protobuf::Struct;
using google::protobuf::Value;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAreArray;

// As the gold says: without regard to case, white space, quote style and a
// final full stop.
std::string Plain(absl::string_view text) {
  std::string folded = Fold(text);
  absl::RemoveExtraAsciiWhitespace(&folded);
  return std::string(absl::StripSuffix(folded, "."));
}

const std::string& Text(const Struct& object, const char* field) {
  return object.fields().at(field).string_value();
}

const ListValue& List(const Struct& object, const char* field) {
  return object.fields().at(field).list_value();
}

std::vector<std::string> Strings(const ListValue& list) {
  std::vector<std::string> strings;
  for (const Value& value : list.values()) {
    strings.push_back(value.string_value());
  }
  return strings;
}

template <typename Strings>
std::vector<std::string> PlainAll(const Strings& texts) {
  std::vector<std::string> plain;
  for (const std::string& text : texts) plain.push_back(Plain(text));
  return plain;
}

class SeedTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = CorporaDirectory() / "seed";
    const std::string text = ReadFile(folder / "briefing.txt");
    const std::string gold = ReadFile(folder / "gold.json");
    if (text.empty() || gold.empty()) {
      GTEST_SKIP() << "the seed is not in " << folder
                   << "; set ATTACHE_CORPORA to where the corpora lie";
    }
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(gold, &gold_).ok());
    v1::Briefing briefing;
    briefing.set_briefing_id("seed");
    briefing.set_content(text);
    auto result = Parse(briefing, SharedVocabulary());
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_EQ(result->records.size(), 1u);
    record_ = result->records[0];
    text_ = result->text;
  }

  const ListValue& Gold(const char* field) { return List(gold_, field); }

  Struct gold_;
  v1::TripRecord record_;
  std::string text_;
};

TEST_F(SeedTest, HasItsStatus) {
  EXPECT_EQ(v1::TripStatus_Name(record_.status()),
            absl::StrCat("TRIP_STATUS_",
                         absl::AsciiStrToUpper(Text(gold_, "status"))));
}

TEST_F(SeedTest, HasItsTravelers) {
  ASSERT_EQ(record_.travelers_size(), Gold("travelers").values_size());
  for (int i = 0; i < record_.travelers_size(); ++i) {
    const Struct& gold = Gold("travelers").values(i).struct_value();
    const v1::Traveler& traveler = record_.travelers(i);
    EXPECT_EQ(Plain(traveler.name()), Plain(Text(gold, "name")));
    EXPECT_EQ(Plain(traveler.role()), Plain(Text(gold, "role")));
    EXPECT_EQ(traveler.country_code(), Text(gold, "country_code"));
  }
}

TEST_F(SeedTest, HasItsVisitsInOrder) {
  std::vector<std::string> visits;
  for (const auto& visit : record_.visits()) {
    visits.push_back(visit.country_code());
  }
  EXPECT_THAT(visits, ElementsAreArray(Strings(Gold("visits"))));
}

TEST_F(SeedTest, MentionsNoOtherCountry) {
  std::vector<std::string> mentions;
  for (const auto& mention : record_.mentioned_countries()) {
    mentions.push_back(mention.country_code());
  }
  EXPECT_THAT(mentions,
              UnorderedElementsAreArray(Strings(Gold("mentioned_countries"))));
}

TEST_F(SeedTest, HasItsRegions) {
  std::set<std::string> ids;
  for (const auto& region : record_.regions()) ids.insert(region.region_id());
  for (std::string gold : Strings(Gold("regions"))) {
    // "005", or "Europe (150)".
    if (const size_t open = gold.find('('); open != gold.npos) {
      gold = gold.substr(open + 1, 3);
    }
    EXPECT_THAT(ids, Contains(gold));
  }
}

TEST_F(SeedTest, HasNoDates) {
  ASSERT_TRUE(gold_.fields().at("dates").has_null_value());
  EXPECT_FALSE(record_.dates().has_start());
  EXPECT_FALSE(record_.dates().has_end());
}

TEST_F(SeedTest, HasItsTables) {
  ASSERT_EQ(record_.tables_size(), Gold("tables").values_size());
  for (int t = 0; t < record_.tables_size(); ++t) {
    const Struct& gold = Gold("tables").values(t).struct_value();
    const v1::Table& table = record_.tables(t);
    EXPECT_EQ(Plain(table.section_title()), Plain(Text(gold, "section")));
    EXPECT_THAT(PlainAll(table.header()),
                ElementsAreArray(PlainAll(Strings(List(gold, "header")))));
    const ListValue& rows = List(gold, "rows");
    ASSERT_EQ(table.rows_size(), rows.values_size());
    for (int r = 0; r < table.rows_size(); ++r) {
      EXPECT_THAT(
          PlainAll(table.rows(r).cells()),
          ElementsAreArray(PlainAll(Strings(rows.values(r).list_value()))));
    }
  }
}

// What an item of any kind has.
struct AnyItem {
  std::string kind;
  std::string text;
  std::string description;
  std::vector<std::string> country_codes;
};

template <typename Items>
void Collect(const char* kind, const Items& items, std::vector<AnyItem>* all) {
  for (const auto& item : items) {
    all->push_back(
        {kind,
         Plain(item.text()),
         Plain(item.description()),
         {item.country_codes().begin(), item.country_codes().end()}});
  }
}

std::string KindOf(absl::string_view intro) {
  if (absl::StrContains(intro, "objectives")) return "objective";
  if (absl::StrContains(intro, "cooperation") ||
      absl::StrContains(intro, "collaboration")) {
    return "sector";
  }
  return "focus area";
}

TEST_F(SeedTest, HasItsItemsUnderTheirCountries) {
  std::vector<AnyItem> all;
  Collect("objective", record_.objectives(), &all);
  Collect("sector", record_.sectors(), &all);
  Collect("focus area", record_.focus_areas(), &all);
  Collect("commitment", record_.commitments(), &all);
  for (const Value& value : Gold("items").values()) {
    const Struct& gold = value.struct_value();
    SCOPED_TRACE(Text(gold, "text"));
    const auto item =
        std::find_if(all.begin(), all.end(), [&](const AnyItem& item) {
          return item.text == Plain(Text(gold, "text")) &&
                 item.description == Plain(Text(gold, "description"));
        });
    ASSERT_NE(item, all.end());
    EXPECT_EQ(item->kind, KindOf(Text(gold, "intro")));
    EXPECT_THAT(item->country_codes,
                ElementsAreArray(Strings(List(gold, "country_codes"))));
  }
}

TEST_F(SeedTest, HasTheCommitmentsOfItsTable) {
  const Struct& gold = Gold("tables").values(0).struct_value();
  std::vector<std::string> texts;
  for (const auto& commitment : record_.commitments()) {
    texts.push_back(Plain(commitment.text()));
  }
  for (const Value& row : List(gold, "rows").values()) {
    EXPECT_THAT(texts,
                Contains(Plain(row.list_value().values(0).string_value())));
  }
}

TEST_F(SeedTest, HasTheObjectivesOfItsProse) {
  std::vector<std::string> texts;
  for (const auto& objective : record_.objectives()) {
    texts.push_back(Plain(objective.text()));
  }
  for (const std::string& gold : Strings(Gold("prose_objectives"))) {
    EXPECT_THAT(texts, Contains(HasSubstr(Plain(gold))));
  }
}

TEST_F(SeedTest, EngagesItsSectors) {
  std::set<std::string> ids;
  for (const auto& sector : record_.sectors()) ids.insert(sector.sector_id());
  EXPECT_THAT(ids, IsSupersetOf(Strings(Gold("all_sectors"))));
}

TEST_F(SeedTest, HasTheSectorsOfItsTable) {
  for (const Value& value : Gold("sector_rows").values()) {
    const Struct& gold = value.struct_value();
    SCOPED_TRACE(Text(gold, "text"));
    const auto sector =
        std::find_if(record_.sectors().begin(), record_.sectors().end(),
                     [&](const v1::SectorEngagement& sector) {
                       return sector.has_investment() &&
                              Plain(sector.text()) == Plain(Text(gold, "text"));
                     });
    ASSERT_NE(sector, record_.sectors().end());
    EXPECT_EQ(sector->sector_id(), Text(gold, "sector_id"));
    EXPECT_EQ(static_cast<double>(sector->investment().low().units()),
              gold.fields().at("units").number_value());
    EXPECT_EQ(sector->investment().low().currency_code(),
              Text(gold, "currency"));
    EXPECT_EQ(v1::AmountKind_Name(sector->investment().kind()),
              absl::StrCat("AMOUNT_KIND_",
                           absl::AsciiStrToUpper(Text(gold, "kind"))));
    EXPECT_THAT(sector->key_players(),
                ElementsAreArray(Strings(List(gold, "key_players"))));
    EXPECT_THAT(sector->country_codes(),
                ElementsAreArray(Strings(List(gold, "country_codes"))));
  }
}

TEST_F(SeedTest, HasTheObjectivesOfItsTable) {
  for (const Value& value : Gold("objective_rows").values()) {
    const Struct& gold = value.struct_value();
    SCOPED_TRACE(Text(gold, "text"));
    const auto objective = std::find_if(
        record_.objectives().begin(), record_.objectives().end(),
        [&](const v1::Objective& objective) {
          return Plain(objective.text()) == Plain(Text(gold, "text"));
        });
    ASSERT_NE(objective, record_.objectives().end());
    EXPECT_EQ(objective->objective_id(), Text(gold, "objective_id"));
    EXPECT_NE(objective->anticipated_impact(), "");
  }
}

TEST_F(SeedTest, QuotesItsEvidence) {
  ASSERT_GT(record_.evidence_size(), 0);
  for (const v1::Evidence& evidence : record_.evidence()) {
    const std::string bytes = text_.substr(
        evidence.begin_byte(), evidence.end_byte() - evidence.begin_byte());
    EXPECT_TRUE(absl::StartsWith(bytes, evidence.quote()));
    EXPECT_FALSE(evidence.quote().empty());
  }
  for (const auto& visit : record_.visits()) {
    EXPECT_GT(visit.evidence_size(), 0);
  }
}

}  // namespace
}  // namespace attache
