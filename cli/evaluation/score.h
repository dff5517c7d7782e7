// The arithmetic of accuracy: counts over briefings, and what they come to.
#ifndef ATTACHE_CLI_EVALUATION_SCORE_H_
#define ATTACHE_CLI_EVALUATION_SCORE_H_

#include <string>
#include <utility>
#include <vector>

#include "cli/evaluation/labels.h"

namespace attache::cli {

// Micro counts of items that can be missed and invented.
struct SetCounts {
  int true_positives = 0;
  int false_positives = 0;
  int false_negatives = 0;

  // 1 where there was nothing to find and nothing was found.
  double Precision() const;
  double Recall() const;
  double F1() const;
};

// Counts of what is either right or not.
struct Share {
  int right = 0;
  int all = 0;
  // 1 where there was nothing to get right.
  double Value() const {
    return all == 0 ? 1.0 : static_cast<double>(right) / all;
  }
};

struct Score {
  Share is_trip;
  SetCounts visits, mentions, travelers, meetings, events, sectors, objectives,
      amounts;
  Share order;
  Share start_date, end_date;
  // Briefings where the labels have no such date and one was predicted.
  int false_start_dates = 0;
  int false_end_dates = 0;
  Share amount_kinds;
};

// One thing that was read wrong: "missing" or "wrong", what, and its value.
struct Mistake {
  std::string briefing_id;
  std::string metric;  // "visits"
  bool missing = false;
  std::string value;
  std::string evidence;  // the words that it was read from, where it was read
};

// Adds one briefing to `score`, and what was wrong to `mistakes`.
void AddToScore(const std::string& briefing_id, const Labels& gold,
                const Labels& predicted, Score& score,
                std::vector<Mistake>& mistakes);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_EVALUATION_SCORE_H_
