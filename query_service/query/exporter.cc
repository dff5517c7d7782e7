#include "query_service/query/exporter.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"
#include "query_service/query/executor.h"
#include "query_service/query/pager.h"
#include "query_service/query/planner.h"

namespace attache {
namespace {

// So many numbers are sorted at once; of more, the smaller half is found first.
constexpr size_t kSortedAtOnce = 1024;

}  // namespace

// The live matches of one segment, the smallest id first: a quicksort that goes
// only as far as it is asked.
class Exporter::SegmentMatches {
 public:
  SegmentMatches(const SegmentView& view, const DocSet& docs,
                 const ExportPlan& plan)
      : segment_(*view.segment) {
    const auto gather = [&](uint32_t doc) {
      if (view.IsLive(doc) && (!plan.after || IdOf(doc) > *plan.after)) {
        docs_.push_back(doc);
      }
    };
    docs_.reserve(plan.after ? 0 : CountLive(docs, view));
    if (docs.all()) {
      for (uint32_t doc = 0; doc < segment_.size(); ++doc) gather(doc);
    } else {
      for (const uint32_t doc : docs.docs()) gather(doc);
    }
    unsorted_ends_.push_back(docs_.size());
    SortOn();
  }

  bool AtEnd() const { return next_ == docs_.size(); }
  // REQUIRES: !AtEnd(), of these three.
  RecordLocation record() const { return {&segment_, docs_[next_]}; }
  absl::string_view record_id() const { return IdOf(docs_[next_]); }
  void Advance() {
    ++next_;
    SortOn();
  }

 private:
  absl::string_view IdOf(uint32_t doc) const { return segment_.record_id(doc); }

  // Sees to it that the next number is in its place. O(matches) at first, less
  // and less later, O(matches x log matches) in all.
  void SortOn() {
    if (next_ < sorted_ || AtEnd()) return;
    const auto by_id = [this](uint32_t a, uint32_t b) {
      return IdOf(a) < IdOf(b);
    };
    const auto at = [this](size_t i) {
      return docs_.begin() + static_cast<std::ptrdiff_t>(i);
    };
    while (unsorted_ends_.back() == sorted_) unsorted_ends_.pop_back();
    while (unsorted_ends_.back() - sorted_ > kSortedAtOnce) {
      const size_t end = unsorted_ends_.back();
      const size_t middle = sorted_ + (end - sorted_) / 2;
      std::nth_element(at(sorted_), at(middle), at(end), by_id);
      unsorted_ends_.push_back(middle);
    }
    std::sort(at(sorted_), at(unsorted_ends_.back()), by_id);
    sorted_ = unsorted_ends_.back();
  }

  const Segment& segment_;
  std::vector<uint32_t> docs_;
  size_t next_ = 0;
  // Numbers before this one are in order; nothing after it is smaller.
  size_t sorted_ = 0;
  // Likewise nothing after any of these is smaller than what is before it;
  // descending.
  std::vector<size_t> unsorted_ends_;
};

Exporter::Exporter(std::shared_ptr<const Snapshot> snapshot,
                   const ExportPlan& plan)
    : snapshot_(std::move(snapshot)),
      basic_(plan.basic),
      max_chunk_bytes_(plan.max_chunk_bytes) {
  const Query query = Plan(plan.query, *snapshot_);
  for (const SegmentView& view : snapshot_->views()) {
    const DocSet docs = Execute(query, *view.segment);
    if (docs.empty()) continue;
    auto matches = std::make_unique<SegmentMatches>(view, docs, plan);
    if (matches->AtEnd()) continue;
    segments_.push_back(std::move(matches));
    Push(segments_.back().get());
  }
}

Exporter::~Exporter() = default;

Exporter::Chunk Exporter::Next() {
  Chunk chunk;
  size_t bytes = 0;
  while (!heap_.empty()) {
    SegmentMatches* const matches = Pop();
    const RecordLocation record = matches->record();
    bytes += BytesInResponse(record.segment->wire(record.doc, basic_).size());
    if (bytes > max_chunk_bytes_ && !chunk.records.empty()) {
      Push(matches);
      return chunk;
    }
    chunk.records.push_back(record);
    matches->Advance();
    if (!matches->AtEnd()) Push(matches);
  }
  chunk.last = true;
  return chunk;
}

bool Exporter::ComesAfter(const SegmentMatches* a, const SegmentMatches* b) {
  return a->record_id() > b->record_id();
}

void Exporter::Push(SegmentMatches* matches) {
  heap_.push_back(matches);
  std::push_heap(heap_.begin(), heap_.end(), ComesAfter);
}

Exporter::SegmentMatches* Exporter::Pop() {
  std::pop_heap(heap_.begin(), heap_.end(), ComesAfter);
  SegmentMatches* const matches = heap_.back();
  heap_.pop_back();
  return matches;
}

}  // namespace attache
