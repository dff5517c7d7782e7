#include "query_service/convert/request_query.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "common/limits.h"
#include "common/status_macros.h"
#include "query_service/convert/filter_query.h"
#include "query_service/convert/name_resolver.h"

namespace attache {
namespace {

// The subject of the list, and what its filter adds.
absl::StatusOr<Query> WithFilter(Query subject, const v1::TripFilter& filter,
                                 NameResolver& resolver) {
  ATTACHE_ASSIGN_OR_RETURN(Query filtered, ToQuery(filter, resolver));
  return Query::And({std::move(subject), std::move(filtered)});
}

absl::StatusOr<Order> ToOrder(absl::string_view order_by) {
  const std::string words = absl::StrJoin(
      absl::StrSplit(order_by, absl::ByAnyChar(" \t"), absl::SkipEmpty()), " ");
  if (words.empty() || words == "start_date desc") return Order::kStartDesc;
  if (words == "start_date") return Order::kStartAsc;
  if (words == "publish_time desc") return Order::kPublishDesc;
  if (words == "publish_time") return Order::kPublishAsc;
  return FieldError("page.order_by",
                    "is one of \"start_date desc\", \"start_date\", "
                    "\"publish_time desc\", \"publish_time\"");
}

}  // namespace

absl::StatusOr<Query> ToQuery(
    const v1::ListTripRecordsByCountryRequest& request,
    const Vocabulary& vocabulary, const Snapshot& snapshot) {
  if (!v1::CountryRole_IsValid(request.role())) {
    return FieldError("role", absl::StrCat("has no value ", request.role()));
  }
  NameResolver resolver(vocabulary, snapshot);
  ATTACHE_ASSIGN_OR_RETURN(
      Query subject,
      resolver.Country(request.country(), request.role(), "country"));
  return WithFilter(std::move(subject), request.filter(), resolver);
}

absl::StatusOr<Query> ToQuery(const v1::ListTripRecordsBySectorRequest& request,
                              const Vocabulary& vocabulary,
                              const Snapshot& snapshot) {
  NameResolver resolver(vocabulary, snapshot);
  ATTACHE_ASSIGN_OR_RETURN(
      Query subject,
      resolver.Sector(request.sector(), !request.exclude_children(), "sector"));
  return WithFilter(std::move(subject), request.filter(), resolver);
}

absl::StatusOr<Query> ToQuery(
    const v1::ListTripRecordsByObjectiveRequest& request,
    const Vocabulary& vocabulary, const Snapshot& snapshot) {
  NameResolver resolver(vocabulary, snapshot);
  ATTACHE_ASSIGN_OR_RETURN(
      Query subject, resolver.Objective(request.objective(), "objective"));
  return WithFilter(std::move(subject), request.filter(), resolver);
}

absl::StatusOr<PageParameters> ToPageParameters(const v1::PageOptions& page) {
  PageParameters parameters;
  if (page.page_size() < 0) {
    return FieldError("page.page_size", "is negative");
  }
  if (page.page_size() > kMaxPageSize) {
    return FieldError("page.page_size",
                      absl::StrCat("is ", page.page_size(), "; at most ",
                                   kMaxPageSize, " may be asked for"));
  }
  parameters.limit = static_cast<size_t>(
      page.page_size() == 0 ? kDefaultPageSize : page.page_size());
  ATTACHE_ASSIGN_OR_RETURN(parameters.order, ToOrder(page.order_by()));
  ATTACHE_ASSIGN_OR_RETURN(parameters.basic,
                           IsBasic(page.view(), true, "page.view"));
  ATTACHE_RETURN_IF_ERROR(
      CheckMinRevision(page.min_revision(), "page.min_revision"));
  parameters.count = !page.skip_total_size();
  return parameters;
}

absl::StatusOr<bool> IsBasic(int view, bool when_unspecified,
                             absl::string_view field) {
  switch (view) {
    case v1::RECORD_VIEW_UNSPECIFIED:
      return when_unspecified;
    case v1::RECORD_VIEW_BASIC:
      return true;
    case v1::RECORD_VIEW_FULL:
      return false;
    default:
      return FieldError(field, absl::StrCat("has no value ", view));
  }
}

absl::Status CheckMinRevision(int64_t min_revision, absl::string_view field) {
  if (min_revision >= 0) return absl::OkStatus();
  return FieldError(field, "is negative");
}

}  // namespace attache
