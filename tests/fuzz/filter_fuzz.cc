// The parser of filters: what it reads has its place in the filter, and an
// error has a position there.
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "common/error.h"
#include "query_service/filter/parse_filter.h"
#include "tests/fuzz/require.h"

namespace attache {
namespace {

bool IsWithin(FilterSpan inner, FilterSpan outer) {
  return outer.begin <= inner.begin && inner.begin <= inner.end &&
         inner.end <= outer.end;
}

void RequireSpans(const Filter& filter, FilterSpan outer) {
  Require(IsWithin(filter.span, outer), "an expression beyond its parent");
  for (const FilterText& name : filter.path) {
    Require(IsWithin(name.span, filter.span), "a name beyond its expression");
  }
  Require(filter.value.span == FilterSpan() ||
              IsWithin(filter.value.span, filter.span),
          "a value beyond its expression");
  size_t end = filter.span.begin;
  for (const Filter& child : filter.children) {
    Require(end <= child.span.begin, "expressions out of order");
    end = child.span.end;
    RequireSpans(child, filter.span);
  }
}

void RequirePosition(const absl::Status& error, size_t size) {
  const auto details = DetailsOf(error);
  Require(details.has_value() && details->reason == "FILTER_INVALID",
          "an error of another kind");
  for (const auto& [key, value] : details->metadata) {
    if (key != "position") continue;
    size_t position = 0;
    Require(absl::SimpleAtoi(value, &position) && position <= size,
            "a position beyond the filter");
    return;
  }
  Require(false, "an error without a position");
}

}  // namespace
}  // namespace attache

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto filter = attache::ParseFilter(text);
  if (!filter.ok()) {
    attache::RequirePosition(filter.status(), size);
    return 0;
  }
  attache::RequireSpans(*filter, {0, size});
  // What the span covers is the same filter.
  const auto again = attache::ParseFilter(
      text.substr(filter->span.begin, filter->span.end - filter->span.begin));
  attache::Require(again.ok() && again->kind == filter->kind &&
                       again->children.size() == filter->children.size(),
                   "another filter where it is parsed again");
  return 0;
}
