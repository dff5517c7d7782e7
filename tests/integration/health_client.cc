#include "tests/integration/health_client.h"

#include <future>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace attache::testing {
namespace {

// The messages are small enough to be written by hand, and Debian's gRPC ships
// no stubs of them. HealthCheckRequest.service is field 1, a string.
grpc::ByteBuffer Request(const std::string& name) {
  const std::string bytes =
      name.empty()
          ? ""
          : absl::StrCat("\x0a", std::string(1, static_cast<char>(name.size())),
                         name);
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// HealthCheckResponse.status is field 1, an enum.
std::string StatusName(const grpc::ByteBuffer& response) {
  grpc::Slice slice;
  if (!response.DumpToSingleSlice(&slice).ok()) return "unreadable";
  const std::string bytes(reinterpret_cast<const char*>(slice.begin()),
                          slice.size());
  if (bytes == "\x08\x01") return "SERVING";
  return bytes == "\x08\x02" ? "NOT_SERVING" : "UNKNOWN";
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

}  // namespace

std::string HealthOf(const std::string& address, const std::string& name) {
  grpc::GenericStub stub(ChannelTo(address));
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(20));
  const grpc::ByteBuffer request = Request(name);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(),
                 &request, &response,
                 [&done](grpc::Status status) { done.set_value(status); });
  const grpc::Status status = done.get_future().get();
  if (status.ok()) return StatusName(response);
  return absl::StatusCodeToString(
      static_cast<absl::StatusCode>(status.error_code()));
}

bool AwaitHealth(const std::string& address, const std::string& name,
                 const std::string& expected) {
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  while (HealthOf(address, name) != expected) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(50));
  }
  return true;
}

struct HealthWatch::Impl
    : grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
  void OnReadDone(bool ok) override { read.set_value(ok); }
  void OnDone(const grpc::Status&) override { done.set_value(); }

  std::unique_ptr<grpc::GenericStub> stub;
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
  std::promise<bool> read;
  std::promise<void> done;
};

HealthWatch::HealthWatch(const std::string& address, const std::string& name)
    : impl_(std::make_unique<Impl>()) {
  impl_->stub = std::make_unique<grpc::GenericStub>(ChannelTo(address));
  impl_->request = Request(name);
  impl_->stub->PrepareBidiStreamingCall(&impl_->context,
                                        "/grpc.health.v1.Health/Watch",
                                        grpc::StubOptions(), impl_.get());
  impl_->StartWriteLast(&impl_->request, grpc::WriteOptions());
  // Reads are begun from outside of the reactor.
  impl_->AddHold();
  impl_->StartCall();
}

HealthWatch::~HealthWatch() {
  impl_->context.TryCancel();
  impl_->RemoveHold();
  impl_->done.get_future().wait();
}

std::string HealthWatch::Next() {
  impl_->read = std::promise<bool>();
  impl_->StartRead(&impl_->response);
  return impl_->read.get_future().get() ? StatusName(impl_->response) : "";
}

void HealthWatch::Cancel() { impl_->context.TryCancel(); }

}  // namespace attache::testing
