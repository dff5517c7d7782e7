// Whether a name is one of a few, as tags and keys are told apart.
#ifndef ATTACHE_INGESTOR_READERS_ONE_OF_H_
#define ATTACHE_INGESTOR_READERS_ONE_OF_H_

#include <algorithm>
#include <initializer_list>

#include "absl/strings/string_view.h"

namespace attache {

inline bool IsOneOf(absl::string_view name,
                    std::initializer_list<absl::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_ONE_OF_H_
