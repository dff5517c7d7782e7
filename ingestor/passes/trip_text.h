// What was found in a document, ready to be asked by token.
#ifndef ATTACHE_INGESTOR_PASSES_TRIP_TEXT_H_
#define ATTACHE_INGESTOR_PASSES_TRIP_TEXT_H_

#include <cstdint>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/text_order.h"  // IWYU pragma: export

namespace attache {

struct PersonMention {
  uint32_t person = 0;  // index into Findings::people
  TokenSpan span;
};

// Refers to all that it is made of, which must outlive it. Immutable,
// thread-safe. Every lookup O(1).
class TripText {
 public:
  TripText(const Document& document, const CueIndex& cues,
           const Findings& findings);

  const Document& document() const { return document_; }
  const Findings& findings() const { return findings_; }
  const CueIndex& cues() const { return cues_; }

  // What covers the token; nullptr where nothing does.
  const PersonMention* PersonAt(uint32_t token) const;
  const PlaceMention* PlaceAt(uint32_t token) const;
  const DateMention* DateAt(uint32_t token) const;
  const EventMention* EventAt(uint32_t token) const;

  uint32_t SentenceOf(uint32_t token) const { return sentence_of_[token]; }
  bool InTitle(uint32_t token) const;
  bool InDateline(uint32_t token) const;
  // Whether the sentence is an item of a list.
  bool InList(uint32_t sentence) const;
  // A unit that tells (a title, a heading, a paragraph, an item), not a byline.
  bool Tells(uint32_t sentence) const;

  // The first unit of a verbatim record ("MS. ROE: Thank you."), in which what
  // is said is not reported; the number of units where the text is none.
  uint32_t transcript_begin() const { return transcript_begin_; }

  // Mentions in text order.
  const std::vector<PersonMention>& mentions() const { return mentions_; }

  // A word that says or does something the passes know: a verb of travel, of
  // meeting, of speaking.
  bool IsPredicate(uint32_t token) const;

  // "he", "the delegation": whom the text speaks of already.
  bool IsAnaphor(uint32_t token) const;

 private:
  const Document& document_;
  const Findings& findings_;
  const CueIndex& cues_;
  std::vector<PersonMention> mentions_;
  // By token: an index, or -1.
  std::vector<int32_t> mention_at_;
  std::vector<int32_t> place_at_;
  std::vector<int32_t> date_at_;
  std::vector<int32_t> event_at_;
  std::vector<uint32_t> sentence_of_;
  uint32_t transcript_begin_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TRIP_TEXT_H_
