// Reads ExportTripRecords to its end and outlives broken connections.
#ifndef ATTACHE_CLI_EXPORT_READER_H_
#define ATTACHE_CLI_EXPORT_READER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace attache::cli {

// How long it is tried to reach the service again.
struct ExportPatience {
  absl::Duration at_first = absl::Seconds(5);
  // Once a response came: a large service takes its time to start again.
  absl::Duration later = absl::Minutes(2);
};

// A stream that breaks is followed by one that goes on from the last token, so
// that each record comes once, all of one revision. Not thread-safe; one Run.
class ExportReader {
 public:
  // `address`, where `channel` goes to, is for messages.
  ExportReader(std::shared_ptr<grpc::Channel> channel, std::string address,
               ExportPatience patience = {})
      : channel_(std::move(channel)),
        stub_(v1::TripQueryService::NewStub(channel_)),
        address_(std::move(address)),
        patience_(patience) {}

  using Take =
      std::function<absl::Status(const v1::ExportTripRecordsResponse&)>;

  // Calls `take` for each response, in order, on this thread, and reads on only
  // when it returns; an error of it ends the export. Where what the export goes
  // on with is gone the error says so: nothing is begun anew.
  absl::Status Run(v1::ExportTripRecordsRequest request, const Take& take);

  int64_t record_count() const { return record_count_; }
  int64_t revision() const { return revision_; }

 private:
  // One stream, after the responses that were taken. Moves the request's token
  // along.
  grpc::Status RunOnce(v1::ExportTripRecordsRequest& request, const Take& take);
  absl::Status Error(const grpc::Status& status) const;

  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::TripQueryService::Stub> stub_;
  const std::string address_;
  const ExportPatience patience_;

  absl::Status refused_;  // what `take` said
  bool finished_ = false;
  int64_t response_count_ = 0;
  int64_t record_count_ = 0;
  int64_t revision_ = 0;
};

}  // namespace attache::cli

#endif  // ATTACHE_CLI_EXPORT_READER_H_
