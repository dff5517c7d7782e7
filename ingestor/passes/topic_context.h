// What the words around a topic make of it: an aim of the trip, a courtesy, or
// a part of an office's name.
#ifndef ATTACHE_INGESTOR_PASSES_TOPIC_CONTEXT_H_
#define ATTACHE_INGESTOR_PASSES_TOPIC_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/word_index.h"

namespace attache {

// The kinds of aims.tsv.
enum class TopicWord : uint8_t {
  kAimOpen,      // opens an aim or agenda point: "to discuss"
  kAimStop,      // ends it: "which", "where"
  kCourtesy,     // what follows is thanks or praise
  kCourtesyEnd,  // ends that: "and discuss"
  kBackground,   // what follows is past or general
  kOffice,       // "Minister of", "Bureau of": its subject is no topic
  kOfficeAfter,  // "Defense Minister"
  kLink,         // joins the words of an office's name: "of", "and"
  kNotTopic,     // a phrase in which a cue means something else
};
static_assert(FitsWordIndex(TopicWord::kNotTopic));

// Immutable and thread-safe once built. The document must outlive it.
class TopicContext {
 public:
  explicit TopicContext(const Document& document);

  // The aim that the words at `span` belong to: from the verb that opens it,
  // or the item of the list that it opens, to its end. nullopt where nothing
  // before them in the sentence opens one. O(sentence).
  std::optional<TokenSpan> AimAround(TokenSpan span) const;

  // How strong the opening word of that aim is; 0 without one.
  float AimWeight(TokenSpan span) const;

  // Whether the words thank or praise rather than negotiate, or tell of other
  // times.
  bool IsCourtesy(TokenSpan span) const;
  bool IsBackground(TokenSpan span) const;

  // Whether the words are part of an office's or officer's name.
  bool IsOffice(TokenSpan span) const;

  // Whether a phrase that means something else covers them.
  bool IsOtherwise(TokenSpan span) const;

 private:
  using Words = WordIndex<TopicWord>;
  TokenSpan SentenceOf(uint32_t token) const;
  // The last word of `kind` before `span` in its sentence.
  std::optional<Words::Word> LastBefore(TokenSpan span, TopicWord kind) const;
  std::optional<Words::Word> OpenerOf(TokenSpan span) const;

  const Document& document_;
  Words words_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TOPIC_CONTEXT_H_
