// What the journal's tests share.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_JOURNAL_JOURNAL_SUPPORT_H_
#define ATTACHE_TESTS_QUERY_SERVICE_JOURNAL_JOURNAL_SUPPORT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal.h"

namespace attache::testing {

// Of that directory; null, and the test fails, where it does not open.
inline std::unique_ptr<Journal> OpenJournal(
    const std::string& directory, const HistoryOptions& options = {}) {
  auto journal = Journal::Open(directory, options);
  EXPECT_TRUE(journal.ok()) << journal.status();
  return journal.ok() ? *std::move(journal) : nullptr;
}

inline v1::Hello MakeHello(const std::string& producer_id, int64_t epoch,
                           int64_t first_sequence, int64_t last_sequence) {
  v1::Hello hello;
  hello.set_producer_id(producer_id);
  hello.set_epoch(epoch);
  hello.set_first_sequence(first_sequence);
  hello.set_last_sequence(last_sequence);
  return hello;
}

// One record, named `title`, or none where the title is empty.
inline v1::RecordWrite MakeWrite(int64_t sequence,
                                 const std::string& briefing_id,
                                 const std::string& title,
                                 int64_t version = 0) {
  v1::RecordWrite write;
  write.set_sequence(sequence);
  write.set_briefing_id(briefing_id);
  write.set_version(version);
  if (!title.empty()) {
    v1::TripRecord* record = write.add_records();
    record->set_record_id(absl::StrCat(briefing_id, "#1"));
    record->set_title(title);
  }
  return write;
}

inline v1::RecordWrite MakeWithdrawal(int64_t sequence,
                                      const std::string& briefing_id,
                                      int64_t version = 0) {
  v1::RecordWrite write = MakeWrite(sequence, briefing_id, "", version);
  write.set_withdrawn(true);
  return write;
}

inline std::vector<ArrivedWrite> Arrived(
    const std::string& producer_id,
    const std::vector<v1::RecordWrite>& writes) {
  std::vector<ArrivedWrite> arrived;
  for (const v1::RecordWrite& write : writes) {
    arrived.push_back(
        {.producer_id = producer_id, .write = write, .refusal = {}});
  }
  return arrived;
}

// The titles of all records that the journal holds, by record_id.
inline std::map<std::string, std::string> Titles(Journal& journal) {
  std::map<std::string, std::string> titles;
  const absl::Status status =
      journal.Load(100, [&](std::vector<JournaledBriefing> chunk) {
        for (const JournaledBriefing& briefing : chunk) {
          for (const JournaledRecord& record : briefing.records) {
            v1::TripRecord parsed;
            if (!parsed.ParseFromString(record.wire) ||
                !titles.emplace(record.record_id, parsed.title()).second) {
              return absl::InternalError(record.record_id);
            }
          }
        }
        return absl::OkStatus();
      });
  if (!status.ok()) titles = {{"error", status.ToString()}};
  return titles;
}

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_JOURNAL_JOURNAL_SUPPORT_H_
