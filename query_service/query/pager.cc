#include "query_service/query/pager.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/string_view.h"
#include "google/protobuf/io/coded_stream.h"
#include "query_service/query/executor.h"
#include "query_service/query/planner.h"

namespace attache {
namespace {

// In an order other than the stored one, up to so many matches are sorted;
// more are met soon enough by walking along the order.
constexpr uint64_t kSortedAtMost = 4096;

// Walks over the live matches of one segment in the order asked.
class SegmentCursor {
 public:
  SegmentCursor(const SegmentView& view, DocSet docs, uint64_t count,
                const PageRequest& request)
      : view_(view), docs_(std::move(docs)), order_(request.order) {
    if (request.after) {
      next_rank_ = segment().FirstRankAfter(order_, request.after->value,
                                            request.after->record_id);
    }
    if (order_ == Order::kStartDesc && !docs_.all()) {
      position_.emplace(docs_.docs().begin());
      position_->equalorlarger(next_rank_);
    } else if (order_ != Order::kStartDesc && count <= kSortedAtMost &&
               !docs_.all()) {
      SortRanks();
    }
  }

  // Moves to the next match; false at the end.
  bool Next() {
    if (position_) return NextInBitmap();
    if (ranks_) return NextInRanks();
    for (; next_rank_ < segment().size(); ++next_rank_) {
      doc_ = segment().DocAt(order_, next_rank_);
      if (docs_.Contains(doc_) && view_.IsLive(doc_)) {
        ++next_rank_;
        return true;
      }
    }
    return false;
  }

  const Segment& segment() const { return *view_.segment; }
  uint32_t doc() const { return doc_; }
  ColumnValue value() const { return segment().OrderValueOf(order_, doc_); }
  absl::string_view record_id() const { return segment().record_id(doc_); }

 private:
  void SortRanks() {
    ranks_.emplace();
    for (const uint32_t doc : docs_.docs()) {
      const uint32_t rank = segment().RankOf(order_, doc);
      if (rank >= next_rank_ && view_.IsLive(doc)) ranks_->push_back(rank);
    }
    // A heap, since a page takes only the first few.
    std::make_heap(ranks_->begin(), ranks_->end(), std::greater<>());
  }

  bool NextInRanks() {
    if (ranks_->empty()) return false;
    std::pop_heap(ranks_->begin(), ranks_->end(), std::greater<>());
    doc_ = segment().DocAt(order_, ranks_->back());
    ranks_->pop_back();
    return true;
  }

  bool NextInBitmap() {
    for (; *position_ != docs_.docs().end(); ++*position_) {
      doc_ = **position_;
      if (view_.IsLive(doc_)) {
        ++*position_;
        return true;
      }
    }
    return false;
  }

  const SegmentView& view_;
  const DocSet docs_;
  const Order order_;
  uint32_t next_rank_ = 0;
  uint32_t doc_ = 0;
  std::optional<Roaring::const_iterator> position_;
  std::optional<std::vector<uint32_t>> ranks_;
};

bool ComesAfter(const SegmentCursor* a, const SegmentCursor* b) {
  const ColumnValue left = a->value();
  const ColumnValue right = b->value();
  if (left != right) return left > right;
  return a->record_id() > b->record_id();
}

}  // namespace

size_t BytesInResponse(size_t record_bytes) {
  return 1 +
         google::protobuf::io::CodedOutputStream::VarintSize32(
             static_cast<uint32_t>(record_bytes)) +
         record_bytes;
}

PageResult FetchPage(const PageRequest& request, const Snapshot& snapshot) {
  PageResult page;
  const Query plan = Plan(request.query, snapshot);
  std::vector<std::unique_ptr<SegmentCursor>> cursors;
  std::vector<SegmentCursor*> heap;
  for (const SegmentView& view : snapshot.views()) {
    DocSet docs = Execute(plan, *view.segment);
    if (docs.empty()) continue;
    const bool counted = request.count || request.order != Order::kStartDesc;
    const uint64_t count = counted ? CountLive(docs, view) : 0;
    if (request.count) page.total += count;
    cursors.push_back(
        std::make_unique<SegmentCursor>(view, std::move(docs), count, request));
    if (cursors.back()->Next()) heap.push_back(cursors.back().get());
  }
  std::make_heap(heap.begin(), heap.end(), ComesAfter);
  size_t bytes = 0;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), ComesAfter);
    SegmentCursor& cursor = *heap.back();
    const RecordLocation found{&cursor.segment(), cursor.doc()};
    bytes +=
        BytesInResponse(found.segment->wire(found.doc, request.basic).size());
    const bool full = page.records.size() == request.limit ||
                      (bytes > request.max_bytes && !page.records.empty());
    if (full) {
      const RecordLocation last = page.records.back();
      page.next = PageKey{last.segment->OrderValueOf(request.order, last.doc),
                          std::string(last.segment->record_id(last.doc))};
      return page;
    }
    page.records.push_back(found);
    if (cursor.Next()) {
      std::push_heap(heap.begin(), heap.end(), ComesAfter);
    } else {
      heap.pop_back();
    }
  }
  return page;
}

}  // namespace attache
