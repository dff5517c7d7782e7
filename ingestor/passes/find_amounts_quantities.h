// A number with its magnitude and currency, as one stands in a text: "$2.4bn",
// "1.200 millones de dólares", "half a billion euros".
#ifndef ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_QUANTITIES_H_
#define ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_QUANTITIES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "common/money.h"
#include "ingestor/document.h"
#include "ingestor/passes/currency_families.h"
#include "ingestor/passes/find_amounts_words.h"

namespace attache {

// What stands for the code of a currency that its name leaves open.
inline constexpr char kUnknownCurrency[] = "???";

struct Quantity {
  TokenSpan span;
  std::string digits;           // '.' as decimal separator, no grouping
  std::optional<int> exponent;  // the magnitude's, where it has one
  // Empty where none stands with it; kUnknownCurrency where "pesos" does.
  std::string currency;
  bool in_words = false;  // "ten", not "10"
  // The magnitude is an abbreviation ("m"), which without a currency may be
  // anything.
  bool short_magnitude = false;
};

// What `text` ("1.650,50", "1 200") says with that decimal separator, as
// digits with '.'; nullopt where it is no number. The other separator is
// understood where nothing else makes sense.
std::optional<std::string> PlainDigits(absl::string_view text,
                                       char decimal_separator);

// Reads quantities in one unit. Document and words must outlive it.
class QuantityReader {
 public:
  QuantityReader(const Document& document, const AmountWords& words,
                 const CurrencyFamilies& families, TokenSpan unit,
                 char decimal_separator);

  // The quantity that begins at `token`, with or without a currency; nullopt
  // where none does. O(its length).
  std::optional<Quantity> Read(uint32_t token) const;

  // The sum that `quantity` makes, in `currency`, with `exponent` where it has
  // no magnitude of its own. nullopt beyond what Money holds.
  static std::optional<Money> ToMoney(const Quantity& quantity,
                                      absl::string_view currency, int exponent);

  bool IsSign(uint32_t token, absl::string_view sign) const;
  const TokenSpan& unit() const { return unit_; }

 private:
  struct CurrencyName {
    std::string code;
    uint32_t end = 0;
  };
  // Whether what looks like a code is a word of a headline ("TOP 10 NEWS").
  bool IsHeadlineWord(const AmountWords::Word& currency) const;
  std::optional<CurrencyName> CurrencyAt(uint32_t token) const;
  // Each moves `at` behind what it reads.
  bool ReadCurrencyBefore(uint32_t& at, Quantity& quantity) const;
  bool ReadNumber(uint32_t& at, Quantity& quantity) const;
  bool ReadNumberWord(uint32_t& at, Quantity& quantity) const;
  void ReadMagnitude(uint32_t& at, Quantity& quantity) const;
  // "1 million 800 thousand", "2 mil 500 millones": a number that goes on.
  void ReadRest(uint32_t& at, Quantity& quantity) const;
  void ReadCurrencyAfter(uint32_t& at, Quantity& quantity) const;

  const Document& document_;
  const AmountWords& words_;
  const CurrencyFamilies& families_;
  const TokenSpan unit_;
  const char decimal_separator_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_QUANTITIES_H_
