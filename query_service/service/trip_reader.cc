#include "query_service/service/trip_reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/limits.h"
#include "common/status_macros.h"
#include "common/timestamp.h"
#include "query_service/convert/bind_filter.h"
#include "query_service/convert/name_resolver.h"
#include "query_service/convert/response_bytes.h"
#include "query_service/convert/summaries.h"
#include "query_service/query/executor.h"
#include "query_service/query/explain.h"
#include "query_service/query/pager.h"
#include "query_service/query/planner.h"
#include "query_service/service/vocabulary_list.h"

namespace attache {
namespace {

// An answer that was stopped on the way lacks records.
absl::Status CheckWhole(const std::shared_ptr<const Stop>& stop) {
  if (stop == nullptr || !stop->stopped()) return absl::OkStatus();
  return absl::CancelledError("nobody waits for the answer any more");
}

// Of the typed lists, which read no records.
template <typename Request>
absl::StatusOr<Query> QueryOf(const Request& request,
                              const Vocabulary& vocabulary,
                              const Snapshot& snapshot,
                              const std::shared_ptr<const Stop>& /*stop*/) {
  return ToQuery(request, vocabulary, snapshot);
}
absl::StatusOr<Query> QueryOf(const v1::SearchTripRecordsRequest& request,
                              const Vocabulary& vocabulary,
                              const Snapshot& snapshot,
                              const std::shared_ptr<const Stop>& stop) {
  NameResolver resolver(vocabulary, snapshot);
  return ToQuery(request.filter(), resolver, stop);
}

}  // namespace

TripReader::TripReader(const TripIndex& index,
                       std::shared_ptr<const Vocabulary> vocabulary,
                       ReaderContext context)
    : index_(index),
      vocabulary_(std::move(vocabulary)),
      context_(std::move(context)),
      tokens_(context_.page_token_key),
      pins_(context_.pins) {}

absl::StatusOr<std::string> TripReader::Get(
    const v1::GetTripRecordRequest& request) {
  if (request.record_id().empty()) return FieldError("record_id", "is empty");
  ATTACHE_ASSIGN_OR_RETURN(const bool basic,
                           IsBasic(request.view(), false, "view"));
  ATTACHE_RETURN_IF_ERROR(
      CheckMinRevision(request.min_revision(), "min_revision"));
  ATTACHE_ASSIGN_OR_RETURN(const auto snapshot,
                           SnapshotAt(request.min_revision()));
  const auto found = snapshot->Find(request.record_id());
  if (!found) {
    return MakeError(
        v1::ERROR_REASON_RECORD_NOT_FOUND,
        absl::StrCat("no record has the id \"", request.record_id(), "\""),
        {{"record_id", request.record_id()}});
  }
  return std::string(found->segment->wire(found->doc, basic));
}

absl::StatusOr<std::string> TripReader::BatchGet(
    const v1::BatchGetTripRecordsRequest& request) {
  if (request.record_ids_size() > kMaxBatchGet) {
    return FieldError(
        "record_ids",
        absl::StrCat("has ", request.record_ids_size(), " ids; at most ",
                     kMaxBatchGet, " may be asked for"));
  }
  for (int i = 0; i < request.record_ids_size(); ++i) {
    if (request.record_ids(i).empty()) {
      return FieldError(absl::StrCat("record_ids[", i, "]"), "is empty");
    }
  }
  ATTACHE_ASSIGN_OR_RETURN(const bool basic,
                           IsBasic(request.view(), true, "view"));
  ATTACHE_RETURN_IF_ERROR(
      CheckMinRevision(request.min_revision(), "min_revision"));
  ATTACHE_ASSIGN_OR_RETURN(const auto snapshot,
                           SnapshotAt(request.min_revision()));
  std::vector<RecordLocation> records;
  std::vector<std::string> missing;
  std::vector<std::string> deferred;
  size_t bytes = 0;
  for (const std::string& id : request.record_ids()) {
    const auto found = snapshot->Find(id);
    if (!found) {
      missing.push_back(id);
      continue;
    }
    const size_t size =
        BytesInResponse(found->segment->wire(found->doc, basic).size());
    // Once one was put off all are, so that the order stays the one asked for.
    if (!deferred.empty() ||
        (!records.empty() && bytes + size > kMaxResponseRecordBytes)) {
      deferred.push_back(id);
      continue;
    }
    bytes += size;
    records.push_back(*found);
  }
  return BatchResponseBytes(records, basic, snapshot->revision(), missing,
                            deferred);
}

absl::StatusOr<std::string> TripReader::ListByCountry(
    const v1::ListTripRecordsByCountryRequest& request) {
  return List("ListTripRecordsByCountry", request, nullptr);
}

absl::StatusOr<std::string> TripReader::ListBySector(
    const v1::ListTripRecordsBySectorRequest& request) {
  return List("ListTripRecordsBySector", request, nullptr);
}

absl::StatusOr<std::string> TripReader::ListByObjective(
    const v1::ListTripRecordsByObjectiveRequest& request) {
  return List("ListTripRecordsByObjective", request, nullptr);
}

absl::StatusOr<std::string> TripReader::Search(
    const v1::SearchTripRecordsRequest& request,
    const std::shared_ptr<const Stop>& stop) {
  return List("SearchTripRecords", request, stop);
}

absl::StatusOr<v1::ExplainTripRecordsResponse> TripReader::Explain(
    const v1::ExplainTripRecordsRequest& request,
    const std::shared_ptr<const Stop>& stop) const {
  const auto snapshot = index_.Pin();
  const absl::Time start = absl::Now();
  NameResolver resolver(*vocabulary_, *snapshot);
  ATTACHE_ASSIGN_OR_RETURN(const Query query,
                           ToQuery(request.filter(), resolver, stop));
  const Query plan = Plan(query, *snapshot);
  v1::ExplainTripRecordsResponse response;
  response.set_total_size(static_cast<int64_t>(Count(plan, *snapshot)));
  SetDuration(absl::Now() - start, response.mutable_duration());
  response.set_plan(attache::Explain(plan, *snapshot));
  response.set_revision(snapshot->revision());
  ATTACHE_RETURN_IF_ERROR(CheckWhole(stop));
  return response;
}

absl::StatusOr<v1::SummarizeTripRecordsResponse> TripReader::Summarize(
    const v1::SummarizeTripRecordsRequest& request,
    const std::shared_ptr<const Stop>& stop) const {
  ATTACHE_RETURN_IF_ERROR(CheckSummarize(request));
  ATTACHE_ASSIGN_OR_RETURN(const auto snapshot,
                           SnapshotAt(request.min_revision()));
  auto summaries = SummarizeRecords(request, *vocabulary_, *snapshot, stop);
  ATTACHE_RETURN_IF_ERROR(CheckWhole(stop));
  return summaries;
}

template <typename Request>
absl::StatusOr<std::string> TripReader::List(
    absl::string_view method, const Request& request,
    const std::shared_ptr<const Stop>& stop) {
  ATTACHE_ASSIGN_OR_RETURN(const PageParameters parameters,
                           ToPageParameters(request.page()));
  const std::string fingerprint = FingerprintOf(method, request);
  const std::string index_id = context_.index_id();
  std::optional<PageToken> token;
  std::shared_ptr<const Snapshot> snapshot;
  if (request.page().page_token().empty()) {
    ATTACHE_ASSIGN_OR_RETURN(snapshot, SnapshotAt(MinRevisionOf(request)));
  } else {
    ATTACHE_ASSIGN_OR_RETURN(token, tokens_.Open(request.page().page_token(),
                                                 index_id, fingerprint));
    ATTACHE_ASSIGN_OR_RETURN(snapshot, SnapshotOf(*token));
  }
  PageRequest page;
  ATTACHE_ASSIGN_OR_RETURN(page.query,
                           QueryOf(request, *vocabulary_, *snapshot, stop));
  page.order = parameters.order;
  page.limit = parameters.limit;
  page.max_bytes = kMaxResponseRecordBytes;
  page.basic = parameters.basic;
  page.count = parameters.count && !token;
  if (token) page.after = token->last;
  const PageResult result = FetchPage(page, *snapshot);
  ATTACHE_RETURN_IF_ERROR(CheckWhole(stop));
  const uint64_t total = token ? token->total : result.total;
  std::string next;
  if (result.next) {
    next = tokens_.Seal(
        {snapshot->revision(), fingerprint, total, *result.next}, index_id);
    pins_.Keep(snapshot);
  }
  return ListResponseBytes(result.records, parameters.basic, next, total,
                           snapshot->revision());
}

absl::StatusOr<std::unique_ptr<RecordExport>> TripReader::Export(
    const v1::ExportTripRecordsRequest& request,
    const std::shared_ptr<const Stop>& stop) {
  ExportPlan plan;
  ATTACHE_ASSIGN_OR_RETURN(plan.basic, IsBasic(request.view(), false, "view"));
  if (request.page_token().empty()) {
    ATTACHE_RETURN_IF_ERROR(
        CheckMinRevision(request.min_revision(), "min_revision"));
  }
  plan.max_chunk_bytes = kExportChunkBytes;
  // What a token is bound to: what is exported, not since when.
  v1::ExportTripRecordsRequest bound;
  bound.set_filter(request.filter());
  bound.set_view(plan.basic ? v1::RECORD_VIEW_BASIC : v1::RECORD_VIEW_FULL);
  RecordExport::Tokens tokens{tokens_, pins_, context_.index_id(),
                              FingerprintOf("ExportTripRecords", bound)};
  std::shared_ptr<const Snapshot> snapshot;
  if (request.page_token().empty()) {
    ATTACHE_ASSIGN_OR_RETURN(snapshot, SnapshotAt(request.min_revision()));
  } else {
    ATTACHE_ASSIGN_OR_RETURN(PageToken token,
                             tokens_.Open(request.page_token(), tokens.index_id,
                                          tokens.fingerprint));
    ATTACHE_ASSIGN_OR_RETURN(snapshot, SnapshotOf(token));
    plan.after = std::move(token.last.record_id);
  }
  NameResolver resolver(*vocabulary_, *snapshot);
  ATTACHE_ASSIGN_OR_RETURN(plan.query,
                           ToQuery(request.filter(), resolver, stop));
  auto opened = std::make_unique<RecordExport>(std::move(snapshot), plan,
                                               std::move(tokens));
  ATTACHE_RETURN_IF_ERROR(CheckWhole(stop));
  return opened;
}

absl::StatusOr<v1::ListVocabularyResponse> TripReader::ListVocabulary(
    const v1::ListVocabularyRequest& request) const {
  return VocabularyList(request, *vocabulary_, *index_.Pin());
}

v1::GetIndexStatusResponse TripReader::GetIndexStatus() const {
  const auto snapshot = index_.Pin();
  v1::GetIndexStatusResponse status;
  status.set_revision(snapshot->revision());
  // The journal may be ahead of the snapshot.
  status.set_oldest_revision(
      context_.oldest_revision
          ? std::min(context_.oldest_revision(), snapshot->revision())
          : snapshot->revision());
  status.set_record_count(static_cast<int64_t>(snapshot->record_count()));
  status.set_briefing_count(static_cast<int64_t>(snapshot->briefing_count()));
  status.set_memory_bytes(static_cast<int64_t>(snapshot->memory_bytes()));
  status.set_disk_bytes(context_.disk_bytes());
  SetTimestamp(context_.start_time, status.mutable_start_time());
  status.set_version(context_.version);
  status.set_index_id(context_.index_id());
  status.set_vocabulary_version(vocabulary_->version());
  return status;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> TripReader::SnapshotAt(
    int64_t min_revision) const {
  std::shared_ptr<const Snapshot> snapshot = index_.Pin();
  if (snapshot->revision() >= min_revision) return snapshot;
  return RevisionNotReached(min_revision, snapshot->revision());
}

absl::StatusOr<std::shared_ptr<const Snapshot>> TripReader::SnapshotOf(
    const PageToken& token) {
  std::shared_ptr<const Snapshot> snapshot = index_.Pin();
  if (snapshot->revision() == token.revision) return snapshot;
  snapshot = pins_.Find(token.revision);
  if (snapshot != nullptr) return snapshot;
  return MakeError(v1::ERROR_REASON_PAGE_EXPIRED,
                   absl::StrCat("the page token's revision ", token.revision,
                                " is no longer held; start again without it"));
}

absl::Status RevisionNotReached(int64_t wanted, int64_t reached) {
  return MakeError(v1::ERROR_REASON_REVISION_NOT_REACHED,
                   absl::StrCat("revision ", wanted,
                                " is not reached; the index is at ", reached),
                   {{"revision", absl::StrCat(reached)}});
}

}  // namespace attache
