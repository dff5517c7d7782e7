#include "query_service/watch/changed_records.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "common/status_macros.h"
#include "query_service/index/segment_builder.h"
#include "query_service/query/executor.h"

namespace attache {
namespace {

// Record ids are "<briefing_id>#<n>".
absl::string_view BriefingOf(absl::string_view record_id) {
  return record_id.substr(0, record_id.rfind('#'));
}

template <typename Visit>
void EachDoc(const DocSet& docs, const Segment& segment, Visit visit) {
  if (docs.all()) {
    for (uint32_t doc = 0; doc < segment.size(); ++doc) visit(doc);
  } else {
    for (const uint32_t doc : docs.docs()) visit(doc);
  }
}

}  // namespace

size_t RevisionChanges::bytes() const {
  size_t bytes = 0;
  for (const SharedChange& change : changes) bytes += change->size();
  return bytes;
}

absl::StatusOr<ChangedRecords> ChangedRecords::Build(
    HistoryChunk chunk, const Vocabulary& vocabulary) {
  ChangedRecords built;
  built.up_to_ = chunk.up_to;
  std::vector<std::unique_ptr<SegmentBuilder>> builders;
  const auto add = [&](uint32_t layer, const std::string& record_id,
                       const std::string& wire) {
    while (builders.size() <= layer) builders.emplace_back();
    if (builders[layer] == nullptr) {
      builders[layer] = std::make_unique<SegmentBuilder>(vocabulary);
    }
    return builders[layer]->Add(BriefingOf(record_id), record_id, wire);
  };
  absl::flat_hash_map<std::string, uint32_t> newest;
  for (HistoryChange& change : chunk.changes) {
    const auto [known, is_first] = newest.try_emplace(change.record_id, 0);
    const uint32_t layer = known->second++;
    // The version before a later change is the one that the last change made.
    if (is_first && change.before) {
      ATTACHE_RETURN_IF_ERROR(add(layer, change.record_id, *change.before));
    }
    if (change.after) {
      ATTACHE_RETURN_IF_ERROR(add(layer + 1, change.record_id, *change.after));
    }
    built.changes_.push_back({.revision = change.revision,
                              .record_id = std::move(change.record_id),
                              .layer = layer,
                              .removed = nullptr,
                              .upserted_basic = nullptr,
                              .upserted_full = nullptr});
  }
  for (auto& builder : builders) {
    Layer& layer = built.layers_.emplace_back();
    if (builder != nullptr) layer.segment = std::move(*builder).Build();
  }
  built.Resolve();
  return built;
}

// Finds the documents of each change, and the changes of each document.
void ChangedRecords::Resolve() {
  for (Layer& layer : layers_) {
    const size_t size = layer.segment == nullptr ? 0 : layer.segment->size();
    layer.made_by.assign(size, kNone);
    layer.ended_by.assign(size, kNone);
  }
  const auto find = [this](uint32_t layer, const std::string& record_id) {
    if (layer >= layers_.size() || layers_[layer].segment == nullptr) {
      return kNone;
    }
    return layers_[layer].segment->FindRecord(record_id).value_or(kNone);
  };
  for (uint32_t i = 0; i < changes_.size(); ++i) {
    Change& change = changes_[i];
    change.before = find(change.layer, change.record_id);
    change.after = find(change.layer + 1, change.record_id);
    if (change.before != kNone) {
      layers_[change.layer].ended_by[change.before] = i;
    }
    if (change.after != kNone) {
      layers_[change.layer + 1].made_by[change.after] = i;
    }
  }
}

std::vector<Percolator::Id> ChangedRecords::Candidates(
    const Percolator& percolator) const {
  absl::flat_hash_set<Percolator::Id> all;
  for (const Layer& layer : layers_) {
    if (layer.segment == nullptr) continue;
    const auto found = percolator.Candidates(*layer.segment);
    all.insert(found.begin(), found.end());
  }
  return std::vector<Percolator::Id>(all.begin(), all.end());
}

std::vector<ChangedRecords::Match> ChangedRecords::MatchesOf(
    const Query& query) const {
  std::vector<DocSet> found;
  for (const Layer& layer : layers_) {
    found.push_back(layer.segment == nullptr ? DocSet::Of(Roaring())
                                             : Execute(query, *layer.segment));
  }
  std::vector<Match> matches;
  for (size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    if (layer.segment == nullptr) continue;
    EachDoc(found[i], *layer.segment, [&](uint32_t doc) {
      if (layer.made_by[doc] != kNone) {
        matches.push_back({layer.made_by[doc], true});
      }
      const uint32_t ended_by = layer.ended_by[doc];
      if (ended_by == kNone) return;
      const uint32_t after = changes_[ended_by].after;
      if (after == kNone || !found[i + 1].Contains(after)) {
        matches.push_back({ended_by, false});
      }
    });
  }
  std::sort(matches.begin(), matches.end(),
            [](const Match& a, const Match& b) { return a.change < b.change; });
  return matches;
}

const SharedChange& ChangedRecords::Encoded(const Match& match, bool basic) {
  Change& change = changes_[match.change];
  SharedChange& encoded = !match.upserted ? change.removed
                          : basic         ? change.upserted_basic
                                          : change.upserted_full;
  if (encoded == nullptr) {
    encoded = match.upserted
                  ? UpsertedChange(layers_[change.layer + 1].segment->wire(
                                       change.after, basic),
                                   change.revision)
                  : RemovedChange(change.record_id, change.revision);
  }
  return encoded;
}

std::vector<RevisionChanges> ChangedRecords::ChangesFor(const Query& query,
                                                        bool basic) {
  std::vector<RevisionChanges> revisions;
  for (const Match& match : MatchesOf(query)) {
    const int64_t revision = changes_[match.change].revision;
    if (revisions.empty() || revisions.back().revision != revision) {
      revisions.push_back({.revision = revision, .changes = {}});
    }
    revisions.back().changes.push_back(Encoded(match, basic));
  }
  return revisions;
}

}  // namespace attache
