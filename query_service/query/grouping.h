// How records are sorted into buckets.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_GROUPING_H_
#define ATTACHE_QUERY_SERVICE_QUERY_GROUPING_H_

#include <functional>
#include <vector>

#include "absl/strings/string_view.h"
#include "query_service/index/terms.h"

namespace attache {

// Appends the keys of the buckets that a value counts to, each once. What they
// point at outlives `value` or the function.
using BucketsOf = std::function<void(absl::string_view value,
                                     std::vector<absl::string_view>& keys)>;

// Each value is a bucket.
inline void OwnBucket(absl::string_view value,
                      std::vector<absl::string_view>& keys) {
  keys.push_back(value);
}

// A record is in the buckets of its values of one field.
struct Grouping {
  TermField field = TermField::kVisited;
  BucketsOf buckets_of = OwnBucket;
  // Values are those of NameValue, and a bucket is to tell how its name is
  // written.
  bool names = false;
  // A bucket is to tell the sums of the investments that have such a value.
  bool investments = false;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_GROUPING_H_
