#include "common/vocabulary/lexicon.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "common/vocabulary/lexicon_tables.h"

namespace attache {

void WordClasses::Add(const PatternWord& word, WordClassId word_class) {
  const WordClassRef ref = {word_class, word.demand};
  if (!word.prefix) {
    whole_words_[word.folded].push_back(ref);
    return;
  }
  uint32_t node = 0;
  for (const unsigned char byte : word.folded) {
    uint32_t child = ChildOf(node, byte);
    if (child == 0) {
      child = static_cast<uint32_t>(prefixes_.size());
      prefixes_.push_back({0, prefixes_[node].first_child, byte});
      prefix_refs_.emplace_back();
      (node == 0 ? root_children_[byte] : prefixes_[node].first_child) = child;
    }
    node = child;
  }
  prefix_refs_[node].push_back(ref);
}

uint32_t WordClasses::ChildOf(uint32_t node, unsigned char byte) const {
  if (node == 0) return root_children_[byte];
  uint32_t child = prefixes_[node].first_child;
  while (child != 0 && prefixes_[child].byte != byte) {
    child = prefixes_[child].next_sibling;
  }
  return child;
}

void WordClasses::Find(absl::string_view folded, CaseDemand word_case,
                       std::vector<WordClassId>& classes) const {
  const size_t first = classes.size();
  const auto append = [&](const std::vector<WordClassRef>& refs) {
    for (const WordClassRef& ref : refs) {
      if (ref.demand <= word_case) classes.push_back(ref.word_class);
    }
  };
  if (const auto it = whole_words_.find(folded); it != whole_words_.end()) {
    append(it->second);
  }
  uint32_t node = 0;
  for (const unsigned char byte : folded) {
    node = ChildOf(node, byte);
    if (node == 0) break;
    append(prefix_refs_[node]);
  }
  // "trade|trad*" holds "trade" by either of its words.
  const auto found = classes.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(found, classes.end());
  classes.erase(std::unique(found, classes.end()), classes.end());
}

namespace {

bool EndsClause(const Token& token) {
  if (token.kind != TokenKind::kSign || token.folded.size() != 1) return false;
  return absl::string_view(".!?;:").find(token.folded[0]) !=
         absl::string_view::npos;
}

}  // namespace

// Walks over one unit after the other and keeps what it learnt of their words.
class LexiconWalk {
 public:
  explicit LexiconWalk(const Lexicon::Impl& lexicon) : lexicon_(lexicon) {}

  std::vector<LexiconMatch> Run(absl::Span<const Token> tokens) {
    tokens_ = tokens;
    ResolveTokens();
    for (uint32_t begin = 0; begin < tokens_.size(); ++begin) WalkFrom(begin);
    return std::exchange(matches_, {});
  }

 private:
  // Where a walk stands: it may wait in `node` for `wait` tokens more.
  struct State {
    NodeId node = kRoot;
    int wait = 0;
  };
  // The classes of a token.
  struct TokenClasses {
    uint32_t begin = 0;  // of classes_
    uint32_t end = 0;
    // Bit `class % 64` of each, so that most edges are passed at a glance.
    uint64_t filter = 0;
  };

  void ResolveTokens() {
    classes_of_token_.clear();
    classes_of_token_.reserve(tokens_.size());
    for (const Token& token : tokens_) {
      const CaseDemand word_case = CaseOf(token);
      const auto [it, added] =
          known_[static_cast<size_t>(word_case)].try_emplace(token.folded);
      if (added) {
        it->second.begin = static_cast<uint32_t>(classes_.size());
        lexicon_.word_classes.Find(token.folded, word_case, classes_);
        it->second.end = static_cast<uint32_t>(classes_.size());
        for (const WordClassId word_class : Of(it->second)) {
          it->second.filter |= BitOf(word_class);
        }
      }
      classes_of_token_.push_back(it->second);
    }
  }

  static uint64_t BitOf(WordClassId word_class) {
    return uint64_t{1} << (word_class % 64);
  }
  absl::Span<const WordClassId> Of(const TokenClasses& token) const {
    return absl::MakeConstSpan(classes_).subspan(token.begin,
                                                 token.end - token.begin);
  }

