// The command's way to the two services, and how it speaks of their errors.
#ifndef ATTACHE_CLI_CLIENT_H_
#define ATTACHE_CLI_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "grpcpp/grpcpp.h"

namespace attache::cli {

// Where the services are, and how to prove oneself to them, from the flags or
// the environment.
struct Addresses {
  std::string ingestor = "127.0.0.1:50051";
  std::string query = "127.0.0.1:50052";
  rpc::ChannelSecurity security;
};

// A channel to one of them. Errors as rpc::OpenChannel.
absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(
    const Addresses& addresses, const std::string& address);

// A call's context: it fails after a while rather than hang for ever.
std::unique_ptr<grpc::ClientContext> NewContext();

// The error of a call to the `service` ("query service") at `address`, as one
// clear sentence with what to do.
absl::Status ServiceError(const grpc::Status& status, absl::string_view service,
                          const std::string& address);

// Whether a stream that ended so may go on: the service is away or going, or
// CANCELLED, which is what gRPC makes of a call that meets a server on its way
// out.
bool IsPassing(const grpc::Status& status);

// What is waited for before the first of several attempts to go on.
inline constexpr absl::Duration kFirstRetryDelay = absl::Milliseconds(250);

// How long the service asks to be left alone; zero where it asks for nothing.
absl::Duration RetryDelayOf(const grpc::Status& status);

inline constexpr absl::string_view kIngestor = "ingestor";
inline constexpr absl::string_view kQueryService = "query service";

}  // namespace attache::cli

#endif  // ATTACHE_CLI_CLIENT_H_
