// A store in a directory of its own, and briefings for it.
#ifndef ATTACHE_TESTS_INGESTOR_OUTBOX_STORE_FIXTURE_H_
#define ATTACHE_TESTS_INGESTOR_OUTBOX_STORE_FIXTURE_H_

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/briefing_store.h"
#include "ingestor/outbox/fingerprint.h"
#include "tests/support/temp_directory.h"

namespace attache::outbox {

inline StoreOptions TestOptions(const testing::TempDirectory& directory) {
  StoreOptions options;
  options.path = directory.file("ingestor.db");
  options.parser_version = "p1";
  options.vocabulary_version = "v1";
  return options;
}

inline v1::Briefing MakeBriefing(const std::string& id,
                                 const std::string& content,
                                 int64_t version = 0) {
  v1::Briefing briefing;
  briefing.set_briefing_id(id);
  briefing.set_content(content);
  briefing.set_version(version);
  return briefing;
}

// Reads each word of the content as the name of one trip's traveler.
inline absl::StatusOr<ParsedTrips> ReadWords(const v1::Briefing& briefing) {
  if (briefing.content() == "unreadable") {
    return absl::InvalidArgumentError("cannot be read");
  }
  ParsedTrips parsed;
  for (absl::string_view word :
       absl::StrSplit(briefing.content(), ' ', absl::SkipEmpty())) {
    v1::TripRecord& record = parsed.records.emplace_back();
    record.add_travelers()->set_name(std::string(word));
    record.set_title(absl::StrCat("trip of ", word));
  }
  return parsed;
}

inline Submission Submit(const v1::Briefing& briefing) {
  return {.briefing = std::make_shared<const v1::Briefing>(briefing),
          .fingerprint = FingerprintOf(briefing),
          .traceparent = "",
          .parse = [briefing] { return ReadWords(briefing); }};
}

}  // namespace attache::outbox

#endif  // ATTACHE_TESTS_INGESTOR_OUTBOX_STORE_FIXTURE_H_
