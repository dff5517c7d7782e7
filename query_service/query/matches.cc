#include "query_service/query/matches.h"

#include <utility>

#include "query_service/query/planner.h"

namespace attache {
namespace {

DocSet WithoutDeleted(DocSet docs, const SegmentView& view) {
  if (view.deleted == nullptr) return docs;
  if (docs.all()) {
    Roaring live = *view.deleted;
    live.flip(0, view.segment->size());
    return DocSet::Of(std::move(live));
  }
  return DocSet::Of(docs.docs() - *view.deleted);
}

}  // namespace

Matches::Matches(const Query& query, const Snapshot& snapshot) {
  const Query plan = Plan(query, snapshot);
  for (const SegmentView& view : snapshot.views()) {
    DocSet docs = Execute(plan, *view.segment);
    const uint64_t count = CountLive(docs, view);
    if (count == 0) continue;
    total_ += count;
    segments_.push_back(
        {view.segment.get(), WithoutDeleted(std::move(docs), view)});
  }
}

}  // namespace attache
