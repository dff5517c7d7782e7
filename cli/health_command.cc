// `attache health`: asks a server for its health by grpc.health.v1, as probes
// of containers do.
#include <chrono>
#include <cmath>
#include <future>
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "common/status_macros.h"
#include "google/protobuf/unknown_field_set.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace attache::cli {
namespace {

constexpr char kCheck[] = "/grpc.health.v1.Health/Check";
constexpr absl::string_view kServer = "server";

struct HealthOptions {
  std::string address;
  std::string service = "readiness";
  double timeout = 5;
};

// Debian's gRPC ships no stubs of grpc.health.v1. HealthCheckRequest.service
// and HealthCheckResponse.status are the only fields, both 1.
grpc::ByteBuffer RequestFor(const std::string& service) {
  google::protobuf::UnknownFieldSet fields;
  fields.AddLengthDelimited(1, service);
  std::string bytes;
  fields.SerializeToString(&bytes);
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

bool IsServing(const grpc::ByteBuffer& response) {
  constexpr uint64_t kServing = 1;
  grpc::Slice slice;
  google::protobuf::UnknownFieldSet fields;
  return response.DumpToSingleSlice(&slice).ok() &&
         fields.ParseFromArray(slice.begin(), static_cast<int>(slice.size())) &&
         fields.field_count() == 1 && fields.field(0).number() == 1 &&
         fields.field(0).type() ==
             google::protobuf::UnknownField::TYPE_VARINT &&
         fields.field(0).varint() == kServing;
}

grpc::Status Check(const std::shared_ptr<grpc::Channel>& channel,
                   const HealthOptions& options, grpc::ByteBuffer* response) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(
      std::chrono::system_clock::now() +
      std::chrono::milliseconds(std::llround(options.timeout * 1000)));
  const grpc::ByteBuffer request = RequestFor(options.service);
  std::promise<grpc::Status> done;
  stub.UnaryCall(
      &context, kCheck, grpc::StubOptions(), &request, response,
      [&done](const grpc::Status& status) { done.set_value(status); });
  return done.get_future().get();
}

absl::Status ShowHealth(const HealthOptions& options,
                        const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, options.address));
  grpc::ByteBuffer response;
  const grpc::Status status = Check(channel, options, &response);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND) {
    return absl::NotFoundError(absl::StrCat(
        "the server at ", options.address, " knows no health of \"",
        options.service,
        "\"; ask for liveness, readiness or the full name of a service"));
  }
  if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
    return absl::UnimplementedError(
        absl::StrCat("the server at ", options.address,
                     " does not answer grpc.health.v1; is it Attaché's?"));
  }
  if (!status.ok()) return ServiceError(status, kServer, options.address);
  if (!IsServing(response)) {
    return absl::UnavailableError(absl::StrCat("NOT_SERVING: ", options.service,
                                               " of ", options.address));
  }
  std::cout << "SERVING\n";
  return absl::OkStatus();
}

}  // namespace

void AddHealthCommand(CLI::App& app, const Addresses& addresses,
                      Action& action) {
  auto options = std::make_shared<HealthOptions>();
  CLI::App* command = app.add_subcommand(
      "health",
      "Ask a server for its health, as a probe; fails where it is not serving");
  command
      ->add_option("address", options->address,
                   "Address of the server, such as 127.0.0.1:50052")
      ->required();
  command
      ->add_option("--service", options->service,
                   "readiness, liveness or the full name of a service")
      ->capture_default_str();
  command->add_option("--timeout", options->timeout, "Seconds to wait at most")
      ->check(CLI::Range(0.001, 3600.0))
      ->capture_default_str();
  command->footer(
      "Example:\n  attache health 127.0.0.1:50052 --service liveness");
  command->callback([options, &addresses, &action] {
    action = [options, &addresses] { return ShowHealth(*options, addresses); };
  });
}

}  // namespace attache::cli
