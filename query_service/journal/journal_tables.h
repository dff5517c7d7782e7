// The statements of the journal, one function each; for this folder alone.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_TABLES_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_TABLES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_index_service.pb.h"
#include "common/store/database.h"
#include "query_service/journal/producer_positions.h"
#include "query_service/journal/record_sum.h"
#include "query_service/journal/stored_record.h"

namespace attache {

// Not thread-safe. Writes belong inside of Database::Transact.
class JournalTables {
 public:
  // `database` was opened with JournalSchema and outlives the tables.
  static absl::StatusOr<std::unique_ptr<JournalTables>> Prepare(
      store::Database& database);

  // Empty where there is no such entry.
  absl::StatusOr<std::string> Meta(absl::string_view key);
  absl::Status SetMeta(absl::string_view key, absl::string_view value);

  absl::StatusOr<ProducerPosition> Producer(absl::string_view producer_id);
  absl::Status SetProducer(absl::string_view producer_id,
                           const ProducerPosition& position);

  // nullopt for a briefing that was never written.
  absl::StatusOr<std::optional<int64_t>> Version(absl::string_view briefing_id);
  // Replaces all that the briefing held, and takes what another briefing holds
  // under the same record ids. `is_new` spares looking for it. Tells `sum` what
  // went and what came. INTERNAL where one id stands twice.
  absl::Status SetBriefing(absl::string_view producer_id,
                           const v1::RecordWrite& write, int64_t version,
                           int64_t revision, const JournaledBriefing& briefing,
                           bool is_new, RecordSum& sum);
  // Every record, those of one briefing side by side.
  absl::Status EachRecord(
      absl::FunctionRef<absl::Status(absl::string_view briefing_id,
                                     JournaledRecord record)>
          take);

  absl::Status AddRefused(absl::string_view producer_id,
                          const v1::RecordWrite& write,
                          const v1::ItemStatus& status);
  absl::Status ForgetRefused(absl::string_view producer_id,
                             int64_t up_to_sequence);
  absl::StatusOr<std::vector<v1::RejectedWrite>> Refused(
      absl::string_view producer_id);

 private:
  explicit JournalTables(std::vector<store::Statement> statements)
      : statements_(std::move(statements)) {}

  std::vector<store::Statement> statements_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_TABLES_H_
