// Is it a trip at all: the parser against 150 real press releases that were
// labelled by reading (release_labels.tsv).
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "cli/briefing_source.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/parser.h"
#include "tests/support/corpora.h"

namespace attache::cli {
namespace {

std::map<std::string, std::string> ReadLabels() {
  std::map<std::string, std::string> labels;
  const std::string text = ReadFile(std::filesystem::path(ATTACHE_SOURCE_DIR) /
                                    "tests/cli/release_labels.tsv");
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    if (cells.size() == 2 && cells[0] != "guid") labels[cells[0]] = cells[1];
  }
  return labels;
}

// A trip that was called off is none.
bool ReportsTrip(const ParseResult& result) {
  for (const v1::TripRecord& record : result.records) {
    if (record.status() != v1::TRIP_STATUS_CANCELLED &&
        record.status() != v1::TRIP_STATUS_POSTPONED) {
      return true;
    }
  }
  return false;
}

struct Share {
  int wrong = 0;
  int all = 0;
};

TEST(ReleaseLabels, FewTripsAreMissedAndFewOthersTakenForOne) {
  const std::filesystem::path feed =
      CorporaDirectory() / "state_releases/releases.rss";
  if (!std::filesystem::exists(feed)) {
    GTEST_SKIP() << feed << " is not there; set ATTACHE_CORPORA to where the "
                 << "corpora lie";
  }
  const std::map<std::string, std::string> labels = ReadLabels();
  ASSERT_EQ(labels.size(), 150u);
  const auto vocabulary = Vocabulary::Load(DefaultVocabularyDirectory());
  ASSERT_TRUE(vocabulary.ok()) << vocabulary.status();
  const auto source = BriefingSource::Open(feed, {});
  ASSERT_TRUE(source.ok()) << source.status();
  std::map<std::string, Share> shares;
  while (auto item = (*source)->Next()) {
    ASSERT_TRUE(item->briefing.ok()) << item->briefing.status();
    const auto label = labels.find(item->briefing->briefing_id());
    if (label == labels.end()) continue;
    const auto result = Parse(*item->briefing, **vocabulary);
    ASSERT_TRUE(result.ok()) << result.status();
    Share& share = shares[label->second];
    ++share.all;
    if (ReportsTrip(*result) != (label->second != "none")) {
      ++share.wrong;
      std::cout << label->second << " read wrong: " << label->first << '\n';
    }
  }
  EXPECT_EQ(shares["none"].all, 95);
  EXPECT_EQ(shares["outbound"].all, 42);
  EXPECT_EQ(shares["inbound"].all, 13);
  EXPECT_LE(shares["none"].wrong, shares["none"].all * 0.03);
  EXPECT_LE(shares["outbound"].wrong, shares["outbound"].all * 0.05);
  RecordProperty("inbound_missed", shares["inbound"].wrong);
}

}  // namespace
}  // namespace attache::cli
