// The same of what a call ended with.
#ifndef ATTACHE_TESTS_SUPPORT_REASON_OF_CALL_H_
#define ATTACHE_TESTS_SUPPORT_REASON_OF_CALL_H_

#include <string>

#include "absl/status/status.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"

namespace attache::testing {

// "OK"; the reason where it has one; else the name of its code, which is all
// that is sure where gRPC made it.
inline std::string ReasonOf(const grpc::Status& status) {
  const absl::Status error = rpc::FromGrpcStatus(status);
  const auto details = DetailsOf(error);
  return details ? details->reason : absl::StatusCodeToString(error.code());
}

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_REASON_OF_CALL_H_