  void WalkFrom(uint32_t begin) {
    next_.clear();
    found_.clear();
    for (const WordClassId word_class : Of(classes_of_token_[begin])) {
      Enter(lexicon_.first_children[word_class], begin + 1);
    }
    for (uint32_t at = begin + 1; at < tokens_.size() && !next_.empty(); ++at) {
      std::swap(current_, next_);
      next_.clear();
      for (const State& state : current_) Advance(state, at);
    }
    Emit(begin);
  }

  // `state` reads the token `at`.
  void Advance(const State& state, uint32_t at) {
    const LexiconNode& node = lexicon_.nodes[state.node];
    FollowEdges(node, at);
    Enter(node.any_child, at + 1);
    if (state.wait > 0 && !EndsClause(tokens_[at])) {
      Wait({state.node, state.wait - 1});
    }
  }

  // Looks the shorter list up in the longer one; both are in order.
  void FollowEdges(const LexiconNode& node, uint32_t at) {
    const auto edges =
        absl::MakeConstSpan(lexicon_.edges)
            .subspan(node.edges_begin, node.edges_end - node.edges_begin);
    const absl::Span<const WordClassId> classes = Of(classes_of_token_[at]);
    if (edges.size() <= classes.size()) {
      const uint64_t filter = classes_of_token_[at].filter;
      for (const LexiconEdge& edge : edges) {
        if ((filter & BitOf(edge.word_class)) != 0 &&
            std::binary_search(classes.begin(), classes.end(),
                               edge.word_class)) {
          Enter(edge.child, at + 1);
        }
      }
      return;
    }
    auto edge = edges.begin();
    for (const WordClassId word_class : classes) {
      edge = std::lower_bound(edge, edges.end(), word_class,
                              [](const LexiconEdge& it, WordClassId value) {
                                return it.word_class < value;
                              });
      if (edge == edges.end()) return;
      if (edge->word_class == word_class) Enter(edge->child, at + 1);
    }
  }

  // The walk comes to `id` having read all tokens before `end`.
  void Enter(NodeId id, uint32_t end) {
    if (id == kRoot) return;
    const LexiconNode& node = lexicon_.nodes[id];
    for (uint32_t i = node.accepted_begin; i < node.accepted_end; ++i) {
      found_.push_back({end, lexicon_.accepted[i]});
    }
    if (node.edges_begin != node.edges_end || node.any_child != kRoot) {
      next_.push_back({id, 0});
    }
    for (uint32_t i = node.gaps_begin; i < node.gaps_end; ++i) {
      Wait({lexicon_.gaps[i].child, lexicon_.gaps[i].most});
    }
  }

  // A walk that comes to a place again, by waiting and anew, goes on once: that
  // keeps patterns with several gaps from multiplying.
  void Wait(State state) {
    for (State& other : next_) {
      if (other.node == state.node) {
        other.wait = std::max(other.wait, state.wait);
        return;
      }
    }
    next_.push_back(state);
  }

  void Emit(uint32_t begin) {
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return a.end != b.end ? a.end > b.end : a.entry < b.entry;
    });
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    for (const Found& found : found_) {
      matches_.push_back({begin, found.end, &lexicon_.entries[found.entry]});
    }
  }

  struct Found {
    uint32_t end = 0;
    uint32_t entry = 0;
    bool operator==(const Found&) const = default;
  };

  const Lexicon::Impl& lexicon_;
  // Of every word so far, by its case and then by its form.
  std::array<absl::flat_hash_map<std::string, TokenClasses>, 3> known_;
  std::vector<WordClassId> classes_;
  // Of one call.
  absl::Span<const Token> tokens_;
  std::vector<TokenClasses> classes_of_token_;
  std::vector<State> current_;
  std::vector<State> next_;
  std::vector<Found> found_;  // from the present begin
  std::vector<LexiconMatch> matches_;
};

Lexicon::Lexicon(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Lexicon::~Lexicon() = default;

std::vector<LexiconMatch> Lexicon::Match(absl::Span<const Token> tokens) const {
  return LexiconWalk(*impl_).Run(tokens);
}

LexiconMatcher::LexiconMatcher(const Lexicon& lexicon)
    : walk_(std::make_unique<LexiconWalk>(*lexicon.impl_)) {}
LexiconMatcher::~LexiconMatcher() = default;

std::vector<LexiconMatch> LexiconMatcher::Match(
    absl::Span<const Token> tokens) {
  return walk_->Run(tokens);
}

}  // namespace attache
