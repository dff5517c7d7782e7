#include "ingestor/passes/find_amounts.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "ingestor/passes/find_amounts_kinds.h"
#include "ingestor/passes/find_amounts_quantities.h"
#include "ingestor/passes/find_amounts_words.h"

namespace attache {
namespace {

constexpr int kMillion = 6;

// What a column's header says of the numbers below it: "(USD m)".
struct ColumnUnit {
  std::string currency;
  std::optional<int> exponent;
};

// Two quantities joined to a range, or one.
struct Sum {
  TokenSpan span;
  Quantity low;
  std::optional<Quantity> high;
};

class AmountReader {
 public:
  AmountReader(const QuantityReader& quantities, const AmountWords& words,
               const ColumnUnit& column, const Document& document,
               IssueSink& issues)
      : quantities_(quantities),
        words_(words),
        column_(column),
        document_(document),
        issues_(issues) {}

  std::optional<AmountMention> Read(uint32_t token) {
    uint32_t at = token;
    bool between = false;
    if (auto opener = words_.At(token, AmountWord::kBetween)) {
      at = opener->end;
      between = true;
    }
    std::optional<Sum> sum = ReadSum(at, between);
    if (!sum.has_value() || (between && !sum->high.has_value())) {
      return std::nullopt;
    }
    sum->span.begin = at;
    std::optional<AmountMention> mention = ToMention(*sum);
    if (mention.has_value()) last_currency_ = sum->low.currency;
    return mention;
  }

 private:
  std::optional<Sum> ReadSum(uint32_t at, bool between) const {
    std::optional<Quantity> first = quantities_.Read(at);
    if (!first.has_value()) return std::nullopt;
    Sum sum{first->span, *first, std::nullopt};
    std::optional<Quantity> second = ReadSecond(*first, between);
    if (second.has_value()) {
      if (first->currency.empty()) sum.low.currency = second->currency;
      if (second->currency.empty()) second->currency = first->currency;
      if (!first->exponent.has_value()) {
        // "$3-5 million", but not "$900,000 to $1.2 million".
        Quantity scaled = sum.low;
        scaled.exponent = second->exponent;
        if (NotAbove(scaled, *second)) sum.low = scaled;
      }
      sum.span.end = second->span.end;
      sum.high = *std::move(second);
    }
    if (sum.low.currency.empty()) sum.low.currency = column_.currency;
    if (sum.high.has_value() && sum.high->currency.empty()) {
      sum.high->currency = column_.currency;
    }
    if (sum.low.currency.empty() && IsElliptic(sum)) {
      sum.low.currency = last_currency_;
      if (sum.high.has_value()) sum.high->currency = last_currency_;
    }
    if (sum.low.currency.empty()) return std::nullopt;
    return sum;
  }

  // "of the 5 billion euros asked for, 2 billion came in": large, behind
  // another sum, and counting nothing else.
  bool IsElliptic(const Sum& sum) const {
    const Quantity& last = sum.high.has_value() ? *sum.high : sum.low;
    if (last_currency_.empty() || last.short_magnitude ||
        last.exponent.value_or(0) < kMillion) {
      return false;
    }
    uint32_t next = sum.span.end;
    if (next >= quantities_.unit().end) return true;
    if (document_.tokens[next].kind == TokenKind::kSign) return true;
    return words_.At(next, AmountWord::kFunction).has_value() &&
           !words_.At(next, AmountWord::kOf).has_value();
  }

  std::optional<Quantity> ReadSecond(const Quantity& first,
                                     bool between) const {
    uint32_t at = first.span.end;
    bool dash = quantities_.IsSign(at, "-");
    auto joint = words_.At(at, AmountWord::kTo);
    if (!joint.has_value() && between) {
      joint = words_.At(at, AmountWord::kAnd);
    }
    if (!joint.has_value()) return std::nullopt;
    std::optional<Quantity> second = quantities_.Read(joint->end);
    if (!second.has_value()) return std::nullopt;
    if (first.currency.empty() && second->currency.empty() &&
        column_.currency.empty()) {
      return std::nullopt;
    }
    // "$5 million to 3 countries" is no range, "$300-400" is one.
    bool told = !second->currency.empty() || second->exponent.has_value();
    bool glued = dash && !document_.tokens[second->span.begin].space_before;
    if (!told && !glued && !between && column_.currency.empty()) {
      return std::nullopt;
    }
    if (!first.currency.empty() && !second->currency.empty() &&
        first.currency != second->currency) {
      return std::nullopt;
    }
    if (!NotAbove(first, *second)) return std::nullopt;
    return second;
  }

  static bool NotAbove(const Quantity& low, const Quantity& high) {
    // Both in one currency, so that the numbers are compared.
    std::optional<Money> a = QuantityReader::ToMoney(low, high.currency, 0);
    std::optional<Money> b = QuantityReader::ToMoney(high, high.currency, 0);
    return a.has_value() && b.has_value() && *a <= *b;
  }

