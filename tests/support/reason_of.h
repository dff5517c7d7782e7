// What an error says for machines, as one word to compare.
#ifndef ATTACHE_TESTS_SUPPORT_REASON_OF_H_
#define ATTACHE_TESTS_SUPPORT_REASON_OF_H_

#include <string>

#include "absl/status/status.h"
#include "common/error.h"

namespace attache::testing {

// "OK"; the reason where it has one; else all that it says.
inline std::string ReasonOf(const absl::Status& status) {
  const auto details = DetailsOf(status);
  return details ? details->reason : status.ToString();
}

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_REASON_OF_H_
