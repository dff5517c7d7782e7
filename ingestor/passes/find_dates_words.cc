#include "ingestor/passes/find_dates_words.h"

#include <optional>

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
          {"weekday_short", DateWord::kWeekdayShort},
          {"day_offset", DateWord::kRelative},
          {"from_last", DateWord::kFromLast},
          {"weekday_week", DateWord::kWeekOfDay},
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
          {"day_part", DateWord::kDayPart},
          {"month_intro", DateWord::kMonthIntro},
          {"year_intro", DateWord::kYearIntro},
          {"after_day", DateWord::kAfterDay},
          {"not_date", DateWord::kNotDate},
          {"not_day", DateWord::kNotDay},
          {"past", DateWord::kPast},
          {"future", DateWord::kFuture},
          {"length_intro", DateWord::kLengthIntro},
          {"trip_noun", DateWord::kTripNoun},
          {"long", DateWord::kLong},
          {"trip_day", DateWord::kTripDay},
          {"stay_day", DateWord::kStayDay},
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

std::optional<DateWord> DateWordOf(const LexiconEntry& entry) {
  switch (entry.kind) {
    case EntryKind::kDate:
      return KindOfDate(entry.id, entry.qualifier);
    case EntryKind::kNumber:
      if (entry.id == "number_word") return DateWord::kCount;
      return std::nullopt;
    case EntryKind::kCue:
      // "El jueves 14 llegará": verbs are no count either.
      if (entry.id == "function_word" || entry.id == "finite") {
        return DateWord::kAfterDay;
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

int DateValueOf(const LexiconEntry& entry) {
  if (entry.qualifier == "next") return 1;
  if (entry.qualifier == "last") return -1;
  int number = 0;
  return absl::SimpleAtoi(entry.qualifier, &number) ? number : 0;
}

}  // namespace

DateWords IndexDateWords(const Document& document) {
  return DateWords(document, DateWordOf, DateValueOf);
}

}  // namespace attache
