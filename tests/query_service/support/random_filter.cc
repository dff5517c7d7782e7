#include "tests/query_service/support/random_filter.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "tests/query_service/support/full_records.h"
#include "tests/query_service/support/plain_words.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using Strings = std::vector<std::string>;
template <typename T>
using Repeated = google::protobuf::RepeatedPtrField<T>;

class Dice {
 public:
  explicit Dice(uint32_t seed) : random_(seed) {}
  int Below(int limit) {
    return std::uniform_int_distribution<int>(0, limit - 1)(random_);
  }
  bool OneIn(int n) { return Below(n) == 0; }
  template <typename Pool>
  const auto& One(const Pool& pool) {
    return *(std::begin(pool) + Below(static_cast<int>(std::size(pool))));
  }

 private:
  std::mt19937 random_;
};

// Whether something holds of a message or value, in a record of `language`.
template <typename T>
using Test = std::function<bool(const T&, const std::string& language)>;

// A part of a filter.
template <typename T>
struct Part {
  std::string text;
  Test<T> holds;
};

// A comparison of a field with something; `negated` where `holds` tells what
// must not be ("!=").
template <typename T>
struct Restriction {
  std::string text;
  Test<T> holds;
  bool negated = false;
};

template <typename T>
Part<T> Finished(Restriction<T> part) {
  if (!part.negated) return {std::move(part.text), std::move(part.holds)};
  return {std::move(part.text), [holds = std::move(part.holds)](
                                    const T& t, const std::string& language) {
            return !holds(t, language);
          }};
}

template <typename T>
Part<T> Joined(std::vector<Part<T>> parts, absl::string_view between,
               bool any) {
  if (parts.size() == 1) return std::move(parts[0]);
  Part<T> joined;
  joined.text = absl::StrJoin(parts, between, [](auto* out, const auto& part) {
    absl::StrAppend(out, part.text);
  });
  joined.holds = [parts = std::move(parts), any](const T& t,
                                                 const std::string& language) {
    for (const Part<T>& part : parts) {
      if (part.holds(t, language) == any) return any;
    }
    return !any;
  };
  return joined;
}

// By the grammar of the contract: OR binds tighter than AND, words side by side
// tightest. `leaf` gives a word or a restriction.
template <typename T, typename Leaf>
Part<T> Expression(Dice& dice, int depth, const Leaf& leaf) {
  const auto some = [&dice](const auto& make) {
    std::vector<Part<T>> parts;
    do {
      parts.push_back(make());
    } while (parts.size() < 3 && dice.OneIn(4));
    return parts;
  };
  const auto term = [&] {
    const bool negated = dice.OneIn(5);
    Part<T> part;
    if (depth > 0 && dice.OneIn(4)) {
      part = Expression<T>(dice, depth - 1, leaf);
      part.text = absl::StrCat("(", part.text, ")");
    } else {
      part = leaf();
    }
    if (!negated) return part;
    return Finished<T>({absl::StrCat(dice.OneIn(2) ? "NOT " : "-", part.text),
                        std::move(part.holds), true});
  };
  const auto sequence = [&] { return Joined<T>(some(term), " ", false); };
  const auto factor = [&] { return Joined<T>(some(sequence), " OR ", true); };
  return Joined<T>(some(factor), " AND ", false);
}

// What values of one kind may be compared with.
template <typename V>
struct Kind {
  Strings comparators;
  // The value as it is written behind the comparator, and what it asks.
  std::function<Part<V>(Dice&, const std::string& comparator)> value;
};

std::string Quoted(Dice& dice, absl::string_view text) {
  const bool plain =
      !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
               c == '*' || c == '#';
      });
  if (plain && dice.OneIn(2)) return std::string(text);
  return dice.OneIn(2)
             ? absl::StrCat("\"", text, "\"")
             : absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "\\'"}}),
                            "'");
}

// One that makes a filter's comparison: fields by the message that has them.
template <typename M>
using Maker =
    std::function<Restriction<M>(Dice&, int depth, const std::string& prefix)>;
template <typename M>
const std::vector<Maker<M>>& Fields();

std::string Compared(Dice& dice, const std::string& field,
                     const std::string& comparator) {
  return absl::StrCat(field, dice.OneIn(2) ? " " : "", comparator,
                      dice.OneIn(2) ? " " : "");
}

// A test of what `get` finds in a message: some of it passes.
template <typename M, typename Get, typename V>
Test<M> Any(Get get, Test<V> holds) {
  return [get, holds = std::move(holds)](const M& message,
                                         const std::string& language) {
    for (const auto& value : get(message)) {
      if (holds(value, language)) return true;
    }
    return false;
  };
}

template <typename M, typename V, typename Get>
Maker<M> Values(std::string name, Get get, Kind<V> kind) {
  return [=](Dice& dice, int depth,
             const std::string& prefix) -> Restriction<M> {
    const std::string field = prefix + name;
    if (dice.OneIn(8)) {
      const std::string comparator = dice.One(Strings{":", "=", "!="});
      return {absl::StrCat(Compared(dice, field, comparator), "*"),
              [get](const M& m, const std::string&) { return !get(m).empty(); },
              comparator == "!="};
    }
    std::string comparator = dice.One(kind.comparators);
    const bool negated = comparator == "=" && dice.OneIn(3);
    const auto leaf = [&] { return kind.value(dice, comparator); };
    Part<V> wanted = leaf();
    if (dice.OneIn(6)) {
      wanted = Expression<V>(dice, depth, leaf);
      wanted.text = absl::StrCat("(", wanted.text, ")");
    }
    return {absl::StrCat(Compared(dice, field, negated ? "!=" : comparator),
                         wanted.text),
            Any<M, Get, V>(get, std::move(wanted.holds)), negated};
  };
}

