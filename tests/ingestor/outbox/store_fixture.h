// A store in a directory of its own, and briefings for it.
#ifndef ATTACHE_TESTS_INGESTOR_OUTBOX_STORE_FIXTURE_H_
#define ATTACHE_TESTS_INGESTOR_OUTBOX_STORE_FIXTURE_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/briefing_store.h"
#include "ingestor/outbox/fingerprint.h"
#include "ingestor/outbox/store_reader.h"

namespace attache::outbox {

class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string name =
        (std::filesystem::temp_directory_path() / "attache-test-XXXXXX")
            .string();
    path_ = mkdtemp(name.data());
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline StoreOptions TestOptions(const ScratchDirectory& directory) {
  StoreOptions options;
  options.path = directory.path() / "ingestor.db";
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
