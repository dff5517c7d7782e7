#include "ingestor/passes/find_dates_lengths.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"

namespace attache {
namespace {

constexpr int kLongestLength = 366;
// How far the noun that has the length may stand from it.
constexpr uint32_t kNounReach = 4;

constexpr float kOfTrip = 0.9f;
constexpr float kOfSomething = 0.5f;

class LengthReader {
 public:
  LengthReader(const Document& document, const DateWords& words, TokenSpan unit)
      : document_(document), words_(words), unit_(unit) {}

  std::optional<DateMention> Read(uint32_t token) const {
    auto day = words_.At(token, DateWord::kTripDay);
    if (day.has_value() && !TripNounBehind(day->end)) day.reset();
    if (!day.has_value()) day = words_.At(token, DateWord::kStayDay);
    if (day.has_value()) {
      DateMention mention;
      mention.span = {token, day->end};
      mention.trip_day = day->value;
      mention.confidence = kOfTrip;
      return mention;
    }
    int count = 1;
    uint32_t at = token;
    bool counted = ReadCount(at, count);
    bool joined = counted && IsDash(at);
    if (joined) ++at;
    std::optional<DateWords::Word> unit = words_.At(at, DateWord::kUnit);
    if (!unit.has_value()) return std::nullopt;
    at = unit->end;
    uint32_t dashes = at;
    if (IsDash(dashes)) ++dashes;
    if (auto suffix = words_.At(dashes, DateWord::kLong)) {
      joined = true;  // "week-long", "two-week-long"
      at = suffix->end;
    } else if (!counted) {
      return std::nullopt;
    }
    if (words_.At(at, DateWord::kAgo).has_value() ||
        words_.Before(token, DateWord::kAgo).has_value()) {
      return std::nullopt;
    }
    if (count < 1 || count > kLongestLength) return std::nullopt;
    const int days = count * unit->value;
    if (days < 1 || days > kLongestLength) return std::nullopt;
    bool of_trip = TripNounAfter(at, joined);
    of_trip = of_trip || TripNounBefore(token);
    bool introduced = words_.Before(token, DateWord::kLengthIntro).has_value();
    if (!of_trip && !joined && !introduced) return std::nullopt;
    DateMention mention;
    mention.span = {token, at};
    mention.length_days = days;
    mention.length_of_trip = of_trip;
    mention.confidence = of_trip ? kOfTrip : kOfSomething;
    return mention;
  }

 private:
  bool IsDash(uint32_t token) const {
    return token < unit_.end && document_.tokens[token].folded == "-";
  }

  bool ReadCount(uint32_t& at, int& count) const {
    if (auto word = words_.At(at, DateWord::kCount)) {
      count = word->value;
      at = word->end;
      return true;
    }
    const Token& token = document_.tokens[at];
    if (token.kind != TokenKind::kNumber ||
        !absl::SimpleAtoi(token.folded, &count)) {
      return false;
    }
    ++at;
    return at < unit_.end;
  }

  // "two-day official visit": close behind, nothing but words between.
  bool TripNounAfter(uint32_t at, bool joined) const {
    uint32_t reach = joined ? kNounReach : 2;
    uint32_t end = std::min(unit_.end, at + reach);
    for (; at < end; ++at) {
      if (words_.At(at, DateWord::kTripNoun).has_value()) return true;
      if (document_.tokens[at].kind != TokenKind::kWord) return false;
    }
    return false;
  }

  // "the second day of a four-day official visit".
  bool TripNounBehind(uint32_t at) const {
    constexpr uint32_t kFarthest = 8;  // tokens
    const uint32_t end = std::min(unit_.end, at + kFarthest);
    for (; at < end; ++at) {
      if (words_.At(at, DateWord::kTripNoun).has_value()) return true;
      if (document_.tokens[at].kind == TokenKind::kSign && !IsDash(at)) {
        return false;
      }
    }
    return false;
  }

  // "visita oficial de três dias": of, and the noun not far before it.
  bool TripNounBefore(uint32_t token) const {
    uint32_t first = token > unit_.begin + kNounReach + 1
                         ? token - kNounReach - 1
                         : unit_.begin;
    bool linked = false;
    for (uint32_t at = token; at > first; --at) {
      const Token& before = document_.tokens[at - 1];
      if (before.kind != TokenKind::kWord) return false;
      if (words_.At(at - 1, DateWord::kOf).has_value()) linked = true;
      if (linked && words_.At(at - 1, DateWord::kTripNoun).has_value()) {
        return true;
      }
    }
    return false;
  }

  const Document& document_;
  const DateWords& words_;
  const TokenSpan unit_;
};

}  // namespace

std::vector<DateMention> FindLengths(const Document& document,
                                     const DateWords& words, TokenSpan unit) {
  std::vector<DateMention> found;
  LengthReader reader(document, words, unit);
  for (uint32_t token = unit.begin; token < unit.end;) {
    std::optional<DateMention> mention = reader.Read(token);
    if (mention.has_value()) {
      token = mention->span.end;
      found.push_back(*std::move(mention));
    } else {
      ++token;
    }
  }
  return found;
}

}  // namespace attache
