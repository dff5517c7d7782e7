// Calls to a guarded pair, by what they end with.
#ifndef ATTACHE_TESTS_INTEGRATION_GUARDED_CALLS_H_
#define ATTACHE_TESTS_INTEGRATION_GUARDED_CALLS_H_

#include <memory>
#include <string>

#include "attache/v1/trip_index_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"
#include "tests/integration/guarded_pair.h"
#include "tests/support/reason_of_call.h"

namespace attache::testing {

inline std::string Read(const std::shared_ptr<grpc::Channel>& channel,
                        std::unique_ptr<grpc::ClientContext> context) {
  v1::ListTripRecordsBySectorRequest request;
  request.set_sector("energy");
  v1::ListTripRecordsResponse response;
  return ReasonOf(
      v1::TripQueryService::NewStub(channel)->ListTripRecordsBySector(
          context.get(), request, &response));
}

// One stream of an ingestor that says Hello.
class Producer {
 public:
  Producer(const GuardedPair& pair, const std::string& name,
           const std::string& producer_id)
      : stub_(
            v1::TripIndexService::NewStub(pair.Channel(pair.query_address()))),
        context_(pair.As(name)),
        stream_(stub_->StreamTripRecords(context_.get())) {
    v1::StreamTripRecordsRequest request;
    request.mutable_hello()->set_producer_id(producer_id);
    stream_->Write(request);
    v1::StreamTripRecordsResponse response;
    welcomed_ = stream_->Read(&response) && response.has_welcome();
  }

  bool welcomed() const { return welcomed_; }
  // How the service ends the stream, or answers its close.
  std::string Finish() {
    if (welcomed_) stream_->WritesDone();
    return AwaitEnd();
  }
  std::string AwaitEnd() {
    v1::StreamTripRecordsResponse response;
    while (stream_->Read(&response)) {
    }
    return ReasonOf(stream_->Finish());
  }

 private:
  const std::unique_ptr<v1::TripIndexService::Stub> stub_;
  const std::unique_ptr<grpc::ClientContext> context_;
  const std::unique_ptr<grpc::ClientReaderWriter<v1::StreamTripRecordsRequest,
                                                 v1::StreamTripRecordsResponse>>
      stream_;
  bool welcomed_ = false;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_INTEGRATION_GUARDED_CALLS_H_
