#include "common/rpc/status.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "common/text/utf8.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace attache::rpc {
namespace {

constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";

// A gRPC client refuses metadata over 8 KiB. Details take at most 4 KiB, which
// base64 makes 5.5, and a message of this size at most 1.5 in percent encoding.
constexpr size_t kMaxDetailsBytes = 4096;
constexpr size_t kMaxMessageBytes = 520;

// Leaves out what the reason speaks of, the longest first: the reason itself is
// what programs need.
void ShrinkErrorInfo(google::protobuf::Any& detail, size_t excess) {
  google::rpc::ErrorInfo info;
  if (!info.ParseFromString(detail.value())) return;
  auto& metadata = *info.mutable_metadata();
  const size_t target = detail.value().size() - excess;
  while (!metadata.empty() && info.ByteSizeLong() > target) {
    const auto longest = std::max_element(
        metadata.begin(), metadata.end(), [](const auto& a, const auto& b) {
          return a.second.size() < b.second.size();
        });
    metadata.erase(longest);
  }
  detail.set_value(info.SerializeAsString());
}

void FitIntoLimit(google::rpc::Status& status) {
  while (status.ByteSizeLong() > kMaxDetailsBytes &&
         status.details_size() > 1) {
    status.mutable_details()->RemoveLast();
  }
  if (const size_t size = status.ByteSizeLong();
      size > kMaxDetailsBytes && status.details_size() == 1) {
    // A few bytes more, for the lengths may take fewer.
    ShrinkErrorInfo(*status.mutable_details(0), size - kMaxDetailsBytes + 8);
  }
  if (status.ByteSizeLong() > kMaxDetailsBytes) status.clear_details();
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(
      std::string(Utf8Prefix(status.message(), kMaxMessageBytes)));
  std::vector<std::pair<std::string, std::string>> payloads;
  status.ForEachPayload(
      [&payloads](absl::string_view url, const absl::Cord& payload) {
        payloads.emplace_back(url, payload);
      });
  std::sort(payloads.begin(), payloads.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first != kErrorInfoUrl, a.first) <
           std::pair(b.first != kErrorInfoUrl, b.first);
  });
  for (auto& [url, payload] : payloads) {
    auto* detail = details.add_details();
    detail->set_type_url(url);
    detail->set_value(std::move(payload));
  }
  FitIntoLimit(details);
  return grpc::Status(
      static_cast<grpc::StatusCode>(status.code()), details.message(),
      details.details().empty() ? "" : details.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const auto& detail : details.details()) {
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

}  // namespace attache::rpc
