// The terms that the buckets of a summary are made of, in one segment.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_BUCKET_TERMS_H_
#define ATTACHE_QUERY_SERVICE_QUERY_BUCKET_TERMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/index/postings.h"
#include "query_service/query/executor.h"
#include "query_service/query/grouping.h"

namespace attache {

// A term of `postings` that counts to the bucket `key`.
struct BucketTerm {
  absl::string_view key;
  size_t term;

  // Without the byte that names its field.
  absl::string_view value(const Postings& postings) const {
    return postings.term(term).substr(1);
  }
};

// Sorted by key, so that a bucket's are neighbours. O(terms of the field).
std::vector<BucketTerm> BucketTermsOf(const Postings& postings,
                                      const Grouping& grouping);

// Calls visit(key, its terms) for each bucket.
template <typename Visit>
void EachBucket(const std::vector<BucketTerm>& terms, Visit visit) {
  for (size_t begin = 0, end; begin < terms.size(); begin = end) {
    end = begin + 1;
    while (end < terms.size() && terms[end].key == terms[begin].key) ++end;
    visit(terms[begin].key,
          absl::MakeConstSpan(terms).subspan(begin, end - begin));
  }
}

// The numbers that any of the terms is found in.
DocSet UnionOf(const Postings& postings, absl::Span<const BucketTerm> terms);

// How many numbers of the list are in `within`.
uint64_t CountWithin(const PostingList& list, const DocSet& within);
uint64_t CountWithin(const Postings& postings,
                     absl::Span<const BucketTerm> terms, const DocSet& within);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_BUCKET_TERMS_H_
