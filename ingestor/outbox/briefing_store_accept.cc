// The part of BriefingStore that takes briefings in.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "ingestor/outbox/briefing_store.h"
#include "ingestor/outbox/fingerprint.h"
#include "ingestor/outbox/trip_numbering.h"

namespace attache::outbox {

// A briefing's trips under their lasting numbers, as they will be sent.
struct BriefingStore::Reading {
  TripNumbering numbering;
  v1::RecordWrite write;
  std::string write_bytes;
  v1::IngestResult result;  // without outcome
};

absl::StatusOr<Acceptance> BriefingStore::Accept(const Submission& submission,
                                                 absl::Time now) {
  const v1::Briefing& briefing = *submission.briefing;
  ATTACHE_ASSIGN_OR_RETURN(std::optional<Held> before,
                           Find(briefing.briefing_id()));
  if (before.has_value()) {
    if (briefing.version() != 0 && briefing.version() < before->version) {
      return AnswerHeld(*std::move(before), v1::INGEST_OUTCOME_STALE, now);
    }
    if (!before->retracted && !before->refused &&
        before->fingerprint == submission.fingerprint &&
        before->parser_version == options_.parser_version &&
        before->vocabulary_version == options_.vocabulary_version) {
      return AnswerHeld(*std::move(before), v1::INGEST_OUTCOME_UNCHANGED, now);
    }
  }
  absl::StatusOr<ParsedTrips> parsed = submission.parse();
  if (!parsed.ok()) return Acceptance{.refusal = parsed.status()};

  const bool replaces = before.has_value() && !before->retracted;
  Held held = before.has_value() ? *std::move(before) : Held();
  held.briefing_id = briefing.briefing_id();
  // A briefing without a version follows what is held, at its version.
  const int64_t version = std::max(held.version, briefing.version());
  ATTACHE_ASSIGN_OR_RETURN(
      Reading reading,
      Number(held, version, submission.traceparent, *std::move(parsed)));
  if (absl::Status fits = CheckSize(reading); !fits.ok()) {
    return Acceptance{.refusal = std::move(fits)};
  }
  if (reading.write.records().empty()) {
    reading.result.set_outcome(v1::INGEST_OUTCOME_NO_TRIP);
  } else {
    reading.result.set_outcome(replaces ? v1::INGEST_OUTCOME_REPLACED
                                        : v1::INGEST_OUTCOME_CREATED);
  }
  if (held.id == 0) ATTACHE_RETURN_IF_ERROR(Insert(held));
  held.fingerprint = submission.fingerprint;
  held.version = version;
  held.retracted = false;
  ATTACHE_RETURN_IF_ERROR(PutDocument(held, briefing));
  ATTACHE_RETURN_IF_ERROR(PutReading(held, reading, now));
  return Acceptance{.result = std::move(reading.result),
                    .sequence = held.write_sequence};
}

absl::StatusOr<Acceptance> BriefingStore::AnswerHeld(Held held,
                                                     v1::IngestOutcome outcome,
                                                     absl::Time now) {
  if (held.write_sequence <= state_.resync_until) {
    ATTACHE_RETURN_IF_ERROR(SendAgain(held, now));
  }
  Acceptance acceptance{.sequence = held.write_sequence};
  if (!acceptance.result.ParseFromString(held.result)) {
    return absl::DataLossError(absl::StrCat(
        "The stored result of \"", held.briefing_id, "\" cannot be read."));
  }
  acceptance.result.set_outcome(outcome);
  return acceptance;
}

absl::StatusOr<Acceptance> BriefingStore::Retract(
    const std::string& briefing_id, const std::string& traceparent,
    absl::Time now) {
  ATTACHE_ASSIGN_OR_RETURN(std::optional<Held> before, Find(briefing_id));
  Held held = before.has_value() ? *std::move(before) : Held();
  held.briefing_id = briefing_id;
  if (held.id == 0) ATTACHE_RETURN_IF_ERROR(Insert(held));
  held.retracted = true;
  held.fingerprint.clear();

  Acceptance acceptance;
  acceptance.result.set_briefing_id(briefing_id);
  acceptance.result.set_outcome(v1::INGEST_OUTCOME_RETRACTED);
  held.result = CanonicalBytes(acceptance.result);

  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement remove,
      statements_.Get("DELETE FROM documents WHERE briefing = ?"));
  remove->Bind(1, held.id);
  ATTACHE_RETURN_IF_ERROR(remove->Run());
  // Version 0 withdraws whatever is held, another producer's write too.
  ATTACHE_RETURN_IF_ERROR(
      PutWrite(held, WithdrawalBytes(briefing_id, 0, traceparent), now));
  ATTACHE_RETURN_IF_ERROR(Update(held));
  acceptance.sequence = held.write_sequence;
  return acceptance;
}

