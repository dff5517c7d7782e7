// Filters of random shape, printed in random ways, for tests of the parser.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_FILTER_RANDOM_FILTERS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_FILTER_RANDOM_FILTERS_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "query_service/filter/filter.h"

namespace attache {

class Dice {
 public:
  explicit Dice(uint32_t seed) : engine_(seed) {}

  // 0 to n - 1.
  size_t Roll(size_t n) { return engine_() % n; }

  template <typename T>
  const T& Pick(const std::vector<T>& values) {
    return values[Roll(values.size())];
  }

 private:
  std::mt19937 engine_;
};

// A filter without spans, of at most so many levels. The same dice give the
// same.
Filter RandomFilter(Dice& dice, int depth);

// Prints a filter with random spaces, quotes, escapes and parentheses.
std::string RandomlyPrinted(Dice& dice, const Filter& filter);

}  // namespace attache

#endif  // ATTACHE_TESTS_QUERY_SERVICE_FILTER_RANDOM_FILTERS_H_
