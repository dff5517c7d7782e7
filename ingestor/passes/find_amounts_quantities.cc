#include "ingestor/passes/find_amounts_quantities.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

constexpr int kLargestExponent = 18;
constexpr size_t kGroup = 3;

bool IsShort(const Token& token) { return token.end - token.begin <= 3; }

}  // namespace

std::optional<std::string> PlainDigits(absl::string_view text,
                                       char decimal_separator) {
  // Folding has made spaces of the narrow ones and ' of the curly one.
  std::string digits;
  size_t dots = 0;
  size_t commas = 0;
  for (char c : text) {
    if (c == ' ' || c == '\'') continue;
    if (c == '.') ++dots;
    if (c == ',') ++commas;
    if (!absl::ascii_isdigit(c) && c != '.' && c != ',') return std::nullopt;
    digits.push_back(c);
  }
  if (digits.empty() || !absl::ascii_isdigit(digits.front()) ||
      !absl::ascii_isdigit(digits.back())) {
    return std::nullopt;
  }
  char decimal = '\0';
  if (dots > 0 && commas > 0) {
    decimal = digits.rfind('.') > digits.rfind(',') ? '.' : ',';
    if ((decimal == '.' ? dots : commas) > 1) return std::nullopt;
  } else if (dots + commas == 1) {
    // Three digits behind a comma that the language writes decimals with are
    // thousands where they end in zeros, which no decimals do: "1,200 millones"
    // of a Latin American text.
    char sign = dots > 0 ? '.' : ',';
    size_t at = digits.find(sign);
    bool groups = digits.size() - at - 1 == kGroup && at <= kGroup &&
                  digits[0] != '0' &&
                  (sign != decimal_separator ||
                   (sign == ',' && absl::EndsWith(digits, "00")));
    if (!groups) decimal = sign;
  }
  std::string plain;
  for (char c : digits) {
    if (absl::ascii_isdigit(c)) {
      plain.push_back(c);
    } else if (c == decimal) {
      plain.push_back('.');
    }
  }
  return plain;
}

QuantityReader::QuantityReader(const Document& document,
                               const AmountWords& words,
                               const CurrencyFamilies& families, TokenSpan unit,
                               char decimal_separator)
    : document_(document),
      words_(words),
      families_(families),
      unit_(unit),
      decimal_separator_(decimal_separator) {}

bool QuantityReader::IsSign(uint32_t token, absl::string_view sign) const {
  return token < unit_.end &&
         document_.tokens[token].kind == TokenKind::kSign &&
         document_.tokens[token].folded == sign;
}

bool QuantityReader::IsHeadlineWord(const AmountWords::Word& currency) const {
  if (currency.end - currency.begin != 1 ||
      !document_.tokens[currency.begin].all_caps) {
    return false;
  }
  auto shouts = [&](uint32_t token) {
    return document_.tokens[token].kind == TokenKind::kWord &&
           document_.tokens[token].all_caps;
  };
  uint32_t at = currency.begin;
  return (at > unit_.begin && shouts(at - 1)) ||
         (at + 2 < unit_.end && shouts(at + 2)) ||
         (at + 1 < unit_.end && shouts(at + 1));
}

std::optional<QuantityReader::CurrencyName> QuantityReader::CurrencyAt(
    uint32_t token) const {
  auto currency = words_.At(token, AmountWord::kCurrency);
  auto family = words_.At(token, AmountWord::kFamily);
  if (family.has_value() &&
      (!currency.has_value() || family->end >= currency->end)) {
    std::string code = families_.Resolve(family->entry->qualifier);
    return CurrencyName{code.empty() ? kUnknownCurrency : code, family->end};
  }
  if (!currency.has_value()) return std::nullopt;
  if (IsHeadlineWord(*currency)) return std::nullopt;
  return CurrencyName{currency->entry->qualifier, currency->end};
}

bool QuantityReader::ReadCurrencyBefore(uint32_t& at,
                                        Quantity& quantity) const {
  auto currency = CurrencyAt(at);
  if (!currency.has_value()) return false;
  // A sign or a code; names ("euro") stand behind their number.
  bool sign = false;
  for (uint32_t i = at; i < currency->end; ++i) {
    const Token& token = document_.tokens[i];
    sign = sign || token.kind == TokenKind::kSign || token.all_caps;
  }
  const Token& first = document_.tokens[at];
  bool abbreviation = first.capitalized && IsShort(first);
  if (!sign && !abbreviation) return false;
  quantity.currency = currency->code;
  at = currency->end;
  // "CAD $5 million", "$ CAN 5".
  if (auto again = CurrencyAt(at);
      again.has_value() && document_.tokens[at].kind == TokenKind::kSign) {
    at = again->end;
  }
  return true;
}

bool QuantityReader::ReadNumberWord(uint32_t& at, Quantity& quantity) const {
  auto word = words_.At(at, AmountWord::kNumber);
  if (!word.has_value()) return false;
  quantity.digits = word->entry->qualifier;
  quantity.in_words = true;
  at = word->end;
  // "twenty-five".
  if (word->value >= 20 && IsSign(at, "-")) {
    auto unit = words_.At(at + 1, AmountWord::kNumber);
    if (unit.has_value() && unit->value > 0 && unit->value < 10) {
      quantity.digits = absl::StrCat(word->value + unit->value);
      at = unit->end;
    }
  }
  return true;
}

