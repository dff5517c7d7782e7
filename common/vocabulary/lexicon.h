// Everything that one language's vocabulary lets the parser recognise,
// compiled so that one walk over the tokens finds it all.
#ifndef ATTACHE_COMMON_VOCABULARY_LEXICON_H_
#define ATTACHE_COMMON_VOCABULARY_LEXICON_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/text/token.h"

namespace attache {

class LexiconWalk;

enum class EntryKind : uint8_t {
  kCountry,       // id: alpha-2. qualifier: official, common or short
  kDemonym,       // id: alpha-2 ("Peruvian", "Peruvians", "peruana")
  kPlace,         // id: alpha-2. qualifier: place id, see Vocabulary::FindPlace
  kRegion,        // id: M49 code or vocabulary id
  kSector,        // id. qualifier: name, alias or cue
  kObjective,     // id. qualifier: name, alias or cue
  kEventSeries,   // id. qualifier: name, alias or cue
  kRole,          // id: role id. qualifier: none
  kOrganization,  // id: organization's id ("eu", "un"). qualifier: its name
  kCue,           // id: kind of cue ("travel", "stop", ...)
  kHeader,  // id: kind of list, column or row ("objective", "key_players")
  kDate,    // id: "month", "weekday", ... qualifier: its value
  kNumber,  // id: "magnitude", "currency", ... qualifier: its value
};

struct LexiconEntry {
  EntryKind kind = EntryKind::kCue;
  std::string id;
  std::string qualifier;
  float weight = 1;
  // Set by Lexicon::Builder, whatever was given: entries of one meaning have
  // the same kind, and cues, headers, dates and numbers the same id and
  // qualifier besides. From 0, and some 500 in a language, so that a table by
  // meaning is small.
  uint32_t meaning = 0;
};

// Entry `entry` matched tokens [begin, end).
struct LexiconMatch {
  uint32_t begin = 0;
  uint32_t end = 0;
  const LexiconEntry* entry = nullptr;  // owned by the Lexicon
};

// Patterns are written as words separated by spaces:
//   climate change        these words, one after the other
//   strengthen* ties      a word that begins with "strengthen"
//   trade|commercial ties one of several words
//   in the? presence      the word before ? may be missing
//   talks _ with          exactly one token, whichever
//   boost* ..3 exports    up to three tokens in between, of any kind, but
//                         never across one of . ! ? ; : or a unit's end
// A word written in lower case matches any case. A word with a capital first
// letter ("Turkey") matches only capitalised words, and one all in capitals
// ("AIDS", "US") only words all in capitals. A pattern is split by Tokenize,
// so hyphens and apostrophes count as there ("guinea - bissau" and
// "Guinea-Bissau" are the same), also for a clitic that stands alone ("'s",
// "l'"); accents never count. The signs | ? * _ .. are
// reserved. A pattern begins with a word, does not end with a gap, and never
// matches nothing.
//
// Immutable and thread-safe once built.
class Lexicon {
 public:
  class Builder {
   public:
    Builder();
    ~Builder();
    // INVALID_ARGUMENT with the reason where the pattern is malformed. A
    // pattern may be added several times with different entries; each matches.
    absl::Status Add(absl::string_view pattern, LexiconEntry entry);
    // A name as it stands: no sign is reserved. INVALID_ARGUMENT where it holds
    // no word and no sign.
    absl::Status AddName(absl::string_view name, LexiconEntry entry);
    std::unique_ptr<const Lexicon> Build() &&;

   private:
    friend class Lexicon;
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  ~Lexicon();

  // All matches in `tokens` (one unit of text), ordered by begin, then the
  // longest first, then in the order of Add. Overlapping ones are all given.
  // About O(tokens); every distinct word is looked up once a call.
  std::vector<LexiconMatch> Match(absl::Span<const Token> tokens) const;

 private:
  friend class LexiconMatcher;
  friend class LexiconWalk;
  struct Impl;
  explicit Lexicon(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

// Matches one unit of a document after the other. It looks a word up once,
// however many of them have it, and so holds the words that it has seen. The
// lexicon must outlive it. Not thread-safe.
class LexiconMatcher {
 public:
  explicit LexiconMatcher(const Lexicon& lexicon);
  ~LexiconMatcher();

  // As Lexicon::Match.
  std::vector<LexiconMatch> Match(absl::Span<const Token> tokens);

 private:
  std::unique_ptr<LexiconWalk> walk_;
};

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_LEXICON_H_
