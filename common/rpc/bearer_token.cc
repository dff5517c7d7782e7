#include "common/rpc/bearer_token.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/token.h"
#include "common/log.h"
#include "common/status_macros.h"

namespace attache::rpc {
namespace {

using grpc::experimental::ClientRpcInfo;
using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;

class TokenInterceptor final : public Interceptor {
 public:
  explicit TokenInterceptor(TokenSource& source) : source_(source) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace(
          "authorization", absl::StrCat("Bearer ", source_.Current()));
    }
    methods->Proceed();
  }

 private:
  TokenSource& source_;
};

// gRPC keeps it as long as the channel, and calls keep the channel.
class TokenInterceptorFactory final
    : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit TokenInterceptorFactory(std::shared_ptr<TokenSource> source)
      : source_(std::move(source)) {}

  Interceptor* CreateClientInterceptor(ClientRpcInfo* /*info*/) override {
    return new TokenInterceptor(*source_);
  }

 private:
  const std::shared_ptr<TokenSource> source_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<TokenSource>> TokenSource::OfFile(
    const FlagFile& file) {
  std::shared_ptr<TokenSource> source(new TokenSource(file));
  source->file_.Changed();
  ATTACHE_ASSIGN_OR_RETURN(source->token_, source->ReadFile());
  return source;
}

absl::StatusOr<std::shared_ptr<TokenSource>> TokenSource::Of(
    absl::string_view text, absl::string_view flag) {
  std::shared_ptr<TokenSource> source(
      new TokenSource(FlagFile{.flag = std::string(flag), .path = ""}));
  auto token = ReadToken(text);
  if (!token.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(flag, " is no token: ", token.status().message()));
  }
  source->token_ = *std::move(token);
  return source;
}

std::string TokenSource::Current() {
  const std::scoped_lock lock(mutex_);
  if (flag_.given() && file_.Changed()) {
    if (auto token = ReadFile(); token.ok()) {
      token_ = *std::move(token);
    } else {
      Log(LogLevel::kError, "cannot read the token again; the last one stays",
          {{"reason", std::string(token.status().message())}});
    }
  }
  return token_;
}

absl::StatusOr<std::string> TokenSource::ReadFile() const {
  auto text = file_.Read();
  if (!text.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(flag_.flag, ": ", text.status().message()));
  }
  auto token = ReadToken(*text);
  if (token.ok()) return token;
  return absl::InvalidArgumentError(
      absl::StrCat(flag_.flag, ": ", flag_.path,
                   " holds no token: ", token.status().message()));
}

std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>
SendToken(std::shared_ptr<TokenSource> source) {
  return std::make_unique<TokenInterceptorFactory>(std::move(source));
}

}  // namespace attache::rpc