template <typename S>
Part<S> MessageExpression(Dice& dice, int depth) {
  return Expression<S>(dice, depth, [&] {
    return Finished(dice.One(Fields<S>())(dice, depth - 1, ""));
  });
}

template <typename M, typename S, typename Get>
Maker<M> Messages(std::string name, Get get) {
  return [=](Dice& dice, int depth,
             const std::string& prefix) -> Restriction<M> {
    const std::string field = prefix + name;
    if (dice.OneIn(10)) {
      const std::string comparator = dice.One(Strings{":", "=", "!="});
      return {absl::StrCat(Compared(dice, field, comparator), "*"),
              [get](const M& m, const std::string&) { return !get(m).empty(); },
              comparator == "!="};
    }
    if (depth > 0 && dice.OneIn(3)) {
      Part<S> part = MessageExpression<S>(dice, depth - 1);
      return {absl::StrCat(Compared(dice, field, ":"), "(", part.text, ")"),
              Any<M, Get, S>(get, std::move(part.holds))};
    }
    Restriction<S> inner = dice.One(Fields<S>())(dice, depth, field + ".");
    return {std::move(inner.text), Any<M, Get, S>(get, std::move(inner.holds)),
            inner.negated};
  };
}

// Values of fields, where they are set.

template <typename M>
std::function<Strings(const M&)> Text(const std::string& (M::*field)() const) {
  return [field](const M& m) {
    const std::string& value = (m.*field)();
    return value.empty() ? Strings() : Strings{value};
  };
}

template <typename M>
std::function<Strings(const M&)> Texts(
    const Repeated<std::string>& (M::*field)() const) {
  return [field](const M& m) {
    return Strings((m.*field)().begin(), (m.*field)().end());
  };
}

template <typename M, typename I>
std::function<std::vector<int64_t>(const M&)> Number(I (M::*field)() const) {
  return [field](const M& m) {
    const auto value = static_cast<int64_t>((m.*field)());
    return value == 0 ? std::vector<int64_t>() : std::vector<int64_t>{value};
  };
}

template <typename M>
std::function<std::vector<float>(const M&)> Share(float (M::*field)() const) {
  return [field](const M& m) {
    return (m.*field)() == 0 ? std::vector<float>()
                             : std::vector<float>{(m.*field)()};
  };
}

template <typename M>
std::function<std::vector<bool>(const M&)> Flag(bool (M::*field)() const) {
  return [field](const M& m) { return std::vector<bool>{(m.*field)()}; };
}

// Messages, not copied.
template <typename S>
using Held = std::vector<std::reference_wrapper<const S>>;

template <typename M, typename S>
std::function<Held<S>(const M&)> Single(const S& (M::*field)() const,
                                        bool (M::*has)() const) {
  return [=](const M& m) {
    return (m.*has)() ? Held<S>{(m.*field)()} : Held<S>();
  };
}

template <typename M, typename S>
std::function<Held<S>(const M&)> Each(const Repeated<S>& (M::*field)() const) {
  return [field](const M& m) {
    return Held<S>((m.*field)().begin(), (m.*field)().end());
  };
}

// Kinds.

template <typename V>
bool Compare(const std::string& comparator, const V& held, const V& wanted) {
  if (comparator == "<") return held < wanted;
  if (comparator == "<=") return held <= wanted;
  if (comparator == ">") return held > wanted;
  if (comparator == ">=") return held >= wanted;
  return held == wanted;
}

const Strings kEqualities = {":", "="};
const Strings kAllComparators = {":", "=", "<", "<=", ">", ">="};

