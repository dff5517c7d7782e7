#include "query_service/index/segment_builder.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "common/status_macros.h"
#include "query_service/index/segment_assembler.h"

namespace attache {

SegmentBuilder::SegmentBuilder(const Vocabulary& vocabulary)
    : analyzer_(vocabulary) {}

absl::Status SegmentBuilder::Add(absl::string_view briefing_id,
                                 absl::string_view record_id,
                                 absl::string_view wire) {
  ATTACHE_ASSIGN_OR_RETURN(AnalyzedRecord analyzed,
                           analyzer_.Analyze(record_id, wire));
  Record& record = records_.emplace_back();
  record.record_id = std::string(record_id);
  record.briefing_id = std::string(briefing_id);
  record.bytes = std::move(analyzed.bytes);
  record.columns = analyzed.columns;
  investments_.insert(investments_.end(), analyzed.investments.begin(),
                      analyzed.investments.end());
  for (size_t i = 0; i < kTermSpaces; ++i) {
    Space& space = spaces_[i];
    record.begin[i] = static_cast<uint32_t>(space.element_ends.size() - 1);
    for (std::vector<std::string>& terms : analyzed.elements[i]) {
      const auto first = static_cast<std::ptrdiff_t>(space.terms.size());
      for (std::string& term : terms) {
        const auto next = static_cast<uint32_t>(space.numbers.size());
        space.terms.push_back(
            space.numbers.try_emplace(std::move(term), next).first->second);
      }
      std::sort(space.terms.begin() + first, space.terms.end());
      space.terms.erase(
          std::unique(space.terms.begin() + first, space.terms.end()),
          space.terms.end());
      space.element_ends.push_back(space.terms.size());
    }
    record.end[i] = static_cast<uint32_t>(space.element_ends.size() - 1);
  }
  return absl::OkStatus();
}

std::shared_ptr<const Segment> SegmentBuilder::Build() && {
  std::vector<uint32_t> order(records_.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
    const auto key = [this](uint32_t i) {
      const auto& columns = records_[i].columns;
      return std::make_pair(
          OrderValue(Order::kStartDesc,
                     columns[static_cast<size_t>(Column::kStartDay)]),
          absl::string_view(records_[i].record_id));
    };
    return key(a) < key(b);
  });
  SegmentAssembler assembler;
  for (const uint32_t i : order) {
    const Record& record = records_[i];
    assembler.AddRecord(record.record_id, record.briefing_id, record.bytes.wire,
                        record.bytes.basic_bytes, record.columns);
  }
  for (size_t i = 0; i < kTermSpaces; ++i) {
    const auto space = static_cast<TermSpace>(i);
    std::vector<uint32_t> elements;
    std::vector<uint32_t> parents;
    for (uint32_t doc = 0; doc < order.size(); ++doc) {
      const Record& record = records_[order[doc]];
      for (uint32_t e = record.begin[i]; e < record.end[i]; ++e) {
        elements.push_back(e);
        if (space != TermSpace::kRecord) parents.push_back(doc);
      }
    }
    assembler.SetPostings(space, BuildPostings(spaces_[i], elements));
    if (space == TermSpace::kInvestment) {
      std::vector<InvestmentBounds> investments;
      for (const uint32_t e : elements) investments.push_back(investments_[e]);
      assembler.SetInvestments(std::move(investments));
    }
    assembler.SetParents(space, std::move(parents));
  }
  return assembler.Build();
}

Postings SegmentBuilder::BuildPostings(
    const Space& space, const std::vector<uint32_t>& element_order) {
  // A counting sort by term: elements are visited in their new order, so each
  // term's numbers come out ascending.
  std::vector<size_t> ends(space.numbers.size() + 1, 0);
  for (const uint32_t term : space.terms) ++ends[term + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<size_t> next(ends.begin(), ends.end() - 1);
  std::vector<uint32_t> numbers(space.terms.size());
  for (uint32_t at = 0; at < element_order.size(); ++at) {
    const uint32_t element = element_order[at];
    for (size_t i = space.element_ends[element];
         i < space.element_ends[element + 1]; ++i) {
      numbers[next[space.terms[i]]++] = at;
    }
  }
  std::vector<std::pair<absl::string_view, uint32_t>> sorted(
      space.numbers.begin(), space.numbers.end());
  std::sort(sorted.begin(), sorted.end());
  PostingsBuilder builder;
  for (const auto& [term, number] : sorted) {
    builder.Add(term, absl::MakeConstSpan(numbers).subspan(
                          ends[number], ends[number + 1] - ends[number]));
  }
  return std::move(builder).Build();
}

}  // namespace attache