bool QuantityReader::ReadNumber(uint32_t& at, Quantity& quantity) const {
  if (at >= unit_.end) return false;
  const Token& token = document_.tokens[at];
  if (token.kind != TokenKind::kNumber) return ReadNumberWord(at, quantity);
  std::string text = token.folded;
  uint32_t end = at + 1;
  // "1 650 000": groups of three behind plain spaces.
  if (decimal_separator_ == ',' && AllDigits(text) && text.size() <= kGroup) {
    while (end < unit_.end) {
      const Token& next = document_.tokens[end];
      absl::string_view group = next.folded;
      size_t comma = group.find(',');
      if (next.kind != TokenKind::kNumber || group.substr(0, comma).size() != 3)
        break;
      if (!AllDigits(group.substr(0, comma))) break;
      absl::StrAppend(&text, group);
      ++end;
      if (comma != absl::string_view::npos) break;
    }
  }
  std::optional<std::string> digits = PlainDigits(text, decimal_separator_);
  if (!digits.has_value()) return false;
  quantity.digits = *std::move(digits);
  at = end;
  return true;
}

void QuantityReader::ReadMagnitude(uint32_t& at, Quantity& quantity) const {
  while (at < unit_.end) {
    uint32_t from = at;
    if (IsSign(from, "-") && from + 1 < unit_.end &&
        !document_.tokens[from + 1].space_before) {
      ++from;  // "a 2-billion-dollar loan"
    }
    auto magnitude = words_.At(from, AmountWord::kMagnitude);
    if (!magnitude.has_value()) return;
    int exponent = quantity.exponent.value_or(0) + magnitude->value;
    if (exponent > kLargestExponent) return;
    quantity.exponent = exponent;
    quantity.short_magnitude = magnitude->end - magnitude->begin == 1 &&
                               IsShort(document_.tokens[magnitude->begin]);
    at = magnitude->end;
  }
}

void QuantityReader::ReadRest(uint32_t& at, Quantity& quantity) const {
  constexpr int kThousand = 3;
  constexpr size_t kLongestLead = 3;  // digits
  int64_t lead = 0;
  if (!quantity.exponent.has_value() || *quantity.exponent < kThousand ||
      quantity.digits.size() > kLongestLead ||
      !absl::SimpleAtoi(quantity.digits, &lead)) {
    return;
  }
  Quantity rest;
  uint32_t end = at;
  int64_t tail = 0;
  if (!ReadNumber(end, rest) || rest.digits.size() > kGroup ||
      !absl::SimpleAtoi(rest.digits, &tail)) {
    return;
  }
  ReadMagnitude(end, rest);
  const int exponent = rest.exponent.value_or(0);
  // A smaller unit goes on with the number; a thousand counts the larger one.
  const int apart = exponent < *quantity.exponent
                        ? *quantity.exponent - exponent
                        : *quantity.exponent;
  if (exponent >= *quantity.exponent && *quantity.exponent != kThousand) return;
  if (exponent == 0 && !CurrencyAt(end).has_value()) return;
  if (apart > 2 * kThousand) return;
  for (int i = 0; i < apart; ++i) lead *= 10;
  quantity.digits = absl::StrCat(lead + tail);
  quantity.exponent = exponent;
  at = end;
}

void QuantityReader::ReadCurrencyAfter(uint32_t& at, Quantity& quantity) const {
  uint32_t from = at;
  if (IsSign(from, "-")) {
    ++from;
  } else if (auto of = words_.At(from, AmountWord::kOf)) {
    from = of->end;
  }
  auto currency = CurrencyAt(from);
  if (!currency.has_value()) return;
  if (words_.At(from, AmountWord::kNotMoney).has_value()) return;
  // In "5 $10 notes" and "3 USD 5m loans" the currency is the next number's.
  if (currency->end < unit_.end &&
      document_.tokens[currency->end].kind == TokenKind::kNumber &&
      document_.tokens[from].space_before) {
    return;
  }
  // "$5 million Canadian dollars": what stands behind says more.
  quantity.currency = currency->code;
  at = currency->end;
}

std::optional<Quantity> QuantityReader::Read(uint32_t token) const {
  Quantity quantity;
  uint32_t at = token;
  bool before = ReadCurrencyBefore(at, quantity);
  if (!ReadNumber(at, quantity)) return std::nullopt;
  ReadMagnitude(at, quantity);
  ReadRest(at, quantity);
  ReadCurrencyAfter(at, quantity);
  // "one euro" is seldom a sum, and "a dollar" never.
  if (quantity.in_words && !quantity.exponent.has_value() && !before) {
    double value = 0;
    if (!absl::SimpleAtod(quantity.digits, &value) || value <= 1) {
      return std::nullopt;
    }
  }
  // Glued to a word before it: "G20", "COVID-19", "A4".
  if (!before && token > unit_.begin && !document_.tokens[token].space_before &&
      document_.tokens[token - 1].kind == TokenKind::kWord) {
    return std::nullopt;
  }
  quantity.span = {token, at};
  return quantity;
}

std::optional<Money> QuantityReader::ToMoney(const Quantity& quantity,
                                             absl::string_view currency,
                                             int exponent) {
  return MoneyFromDecimal(quantity.digits, quantity.exponent.value_or(exponent),
                          currency);
}

}  // namespace attache
