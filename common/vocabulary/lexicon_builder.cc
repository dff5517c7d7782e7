#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/status_macros.h"
#include "common/vocabulary/lexicon.h"
#include "common/vocabulary/lexicon_tables.h"
#include "common/vocabulary/pattern.h"

namespace attache {

struct Lexicon::Builder::Impl {
  struct Node {
    std::map<WordClassId, NodeId> children;
    std::map<int, NodeId> gaps;  // by the most tokens that they span
    NodeId any_child = kRoot;
    std::vector<uint32_t> accepted;
  };

  NodeId AddNode() {
    nodes.emplace_back();
    return static_cast<NodeId>(nodes.size() - 1);
  }

  WordClassId ClassOf(const std::vector<PatternWord>& words) {
    const auto [it, added] =
        class_ids.emplace(words, static_cast<WordClassId>(class_ids.size()));
    if (added) {
      for (const PatternWord& word : words) {
        word_classes.Add(word, it->second);
      }
    }
    return it->second;
  }

  NodeId Follow(NodeId from, const PatternStep& step) {
    NodeId child = kRoot;
    switch (step.kind) {
      case PatternStep::Kind::kWords: {
        const WordClassId word_class = ClassOf(step.words);
        child = nodes[from].children[word_class];
        if (child == kRoot) {
          child = AddNode();
          nodes[from].children[word_class] = child;
        }
        break;
      }
      case PatternStep::Kind::kAnyToken:
        child = nodes[from].any_child;
        if (child == kRoot) {
          child = AddNode();
          nodes[from].any_child = child;
        }
        break;
      case PatternStep::Kind::kGap:
        child = nodes[from].gaps[step.gap];
        if (child == kRoot) {
          child = AddNode();
          nodes[from].gaps[step.gap] = child;
        }
        break;
    }
    return child;
  }

  void AddPath(const PatternPath& path, uint32_t entry) {
    NodeId node = kRoot;
    for (const PatternStep& step : path) node = Follow(node, step);
    std::vector<uint32_t>& accepted = nodes[node].accepted;
    // "a? a?" comes to the same node twice.
    if (accepted.empty() || accepted.back() != entry) accepted.push_back(entry);
  }

  uint32_t MeaningOf(const LexiconEntry& entry) {
    const bool by_id =
        entry.kind == EntryKind::kCue || entry.kind == EntryKind::kHeader ||
        entry.kind == EntryKind::kDate || entry.kind == EntryKind::kNumber;
    const auto next = static_cast<uint32_t>(meanings.size());
    return meanings
        .try_emplace(
            {entry.kind, by_id ? entry.id : "", by_id ? entry.qualifier : ""},
            next)
        .first->second;
  }

  uint32_t AddEntry(LexiconEntry entry) {
    entry.meaning = MeaningOf(entry);
    entries.push_back(std::move(entry));
    return static_cast<uint32_t>(entries.size() - 1);
  }

  std::vector<LexiconEntry> entries;
  std::map<std::vector<PatternWord>, WordClassId> class_ids;
  absl::flat_hash_map<std::tuple<EntryKind, std::string, std::string>, uint32_t>
      meanings;
  WordClasses word_classes;
  std::vector<Node> nodes = std::vector<Node>(1);
};

Lexicon::Builder::Builder() : impl_(std::make_unique<Impl>()) {}
Lexicon::Builder::~Builder() = default;

absl::Status Lexicon::Builder::Add(absl::string_view pattern,
                                   LexiconEntry entry) {
  ATTACHE_ASSIGN_OR_RETURN(const std::vector<PatternPath> paths,
                           ParsePattern(pattern));
  const uint32_t index = impl_->AddEntry(std::move(entry));
  for (const PatternPath& path : paths) impl_->AddPath(path, index);
  return absl::OkStatus();
}

absl::Status Lexicon::Builder::AddName(absl::string_view name,
                                       LexiconEntry entry) {
  ATTACHE_ASSIGN_OR_RETURN(const PatternPath path, PathOfName(name));
  impl_->AddPath(path, impl_->AddEntry(std::move(entry)));
  return absl::OkStatus();
}

std::unique_ptr<const Lexicon> Lexicon::Builder::Build() && {
  auto lexicon = std::make_unique<Lexicon::Impl>();
  lexicon->entries = std::move(impl_->entries);
  lexicon->word_classes = std::move(impl_->word_classes);
  lexicon->first_children.resize(impl_->class_ids.size(), kRoot);
  for (const auto& [word_class, child] : impl_->nodes[kRoot].children) {
    lexicon->first_children[word_class] = child;
  }
  for (const Impl::Node& from : impl_->nodes) {
    LexiconNode node;
    node.any_child = from.any_child;
    node.edges_begin = static_cast<uint32_t>(lexicon->edges.size());
    for (const auto& [word_class, child] : from.children) {
      lexicon->edges.push_back({word_class, child});
    }
    node.edges_end = static_cast<uint32_t>(lexicon->edges.size());
    node.gaps_begin = static_cast<uint32_t>(lexicon->gaps.size());
    for (const auto& [most, child] : from.gaps) {
      lexicon->gaps.push_back({most, child});
    }
    node.gaps_end = static_cast<uint32_t>(lexicon->gaps.size());
    node.accepted_begin = static_cast<uint32_t>(lexicon->accepted.size());
    lexicon->accepted.insert(lexicon->accepted.end(), from.accepted.begin(),
                             from.accepted.end());
    node.accepted_end = static_cast<uint32_t>(lexicon->accepted.size());
    lexicon->nodes.push_back(node);
  }
  impl_.reset();
  return std::unique_ptr<const Lexicon>(new Lexicon(std::move(lexicon)));
}

}  // namespace attache
