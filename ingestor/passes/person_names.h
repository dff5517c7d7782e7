// The extent of a person's name, told from capitals, initials and particles.
#ifndef ATTACHE_INGESTOR_PASSES_PERSON_NAMES_H_
#define ATTACHE_INGESTOR_PASSES_PERSON_NAMES_H_

#include <string>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"

namespace attache {

// Reads names at a token. Refers to the document and the cues, which must
// outlive it. Thread-safe; every method O(length of the name).
class NameReader {
 public:
  NameReader(const Document& document, const CueIndex& cues)
      : document_(document), cues_(cues) {}

  // The name that begins at `token` ("Antony J. Blinken", "Prayut Chan-o-cha",
  // "Félicité Ongouori Ngoubili", "Mohammed bin Salman"); empty if none does.
  TokenSpan Forward(uint32_t token) const;

  // The name that ends right before `end`; empty if none does.
  TokenSpan Backward(uint32_t end) const;

  // Skips titles of courtesy and ranks before a name ("Dr.", "Lt. Gen.").
  uint32_t SkipHonorifics(uint32_t token) const;

  // A capitalised word that the vocabulary does not know as anything else.
  bool IsNameWord(uint32_t token) const;

  // How many words, hyphenated ones as one, and initials.
  int WordCount(TokenSpan name) const;

  // The words of the name, folded, without initials, particles and suffixes.
  std::vector<std::string> KeyWords(TokenSpan name) const;

 private:
  bool IsInitial(uint32_t token) const;
  bool IsHyphen(uint32_t token) const;
  bool IsSuffix(uint32_t token) const;
  // The end of "bin Salman" at `at`, or `at`. `inside` says that a part of the
  // name stands before it.
  uint32_t AfterParticle(uint32_t at, bool inside) const;
  // The end of the one word, hyphens included, that begins at `token`.
  uint32_t WordEnd(uint32_t token) const;

  const Document& document_;
  const CueIndex& cues_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PERSON_NAMES_H_
