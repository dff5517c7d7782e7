#include "query_service/query/summarize.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "query_service/query/bucket_terms.h"

namespace attache {
namespace {

// Larger first, then by key.
bool ComesFirst(const Bucket& a, const Bucket& b) {
  if (a.record_count != b.record_count) return a.record_count > b.record_count;
  return a.key < b.key;
}

std::vector<Bucket> LargestOf(
    const absl::flat_hash_map<std::string, uint64_t>& counts, size_t limit) {
  std::vector<Bucket> buckets;
  for (const auto& [key, count] : counts) {
    buckets.push_back({key, count, "", {}});
  }
  const size_t shown = std::min(limit, buckets.size());
  std::partial_sort(buckets.begin(),
                    buckets.begin() + static_cast<std::ptrdiff_t>(shown),
                    buckets.end(), ComesFirst);
  buckets.resize(shown);
  return buckets;
}

// How often each spelling of a name is found.
using Spellings = std::map<std::string, uint64_t>;

std::string MostFrequent(const Spellings& spellings) {
  const auto most = std::max_element(
      spellings.begin(), spellings.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == spellings.end() ? "" : most->first;
}

// By kind and currency.
using Totals = std::map<std::pair<int, std::string>, InvestmentTotal>;

// What only the buckets shown are to tell, gathered segment by segment.
class Details {
 public:
  Details(const Grouping& grouping, std::vector<Bucket> buckets)
      : grouping_(grouping),
        buckets_(std::move(buckets)),
        spellings_(buckets_.size()),
        totals_(buckets_.size()) {
    for (size_t i = 0; i < buckets_.size(); ++i) at_[buckets_[i].key] = i;
  }

  void Add(const SegmentMatches& matches) {
    const Postings& postings = matches.segment->postings(TermSpace::kRecord);
    Roaring shown;
    EachBucket(BucketTermsOf(postings, grouping_),
               [&](absl::string_view key, absl::Span<const BucketTerm> terms) {
                 const auto bucket = Find(key);
                 if (!bucket) return;
                 shown |= UnionOf(postings, terms).docs();
                 if (!grouping_.names) return;
                 for (const BucketTerm& term : terms) {
                   AddSpelling(
                       term.value(postings),
                       CountWithin(postings.list(term.term), matches.docs),
                       spellings_[*bucket]);
                 }
               });
    shown_count_ += matches.docs.all()
                        ? shown.cardinality()
                        : shown.and_cardinality(matches.docs.docs());
    if (grouping_.investments) AddInvestments(matches);
  }

  uint64_t shown_count() const { return shown_count_; }

  std::vector<Bucket> Take() && {
    for (size_t i = 0; i < buckets_.size(); ++i) {
      buckets_[i].name = MostFrequent(spellings_[i]);
      for (auto& [money, total] : totals_[i]) {
        buckets_[i].totals.push_back(std::move(total));
      }
    }
    return std::move(buckets_);
  }

 private:
  std::optional<size_t> Find(absl::string_view key) const {
    const auto it = at_.find(key);
    if (it == at_.end()) return std::nullopt;
    return it->second;
  }

  static void AddSpelling(absl::string_view value, uint64_t count,
                          Spellings& spellings) {
    if (count > 0) spellings[std::string(NameAsWritten(value))] += count;
  }

  void AddInvestments(const SegmentMatches& matches) {
    const Segment& segment = *matches.segment;
    const Postings& postings = segment.postings(TermSpace::kInvestment);
    const std::vector<BucketTerm> monies =
        BucketTermsOf(postings, {TermField::kMoney});
    const std::vector<uint32_t> money_of = ByElement(segment, monies);
    EachBucket(BucketTermsOf(postings, grouping_),
               [&](absl::string_view key, absl::Span<const BucketTerm> terms) {
                 const auto bucket = Find(key);
                 if (!bucket) return;
                 AddTo(totals_[*bucket], matches, UnionOf(postings, terms),
                       monies, money_of);
               });
  }

  // For each investment the index into `monies` of its kind and currency.
  static std::vector<uint32_t> ByElement(
      const Segment& segment, const std::vector<BucketTerm>& monies) {
    std::vector<uint32_t> money_of(segment.investments().size());
    std::vector<uint32_t> elements;
    for (uint32_t i = 0; i < monies.size(); ++i) {
      elements.clear();
      segment.postings(TermSpace::kInvestment)
          .list(monies[i].term)
          .AppendTo(elements);
      for (const uint32_t element : elements) money_of[element] = i;
    }
    return money_of;
  }

  static void AddTo(Totals& totals, const SegmentMatches& matches,
                    const DocSet& elements,
                    const std::vector<BucketTerm>& monies,
                    const std::vector<uint32_t>& money_of) {
    const Segment& segment = *matches.segment;
    const auto parents = segment.parents(TermSpace::kInvestment);
    struct Sum {
      InvestmentTotal* total = nullptr;
      uint32_t last_doc = 0;
    };
    std::vector<Sum> sums(monies.size());
    for (const uint32_t element : elements.docs()) {
      const uint32_t doc = parents[element];
      if (!matches.docs.Contains(doc)) continue;
      Sum& sum = sums[money_of[element]];
      const bool first = sum.total == nullptr;
      if (first) {
        const MoneyParts money = PartsOfMoney(monies[money_of[element]].key);
        sum.total = &totals[{money.kind, std::string(money.currency_code)}];
        sum.total->kind = money.kind;
        sum.total->currency_code = std::string(money.currency_code);
      }
      const InvestmentBounds& bounds = segment.investments()[element];
      sum.total->low.Add(bounds.low_units, bounds.low_nanos);
      sum.total->high.Add(bounds.high_units, bounds.high_nanos);
      // Elements ascend, and so do their records.
      if (first || doc != sum.last_doc) ++sum.total->record_count;
      sum.last_doc = doc;
    }
  }

  const Grouping& grouping_;
  std::vector<Bucket> buckets_;
  absl::flat_hash_map<std::string, size_t> at_;
  std::vector<Spellings> spellings_;
  std::vector<Totals> totals_;
  uint64_t shown_count_ = 0;
};

}  // namespace

absl::flat_hash_map<std::string, uint64_t> CountByBucket(
    const Matches& matches, const Grouping& grouping) {
  absl::flat_hash_map<std::string, uint64_t> counts;
  for (const SegmentMatches& found : matches.segments()) {
    const Postings& postings = found.segment->postings(TermSpace::kRecord);
    EachBucket(BucketTermsOf(postings, grouping),
               [&](absl::string_view key, absl::Span<const BucketTerm> terms) {
                 const uint64_t count =
                     CountWithin(postings, terms, found.docs);
                 if (count > 0) counts[key] += count;
               });
  }
  return counts;
}

Summary Summarize(const Matches& matches, const Grouping& grouping,
                  size_t limit) {
  Details details(grouping, LargestOf(CountByBucket(matches, grouping), limit));
  for (const SegmentMatches& found : matches.segments()) details.Add(found);
  Summary summary;
  summary.other_count = matches.total() - details.shown_count();
  summary.buckets = std::move(details).Take();
  return summary;
}

}  // namespace attache