  std::optional<AmountMention> ToMention(const Sum& sum) const {
    int exponent = column_.exponent.value_or(0);
    std::optional<Money> low =
        QuantityReader::ToMoney(sum.low, sum.low.currency, exponent);
    std::optional<Money> high = low;
    if (sum.high.has_value()) {
      high = QuantityReader::ToMoney(*sum.high, sum.high->currency, exponent);
    }
    if (sum.low.currency == kUnknownCurrency) {
      issues_.Report("AMBIGUOUS_CURRENCY",
                     "several countries have a currency of that name",
                     document_.RangeOf(sum.span));
      return std::nullopt;
    }
    if (!low.has_value() || !high.has_value()) {
      issues_.Report("AMOUNT_OUT_OF_RANGE", "the sum is too large or too fine",
                     document_.RangeOf(sum.span));
      return std::nullopt;
    }
    AmountMention mention;
    mention.span = sum.span;
    mention.low = low;
    mention.high = high;
    Qualify(sum, mention);
    return mention;
  }

  // "about", "up to", "or more".
  void Qualify(const Sum& sum, AmountMention& mention) const {
    bool at_least = false;
    bool at_most = false;
    uint32_t begin = sum.span.begin;
    for (int qualifiers = 0; qualifiers < 2; ++qualifiers) {
      std::optional<AmountWords::Word> word;
      if ((word = words_.Before(begin, AmountWord::kAbout))) {
        mention.approximate = true;
      } else if ((word = words_.Before(begin, AmountWord::kAtLeast))) {
        at_least = true;
      } else if ((word = words_.Before(begin, AmountWord::kAtMost))) {
        at_most = true;
      } else {
        break;
      }
      begin = word->begin;
    }
    uint32_t end = sum.span.end;
    if (auto word = words_.At(end, AmountWord::kAboutAfter)) {
      mention.approximate = true;
      end = word->end;
    } else if (auto least = words_.At(end, AmountWord::kAtLeastAfter)) {
      at_least = true;
      end = least->end;
    } else if (auto most = words_.At(end, AmountWord::kAtMostAfter)) {
      at_most = true;
      end = most->end;
    }
    mention.span = {begin, end};
    if (sum.high.has_value()) return;
    if (at_least) mention.high.reset();
    if (at_most && !at_least) mention.low.reset();
  }

  const QuantityReader& quantities_;
  const AmountWords& words_;
  const ColumnUnit& column_;
  const Document& document_;
  IssueSink& issues_;
  std::string last_currency_;  // of the sum before, in this unit
};

// "(USD m)", "in € million". A header that names no currency gives nothing.
ColumnUnit UnitOfHeader(const Document& document, const AmountWords& words,
                        int32_t header) {
  ColumnUnit unit;
  if (header < 0) return unit;
  TokenSpan tokens = document.units[static_cast<uint32_t>(header)].tokens;
  auto currencies = words.In(tokens, AmountWord::kCurrency);
  if (currencies.empty()) return unit;
  unit.currency = currencies.front().entry->qualifier;
  auto magnitudes = words.In(tokens, AmountWord::kMagnitude);
  if (!magnitudes.empty()) unit.exponent = magnitudes.front().value;
  return unit;
}

// Whether a cell holds a number and little else, so that its column's unit
// applies: "500", "about 1,200 (2023)".
bool IsFigure(const Document& document, TokenSpan tokens) {
  size_t numbers = 0;
  size_t words = 0;
  for (uint32_t i = tokens.begin; i < tokens.end; ++i) {
    const Token& token = document.tokens[i];
    if (token.folded == "%") return false;
    numbers += token.kind == TokenKind::kNumber ? 1 : 0;
    words += token.kind == TokenKind::kWord ? 1 : 0;
  }
  return numbers > 0 && words <= 3;
}

}  // namespace

std::vector<AmountMention> FindAmounts(const Document& document,
                                       const Vocabulary& vocabulary,
                                       IssueSink& issues) {
  const AmountWords words = IndexAmountWords(document);
  const AmountKinds kinds(document, words);
  const CurrencyFamilies families(document, vocabulary);
  const LanguageSettings* language = vocabulary.FindLanguage(document.language);
  const char decimal = language == nullptr ? '.' : language->decimal_separator;
  std::vector<AmountMention> found;
  // A header is read once, however long it and its column are.
  absl::flat_hash_map<int32_t, ColumnUnit> columns;
  for (uint32_t u = 0; u < document.units.size(); ++u) {
    const Unit& unit = document.units[u];
    ColumnUnit column;
    if (unit.kind == UnitKind::kTableCell && IsFigure(document, unit.tokens)) {
      const int32_t header = kinds.HeaderOf(u);
      auto [known, added] = columns.try_emplace(header);
      if (added) known->second = UnitOfHeader(document, words, header);
      column = known->second;
    }
    QuantityReader quantities(document, words, families, unit.tokens, decimal);
    AmountReader reader(quantities, words, column, document, issues);
    for (uint32_t token = unit.tokens.begin; token < unit.tokens.end;) {
      std::optional<AmountMention> mention = reader.Read(token);
      if (!mention.has_value()) {
        ++token;
        continue;
      }
      mention->kind = kinds.At(mention->span);
      token = mention->span.end;
      found.push_back(*std::move(mention));
    }
  }
  return found;
}

}  // namespace attache
