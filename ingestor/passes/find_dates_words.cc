#include "ingestor/passes/find_dates_words.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace attache {
namespace {

std::optional<DateWord> KindOf(const LexiconEntry& entry) {
  static const auto* const kKinds =
      new absl::flat_hash_map<absl::string_view, DateWord>{
          {"month", DateWord::kMonth},
          {"month_short", DateWord::kMonthShort},
          {"weekday", DateWord::kWeekday},
          {"weekday_weak", DateWord::kWeekdayWeak},
          {"relative", DateWord::kRelative},
          {"modifier", DateWord::kModifier},
          {"unit", DateWord::kUnit},
          {"ordinal", DateWord::kOrdinal},
          {"ordinal_suffix", DateWord::kOrdinalSuffix},
          {"of", DateWord::kOf},
          {"to", DateWord::kTo},
          {"and", DateWord::kAnd},
          {"from", DateWord::kFrom},
          {"between", DateWord::kBetween},
          {"until", DateWord::kUntil},
          {"article", DateWord::kArticle},
          {"day", DateWord::kDay},
          {"month_intro", DateWord::kMonthIntro},
          {"year_intro", DateWord::kYearIntro},
          {"after_day", DateWord::kAfterDay},
          {"ago", DateWord::kAgo},
          {"not_date", DateWord::kNotDate},
          {"time", DateWord::kTime},
          {"past", DateWord::kPast},
          {"future", DateWord::kFuture},
          {"length_intro", DateWord::kLengthIntro},
          {"trip_noun", DateWord::kTripNoun},
          {"long", DateWord::kLong},
      };
  if (entry.kind == EntryKind::kNumber) {
    if (entry.id == "word") return DateWord::kCount;
    return std::nullopt;
  }
  if (entry.kind != EntryKind::kDate) return std::nullopt;
  auto it = kKinds->find(entry.id);
  if (it == kKinds->end()) return std::nullopt;
  return it->second;
}

int ValueOf(DateWord kind, absl::string_view value) {
  if (kind == DateWord::kUnit) {
    if (value == "day") return 1;
    if (value == "weekend") return 2;
    if (value == "week") return 7;
    if (value == "month") return 30;
    if (value == "year") return 365;
  }
  int number = 0;
  return absl::SimpleAtoi(value, &number) ? number : 0;
}

}  // namespace

DateWords::DateWords(const Document& document) {
  for (const LexiconMatch& match : document.matches) {
    std::optional<DateWord> kind = KindOf(*match.entry);
    if (!kind.has_value()) continue;
    matches_.push_back({*kind, ValueOf(*kind, match.entry->qualifier),
                        match.begin, match.end});
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
