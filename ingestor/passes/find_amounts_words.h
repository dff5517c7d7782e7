// The words of a document that have to do with sums of money, as the
// vocabulary's numbers.tsv and currencies.tsv name them.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_WORDS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_WORDS_H_

#include <cstdint>

#include "ingestor/document.h"
#include "ingestor/passes/word_index.h"

namespace attache {

// Where a kind has a value, it is the entry's qualifier.
enum class AmountWord : uint8_t {
  kMagnitude,   // power of ten
  kCurrency,    // ISO 4217 code: a sign, a code or a name
  kFamily,      // a name that several currencies bear: "pesos"
  kNumber,      // a number in words; may have decimals
  kOf,          // between a number and its currency: "millones de dólares"
  kBetween,     // opens a range whose ends kAnd joins
  kTo,          // between the ends of a range
  kAnd,         // the same, after kBetween
  kAbout,       // before a number
  kAtLeast,     // before a number
  kAtMost,      // before a number
  kAboutAfter,  // behind a number: "or so"
  kAtLeastAfter,
  kAtMostAfter,
  kFunction,  // a small word, which no number counts
  kNotMoney,  // behind a number: what makes "pounds" a weight
  // Cues of what kind of sum it is.
  kPotential,
  kPledged,
  kSigned,
  kBackground,
};

static_assert(FitsWordIndex(AmountWord::kBackground));
using AmountWords = WordIndex<AmountWord>;

AmountWords IndexAmountWords(const Document& document);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_WORDS_H_
