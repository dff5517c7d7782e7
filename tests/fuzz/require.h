// How the fuzz targets tell of a fault.
#ifndef ATTACHE_TESTS_FUZZ_REQUIRE_H_
#define ATTACHE_TESTS_FUZZ_REQUIRE_H_

#include <cstdio>
#include <cstdlib>
#include <string>

namespace attache {

// Ends the process, which is how a fuzzer is told of a fault.
inline void Require(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

}  // namespace attache

#endif  // ATTACHE_TESTS_FUZZ_REQUIRE_H_
