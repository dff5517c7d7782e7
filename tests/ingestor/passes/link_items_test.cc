#include "ingestor/passes/link_items.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A text whose places and topics are named by the test itself.
class LinkItemsTest : public testing::Test {
 protected:
  void Read(absl::string_view text) {
    document_ = DocumentFromText(text);
    items_ = ReadItems(document_);
  }

  // The first token run of the document that reads `text`.
  TokenSpan Span(absl::string_view text) {
    for (uint32_t b = 0; b < document_.tokens.size(); ++b) {
      for (uint32_t e = b + 1; e <= document_.tokens.size() &&
                               document_.unit_of[e - 1] == document_.unit_of[b];
           ++e) {
        if (document_.TextOf({b, e}) == text) return {b, e};
      }
    }
    ADD_FAILURE() << text << " is not in the text";
    return {};
  }

  void AddPlace(absl::string_view text, absl::string_view code) {
    PlaceMention place;
    place.span = Span(text);
    place.country_code = std::string(code);
    places_.push_back(place);
  }

  Trip& AddTrip(const std::vector<std::string>& codes) {
    Trip& trip = trips_.emplace_back();
    for (const std::string& code : codes) {
      trip.visits.emplace_back().country_code = code;
    }
    return trip;
  }

  std::vector<std::vector<LinkedItem>> Link() {
    return LinkItems({document_, trips_, places_, amounts_, sectors_,
                      objectives_, aims_, items_},
                     SharedVocabulary());
  }

  Document document_;
  std::vector<Trip> trips_;
  std::vector<PlaceMention> places_;
  std::vector<AmountMention> amounts_;
  std::vector<TopicMention> sectors_;
  std::vector<TopicMention> objectives_;
  std::vector<AimPhrase> aims_;
  std::vector<Item> items_;
};

TEST_F(LinkItemsTest, PutsItemsUnderTheCountryOfTheirHeading) {
  Read(
      "The minister went to Chile and Peru last week to speak of copper.\n\n"
      "Talks in Chile\n\nThe goals were:\n\n- Copper: more of it\n\n"
      "Both stops\n\nThe goals were:\n\n- Tin: less of it\n");
  AddPlace("Chile", "CL");
  AddPlace("Peru", "PE");
  PlaceMention heading;
  heading.span = {Span("Talks in Chile").begin + 2, Span("Talks in Chile").end};
  heading.country_code = "CL";
  places_.push_back(heading);
  AddTrip({"CL", "PE"});
  const auto linked = Link();
  ASSERT_THAT(linked[0], SizeIs(2));
  EXPECT_THAT(linked[0][0].country_codes, ElementsAre("CL"));
  EXPECT_THAT(linked[0][1].country_codes, IsEmpty());
}

TEST_F(LinkItemsTest, PrefersTheCountryCell) {
  Read("| Commitment | Country |\n|---|---|\n| Wells | Mali |\n");
  AddPlace("Mali", "ML");
  AddTrip({"NE", "ML"});
  const auto linked = Link();
  EXPECT_THAT(linked[0][0].country_codes, ElementsAre("ML"));
}

TEST_F(LinkItemsTest, TakesTheMainIdFromTheLabel) {
  Read("The areas of cooperation:\n\n- Ships: a fund for harbours\n");
  sectors_.push_back({Span("Ships"), "transport_aviation", 0.6f});
  sectors_.push_back({Span("harbours"), "infrastructure", 1});
  AddTrip({"MT"});
  const auto linked = Link();
  ASSERT_THAT(linked[0], SizeIs(2));
  EXPECT_EQ(linked[0][0].id, "transport_aviation");
  EXPECT_EQ(linked[0][1].id, "infrastructure");
  EXPECT_THAT(linked[0][0].sector_ids,
              ElementsAre("transport_aviation", "infrastructure"));
}

TEST_F(LinkItemsTest, GivesASectorOfProseOneEntryWhereTheSentenceIsOfTheTrip) {
  Read("They spoke of fish. More fish is due. In other news, coal fell.");
  sectors_.push_back({Span("fish"), "fisheries", 1});
  sectors_.push_back(
      {{Span("More fish").begin + 1, Span("More fish").end}, "fisheries", 1});
  sectors_.push_back({Span("coal"), "energy_fossil", 1});
  AddTrip({"IS"}).sentences = {0, 1};
  const auto linked = Link();
  ASSERT_THAT(linked[0], SizeIs(1));
  EXPECT_EQ(linked[0][0].id, "fisheries");
  EXPECT_TRUE(linked[0][0].from_prose);
  EXPECT_THAT(linked[0][0].evidence, SizeIs(2));
}

TEST_F(LinkItemsTest, KeepsAimsOfOtherTripsApart) {
  Read("He came to win votes. She left to mend fences.");
  aims_.push_back({Span("to win votes"), "", 1});
  aims_.push_back({Span("to mend fences"), "strengthen_bilateral_ties", 1});
  AddTrip({"FR"}).sentences = {0};
  AddTrip({"DE"}).sentences = {1};
  const auto linked = Link();
  ASSERT_THAT(linked[0], SizeIs(1));
  ASSERT_THAT(linked[1], SizeIs(1));
  EXPECT_EQ(linked[1][0].id, "strengthen_bilateral_ties");
}

TEST_F(LinkItemsTest, GivesARowItsAmount) {
  Read("| Sector | Investment |\n|---|---|\n| Rail | 3 |\n| Ports | 5 |\n");
  amounts_.push_back({Span("3"), Money{"EUR", 3, 0}, Money{"EUR", 3, 0}});
  amounts_.push_back({Span("5"), Money{"EUR", 5, 0}, Money{"EUR", 5, 0}});
  AddTrip({"GR"});
  const auto linked = Link();
  EXPECT_EQ(linked[0][0].amount, 0u);
  EXPECT_EQ(linked[0][1].amount, 1u);
}

TEST_F(LinkItemsTest, HasNothingToLinkToWithoutATrip) {
  Read("The goals were:\n\n- Peace\n");
  EXPECT_THAT(Link(), IsEmpty());
}

}  // namespace
}  // namespace attache
