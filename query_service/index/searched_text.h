// What free text is searched in.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_SEARCHED_TEXT_H_
#define ATTACHE_QUERY_SERVICE_INDEX_SEARCHED_TEXT_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_record.pb.h"

namespace attache {

// Calls `take` on every string of the record that bare words are looked for
// in: titles, items, tables and names.
void ForEachSearchedText(const v1::TripRecord& record,
                         absl::FunctionRef<void(absl::string_view)> take);

// Whether those of the field at that path ("objectives.text") are among them.
bool IsSearchedText(absl::string_view path);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_SEARCHED_TEXT_H_
