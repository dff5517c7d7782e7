// The dimensions of the contract: what records are counted by.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_DIMENSION_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_DIMENSION_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "attache/v1/trip_query_service.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/query/grouping.h"

namespace attache {

// Which buckets a record is in. nullopt for DIMENSION_UNSPECIFIED and values
// that the contract does not know. The vocabulary outlives the grouping.
std::optional<Grouping> GroupingOf(int dimension, const Vocabulary& vocabulary);

// The language of the vocabulary's names that a BCP-47 code asks for: "pt" for
// "pt-BR", English for the empty code. Names are in English where the
// vocabulary has none in that language.
std::string NameLanguage(absl::string_view language_code);

// What people call the bucket `key` in a language of NameLanguage; the key
// itself where it is no entry of the vocabulary.
std::string DisplayName(int dimension, absl::string_view key,
                        absl::string_view language,
                        const Vocabulary& vocabulary);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_DIMENSION_H_
