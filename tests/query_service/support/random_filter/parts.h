// How a random filter is put together, its text along with what the contract
// says of it: by the grammar, over whatever words and restrictions it has.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_PARTS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_PARTS_H_

#include <cstdint>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace attache::testing::random_filter {

using Strings = std::vector<std::string>;

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

// A part that asks the same whatever the language.
template <typename T, typename F>
Part<T> InAnyLanguage(std::string text, F holds) {
  return {std::move(text),
          [holds = std::move(holds)](const T& t, const std::string&) {
            return holds(t);
          }};
}

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

// As a word or a value may be written; at random among the ways that it may.
std::string Quoted(Dice& dice, absl::string_view text);

}  // namespace attache::testing::random_filter

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_PARTS_H_
