// The answers of the query service, apart from gRPC.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_TRIP_READER_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_TRIP_READER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attache/v1/trip_query_service.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/convert/page_token.h"
#include "query_service/convert/request_query.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/snapshot_pins.h"
#include "query_service/query/stop.h"
#include "query_service/service/record_export.h"

namespace attache {

// What the reader has to know of the service around it. The functions are
// called from any thread.
struct ReaderContext {
  // 32 bytes that are kept with the data, so that tokens outlive a restart.
  std::string page_token_key;
  // Names this index; may change while the service runs.
  std::function<std::string()> index_id;
  std::function<int64_t()> disk_bytes;
  // From which on all changes are held; the newest revision where none is set.
  std::function<int64_t()> oldest_revision = {};
  // Of the program.
  std::string version;
  absl::Time start_time;
  // How long a revision is held for the next page, and how many are.
  PinOptions pins = {};
};

// Each call reads the newest snapshot (or the one that a page token names) and
// gives the response's bytes. min_revision is checked, not waited for: what is
// asked of an older index is REVISION_NOT_REACHED. Thread-safe.
class TripReader {
 public:
  // `index` outlives it.
  TripReader(const TripIndex& index,
             std::shared_ptr<const Vocabulary> vocabulary,
             ReaderContext context);

  // A TripRecord.
  absl::StatusOr<std::string> Get(const v1::GetTripRecordRequest& request);
  // A BatchGetTripRecordsResponse.
  absl::StatusOr<std::string> BatchGet(
      const v1::BatchGetTripRecordsRequest& request);
  // A ListTripRecordsResponse each.
  absl::StatusOr<std::string> ListByCountry(
      const v1::ListTripRecordsByCountryRequest& request);
  absl::StatusOr<std::string> ListBySector(
      const v1::ListTripRecordsBySectorRequest& request);
  absl::StatusOr<std::string> ListByObjective(
      const v1::ListTripRecordsByObjectiveRequest& request);

  // What is asked for by a filter may have to read records. Once `stop` says
  // that nobody waits for the answer, these give CANCELLED.
  absl::StatusOr<std::string> Search(
      const v1::SearchTripRecordsRequest& request,
      const std::shared_ptr<const Stop>& stop);

  absl::StatusOr<v1::ExplainTripRecordsResponse> Explain(
      const v1::ExplainTripRecordsRequest& request,
      const std::shared_ptr<const Stop>& stop) const;

  absl::StatusOr<v1::SummarizeTripRecordsResponse> Summarize(
      const v1::SummarizeTripRecordsRequest& request,
      const std::shared_ptr<const Stop>& stop) const;

  // Lives no longer than the reader.
  absl::StatusOr<std::unique_ptr<RecordExport>> Export(
      const v1::ExportTripRecordsRequest& request,
      const std::shared_ptr<const Stop>& stop);

  absl::StatusOr<v1::ListVocabularyResponse> ListVocabulary(
      const v1::ListVocabularyRequest& request) const;
  v1::GetIndexStatusResponse GetIndexStatus() const;

  size_t pinned_revisions() const { return pins_.size(); }

 private:
  // `stop` may be null.
  template <typename Request>
  absl::StatusOr<std::string> List(absl::string_view method,
                                   const Request& request,
                                   const std::shared_ptr<const Stop>& stop);

  absl::StatusOr<std::shared_ptr<const Snapshot>> SnapshotAt(
      int64_t min_revision) const;
  // What the token goes on with. PAGE_EXPIRED where it is no longer held.
  absl::StatusOr<std::shared_ptr<const Snapshot>> SnapshotOf(
      const PageToken& token);

  const TripIndex& index_;
  const std::shared_ptr<const Vocabulary> vocabulary_;
  const ReaderContext context_;
  const PageTokenCodec tokens_;
  SnapshotPins pins_;
};

// The revision that a request asks to be waited for; 0 where it goes on with a
// page token, whose revision was reached already.
inline int64_t MinRevisionOf(const v1::GetTripRecordRequest& request) {
  return request.min_revision();
}
inline int64_t MinRevisionOf(const v1::BatchGetTripRecordsRequest& request) {
  return request.min_revision();
}
inline int64_t MinRevisionOf(const v1::ExportTripRecordsRequest& request) {
  return request.page_token().empty() ? request.min_revision() : 0;
}
inline int64_t MinRevisionOf(const v1::SummarizeTripRecordsRequest& request) {
  return request.min_revision();
}
inline int64_t MinRevisionOf(const v1::ExplainTripRecordsRequest& /*request*/) {
  return 0;
}
template <typename ListRequest>
int64_t MinRevisionOf(const ListRequest& request) {
  return request.page().page_token().empty() ? request.page().min_revision()
                                             : 0;
}

// FAILED_PRECONDITION REVISION_NOT_REACHED.
absl::Status RevisionNotReached(int64_t wanted, int64_t reached);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_TRIP_READER_H_
