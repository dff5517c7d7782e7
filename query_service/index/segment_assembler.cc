#include "query_service/index/segment_assembler.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace attache {
namespace {

// Large enough that allocation and page faults vanish, small enough that a
// small segment wastes nothing: blocks are cut to what they hold.
constexpr size_t kBlockBytes = size_t{1} << 20;

}  // namespace

SegmentAssembler::SegmentAssembler() : segment_(new Segment()) {}

void SegmentAssembler::AddRecord(absl::string_view record_id,
                                 absl::string_view briefing_id,
                                 absl::string_view wire, size_t basic_bytes,
                                 const ColumnRow& columns) {
  if (!block_.empty() && block_.size() + wire.size() > kBlockBytes) {
    FlushBlock();
  }
  segment_->places_.push_back({static_cast<uint32_t>(segment_->blocks_.size()),
                               static_cast<uint32_t>(block_.size()),
                               static_cast<uint32_t>(wire.size()),
                               static_cast<uint32_t>(basic_bytes)});
  block_.append(wire.data(), wire.size());
  segment_->record_bytes_ += wire.size();
  segment_->record_ids_.Append(record_id);
  segment_->briefing_ids_.Append(briefing_id);
  for (size_t i = 0; i < kColumns; ++i) {
    segment_->columns_[i].by_doc.push_back(columns[i]);
  }
}

void SegmentAssembler::SetPostings(TermSpace space, Postings postings) {
  segment_->postings_[static_cast<size_t>(space)] = std::move(postings);
}

void SegmentAssembler::SetParents(TermSpace space,
                                  std::vector<uint32_t> parents) {
  segment_->parents_[static_cast<size_t>(space)] = std::move(parents);
}

void SegmentAssembler::SetInvestments(
    std::vector<InvestmentBounds> investments) {
  investments.shrink_to_fit();
  segment_->investments_ = std::move(investments);
}

std::shared_ptr<const Segment> SegmentAssembler::Build() {
  FlushBlock();
  segment_->places_.shrink_to_fit();
  segment_->record_ids_.Freeze();
  segment_->briefing_ids_.Freeze();
  SortColumns();
  SortOrders();
  size_t bytes = segment_->record_bytes_ +
                 segment_->places_.capacity() * sizeof(Segment::Place) +
                 segment_->record_ids_.memory_bytes() +
                 segment_->briefing_ids_.memory_bytes();
  for (const Postings& postings : segment_->postings_) {
    bytes += postings.memory_bytes();
  }
  for (const auto& parents : segment_->parents_) {
    bytes += parents.capacity() * sizeof(uint32_t);
  }
  bytes += segment_->investments_.capacity() * sizeof(InvestmentBounds);
  for (const SegmentColumn& column : segment_->columns_) {
    bytes += column.by_doc.capacity() * sizeof(ColumnValue) +
             column.by_value.capacity() * sizeof(uint32_t);
  }
  for (const SegmentOrder& order : segment_->orders_) {
    bytes +=
        (order.docs.capacity() + order.ranks.capacity()) * sizeof(uint32_t);
  }
  segment_->memory_bytes_ = bytes;
  return std::move(segment_);
}

void SegmentAssembler::FlushBlock() {
  if (block_.empty()) return;
  block_.shrink_to_fit();
  segment_->blocks_.push_back(
      std::make_unique<const std::string>(std::move(block_)));
  block_.clear();
}

void SegmentAssembler::SortColumns() {
  for (SegmentColumn& column : segment_->columns_) {
    column.by_doc.shrink_to_fit();
    for (uint32_t doc = 0; doc < segment_->size(); ++doc) {
      if (!column.by_doc[doc].missing()) column.by_value.push_back(doc);
    }
    column.by_value.shrink_to_fit();
    std::stable_sort(column.by_value.begin(), column.by_value.end(),
                     [&column](uint32_t a, uint32_t b) {
                       return column.by_doc[a] < column.by_doc[b];
                     });
  }
}

void SegmentAssembler::SortOrders() {
  const Segment& segment = *segment_;
  for (const Order order :
       {Order::kStartAsc, Order::kPublishDesc, Order::kPublishAsc}) {
    SegmentOrder& sorted = segment_->orders_[static_cast<size_t>(order)];
    sorted.docs.resize(segment.size());
    std::iota(sorted.docs.begin(), sorted.docs.end(), 0);
    const std::vector<ColumnValue>& values =
        segment.column(ColumnOf(order)).by_doc;
    std::sort(sorted.docs.begin(), sorted.docs.end(),
              [&](uint32_t a, uint32_t b) {
                const ColumnValue left = OrderValue(order, values[a]);
                const ColumnValue right = OrderValue(order, values[b]);
                if (left != right) return left < right;
                return segment.record_id(a) < segment.record_id(b);
              });
    sorted.ranks.resize(segment.size());
    for (uint32_t rank = 0; rank < segment.size(); ++rank) {
      sorted.ranks[sorted.docs[rank]] = rank;
    }
  }
}

}  // namespace attache