bool Among(const Strings& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

struct Name {
  std::string written;
  Strings ids;
};

// Names that stand for ids, and patterns of ids.
Kind<std::string> Names(std::vector<Name> names, Strings patterns) {
  return {kEqualities, [=](Dice& dice, const std::string&) {
            if (!dice.OneIn(6)) {
              const Name& name = dice.One(names);
              return Part<std::string>{Quoted(dice, name.written),
                                       [ids = name.ids](const std::string& held,
                                                        const std::string&) {
                                         return Among(ids, held);
                                       }};
            }
            const std::string& pattern = dice.One(patterns);
            return Part<std::string>{
                Quoted(dice, pattern),
                [pattern](const std::string& held, const std::string&) {
                  return PlainMatches(absl::AsciiStrToLower(pattern),
                                      absl::AsciiStrToLower(held));
                }};
          }};
}

Strings CountriesOf(const std::string& region) {
  return TestVocabulary()->FindRegion(region)->countries;
}

Kind<std::string> Countries() {
  std::vector<Name> names;
  for (const char* name : {"BR", "br", "BRA", "076", "Brasil", "Brésil"}) {
    names.push_back({name, {"BR"}});
  }
  for (const char* name : {"Peru", "604"}) names.push_back({name, {"PE"}});
  for (const char* name : {"Bélgica", "Belgique"}) {
    names.push_back({name, {"BE"}});
  }
  for (const char* name : {"US", "Estados Unidos", "U.S.A."}) {
    names.push_back({name, {"US"}});
  }
  for (const char* name : {"Japón", "JPN"}) names.push_back({name, {"JP"}});
  for (const char* name : {"005", "South America", "América do Sul"}) {
    names.push_back({name, CountriesOf("005")});
  }
  names.push_back({"Europe", CountriesOf("150")});
  names.push_back({"Eastern Africa", CountriesOf("014")});
  return Names(std::move(names), {"B*", "*r", "*"});
}

Kind<std::string> Regions() {
  const auto within = [](const std::string& outer) {
    Strings ids = {outer};
    for (size_t i = 0; i < ids.size(); ++i) {
      for (const Region& region : TestVocabulary()->regions()) {
        if (region.parent_id == ids[i]) ids.push_back(region.id);
      }
    }
    return ids;
  };
  return Names({{"005", {"005"}},
                {"South America", {"005"}},
                {"Americas", within("019")},
                {"América", within("019")},
                {"Africa", within("002")},
                {"Europa", within("150")},
                {"Indo-Pacífico", within("indo_pacific")}},
               {"0*", "indo*", "*5"});
}

Kind<std::string> Sectors() {
  Strings energy;
  for (const VocabularyItem& item : TestVocabulary()->sectors()) {
    if (item.id == "energy" || item.parent_id == "energy") {
      energy.push_back(item.id);
    }
  }
  return Names({{"energy", energy},
                {"Énergie", energy},
                {"energy_renewable", {"energy_renewable"}},
                {"Renewable energy", {"energy_renewable"}},
                {"Agricultura", {"agriculture"}},
                {"education", {"education"}}},
               {"energy*", "*sector", "*"});
}

Kind<std::string> Objectives() {
  return Names({{"enhance_trade", {"enhance_trade"}},
                {"Ampliar o comércio", {"enhance_trade"}},
                {"enhance trade", {"enhance_trade"}},
                {"energy_security", {"energy_security"}}},
               {"enhance*", "*objective"});
}

Kind<std::string> Series() {
  return Names({{"g20", {"g20"}},
                {"Grupo de los 20", {"g20"}},
                {"G-20", {"g20"}},
                {"APEC", {"apec"}},
                {"cop", {"cop"}}},
               {"g*", "*"});
}

Kind<std::string> Languages() {
  const auto normal = [](const std::string& tag) {
    return absl::AsciiStrToLower(absl::StrReplaceAll(tag, {{"_", "-"}}));
  };
  return {kEqualities, [=](Dice& dice, const std::string&) {
            const std::string wanted = dice.One(Strings{
                "pt", "PT-br", "pt_BR", "e", "en", "es", "fr", "p*", "*-BR"});
            return Part<std::string>{
                Quoted(dice, wanted),
                [=](const std::string& held, const std::string&) {
                  if (absl::StrContains(wanted, '*')) {
                    return PlainMatches(normal(wanted), normal(held));
                  }
                  return normal(held) == normal(wanted) ||
                         absl::StartsWith(normal(held), normal(wanted) + "-");
                }};
          }};
}

Kind<int64_t> Enum(Strings names, absl::string_view prefix) {
  return {kEqualities,
          [=, prefix = std::string(prefix)](Dice& dice, const std::string&) {
            const int number = dice.Below(static_cast<int>(names.size()));
            std::string name = names[static_cast<size_t>(number)];
            if (dice.OneIn(3)) name = prefix + name;
            if (dice.OneIn(3)) name = absl::AsciiStrToLower(name);
            return Part<int64_t>{Quoted(dice, name),
                                 [number](int64_t held, const std::string&) {
                                   return number != 0 && held == number;
                                 }};
          }};
}

bool TextMatches(const std::string& comparator, const std::string& pattern,
                 const std::string& held) {
  const std::string plain = PlainText(pattern);
  if (PlainMatches(plain, PlainText(held))) return true;
  if (comparator != ":") return false;
  for (const std::string& word : PlainWords(PlainText(held))) {
    if (PlainMatches(plain, word)) return true;
  }
  return false;
}

bool SameText(const std::string& held, const std::string& wanted) {
  const std::string key = PlainKey(wanted);
  return key.empty() ? PlainText(held) == PlainText(wanted)
                     : PlainKey(held) == key;
}

const Strings kPatterns = {"tra*",    "*s",    "*lima*",   "*ã*",
                           "visit*s", "na*es", "* talks*", "*"};

Kind<std::string> Written() {
  return {kEqualities, [](Dice& dice, const std::string& comparator) {
            if (dice.OneIn(4)) {
              const std::string pattern = dice.One(kPatterns);
              return Part<std::string>{
                  Quoted(dice, pattern),
                  [=](const std::string& held, const std::string&) {
                    return TextMatches(comparator, pattern, held);
                  }};
            }
            if (comparator == "=") {
              const std::string text = dice.One(SharedTexts());
              return Part<std::string>{
                  Quoted(dice, text),
                  [=](const std::string& held, const std::string&) {
                    return SameText(held, text);
                  }};
            }
            std::string words = dice.One(SharedWords());
            if (dice.OneIn(3)) {
              absl::StrAppend(&words, dice.OneIn(2) ? " " : ", ",
                              dice.One(SharedWords()));
            }
            return Part<std::string>{
                Quoted(dice, words),
                [=](const std::string& held, const std::string& language) {
                  return PlainHoldsWords(language, held, words);
                }};
          }};
}

// Exact strings; an asterisk in `values` is one.
Kind<std::string> Ids(Strings values, Strings patterns,
                      Strings comparators = kAllComparators) {
  return {std::move(comparators),
          [=](Dice& dice, const std::string& comparator) {
            const bool equality = comparator == "=" || comparator == ":";
            if (equality && dice.OneIn(4)) {
              const std::string pattern = dice.One(patterns);
              return Part<std::string>{
                  Quoted(dice, pattern),
                  [=](const std::string& held, const std::string&) {
                    return PlainMatches(pattern, held);
                  }};
            }
            const std::string value = dice.One(values);
            return Part<std::string>{
                Quoted(dice, absl::StrReplaceAll(value, {{"*", "\\*"}})),
                [=](const std::string& held, const std::string&) {
                  return Compare(comparator, held, value);
                }};
          }};
}

Kind<int64_t> Integers(std::vector<int64_t> values) {
  return {kAllComparators, [=](Dice& dice, const std::string& comparator) {
            const int64_t wanted = dice.One(values);
            // A "-" without quotes may negate.
            return Part<int64_t>{wanted < 0 ? absl::StrCat("\"", wanted, "\"")
                                            : absl::StrCat(wanted),
                                 [=](int64_t held, const std::string&) {
                                   return Compare(comparator, held, wanted);
                                 }};
          }};
}

Kind<float> Shares() {
  return {kAllComparators, [](Dice& dice, const std::string& comparator) {
            const int percent =
                dice.OneIn(4) ? 25 * dice.Below(6) : dice.Below(101);
            return Part<float>{
                absl::StrFormat("%d.%02d", percent / 100, percent % 100),
                [=](float held, const std::string&) {
                  return Compare(comparator, held,
                                 static_cast<float>(percent) / 100);
                }};
          }};
}

Kind<bool> Flags() {
  return {
      kEqualities, [](Dice& dice, const std::string&) {
        const bool wanted = dice.OneIn(2);
        return Part<bool>{
            wanted ? dice.One(Strings{"true", "TRUE", "\"true\""})
                   : dice.One(Strings{"false", "False", "'false'"}),
            [wanted](bool held, const std::string&) { return held == wanted; }};
      }};
}

// Days as numbers that are in their order: 20240229.
struct Days {
  int first = 0;
  int last = 0;
};

int DaysIn(int year, int month) {
  if (month == 2) return year % 4 == 0 ? 29 : 28;  // 1901 to 2099
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<Days> DaysOf(int year, int month, int day) {
  if (year == 0) return std::nullopt;
  if (month == 0) return Days{year * 10000 + 101, year * 10000 + 1231};
  const int base = year * 10000 + month * 100;
  if (day == 0) return Days{base + 1, base + DaysIn(year, month)};
  if (day > DaysIn(year, month)) return std::nullopt;
  return Days{base + day, base + day};
}

// How a span compares with another.
template <typename V>
bool CompareSpans(const std::string& comparator, V first, V last,
                  V wanted_first, V wanted_last) {
  if (comparator == "<") return last < wanted_first;
  if (comparator == "<=") return last <= wanted_last;
  if (comparator == ">") return first > wanted_last;
  if (comparator == ">=") return first >= wanted_first;
  return wanted_first <= first && last <= wanted_last;
}

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  std::string ToString() const {
    std::string text = absl::StrCat(year);
    if (month != 0) absl::StrAppendFormat(&text, "-%02d", month);
    if (day != 0) absl::StrAppendFormat(&text, "-%02d", day);
    return text;
  }
};

Date RandomDate(Dice& dice, int year, int first_month, int months) {
  Date date{year, 0, 0};
  if (dice.OneIn(5)) return date;
  date.month = first_month + dice.Below(months);
  if (!dice.OneIn(3)) date.day = 1 + dice.Below(DaysIn(date.year, date.month));
  return date;
}

Kind<v1::PartialDate> Dates() {
  return {
      kAllComparators, [](Dice& dice, const std::string& comparator) {
        const Date date = RandomDate(dice, 2024 + dice.Below(2), 1, 4);
        const Days wanted = *DaysOf(date.year, date.month, date.day);
        return Part<v1::PartialDate>{
            dice.OneIn(2) ? date.ToString()
                          : absl::StrCat("\"", date.ToString(), "\""),
            [=](const v1::PartialDate& held, const std::string&) {
              const auto days = DaysOf(held.year(), held.month(), held.day());
              return days && CompareSpans(comparator, days->first, days->last,
                                          wanted.first, wanted.last);
            }};
      }};
}

// Seconds of 2023-11-01T00:00:00Z.
constexpr int64_t kNovember2023 = 1698796800;
constexpr int64_t kDay = 86400;

// The month's first second; of October 2023 to January 2024.
int64_t MonthBegins(int month) {
  switch (month) {
    case 10:
      return kNovember2023 - 31 * kDay;
    case 11:
      return kNovember2023;
    case 12:
      return kNovember2023 + 30 * kDay;
    default:
      return kNovember2023 + 61 * kDay;
  }
}

using Instant = std::pair<int64_t, int32_t>;

Part<google::protobuf::Timestamp> TimePart(const std::string& text,
                                           const std::string& comparator,
                                           Instant first, Instant last) {
  return {text,
          [=](const google::protobuf::Timestamp& held, const std::string&) {
            const Instant at(held.seconds(), held.nanos());
            return CompareSpans(comparator, at, at, first, last);
          }};
}

Kind<google::protobuf::Timestamp> Times() {
  return {kAllComparators, [](Dice& dice, const std::string& comparator) {
            if (dice.OneIn(2)) {
              // Noon and midnight west and east of Greenwich.
              const int day = 10 + dice.Below(19);
              const int hour = 12 * dice.Below(2);
              const int east = dice.Below(5) - 2;
              const int nanos = dice.Below(3);
              const int64_t seconds =
                  kNovember2023 + (day - 1) * kDay + (hour - east) * 3600;
              std::string text =
                  absl::StrFormat("2023-11-%02dT%02d:00:00", day, hour);
              if (nanos > 0) absl::StrAppendFormat(&text, ".%09d", nanos);
              absl::StrAppend(&text, east == 0
                                         ? std::string("Z")
                                         : absl::StrFormat("%c%02d:00",
                                                           east < 0 ? '-' : '+',
                                                           std::abs(east)));
              return TimePart(absl::StrCat("\"", text, "\""), comparator,
                              {seconds, nanos}, {seconds, nanos});
            }
            Date date = RandomDate(dice, 2023, 10, 3);
            if (date.month == 0) {
              // 2023 ends as January begins.
              return TimePart("2023", comparator,
                              {MonthBegins(1) - 365 * kDay, 0},
                              {MonthBegins(1) - 1, 999999999});
            }
            int64_t first = MonthBegins(date.month);
            int64_t end = MonthBegins(date.month + 1);
            if (date.day > 0) {
              first += (date.day - 1) * kDay;
              end = first + kDay;
            }
            return TimePart(date.ToString(), comparator, {first, 0},
                            {end - 1, 999999999});
          }};
}

Kind<v1::Money> Sums() {
  return {kAllComparators, [](Dice& dice, const std::string& comparator) {
            static constexpr std::pair<const char*, int64_t> kSums[] = {
                {"0", 0},
                {"0.5", 500000000},
                {"1", 1000000000},
                {"1.50", 1500000000},
                {"500000", 500000000000000},
                {"500000.000000001", 500000000000001},
                {"1200000000", 1200000000000000000},
            };
            const auto [digits, nanos] = dice.One(kSums);
            const std::string code = dice.One(Strings{"USD", "EUR", "JPY"});
            std::string shown =
                dice.OneIn(3) ? absl::AsciiStrToLower(code) : code;
            shown = dice.OneIn(2) ? absl::StrCat(digits, " ", shown)
                                  : absl::StrCat(shown, " ", digits);
            return Part<v1::Money>{
                absl::StrCat("\"", shown, "\""),
                [comparator, code, wanted = static_cast<__int128>(nanos)](
                    const v1::Money& held, const std::string&) {
                  const __int128 sum =
                      static_cast<__int128>(held.units()) * 1000000000 +
                      held.nanos();
                  return held.currency_code() == code &&
                         Compare(comparator, sum, wanted);
                }};
          }};
}

const Strings kStatuses = {"UNSPECIFIED", "ANNOUNCED", "UNDER_WAY",
                           "CONCLUDED",   "POSTPONED", "CANCELLED"};
const Strings kAmountKinds = {"UNSPECIFIED", "POTENTIAL", "PLEDGED", "SIGNED",
                              "BACKGROUND"};

Kind<std::string> RoleIds() {
  return Ids({"head_of_state", "foreign_minister", "none"},
             {"*minister", "head*"});
}

// The fields of every message.

template <>
const std::vector<Maker<google::protobuf::Timestamp>>& Fields() {
  using M = google::protobuf::Timestamp;
  static const std::vector<Maker<M>> kFields = {
      Values<M, int64_t>("seconds", Number(&M::seconds),
                         Integers({1699920000, 1700006400})),
      Values<M, int64_t>("nanos", Number(&M::nanos), Integers({0, 1, 2})),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::PartialDate>>& Fields() {
  using M = v1::PartialDate;
  static const std::vector<Maker<M>> kFields = {
      Values<M, int64_t>("year", Number(&M::year), Integers({2024, 2025})),
      Values<M, int64_t>("month", Number(&M::month), Integers({1, 2, 3})),
      Values<M, int64_t>("day", Number(&M::day), Integers({0, 10, 20})),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::DateRange>>& Fields() {
  using M = v1::DateRange;
  const auto start = Single(&M::start, &M::has_start);
  const auto end = Single(&M::end, &M::has_end);
  static const std::vector<Maker<M>> kFields = {
      Values<M, v1::PartialDate>("start", start, Dates()),
      Values<M, v1::PartialDate>("start", start, Dates()),
      Values<M, v1::PartialDate>("end", end, Dates()),
      Messages<M, v1::PartialDate>("start", start),
      Messages<M, v1::PartialDate>("end", end),
      Values<M, std::string>("text", Text(&M::text), Written()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Source>>& Fields() {
  using M = v1::Source;
  const auto time = Single(&M::publish_time, &M::has_publish_time);
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("briefing_id", Text(&M::briefing_id),
                             Ids({"b1", "b2", "b3", "b30"}, {"b1*", "*2"})),
      Values<M, std::string>(
          "uri", Text(&M::uri),
          Ids({"https://a.example/b1"}, {"https:*", "*example/b*"})),
      Values<M, std::string>("title", Text(&M::title), Written()),
      Values<M, std::string>(
          "publisher", Text(&M::publisher),
          Kind<std::string>{
              {"="},
              [](Dice& dice, const std::string&) {
                const std::string name = dice.One(
                    Strings{"agencia central", "Agência-Central", "Ministry",
                            "The daily wire room", "*wire*"});
                return Part<std::string>{
                    Quoted(dice, name),
                    [name](const std::string& held, const std::string&) {
                      return name[0] == '*' ? TextMatches("=", name, held)
                                            : SameText(held, name);
                    }};
              }}),
      Values<M, google::protobuf::Timestamp>("publish_time", time, Times()),
      Values<M, google::protobuf::Timestamp>("publish_time", time, Times()),
      Messages<M, google::protobuf::Timestamp>("publish_time", time),
      Values<M, std::string>("language_code", Text(&M::language_code),
                             Languages()),
      Values<M, std::string>("media_type", Text(&M::media_type),
                             Ids({"text/html", "text/plain"}, {"text*"})),
      Values<M, int64_t>("version", Number(&M::version),
                         Integers({0, 1, 2, 3})),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Traveler>>& Fields() {
  using M = v1::Traveler;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("name", Text(&M::name), Written()),
      Values<M, std::string>("role", Text(&M::role), Written()),
      Values<M, std::string>("country_code", Text(&M::country_code),
                             Countries()),
      Values<M, std::string>("organization", Text(&M::organization), Written()),
      Values<M, std::string>("role_id", Text(&M::role_id), RoleIds()),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::CountryVisit>>& Fields() {
  using M = v1::CountryVisit;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("country_code", Text(&M::country_code),
                             Countries()),
      Values<M, std::string>("places", Texts(&M::places), Written()),
      Messages<M, v1::DateRange>("dates", Single(&M::dates, &M::has_dates)),
      Messages<M, v1::DateRange>("dates", Single(&M::dates, &M::has_dates)),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::CountryMention>>& Fields() {
  using M = v1::CountryMention;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("country_code", Text(&M::country_code),
                             Countries()),
      Values<M, int64_t>("mention_count", Number(&M::mention_count),
                         Integers({0, 1, 2, 3})),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::RegionMention>>& Fields() {
  using M = v1::RegionMention;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("region_id", Text(&M::region_id), Regions()),
      Values<M, std::string>("text", Text(&M::text), Written()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Event>>& Fields() {
  using M = v1::Event;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("name", Text(&M::name), Written()),
      Values<M, std::string>("series_id", Text(&M::series_id), Series()),
      Values<M, std::string>("country_code", Text(&M::country_code),
                             Countries()),
      Messages<M, v1::DateRange>("dates", Single(&M::dates, &M::has_dates)),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Meeting>>& Fields() {
  using M = v1::Meeting;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("counterpart", Text(&M::counterpart), Written()),
      Values<M, std::string>("role", Text(&M::role), Written()),
      Values<M, std::string>("country_code", Text(&M::country_code),
                             Countries()),
      Values<M, std::string>("organization", Text(&M::organization), Written()),
      Values<M, std::string>("role_id", Text(&M::role_id), RoleIds()),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Objective>>& Fields() {
  using M = v1::Objective;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("objective_id", Text(&M::objective_id),
                             Objectives()),
      Values<M, std::string>("text", Text(&M::text), Written()),
      Values<M, std::string>("description", Text(&M::description), Written()),
      Values<M, std::string>("anticipated_impact", Text(&M::anticipated_impact),
                             Written()),
      Values<M, std::string>("country_codes", Texts(&M::country_codes),
                             Countries()),
      Values<M, std::string>("sector_ids", Texts(&M::sector_ids), Sectors()),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Money>>& Fields() {
  using M = v1::Money;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("currency_code", Text(&M::currency_code),
                             Ids({"USD", "EUR", "usd"}, {"*D", "E*"})),
      Values<M, int64_t>("units", Number(&M::units),
                         Integers({-7, 0, 1, 500000})),
      Values<M, int64_t>("nanos", Number(&M::nanos), Integers({0, 500000000})),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Amount>>& Fields() {
  using M = v1::Amount;
  const auto low = Single(&M::low, &M::has_low);
  const auto high = Single(&M::high, &M::has_high);
  static const std::vector<Maker<M>> kFields = {
      Values<M, v1::Money>("low", low, Sums()),
      Values<M, v1::Money>("high", high, Sums()),
      Messages<M, v1::Money>("low", low),
      Messages<M, v1::Money>("high", high),
      Values<M, bool>("approximate", Flag(&M::approximate), Flags()),
      Values<M, int64_t>("kind", Number(&M::kind),
                         Enum(kAmountKinds, "AMOUNT_KIND_")),
      Values<M, std::string>("text", Text(&M::text), Written()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::SectorEngagement>>& Fields() {
  using M = v1::SectorEngagement;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("sector_id", Text(&M::sector_id), Sectors()),
      Values<M, std::string>("text", Text(&M::text), Written()),
      Values<M, std::string>("description", Text(&M::description), Written()),
      Messages<M, v1::Amount>("investment",
                              Single(&M::investment, &M::has_investment)),
      Values<M, std::string>("key_players", Texts(&M::key_players), Written()),
      Values<M, std::string>("country_codes", Texts(&M::country_codes),
                             Countries()),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Commitment>>& Fields() {
  using M = v1::Commitment;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("text", Text(&M::text), Written()),
      Values<M, std::string>("description", Text(&M::description), Written()),
      Messages<M, v1::Amount>("amount", Single(&M::amount, &M::has_amount)),
      Values<M, std::string>("country_codes", Texts(&M::country_codes),
                             Countries()),
      Values<M, std::string>("sector_ids", Texts(&M::sector_ids), Sectors()),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::FocusArea>>& Fields() {
  using M = v1::FocusArea;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("text", Text(&M::text), Written()),
      Values<M, std::string>("expected_outcomes", Text(&M::expected_outcomes),
                             Written()),
      Values<M, std::string>("description", Text(&M::description), Written()),
      Values<M, std::string>("country_codes", Texts(&M::country_codes),
                             Countries()),
      Values<M, std::string>("sector_ids", Texts(&M::sector_ids), Sectors()),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::TableRow>>& Fields() {
  using M = v1::TableRow;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("cells", Texts(&M::cells), Written()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Table>>& Fields() {
  using M = v1::Table;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("section_title", Text(&M::section_title),
                             Written()),
      Values<M, std::string>("header", Texts(&M::header), Written()),
      Messages<M, v1::TableRow>("rows", Each<M, v1::TableRow>(&M::rows)),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Evidence>>& Fields() {
  using M = v1::Evidence;
  static const std::vector<Maker<M>> kFields = {
      Values<M, int64_t>("begin_byte", Number(&M::begin_byte),
                         Integers({0, 1, 2})),
      Values<M, std::string>("quote", Text(&M::quote), Written()),
      Values<M, bool>("in_title", Flag(&M::in_title), Flags()),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Issue>>& Fields() {
  using M = v1::Issue;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>(
          "code", Text(&M::code),
          Ids({"TABLE_WIDTH_MISMATCH", "AMBIGUOUS_PLACE"}, {"TABLE*"})),
      Values<M, std::string>("message", Text(&M::message), Written()),
      Values<M, int64_t>("end_byte", Number(&M::end_byte), Integers({0, 1})),
  };
  return kFields;
}

template <>
const std::vector<Maker<v1::Extraction>>& Fields() {
  using M = v1::Extraction;
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>("parser_version", Text(&M::parser_version),
                             Ids({"1.0", "1.1"}, {"1*"})),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
      Values<M, float>("confidence", Share(&M::confidence), Shares()),
      Values<M, float>("coverage", Share(&M::coverage), Shares()),
      Messages<M, v1::Issue>("issues", Each<M, v1::Issue>(&M::issues)),
  };
  return kFields;
}

// One label, which may be empty; or all keys.
std::function<Strings(const v1::TripRecord&)> Label(const std::string& key) {
  return [key](const v1::TripRecord& r) {
    const auto found = r.labels().find(key);
    return found == r.labels().end() ? Strings() : Strings{found->second};
  };
}

Strings LabelKeys(const v1::TripRecord& r) {
  Strings keys;
  for (const auto& [key, value] : r.labels()) keys.push_back(key);
  return keys;
}

template <>
const std::vector<Maker<v1::TripRecord>>& Fields() {
  using M = v1::TripRecord;
  const auto index_time = Single(&M::index_time, &M::has_index_time);
  static const std::vector<Maker<M>> kFields = {
      Values<M, std::string>(
          "record_id", Text(&M::record_id),
          Ids({"b1#1", "b1#2", "b20#1", "b3#3"}, {"b1*", "*#2", "*"})),
      Messages<M, v1::Source>("source", Single(&M::source, &M::has_source)),
      Messages<M, v1::Source>("source", Single(&M::source, &M::has_source)),
      Values<M, std::string>("title", Text(&M::title), Written()),
      Values<M, int64_t>("status", Number(&M::status),
                         Enum(kStatuses, "TRIP_STATUS_")),
      Messages<M, v1::Traveler>("travelers",
                                Each<M, v1::Traveler>(&M::travelers)),
      Messages<M, v1::CountryVisit>("visits",
                                    Each<M, v1::CountryVisit>(&M::visits)),
      Messages<M, v1::CountryVisit>("visits",
                                    Each<M, v1::CountryVisit>(&M::visits)),
      Messages<M, v1::CountryMention>(
          "mentioned_countries",
          Each<M, v1::CountryMention>(&M::mentioned_countries)),
      Messages<M, v1::RegionMention>("regions",
                                     Each<M, v1::RegionMention>(&M::regions)),
      Messages<M, v1::DateRange>("dates", Single(&M::dates, &M::has_dates)),
      Messages<M, v1::DateRange>("dates", Single(&M::dates, &M::has_dates)),
      Messages<M, v1::Event>("events", Each<M, v1::Event>(&M::events)),
      Messages<M, v1::Meeting>("meetings", Each<M, v1::Meeting>(&M::meetings)),
      Messages<M, v1::Objective>("objectives",
                                 Each<M, v1::Objective>(&M::objectives)),
      Messages<M, v1::SectorEngagement>(
          "sectors", Each<M, v1::SectorEngagement>(&M::sectors)),
      Messages<M, v1::Commitment>("commitments",
                                  Each<M, v1::Commitment>(&M::commitments)),
      Messages<M, v1::FocusArea>("focus_areas",
                                 Each<M, v1::FocusArea>(&M::focus_areas)),
      Messages<M, v1::Amount>("amounts", Each<M, v1::Amount>(&M::amounts)),
      Messages<M, v1::Extraction>("extraction",
                                  Single(&M::extraction, &M::has_extraction)),
      Values<M, std::string>(
          "labels", LabelKeys,
          Ids({"desk", "tier", "my key", "none"}, {"t*", "*k*"}, {":"})),
      Values<M, std::string>("labels.desk", Label("desk"),
                             Ids({"a", "b", "c", ""}, {"a*", "*"})),
      Values<M, std::string>("labels.\"tier\"", Label("tier"),
                             Ids({"", "x"}, {"*"})),
      Values<M, std::string>("labels.\"my key\"", Label("my key"),
                             Ids({"a*b", "axb"}, {"a*b", "*b"})),
      Values<M, int64_t>("revision", Number(&M::revision),
                         Integers({0, 1, 2, 3})),
      Values<M, google::protobuf::Timestamp>("index_time", index_time, Times()),
      Messages<M, v1::Table>("tables", Each<M, v1::Table>(&M::tables)),
      Messages<M, v1::Evidence>("evidence",
                                Each<M, v1::Evidence>(&M::evidence)),
  };
  return kFields;
}

// Titles, items, tables and names.
Strings SearchedTexts(const v1::TripRecord& r) {
  Strings texts = {r.title(), r.source().title()};
  const auto add = [&texts](const auto&... values) {
    (texts.push_back(values), ...);
  };
  const auto add_all = [&texts](const Repeated<std::string>& values) {
    texts.insert(texts.end(), values.begin(), values.end());
  };
  for (const auto& t : r.travelers()) add(t.name(), t.role(), t.organization());
  for (const auto& visit : r.visits()) add_all(visit.places());
  for (const auto& region : r.regions()) add(region.text());
  for (const auto& event : r.events()) add(event.name());
  for (const auto& m : r.meetings()) {
    add(m.counterpart(), m.role(), m.organization());
  }
  for (const auto& o : r.objectives()) {
    add(o.text(), o.description(), o.anticipated_impact());
  }
  for (const auto& s : r.sectors()) {
    add(s.text(), s.description());
    add_all(s.key_players());
  }
  for (const auto& c : r.commitments()) add(c.text(), c.description());
  for (const auto& f : r.focus_areas()) {
    add(f.text(), f.expected_outcomes(), f.description());
  }
  for (const auto& table : r.tables()) {
    add(table.section_title());
    add_all(table.header());
    for (const auto& row : table.rows()) add_all(row.cells());
  }
  std::erase(texts, "");
  return texts;
}

Part<v1::TripRecord> Word(Dice& dice) {
  const bool pattern = dice.OneIn(5);
  std::string text;
  if (pattern) {
    text = dice.One(kPatterns);
  } else {
    text = dice.One(SharedWords());
    if (dice.OneIn(4)) text = dice.One(SharedTexts());
    if (text == "—") text = "trade talks";
  }
  const auto holds = [=](const std::string& held, const std::string& language) {
    return pattern ? TextMatches(":", text, held)
                   : PlainHoldsPhrase(language, held, text);
  };
  // An asterisk alone asks for nothing; in quotes for a text.
  const std::string written = Quoted(dice, text);
  const bool anything = written == "*";
  return {written, [=](const v1::TripRecord& r, const std::string& language) {
            if (anything) return true;
            for (const std::string& held : SearchedTexts(r)) {
              if (holds(held, language)) return true;
            }
            return false;
          }};
}

// Whether postings or columns hold what the filter is of, or most of it.
bool IsIndexed(absl::string_view filter) {
  static constexpr absl::string_view kPaths[] = {
      "record_id",
      "source.briefing_id",
      "source.publisher",
      "source.publish_time",
      "source.language_code",
      "title",
      "status",
      "travelers.name",
      "travelers.country_code",
      "visits.country_code",
      "mentioned_countries.country_code",
      "regions.region_id",
      "dates.start",
      "events.series_id",
      "objectives.objective_id",
      "objectives.text",
      "sectors.sector_id",
      "extraction.confidence",
      "labels.",
  };
  return std::any_of(
      std::begin(kPaths), std::end(kPaths),
      [&](absl::string_view path) { return absl::StartsWith(filter, path); });
}

Part<v1::TripRecord> AnyField(Dice& dice) {
  return Finished(dice.One(Fields<v1::TripRecord>())(dice, 2, ""));
}

Part<v1::TripRecord> IndexedField(Dice& dice) {
  while (true) {
    Part<v1::TripRecord> part = AnyField(dice);
    if (IsIndexed(part.text)) return part;
  }
}

}  // namespace

RandomFilter MakeRandomFilter(uint32_t seed) {
  Dice dice(seed);
  // What the index answers would hide among what has to be read.
  const bool indexed = dice.OneIn(2);
  auto part = Expression<v1::TripRecord>(dice, 2, [&] {
    if (dice.OneIn(7)) return Word(dice);
    return indexed ? IndexedField(dice) : AnyField(dice);
  });
  return {std::move(part.text),
          [holds = std::move(part.holds)](const v1::TripRecord& record) {
            return holds(record, record.source().language_code());
          }};
}

}  // namespace attache::testing
