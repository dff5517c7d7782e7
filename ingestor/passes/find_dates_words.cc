#include "ingestor/passes/find_dates_words.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace attache {
namespace {

// The kinds of dates.tsv that say all by themselves; in the others the value
// decides.
std::optional<DateWord> KindOfDate(absl::string_view id,
                                   absl::string_view value) {
  static const auto* const kKinds =
      new absl::flat_hash_map<absl::string_view, DateWord>{
          {"month", DateWord::kMonth},
          {"month_short", DateWord::kMonthShort},
          {"weekday", DateWord::kWeekday},
          {"weekday_weak", DateWord::kWeekdayWeak},
          {"day_offset", DateWord::kRelative},
          {"week_offset", DateWord::kWeek},
          {"weekend_offset", DateWord::kWeekend},
          {"month_offset", DateWord::kCalendarMonth},
          {"year_offset", DateWord::kCalendarYear},
          {"weekday_prefix", DateWord::kModifier},
          {"month_prefix", DateWord::kModifier},
          {"weekday_suffix", DateWord::kSuffix},
          {"month_part", DateWord::kMonthIntro},
          {"length_unit", DateWord::kUnit},
          {"ordinal", DateWord::kOrdinal},
          {"ordinal_suffix", DateWord::kOrdinalSuffix},
          {"of_word", DateWord::kOf},
          {"article", DateWord::kArticle},
          {"day", DateWord::kDay},
          {"day_part", DateWord::kNotDate},
          {"month_intro", DateWord::kMonthIntro},
          {"year_intro", DateWord::kYearIntro},
          {"after_day", DateWord::kAfterDay},
          {"not_date", DateWord::kNotDate},
          {"time", DateWord::kTime},
          {"past", DateWord::kPast},
          {"future", DateWord::kFuture},
          {"length_intro", DateWord::kLengthIntro},
          {"trip_noun", DateWord::kTripNoun},
          {"long", DateWord::kLong},
          {"from", DateWord::kFrom},
          {"to", DateWord::kTo},
          {"through", DateWord::kUntil},
          {"until", DateWord::kUntil},
          {"between", DateWord::kBetween},
          {"and", DateWord::kAnd},
          {"ago", DateWord::kAgo},
      };
  bool by_value = id == "range_word" || id == "elapsed";
  auto it = kKinds->find(by_value ? value : id);
  if (it == kKinds->end()) return std::nullopt;
  return it->second;
}

std::optional<DateWord> KindOf(const LexiconEntry& entry) {
  switch (entry.kind) {
    case EntryKind::kDate:
      return KindOfDate(entry.id, entry.qualifier);
    case EntryKind::kNumber:
      if (entry.id == "number_word") return DateWord::kCount;
      return std::nullopt;
    case EntryKind::kCue:
      if (entry.id == "function_word") return DateWord::kAfterDay;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

int ValueOf(absl::string_view value) {
  if (value == "next") return 1;
  if (value == "last") return -1;
  int number = 0;
  return absl::SimpleAtoi(value, &number) ? number : 0;
}

}  // namespace

DateWords::DateWords(const Document& document) {
  for (const LexiconMatch& match : document.matches) {
    std::optional<DateWord> kind = KindOf(*match.entry);
    if (!kind.has_value()) continue;
    matches_.push_back(
        {*kind, ValueOf(match.entry->qualifier), match.begin, match.end});
    longest_ = std::max(longest_, match.end - match.begin);
  }
  std::stable_sort(matches_.begin(), matches_.end(),
                   [](const DateWordMatch& a, const DateWordMatch& b) {
                     return a.begin < b.begin;
                   });
  first_.assign(document.tokens.size() + 1, 0);
  uint32_t next = 0;
  for (uint32_t token = 0; token < first_.size(); ++token) {
    while (next < matches_.size() && matches_[next].begin < token) ++next;
    first_[token] = next;
  }
}

std::optional<DateWordMatch> DateWords::At(uint32_t token,
                                           DateWord kind) const {
  std::optional<DateWordMatch> best;
  if (token + 1 >= first_.size()) return best;
  for (uint32_t i = first_[token]; i < first_[token + 1]; ++i) {
    if (matches_[i].kind != kind) continue;
    if (!best.has_value() || matches_[i].end > best->end) best = matches_[i];
  }
  return best;
}

std::optional<DateWordMatch> DateWords::Before(uint32_t token,
                                               DateWord kind) const {
  for (uint32_t back = std::min(longest_, token); back > 0; --back) {
    uint32_t begin = token - back;
    if (begin + 1 >= first_.size()) continue;
    for (uint32_t i = first_[begin]; i < first_[begin + 1]; ++i) {
      if (matches_[i].kind == kind && matches_[i].end == token) {
        return matches_[i];
      }
    }
  }
  return std::nullopt;
}

bool DateWords::Covers(uint32_t token, DateWord kind) const {
  for (uint32_t back = 0; back <= std::min(longest_, token); ++back) {
    uint32_t begin = token - back;
    if (begin + 1 >= first_.size()) continue;
    for (uint32_t i = first_[begin]; i < first_[begin + 1]; ++i) {
      if (matches_[i].kind == kind && matches_[i].end > token) return true;
    }
  }
  return false;
}

std::vector<DateWordMatch> DateWords::In(TokenSpan span, DateWord kind) const {
  std::vector<DateWordMatch> found;
  if (span.end >= first_.size()) return found;
  for (uint32_t i = first_[span.begin]; i < first_[span.end]; ++i) {
    if (matches_[i].kind == kind) found.push_back(matches_[i]);
  }
  return found;
}

}  // namespace attache
