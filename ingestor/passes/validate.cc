#include "ingestor/passes/validate.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/civil_date.h"

namespace attache {
namespace {

// Beyond these, one issue counts the rest.
constexpr size_t kMaxItemIssues = 20;

// The first and last day that a range may stand for, as far as they are known.
struct Days {
  std::optional<DayNumber> first;
  std::optional<DayNumber> last;
};

Days DaysOf(const DateRange& range) {
  Days days;
  if (const auto start = IntervalOf(range.start)) days.first = start->first;
  if (const auto end = IntervalOf(range.end)) days.last = end->last;
  return days;
}

TextRange RangeOfFirst(const Document& document,
                       const std::vector<TokenSpan>& spans) {
  return spans.empty() ? TextRange() : document.RangeOf(spans[0]);
}

void CheckReversed(const Document& document, const DateRange& range,
                   const std::vector<TokenSpan>& spans, IssueSink& issues) {
  const Days days = DaysOf(range);
  if (!days.first || !days.last || *days.first <= *days.last) return;
  issues.Report(
      "DATES_REVERSED",
      absl::StrCat("The end ", ToString(range.end), " lies before the start ",
                   ToString(range.start), "."),
      RangeOfFirst(document, spans));
}

void CheckVisit(const Document& document, const Trip& trip, const Visit& visit,
                IssueSink& issues) {
  CheckReversed(document, visit.dates, visit.date_spans, issues);
  const Days all = DaysOf(trip.dates);
  const Days own = DaysOf(visit.dates);
  const bool early = all.first && own.last && *own.last < *all.first;
  const bool late = all.last && own.first && *own.first > *all.last;
  const bool starts_early = all.first && own.first && *own.first < *all.first &&
                            visit.dates.start.complete();
  if (early || late || starts_early) {
    issues.Report("VISIT_OUTSIDE_TRIP",
                  absl::StrCat("The visit to ", visit.country_code,
                               " is dated outside the trip."),
                  RangeOfFirst(document, visit.date_spans));
  }
}

void CheckOrder(const Document& document, const Trip& trip, IssueSink& issues) {
  for (size_t i = 1; i < trip.visits.size(); ++i) {
    const PartialDate& before = trip.visits[i - 1].dates.start;
    const PartialDate& after = trip.visits[i].dates.start;
    if (!before.complete() || !after.complete() || before <= after) continue;
    issues.Report(
        "VISIT_ORDER",
        absl::StrCat("The visit to ", trip.visits[i].country_code, " from ",
                     ToString(after), " is told after the one to ",
                     trip.visits[i - 1].country_code, " from ",
                     ToString(before), "."),
        RangeOfFirst(document, trip.visits[i].date_spans));
  }
}

void CheckIds(const Document& document,
              const std::vector<std::vector<LinkedItem>>& items,
              IssueSink& issues) {
  size_t without = 0;
  for (const std::vector<LinkedItem>& trip : items) {
    for (const LinkedItem& item : trip) {
      const bool has_id =
          item.kind == ItemKind::kObjective || item.kind == ItemKind::kSector;
      if (!has_id || item.from_prose || !item.id.empty()) continue;
      if (++without > kMaxItemIssues) continue;
      issues.Report(
          "ITEM_WITHOUT_ID",
          absl::StrCat("The vocabulary has no ",
                       item.kind == ItemKind::kSector ? "sector" : "objective",
                       " for this item."),
          document.RangeOf(item.label));
    }
  }
  if (without > kMaxItemIssues) {
    issues.Report("ITEM_WITHOUT_ID",
                  absl::StrCat("The vocabulary has nothing for ",
                               without - kMaxItemIssues, " more items."));
  }
}

}  // namespace

void Validate(const Document& document, const std::vector<Trip>& trips,
              const std::vector<std::vector<LinkedItem>>& items,
              IssueSink& issues) {
  for (const Trip& trip : trips) {
    CheckReversed(document, trip.dates, trip.date_spans, issues);
    for (const Visit& visit : trip.visits) {
      CheckVisit(document, trip, visit, issues);
    }
    CheckOrder(document, trip, issues);
  }
  CheckIds(document, items, issues);
}

}  // namespace attache