std::string BriefingStore::WithdrawalBytes(const std::string& briefing_id,
                                           int64_t version,
                                           const std::string& traceparent) {
  v1::RecordWrite write;
  write.set_briefing_id(briefing_id);
  write.set_version(version);
  write.set_withdrawn(true);
  write.set_traceparent(traceparent);
  return CanonicalBytes(write);
}

absl::StatusOr<bool> BriefingStore::TakeReading(const std::string& briefing_id,
                                                const std::string& fingerprint,
                                                ParsedTrips parsed,
                                                absl::Time now) {
  ATTACHE_ASSIGN_OR_RETURN(std::optional<Held> held, Find(briefing_id));
  if (!held.has_value() || held->retracted ||
      held->fingerprint != fingerprint) {
    return false;
  }
  v1::RecordWrite latest;
  {
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement select,
        statements_.Get("SELECT write_bytes FROM writes WHERE briefing = ?"));
    select->Bind(1, held->id);
    ATTACHE_ASSIGN_OR_RETURN(const bool found, select->Step());
    if (!found || !latest.ParseFromString(std::string(select->Text(0)))) {
      return absl::DataLossError(absl::StrCat(
          "The stored write of \"", briefing_id, "\" cannot be read."));
    }
  }
  ATTACHE_ASSIGN_OR_RETURN(
      Reading reading,
      Number(*held, held->version, latest.traceparent(), std::move(parsed)));
  if (!CheckSize(reading).ok()) return false;
  reading.result.set_outcome(reading.write.records().empty()
                                 ? v1::INGEST_OUTCOME_NO_TRIP
                                 : v1::INGEST_OUTCOME_REPLACED);
  if (reading.write_bytes != CanonicalBytes(latest)) {
    ATTACHE_RETURN_IF_ERROR(PutReading(*held, reading, now));
    return true;
  }
  held->parser_version = options_.parser_version;
  held->vocabulary_version = options_.vocabulary_version;
  held->result = CanonicalBytes(reading.result);
  ATTACHE_RETURN_IF_ERROR(Update(*held));
  return false;
}

absl::StatusOr<BriefingStore::Reading> BriefingStore::Number(
    const Held& held, int64_t version, const std::string& traceparent,
    ParsedTrips parsed) {
  Reading reading;
  reading.numbering.next_number = held.next_number;
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement trips,
      statements_.Get("SELECT number, surnames, first_day, last_day FROM trips "
                      "WHERE briefing = ? ORDER BY number"));
  trips->Bind(1, held.id);
  while (true) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, trips->Step());
    if (!found) break;
    NumberedTrip& trip = reading.numbering.trips.emplace_back();
    trip.number = trips->Int(0);
    trip.identity.surnames =
        absl::StrSplit(trips->Text(1), ' ', absl::SkipEmpty());
    trip.identity.first_day = static_cast<int32_t>(trips->Int(2));
    trip.identity.last_day = static_cast<int32_t>(trips->Int(3));
  }
  std::vector<TripIdentity> identities;
  for (const v1::TripRecord& record : parsed.records) {
    identities.push_back(IdentityOf(record));
  }
  const std::vector<int64_t> numbers =
      AssignNumbers(identities, reading.numbering);

  reading.result.set_briefing_id(held.briefing_id);
  reading.write.set_briefing_id(held.briefing_id);
  reading.write.set_version(version);
  reading.write.set_traceparent(traceparent);
  for (size_t i = 0; i < numbers.size(); ++i) {
    v1::TripRecord* record = reading.write.add_records();
    *record = std::move(parsed.records[i]);
    record->set_record_id(absl::StrCat(held.briefing_id, "#", numbers[i]));
    reading.result.add_record_ids(record->record_id());
  }
  for (v1::Issue& issue : parsed.issues) {
    *reading.result.add_issues() = std::move(issue);
  }
  reading.write_bytes = CanonicalBytes(reading.write);
  return reading;
}

