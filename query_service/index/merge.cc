#include "query_service/index/merge.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "query_service/index/segment_assembler.h"

namespace attache {
namespace {

struct SourceDoc {
  ColumnValue value;
  absl::string_view record_id;
  uint32_t source;
  uint32_t doc;
};

// The live records of all sources in answer order.
std::vector<SourceDoc> SortedDocs(absl::Span<const SegmentView> sources) {
  std::vector<SourceDoc> docs;
  for (uint32_t source = 0; source < sources.size(); ++source) {
    const Segment& segment = *sources[source].segment;
    for (uint32_t doc = 0; doc < segment.size(); ++doc) {
      if (!sources[source].IsLive(doc)) continue;
      docs.push_back({segment.OrderValueOf(Order::kStartDesc, doc),
                      segment.record_id(doc), source, doc});
    }
  }
  std::sort(docs.begin(), docs.end(),
            [](const SourceDoc& a, const SourceDoc& b) {
              if (a.value != b.value) return a.value < b.value;
              return a.record_id < b.record_id;
            });
  return docs;
}

ColumnRow RowOf(const Segment& segment, uint32_t doc) {
  ColumnRow row;
  for (size_t i = 0; i < kColumns; ++i) {
    row[i] = segment.column(static_cast<Column>(i)).by_doc[doc];
  }
  return row;
}

// The new numbers of the elements of a space, and their records. In kRecord
// they are the records themselves.
struct ElementMap {
  std::vector<std::vector<uint32_t>> new_elements;  // by source
  std::vector<uint32_t> parents;
};

ElementMap MapElements(absl::Span<const SegmentView> sources, TermSpace space,
                       const std::vector<SourceDoc>& docs) {
  ElementMap map;
  for (const SegmentView& source : sources) {
    map.new_elements.emplace_back(source.segment->element_count(space), kGone);
  }
  for (uint32_t doc = 0; doc < docs.size(); ++doc) {
    const SourceDoc& from = docs[doc];
    const auto parents = sources[from.source].segment->parents(space);
    auto element = static_cast<size_t>(
        std::lower_bound(parents.begin(), parents.end(), from.doc) -
        parents.begin());
    for (; element < parents.size() && parents[element] == from.doc;
         ++element) {
      map.new_elements[from.source][element] =
          static_cast<uint32_t>(map.parents.size());
      map.parents.push_back(doc);
    }
  }
  return map;
}

std::vector<InvestmentBounds> MergeInvestments(
    absl::Span<const SegmentView> sources, const ElementMap& map) {
  std::vector<InvestmentBounds> merged(map.parents.size());
  for (size_t source = 0; source < sources.size(); ++source) {
    const auto from = sources[source].segment->investments();
    for (size_t element = 0; element < from.size(); ++element) {
      const uint32_t to = map.new_elements[source][element];
      if (to != kGone) merged[to] = from[element];
    }
  }
  return merged;
}

Postings MergePostings(absl::Span<const SegmentView> sources, TermSpace space,
                       const std::vector<std::vector<uint32_t>>& new_numbers) {
  std::vector<size_t> at(sources.size(), 0);
  std::vector<uint32_t> old_numbers;
  std::vector<uint32_t> merged;
  PostingsBuilder builder;
  while (true) {
    const absl::string_view* least = nullptr;
    std::vector<absl::string_view> heads(sources.size());
    for (size_t i = 0; i < sources.size(); ++i) {
      const Postings& postings = sources[i].segment->postings(space);
      if (at[i] == postings.size()) continue;
      heads[i] = postings.term(at[i]);
      if (least == nullptr || heads[i] < *least) least = &heads[i];
    }
    if (least == nullptr) break;
    const absl::string_view term = *least;
    merged.clear();
    for (size_t i = 0; i < sources.size(); ++i) {
      const Postings& postings = sources[i].segment->postings(space);
      if (at[i] == postings.size() || heads[i] != term) continue;
      old_numbers.clear();
      postings.list(at[i]++).AppendTo(old_numbers);
      for (const uint32_t number : old_numbers) {
        if (new_numbers[i][number] != kGone) {
          merged.push_back(new_numbers[i][number]);
        }
      }
    }
    if (merged.empty()) continue;
    std::sort(merged.begin(), merged.end());
    builder.Add(term, merged);
  }
  return std::move(builder).Build();
}

// As many of `members`, the smallest first, as may become one segment.
std::vector<size_t> WithinBytes(absl::Span<const SegmentView> views,
                                std::vector<size_t> members,
                                const MergePolicy& policy) {
  const auto bytes = [&views](size_t i) {
    return views[i].segment->record_bytes();
  };
  std::sort(members.begin(), members.end(),
            [&](size_t a, size_t b) { return bytes(a) < bytes(b); });
  size_t total = 0;
  size_t count = 0;
  while (count < members.size() &&
         total + bytes(members[count]) <= policy.max_record_bytes) {
    total += bytes(members[count++]);
  }
  members.resize(count);
  return members;
}

}  // namespace

std::vector<size_t> PickMerge(
    absl::Span<const SegmentView> views, const MergePolicy& policy,
    const std::function<bool(const SegmentView&)>& excluded) {
  std::map<int, std::vector<size_t>> levels;
  for (size_t i = 0; i < views.size(); ++i) {
    const SegmentView& view = views[i];
    if (excluded(view)) continue;
    const auto live = static_cast<double>(view.live_count());
    const auto size = static_cast<double>(view.segment->size());
    if (size - live >= size * policy.max_deleted_share) return {i};
    levels[static_cast<int>(std::log(std::max(live, 1.0)) /
                            std::log(static_cast<double>(policy.fan_in)))]
        .push_back(i);
  }
  for (auto& [level, members] : levels) {
    if (members.size() < policy.fan_in) continue;
    std::vector<size_t> fitting = WithinBytes(views, members, policy);
    if (fitting.size() > 1) return fitting;
  }
  return {};
}

MergedSegment MergeSegments(absl::Span<const SegmentView> sources) {
  MergedSegment result;
  const std::vector<SourceDoc> docs = SortedDocs(sources);
  for (const SegmentView& source : sources) {
    result.new_docs.emplace_back(source.segment->size(), kGone);
  }
  if (docs.empty()) return result;
  SegmentAssembler assembler;
  for (uint32_t doc = 0; doc < docs.size(); ++doc) {
    const SourceDoc& from = docs[doc];
    const Segment& segment = *sources[from.source].segment;
    assembler.AddRecord(from.record_id, segment.briefing_id(from.doc),
                        segment.wire(from.doc, false),
                        segment.wire(from.doc, true).size(),
                        RowOf(segment, from.doc));
    result.new_docs[from.source][from.doc] = doc;
  }
  for (size_t i = 0; i < kTermSpaces; ++i) {
    const auto space = static_cast<TermSpace>(i);
    if (space == TermSpace::kRecord) {
      assembler.SetPostings(space,
                            MergePostings(sources, space, result.new_docs));
      continue;
    }
    ElementMap map = MapElements(sources, space, docs);
    assembler.SetPostings(space,
                          MergePostings(sources, space, map.new_elements));
    if (space == TermSpace::kInvestment) {
      assembler.SetInvestments(MergeInvestments(sources, map));
    }
    assembler.SetParents(space, std::move(map.parents));
  }
  result.segment = assembler.Build();
  return result;
}

}  // namespace attache
