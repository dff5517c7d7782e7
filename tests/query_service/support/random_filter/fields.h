// Comparisons of the fields of a message, made from a row for each field: its
// name, how to read it and the kind of its values.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_FIELDS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_FIELDS_H_

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "tests/query_service/support/random_filter/kinds.h"
#include "tests/query_service/support/random_filter/parts.h"

namespace attache::testing::random_filter {

template <typename T>
using Repeated = google::protobuf::RepeatedPtrField<T>;

// One that makes a comparison of a field, whose name it writes behind `prefix`.
template <typename M>
using Maker =
    std::function<Restriction<M>(Dice&, int depth, const std::string& prefix)>;
template <typename M>
using Makers = std::vector<Maker<M>>;

// Those of a message: specialized for every message that has a filter's fields.
template <typename M>
const Makers<M>& Fields();

inline std::string Compared(Dice& dice, const std::string& field,
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

// Whether there is anything: "field:*".
template <typename M, typename Get>
Restriction<M> Presence(Dice& dice, const std::string& field, Get get) {
  const std::string comparator = dice.One(Strings{":", "=", "!="});
  return {absl::StrCat(Compared(dice, field, comparator), "*"),
          [get](const M& m, const std::string&) { return !get(m).empty(); },
          comparator == "!="};
}

// A field of values.
template <typename M, typename V, typename Get>
Maker<M> Values(std::string name, Get get, Kind<V> kind) {
  return
      [=](Dice& dice, int depth, const std::string& prefix) -> Restriction<M> {
        const std::string field = prefix + name;
        if (dice.OneIn(8)) return Presence<M>(dice, field, get);
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

// A field of messages with fields of their own.
template <typename M, typename S, typename Get>
Maker<M> Messages(std::string name, Get get) {
  return
      [=](Dice& dice, int depth, const std::string& prefix) -> Restriction<M> {
        const std::string field = prefix + name;
        if (dice.OneIn(10)) return Presence<M>(dice, field, get);
        if (depth > 0 && dice.OneIn(3)) {
          Part<S> part = MessageExpression<S>(dice, depth - 1);
          return {absl::StrCat(Compared(dice, field, ":"), "(", part.text, ")"),
                  Any<M, Get, S>(get, std::move(part.holds))};
        }
        Restriction<S> inner = dice.One(Fields<S>())(dice, depth, field + ".");
        return {std::move(inner.text),
                Any<M, Get, S>(get, std::move(inner.holds)), inner.negated};
      };
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

// Rows: a field by how it is read, and its values where they are set.

template <typename M>
Maker<M> Field(std::string name, const std::string& (M::*field)() const,
               Kind<std::string> kind) {
  const auto get = [field](const M& m) {
    const std::string& value = (m.*field)();
    return value.empty() ? Strings() : Strings{value};
  };
  return Values<M, std::string>(std::move(name), get, std::move(kind));
}

template <typename M>
Maker<M> Field(std::string name,
               const Repeated<std::string>& (M::*field)() const,
               Kind<std::string> kind) {
  const auto get = [field](const M& m) {
    return Strings((m.*field)().begin(), (m.*field)().end());
  };
  return Values<M, std::string>(std::move(name), get, std::move(kind));
}

// Of integers and enums.
template <typename M, typename I>
requires std::integral<I> || std::is_enum_v<I> Maker<M> Field(
    std::string name, I (M::*field)() const, Kind<int64_t> kind) {
  const auto get = [field](const M& m) {
    const auto value = static_cast<int64_t>((m.*field)());
    return value == 0 ? std::vector<int64_t>() : std::vector<int64_t>{value};
  };
  return Values<M, int64_t>(std::move(name), get, std::move(kind));
}

template <typename M>
Maker<M> Field(std::string name, float (M::*field)() const) {
  const auto get = [field](const M& m) {
    const float value = (m.*field)();
    return value == 0 ? std::vector<float>() : std::vector<float>{value};
  };
  return Values<M, float>(std::move(name), get, Shares());
}

template <typename M>
Maker<M> Field(std::string name, bool (M::*field)() const) {
  const auto get = [field](const M& m) {
    return std::vector<bool>{(m.*field)()};
  };
  return Values<M, bool>(std::move(name), get, Flags());
}

// A message that is compared as one value.
template <typename M, typename S>
Maker<M> Field(std::string name, const S& (M::*field)() const,
               bool (M::*has)() const, Kind<S> kind) {
  return Values<M, S>(std::move(name), Single(field, has), std::move(kind));
}

// A message whose own fields are.
template <typename M, typename S>
Maker<M> Field(std::string name, const S& (M::*field)() const,
               bool (M::*has)() const) {
  return Messages<M, S>(std::move(name), Single(field, has));
}

template <typename M, typename S>
Maker<M> Field(std::string name, const Repeated<S>& (M::*field)() const) {
  const auto get = [field](const M& m) {
    return Held<S>((m.*field)().begin(), (m.*field)().end());
  };
  return Messages<M, S>(std::move(name), get);
}

}  // namespace attache::testing::random_filter

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_FIELDS_H_
