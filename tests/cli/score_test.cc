#include "cli/evaluation/score.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace attache::cli {
namespace {

TEST(SetCounts, GivesPrecisionRecallAndF1) {
  const SetCounts counts{6, 2, 3};
  EXPECT_DOUBLE_EQ(counts.Precision(), 0.75);
  EXPECT_DOUBLE_EQ(counts.Recall(), 6.0 / 9);
  EXPECT_DOUBLE_EQ(counts.F1(), 12.0 / 17);
  EXPECT_DOUBLE_EQ(SetCounts{}.F1(), 1.0);
}

TEST(NamesMatch, BySurnameWithoutCaseAccentsAndSuffixes) {
  EXPECT_TRUE(NamesMatch("Antony J. Blinken", "Blinken"));
  EXPECT_TRUE(NamesMatch("José Peña Nieto",
                         "jose pena"));  // "pena" is a word of the other
  EXPECT_TRUE(NamesMatch("Dr. Ana Ruiz Jr.", "Ana Ruiz"));
  EXPECT_FALSE(NamesMatch("Ana Ruiz", "Ana Gomes"));
  EXPECT_FALSE(NamesMatch("", "Ana"));
}

TEST(EventsMatch, ByHalfOfTheShorterNamesWords) {
  EXPECT_TRUE(EventsMatch("the G20 Summit in Osaka", "G20 Leaders' Summit"));
  EXPECT_TRUE(EventsMatch("Doha Forum", "the Doha Forum 2022"));
  EXPECT_FALSE(
      EventsMatch("Munich Security Conference", "World Health Assembly"));
}

Labels Trip() {
  Labels labels;
  labels.is_trip = true;
  labels.visits = {"BE", "PE", "BE", "BR"};
  labels.travelers = {"Ana Ruiz", "Bo Li"};
  labels.start = "2024-05-01";
  labels.amounts = {{5000000, "USD", "pledged"}};
  return labels;
}

TEST(AddToScore, CountsAPerfectReadingAsSuch) {
  Score score;
  std::vector<Mistake> mistakes;
  AddToScore("1", Trip(), Trip(), score, mistakes);
  EXPECT_TRUE(mistakes.empty());
  EXPECT_DOUBLE_EQ(score.visits.F1(), 1);
  EXPECT_EQ(score.visits.true_positives, 3);  // a set: BE once
  EXPECT_EQ(score.order.right, 1);
  EXPECT_EQ(score.amount_kinds.right, 1);
  EXPECT_EQ(score.end_date.all, 0);
}

TEST(AddToScore, CountsEachMistakeOnce) {
  Labels predicted = Trip();
  predicted.visits = {"PE", "BE", "CL"};
  predicted.travelers = {"Ruiz", "Someone Else"};
  predicted.start = "2024-05-02";
  predicted.end = "2024-05-04";
  predicted.amounts = {{5000000, "USD", "signed"}, {7, "EUR", "signed"}};
  Score score;
  std::vector<Mistake> mistakes;
  AddToScore("1", Trip(), predicted, score, mistakes);
  EXPECT_EQ(score.visits.false_negatives, 1);
  EXPECT_EQ(score.visits.false_positives, 1);
  EXPECT_EQ(score.order.right, 0);
  EXPECT_EQ(score.travelers.true_positives, 1);
  EXPECT_EQ(score.travelers.false_positives, 1);
  EXPECT_EQ(score.travelers.false_negatives, 1);
  EXPECT_EQ(score.start_date.right, 0);
  EXPECT_EQ(score.false_end_dates, 1);
  EXPECT_EQ(score.amounts.false_positives, 1);
  EXPECT_EQ(score.amount_kinds.right, 0);
  EXPECT_EQ(mistakes.size(), 9u);
}

TEST(AddToScore, OneGoldNameTakesOnePredictedName) {
  Labels gold = Trip();
  gold.travelers = {"Ana Ruiz"};
  Labels predicted = Trip();
  predicted.travelers = {"Ana Ruiz", "Pedro Ruiz"};
  Score score;
  std::vector<Mistake> mistakes;
  AddToScore("1", gold, predicted, score, mistakes);
  EXPECT_EQ(score.travelers.true_positives, 1);
  EXPECT_EQ(score.travelers.false_positives, 1);
}

TEST(AddToScore, OfABriefingWithoutATripOnlyWhatCountsThereIsScored) {
  Labels gold;
  Labels predicted = Trip();
  Score score;
  std::vector<Mistake> mistakes;
  AddToScore("1", gold, predicted, score, mistakes);
  EXPECT_EQ(score.is_trip.right, 0);
  EXPECT_EQ(score.visits.false_positives, 3);
  EXPECT_EQ(score.travelers.false_positives, 0);
  EXPECT_EQ(score.false_start_dates, 1);
}

TEST(LabelsOf, TheRecordThatSharesMostTravelersSpeaks) {
  std::vector<v1::TripRecord> records(2);
  records[0].add_visits()->set_country_code("FR");
  records[0].add_travelers()->set_name("Someone Else");
  records[1].add_visits()->set_country_code("IT");
  records[1].add_travelers()->set_name("Ana Ruiz");
  records[1].add_sectors()->set_sector_id("energy_wave");
  const auto parent = [](const std::string& id) {
    return id == "energy_wave" ? std::string("energy") : std::string();
  };
  const Labels labels =
      LabelsOf(records, Trip(), {{"energy"}, {}}, parent, parent);
  EXPECT_EQ(labels.visits, std::vector<std::string>{"IT"});
  EXPECT_EQ(labels.sectors, std::set<std::string>{"energy"});
}

TEST(LabelsOf, ATripThatIsOffIsNoneAndItsPlanIsMentioned) {
  std::vector<v1::TripRecord> records(1);
  records[0].set_status(v1::TRIP_STATUS_CANCELLED);
  records[0].add_visits()->set_country_code("FR");
  const auto parent = [](const std::string&) { return std::string(); };
  const Labels labels = LabelsOf(records, Trip(), {}, parent, parent);
  EXPECT_FALSE(labels.is_trip);
  EXPECT_TRUE(labels.visits.empty());
  EXPECT_EQ(labels.mentions, std::set<std::string>{"FR"});
}

TEST(ReadGold, NamesTheBrokenLine) {
  const auto gold = ReadGold(
      "{\"id\":\"1\",\"is_trip\":true,\"visits\":[{\"country_code\":\"FR\"}]}"
      "\n{oops\n");
  ASSERT_FALSE(gold.ok());
  EXPECT_EQ(gold.status().message().substr(0, 7), "line 2:");
}

}  // namespace
}  // namespace attache::cli
