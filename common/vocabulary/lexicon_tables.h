// What a Lexicon consists of. Internal to common/vocabulary.
//
// Every step of a pattern is a class of words: "trade", "strengthen*",
// "trade|commercial". The patterns are a tree whose edges are classes; a token
// of a text belongs to a few classes, and each of them may lead on.
#ifndef ATTACHE_COMMON_VOCABULARY_LEXICON_TABLES_H_
#define ATTACHE_COMMON_VOCABULARY_LEXICON_TABLES_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/lexicon.h"
#include "common/vocabulary/pattern.h"

namespace attache {

// The same words are the same class.
using WordClassId = uint32_t;
using NodeId = uint32_t;
inline constexpr NodeId kRoot = 0;  // nobody's child, so it says "none" too

// A word belongs to a class where its case meets the demand.
struct WordClassRef {
  WordClassId word_class = 0;
  CaseDemand demand = CaseDemand::kNone;
};

// The classes of a word, by its folded form.
class WordClasses {
 public:
  void Add(const PatternWord& word, WordClassId word_class);

  // Appends the classes of a word with that form and case, each once, to
  // `classes`. One look-up for the word, and a step for each byte of it while
  // prefixes go on.
  void Find(absl::string_view folded, CaseDemand word_case,
            std::vector<WordClassId>& classes) const;

 private:
  // A tree of bytes, the children of a node strung together but for the root's,
  // which are many. Nobody's child or sibling is node 0, the root, so that it
  // says "none" too.
  struct PrefixNode {
    uint32_t first_child = 0;
    uint32_t next_sibling = 0;
    unsigned char byte = 0;
  };
  uint32_t ChildOf(uint32_t node, unsigned char byte) const;

  absl::flat_hash_map<std::string, std::vector<WordClassRef>> whole_words_;
  std::vector<PrefixNode> prefixes_ = {{}};
  std::array<uint32_t, 256> root_children_ = {};               // by byte
  std::vector<std::vector<WordClassRef>> prefix_refs_ = {{}};  // by node
};

struct LexiconEdge {
  WordClassId word_class = 0;
  NodeId child = kRoot;
};

struct LexiconGap {
  int most = 0;  // tokens
  NodeId child = kRoot;
};

struct LexiconNode {
  // Of Lexicon::Impl's edges, gaps and accepted.
  uint32_t edges_begin = 0, edges_end = 0;
  uint32_t gaps_begin = 0, gaps_end = 0;
  uint32_t accepted_begin = 0, accepted_end = 0;
  NodeId any_child = kRoot;  // kRoot: none
};

struct Lexicon::Impl {
  std::vector<LexiconEntry> entries;
  WordClasses word_classes;
  std::vector<LexiconNode> nodes;
  std::vector<LexiconEdge> edges;  // of a node side by side, sorted by class
  std::vector<LexiconGap> gaps;
  std::vector<uint32_t> accepted;      // indices of entries
  std::vector<NodeId> first_children;  // of the root, by class
};

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_LEXICON_TABLES_H_
