// What people call countries, sectors, objectives and event series, as queries.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_NAME_RESOLVER_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_NAME_RESOLVER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_query_service.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"

namespace attache {

// For one request on one thread. `field` is the path of the value in the
// request, for messages: "filter.countries[2]". An empty value is
// FIELD_INVALID; a name that the vocabulary does not hold the UNKNOWN_ reason
// of its kind, with the value and the nearest names.
class NameResolver {
 public:
  // Both outlive it.
  NameResolver(const Vocabulary& vocabulary, const Snapshot& snapshot);

  // By alpha-2, alpha-3, M49 code or any name of a country or region. A region
  // stands for its countries and, where mentions count, for itself and the
  // regions in it.
  struct Countries {
    std::vector<std::string> codes;    // alpha-2
    std::vector<std::string> regions;  // empty where a country was named
  };
  absl::StatusOr<Countries> FindCountries(absl::string_view value,
                                          absl::string_view field) const;
  absl::StatusOr<Query> Country(absl::string_view value, v1::CountryRole role,
                                absl::string_view field) const;

  // The id and, where asked for, those of the sectors in it.
  absl::StatusOr<std::vector<std::string>> FindSectors(
      absl::string_view value, bool with_children,
      absl::string_view field) const;
  absl::StatusOr<Query> Sector(absl::string_view value, bool with_children,
                               absl::string_view field) const;

  // An id stands for itself; a name for its id, or its words in the text of one
  // objective; anything else for its words alone. UNKNOWN_OBJECTIVE where it is
  // no name and no record has the words.
  absl::StatusOr<Query> Objective(absl::string_view value,
                                  absl::string_view field);

  // By id or name alone.
  absl::StatusOr<std::string> FindObjective(absl::string_view value,
                                            absl::string_view field) const;

  absl::StatusOr<std::string> FindEventSeries(absl::string_view value,
                                              absl::string_view field) const;
  absl::StatusOr<Query> EventSeries(absl::string_view value,
                                    absl::string_view field) const;

  // Records in which every word of `text` stands, wherever.
  absl::StatusOr<Query> Text(absl::string_view text, absl::string_view field);

  // Every record with a text of ForEachSearchedText that holds the words of
  // `text`, and others; All where it holds none. Never an error.
  Query MayHold(absl::string_view text);

  // Records with a traveler in whose name all words of `value` stand.
  absl::StatusOr<Query> Traveler(absl::string_view value,
                                 absl::string_view field) const;

  const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  // All of `words`, each in any of its forms in any language.
  Query Words(const std::vector<std::string>& words);

  const Vocabulary& vocabulary_;
  const Snapshot& snapshot_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_NAME_RESOLVER_H_