absl::Status BriefingStore::CheckSize(const Reading& reading) const {
  const auto too_large = [&](absl::string_view what, int64_t size,
                             int64_t limit) {
    return MakeError(
        v1::ERROR_REASON_RECORD_TOO_LARGE,
        absl::StrCat(what, " would take ", size,
                     " bytes; the query service takes at most ", limit, "."),
        {{"limit", absl::StrCat(limit)}});
  };
  for (const v1::TripRecord& record : reading.write.records()) {
    const auto size = static_cast<int64_t>(record.ByteSizeLong());
    if (size > options_.max_record_bytes) {
      return too_large(absl::StrCat("Record ", record.record_id()), size,
                       options_.max_record_bytes);
    }
  }
  const int64_t limit = state_.max_write_bytes > 0 ? state_.max_write_bytes
                                                   : options_.max_record_bytes;
  const int64_t size = SizeWithSequence(reading.write_bytes);
  if (size > limit) {
    return too_large(absl::StrCat("The records of briefing \"",
                                  reading.write.briefing_id(), "\""),
                     size, limit);
  }
  return absl::OkStatus();
}

absl::Status BriefingStore::PutReading(Held& held, const Reading& reading,
                                       absl::Time now) {
  held.parser_version = options_.parser_version;
  held.vocabulary_version = options_.vocabulary_version;
  held.next_number = reading.numbering.next_number;
  held.result = CanonicalBytes(reading.result);
  ATTACHE_RETURN_IF_ERROR(RememberTrips(held, reading));
  ATTACHE_RETURN_IF_ERROR(PutWrite(held, reading.write_bytes, now));
  return Update(held);
}

absl::Status BriefingStore::RememberTrips(const Held& held,
                                          const Reading& reading) {
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement clear,
      statements_.Get("DELETE FROM trips WHERE briefing = ?"));
  clear->Bind(1, held.id);
  ATTACHE_RETURN_IF_ERROR(clear->Run());
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement insert,
      statements_.Get("INSERT INTO trips VALUES (?, ?, ?, ?, ?)"));
  for (const NumberedTrip& trip : reading.numbering.trips) {
    insert->Bind(1, held.id)
        .Bind(2, trip.number)
        .BindText(3, absl::StrJoin(trip.identity.surnames, " "))
        .Bind(4, trip.identity.first_day)
        .Bind(5, trip.identity.last_day);
    ATTACHE_RETURN_IF_ERROR(insert->Run());
  }
  return absl::OkStatus();
}

absl::Status BriefingStore::PutDocument(const Held& held,
                                        const v1::Briefing& briefing) {
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement put,
      statements_.Get("INSERT OR REPLACE INTO documents VALUES (?, ?)"));
  put->Bind(1, held.id).BindBlob(2, CanonicalBytes(briefing));
  return put->Run();
}

absl::Status BriefingStore::PutWrite(Held& held, const std::string& bytes,
                                     absl::Time now) {
  if (held.write_sequence > state_.acknowledged_sequence) {
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement keep,
        statements_.Get("UPDATE outbox SET overtaken_bytes = (SELECT "
                        "write_bytes FROM writes WHERE writes.briefing = "
                        "outbox.briefing) WHERE sequence = ?"));
    keep->Bind(1, held.write_sequence);
    ATTACHE_RETURN_IF_ERROR(keep->Run());
  }
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement put,
      statements_.Get("INSERT OR REPLACE INTO writes VALUES (?, ?)"));
  put->Bind(1, held.id).BindBlob(2, bytes);
  ATTACHE_RETURN_IF_ERROR(put->Run());
  held.refused = false;
  return Send(held, SizeWithSequence(bytes), now);
}

absl::Status BriefingStore::Send(Held& held, int64_t size, absl::Time now) {
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement insert,
      statements_.Get("INSERT INTO outbox VALUES (?, ?, NULL, ?, ?)"));
  held.write_sequence = ++state_.last_sequence;
  state_.pending_bytes += size;
  insert->Bind(1, held.write_sequence)
      .Bind(2, held.id)
      .Bind(3, size)
      .Bind(4, absl::ToUnixMicros(now));
  return insert->Run();
}

}  // namespace attache::outbox
