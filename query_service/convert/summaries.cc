#include "query_service/convert/summaries.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/limits.h"
#include "common/status_macros.h"
#include "query_service/convert/bind_filter.h"
#include "query_service/convert/dimension.h"
#include "query_service/convert/name_resolver.h"
#include "query_service/convert/request_query.h"
#include "query_service/query/matches.h"
#include "query_service/query/summarize.h"

namespace attache {
namespace {

absl::Status CheckDimensions(const v1::SummarizeTripRecordsRequest& request) {
  const auto& dimensions = request.dimensions();
  if (dimensions.empty()) return FieldError("dimensions", "names none");
  for (int i = 0; i < dimensions.size(); ++i) {
    const int dimension = dimensions[i];
    const std::string field = absl::StrCat("dimensions[", i, "]");
    if (dimension == v1::DIMENSION_UNSPECIFIED ||
        !v1::Dimension_IsValid(dimension)) {
      return FieldError(field, absl::StrCat("is no dimension: ", dimension));
    }
    for (int earlier = 0; earlier < i; ++earlier) {
      if (dimensions[earlier] == dimension) {
        return FieldError(
            field, absl::StrCat("asks for ",
                                v1::Dimension_Name(
                                    static_cast<v1::Dimension>(dimension)),
                                " a second time"));
      }
    }
  }
  return absl::OkStatus();
}

void SetMoney(const Money& money, v1::Money* out) {
  out->set_currency_code(money.currency_code);
  out->set_units(money.units);
  out->set_nanos(money.nanos);
}

void SetTotal(const InvestmentTotal& total, v1::AmountTotal* out) {
  out->set_kind(static_cast<v1::AmountKind>(total.kind));
  SetMoney(total.low.In(total.currency_code), out->mutable_low());
  SetMoney(total.high.In(total.currency_code), out->mutable_high());
  out->set_record_count(static_cast<int64_t>(total.record_count));
}

}  // namespace

absl::Status CheckSummarize(const v1::SummarizeTripRecordsRequest& request) {
  ATTACHE_RETURN_IF_ERROR(CheckDimensions(request));
  if (request.bucket_limit() < 0) {
    return FieldError("bucket_limit", "is negative");
  }
  if (request.bucket_limit() > kMaxBuckets) {
    return FieldError("bucket_limit",
                      absl::StrCat("is ", request.bucket_limit(), "; at most ",
                                   kMaxBuckets, " may be asked for"));
  }
  return CheckMinRevision(request.min_revision(), "min_revision");
}

absl::StatusOr<v1::SummarizeTripRecordsResponse> SummarizeRecords(
    const v1::SummarizeTripRecordsRequest& request,
    const Vocabulary& vocabulary, const Snapshot& snapshot,
    const std::shared_ptr<const Stop>& stop) {
  NameResolver resolver(vocabulary, snapshot);
  ATTACHE_ASSIGN_OR_RETURN(const Query query,
                           ToQuery(request.filter(), resolver, stop));
  const Matches matches(query, snapshot);
  const std::string language = NameLanguage(request.language_code());
  const auto limit = static_cast<size_t>(
      request.bucket_limit() == 0 ? kDefaultBuckets : request.bucket_limit());
  v1::SummarizeTripRecordsResponse response;
  for (const int dimension : request.dimensions()) {
    Summary summary =
        Summarize(matches, *GroupingOf(dimension, vocabulary), limit);
    v1::Summary& out = *response.add_summaries();
    out.set_dimension(static_cast<v1::Dimension>(dimension));
    out.set_other_count(static_cast<int64_t>(summary.other_count));
    for (Bucket& found : summary.buckets) {
      v1::Bucket& bucket = *out.add_buckets();
      bucket.set_display_name(
          found.name.empty()
              ? DisplayName(dimension, found.key, language, vocabulary)
              : std::move(found.name));
      bucket.set_key(std::move(found.key));
      bucket.set_record_count(static_cast<int64_t>(found.record_count));
      for (const InvestmentTotal& total : found.totals) {
        SetTotal(total, bucket.add_amount_totals());
      }
    }
  }
  response.set_total_size(static_cast<int64_t>(matches.total()));
  response.set_revision(snapshot.revision());
  return response;
}

}  // namespace attache
