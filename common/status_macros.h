// The two macros that carry an absl::Status up the stack.
#ifndef ATTACHE_COMMON_STATUS_MACROS_H_
#define ATTACHE_COMMON_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the enclosing function where `expr` is not OK.
#define ATTACHE_RETURN_IF_ERROR(expr)                                   \
  do {                                                                  \
    if (absl::Status attache_status_ = (expr); !attache_status_.ok()) { \
      return attache_status_;                                           \
    }                                                                   \
  } while (false)

#define ATTACHE_CONCAT_INNER_(a, b) a##b
#define ATTACHE_CONCAT_(a, b) ATTACHE_CONCAT_INNER_(a, b)

// Assigns the value of the StatusOr `expr` to `lhs`, or returns its status.
#define ATTACHE_ASSIGN_OR_RETURN(lhs, expr)                                    \
  ATTACHE_ASSIGN_OR_RETURN_IMPL_(ATTACHE_CONCAT_(attache_statusor_, __LINE__), \
                                 lhs, expr)
#define ATTACHE_ASSIGN_OR_RETURN_IMPL_(statusor, lhs, expr) \
  auto statusor = (expr);                                   \
  if (!statusor.ok()) return statusor.status();             \
  lhs = *std::move(statusor)

#endif  // ATTACHE_COMMON_STATUS_MACROS_H_
