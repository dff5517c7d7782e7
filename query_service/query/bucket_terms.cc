#include "query_service/query/bucket_terms.h"

#include <algorithm>
#include <utility>

namespace attache {

std::vector<BucketTerm> BucketTermsOf(const Postings& postings,
                                      const Grouping& grouping) {
  std::vector<BucketTerm> terms;
  std::vector<absl::string_view> keys;
  const char field = static_cast<char>(grouping.field);
  for (size_t i = postings.LowerBound(TermKey(grouping.field, ""));
       i < postings.size() && postings.term(i)[0] == field; ++i) {
    keys.clear();
    grouping.buckets_of(postings.term(i).substr(1), keys);
    for (const absl::string_view key : keys) terms.push_back({key, i});
  }
  const auto by_key = [](const BucketTerm& a, const BucketTerm& b) {
    return a.key < b.key;
  };
  if (!std::is_sorted(terms.begin(), terms.end(), by_key)) {
    std::stable_sort(terms.begin(), terms.end(), by_key);
  }
  return terms;
}

DocSet UnionOf(const Postings& postings, absl::Span<const BucketTerm> terms) {
  if (terms.size() == 1) return DocSet::Of(postings.list(terms[0].term));
  Roaring docs;
  for (const BucketTerm& term : terms) {
    const PostingList list = postings.list(term.term);
    if (list.bitmap != nullptr) {
      docs |= *list.bitmap;
    } else {
      docs.addMany(list.plain.size(), list.plain.data());
    }
  }
  return DocSet::Of(std::move(docs));
}

uint64_t CountWithin(const PostingList& list, const DocSet& within) {
  if (within.all()) return list.size();
  if (list.bitmap != nullptr) {
    return list.bitmap->and_cardinality(within.docs());
  }
  return static_cast<uint64_t>(
      std::count_if(list.plain.begin(), list.plain.end(),
                    [&](uint32_t doc) { return within.Contains(doc); }));
}

uint64_t CountWithin(const Postings& postings,
                     absl::Span<const BucketTerm> terms, const DocSet& within) {
  if (terms.size() == 1) {
    return CountWithin(postings.list(terms[0].term), within);
  }
  const DocSet docs = UnionOf(postings, terms);
  return within.all() ? docs.docs().cardinality()
                      : docs.docs().and_cardinality(within.docs());
}

}  // namespace attache
