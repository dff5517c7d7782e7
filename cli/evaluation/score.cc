#include "cli/evaluation/score.h"

#include <algorithm>
#include <functional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace attache::cli {
namespace {

double Ratio(int part, int whole) {
  return whole == 0 ? 1.0 : static_cast<double>(part) / whole;
}

// Adds one briefing's mistakes under its id.
class Recorder {
 public:
  Recorder(const std::string& briefing_id, const Labels& predicted,
           std::vector<Mistake>& mistakes)
      : briefing_id_(briefing_id), predicted_(predicted), mistakes_(mistakes) {}

  void Missing(const std::string& metric, const std::string& value) {
    mistakes_.push_back({briefing_id_, metric, true, value, ""});
  }
  void Wrong(const std::string& metric, const std::string& value) {
    const auto quote = predicted_.quotes.find({metric, value});
    mistakes_.push_back(
        {briefing_id_, metric, false, value,
         quote == predicted_.quotes.end() ? "" : quote->second});
  }

 private:
  const std::string& briefing_id_;
  const Labels& predicted_;
  std::vector<Mistake>& mistakes_;
};

using Matches = std::function<bool(const std::string&, const std::string&)>;

// Each gold item takes at most one predicted one, and each of those serves
// once; what is left over was missed or invented.
void CountItems(const std::string& metric, const std::vector<std::string>& gold,
                std::vector<std::string> predicted, const Matches& matches,
                SetCounts& counts, Recorder& recorder) {
  for (const std::string& item : gold) {
    const auto it = std::find_if(
        predicted.begin(), predicted.end(),
        [&](const std::string& other) { return matches(item, other); });
    if (it == predicted.end()) {
      ++counts.false_negatives;
      recorder.Missing(metric, item);
    } else {
      ++counts.true_positives;
      predicted.erase(it);
    }
  }
  for (const std::string& item : predicted) {
    ++counts.false_positives;
    recorder.Wrong(metric, item);
  }
}

void CountSet(const std::string& metric, const std::set<std::string>& gold,
              const std::set<std::string>& predicted, SetCounts& counts,
              Recorder& recorder) {
  CountItems(metric, {gold.begin(), gold.end()},
             {predicted.begin(), predicted.end()}, std::equal_to<std::string>(),
             counts, recorder);
}

std::vector<std::string> FirstAppearances(
    const std::vector<std::string>& codes) {
  std::vector<std::string> order;
  for (const std::string& code : codes) {
    if (std::find(order.begin(), order.end(), code) == order.end())
      order.push_back(code);
  }
  return order;
}

void CountDate(const std::string& metric, const std::string& gold,
               const std::string& predicted, Share& share, int& false_dates,
               Recorder& recorder) {
  if (gold.empty()) {
    if (predicted.empty()) return;
    ++false_dates;
    recorder.Wrong(metric, absl::StrCat(predicted, " (none is labelled)"));
    return;
  }
  ++share.all;
  if (gold == predicted) {
    ++share.right;
  } else if (predicted.empty()) {
    recorder.Missing(metric, gold);
  } else {
    recorder.Wrong(metric, absl::StrCat(predicted, " instead of ", gold));
  }
}

// (value, currency), each pair once.
std::set<std::string> AmountKeys(const std::vector<AmountLabel>& amounts) {
  std::set<std::string> keys;
  for (const AmountLabel& amount : amounts) {
    keys.insert(absl::StrCat(amount.value, " ", amount.currency));
  }
  return keys;
}

// Kinds of amounts that both have.
void CountKinds(const std::vector<AmountLabel>& gold,
                const std::vector<AmountLabel>& predicted, Share& share,
                Recorder& recorder) {
  std::set<std::string> seen;
  for (const AmountLabel& amount : gold) {
    const auto it = std::find_if(predicted.begin(), predicted.end(),
                                 [&](const AmountLabel& other) {
                                   return other.value == amount.value &&
                                          other.currency == amount.currency;
                                 });
    const std::string key = absl::StrCat(amount.value, " ", amount.currency);
    if (it == predicted.end() || !seen.insert(key).second) continue;
    ++share.all;
    if (it->kind == amount.kind) {
      ++share.right;
    } else {
      recorder.Wrong("amount_kinds", absl::StrCat(key, " ", it->kind,
                                                  " instead of ", amount.kind));
    }
  }
}

void AddTripFields(const Labels& gold, const Labels& predicted, Score& score,
                   Recorder& recorder) {
  CountSet("mentions", gold.mentions, predicted.mentions, score.mentions,
           recorder);
  CountSet("sectors", gold.sectors, predicted.sectors, score.sectors, recorder);
  CountSet("objectives", gold.objectives, predicted.objectives,
           score.objectives, recorder);
  CountItems("travelers", gold.travelers, predicted.travelers, NamesMatch,
             score.travelers, recorder);
  CountItems("meetings", gold.meetings, predicted.meetings, NamesMatch,
             score.meetings, recorder);
  CountItems("events", gold.events, predicted.events, EventsMatch, score.events,
             recorder);
  const std::vector<std::string> order = FirstAppearances(gold.visits);
  if (order.size() < 2) return;
  ++score.order.all;
  const std::vector<std::string> given = FirstAppearances(predicted.visits);
  if (order == given) {
    ++score.order.right;
  } else {
    recorder.Wrong("order",
                   absl::StrCat(absl::StrJoin(given, " "), " instead of ",
                                absl::StrJoin(order, " ")));
  }
}

}  // namespace

double SetCounts::Precision() const {
  return Ratio(true_positives, true_positives + false_positives);
}

double SetCounts::Recall() const {
  return Ratio(true_positives, true_positives + false_negatives);
}

double SetCounts::F1() const {
  return Ratio(2 * true_positives,
               2 * true_positives + false_positives + false_negatives);
}

void AddToScore(const std::string& briefing_id, const Labels& gold,
                const Labels& predicted, Score& score,
                std::vector<Mistake>& mistakes) {
  Recorder recorder(briefing_id, predicted, mistakes);
  ++score.is_trip.all;
  if (gold.is_trip == predicted.is_trip) {
    ++score.is_trip.right;
  } else if (gold.is_trip) {
    recorder.Missing("is_trip", "a trip");
  } else {
    recorder.Wrong("is_trip", "a trip");
  }
  CountSet("visits", {gold.visits.begin(), gold.visits.end()},
           {predicted.visits.begin(), predicted.visits.end()}, score.visits,
           recorder);
  CountSet("amounts", AmountKeys(gold.amounts), AmountKeys(predicted.amounts),
           score.amounts, recorder);
  CountKinds(gold.amounts, predicted.amounts, score.amount_kinds, recorder);
  CountDate("start_date", gold.start, predicted.start, score.start_date,
            score.false_start_dates, recorder);
  CountDate("end_date", gold.end, predicted.end, score.end_date,
            score.false_end_dates, recorder);
  if (gold.is_trip) AddTripFields(gold, predicted, score, recorder);
}

}  // namespace attache::cli
