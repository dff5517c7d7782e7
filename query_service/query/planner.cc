#include "query_service/query/planner.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attache {
namespace {

uint64_t ElementCount(const Snapshot& snapshot, TermSpace space) {
  uint64_t count = 0;
  for (const SegmentView& view : snapshot.views()) {
    count += view.segment->element_count(space);
  }
  return count;
}

// What finds few comes first, then what only takes away, then what has to read
// each record that is left.
using PlanRank = std::pair<int, uint64_t>;

PlanRank Rank(const Query& query, const Snapshot& snapshot, TermSpace space) {
  if (query.kind == Query::Kind::kCheck) return {3, 0};
  if (ReadsRecords(query)) return {2, Estimate(query, snapshot, space)};
  if (query.kind == Query::Kind::kNot) return {1, 0};
  return {0, Estimate(query, snapshot, space)};
}

void Arrange(Query& query, const Snapshot& snapshot, TermSpace space) {
  const TermSpace inner =
      query.kind == Query::Kind::kElement ? query.space : space;
  for (Query& child : query.children) Arrange(child, snapshot, inner);
  if (query.kind != Query::Kind::kAnd) return;
  std::vector<std::pair<PlanRank, size_t>> ranked;
  for (size_t i = 0; i < query.children.size(); ++i) {
    ranked.emplace_back(Rank(query.children[i], snapshot, space), i);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<Query> sorted;
  sorted.reserve(ranked.size());
  for (const auto& [rank, i] : ranked) {
    sorted.push_back(std::move(query.children[i]));
  }
  query.children = std::move(sorted);
}

}  // namespace

uint64_t Estimate(const Query& query, const Snapshot& snapshot,
                  TermSpace space) {
  const uint64_t all = ElementCount(snapshot, space);
  uint64_t estimate = 0;
  switch (query.kind) {
    case Query::Kind::kAll:
      return all;
    case Query::Kind::kNone:
      return 0;
    case Query::Kind::kTerm:
      for (const SegmentView& view : snapshot.views()) {
        estimate += view.segment->postings(space).Find(query.term).size();
      }
      return estimate;
    case Query::Kind::kRecord:
      return std::min<uint64_t>(all, 1);
    case Query::Kind::kBriefing: {
      std::vector<uint32_t> docs;
      for (const SegmentView& view : snapshot.views()) {
        view.segment->FindBriefing(query.term, docs);
      }
      return docs.size();
    }
    case Query::Kind::kCheck:
      return all;
    case Query::Kind::kRange:
      for (const SegmentView& view : snapshot.views()) {
        const auto [begin, end] =
            view.segment->column(query.column).Range(query.low, query.high);
        estimate += end - begin;
      }
      return estimate;
    case Query::Kind::kElement:
      return std::min(ElementCount(snapshot, space),
                      Estimate(query.children[0], snapshot, query.space));
    case Query::Kind::kAnd:
      estimate = all;
      for (const Query& child : query.children) {
        estimate = std::min(estimate, Estimate(child, snapshot, space));
      }
      return estimate;
    case Query::Kind::kOr:
      for (const Query& child : query.children) {
        estimate += Estimate(child, snapshot, space);
      }
      return std::min(estimate, all);
    case Query::Kind::kNot:
      return all;
  }
  return all;
}

Query Plan(Query query, const Snapshot& snapshot) {
  Arrange(query, snapshot, TermSpace::kRecord);
  return query;
}

}  // namespace attache
