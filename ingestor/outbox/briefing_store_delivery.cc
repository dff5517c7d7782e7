// The part of BriefingStore that follows what the query service holds.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "common/text/utf8.h"
#include "ingestor/outbox/briefing_store.h"
#include "ingestor/outbox/fingerprint.h"

namespace attache::outbox {
namespace {

void CutTo(size_t max_bytes, std::string* text) {
  *text = std::string(Utf8Prefix(*text, max_bytes));
}

// What is kept of a refused briefing is bounded, whatever it was refused for.
void CutToBounds(v1::Briefing& briefing) {
  if (briefing.content().size() > kMaxRejectedContentBytes) {
    briefing.clear_content();
  }
  CutTo(kMaxBriefingIdBytes, briefing.mutable_briefing_id());
  CutTo(kMaxUriBytes, briefing.mutable_uri());
  CutTo(kMaxTitleBytes, briefing.mutable_title());
  CutTo(kMaxPublisherBytes, briefing.mutable_publisher());
  CutTo(kMaxLabelBytes, briefing.mutable_language_code());
  CutTo(kMaxLabelBytes, briefing.mutable_media_type());
  const bool labels_too_large =
      briefing.labels().size() > kMaxLabels ||
      std::any_of(briefing.labels().begin(), briefing.labels().end(),
                  [](const auto& label) {
                    return label.first.size() > kMaxLabelBytes ||
                           label.second.size() > kMaxLabelBytes;
                  });
  if (labels_too_large) briefing.clear_labels();
  briefing.DiscardUnknownFields();
}

}  // namespace

absl::Status BriefingStore::Acknowledge(
    int64_t sequence, int64_t revision,
    absl::Span<const v1::RejectedWrite> rejected, absl::Time now) {
  state_.acknowledged_revision =
      std::max(state_.acknowledged_revision, revision);
  if (sequence <= state_.acknowledged_sequence) return ContinueResync(now);
  for (const v1::RejectedWrite& write : rejected) {
    // Below, it was recorded when it was acknowledged.
    if (write.sequence() > state_.acknowledged_sequence &&
        write.sequence() <= sequence) {
      ATTACHE_RETURN_IF_ERROR(MarkRefused(write, now));
    }
  }
  ATTACHE_RETURN_IF_ERROR(DropPending(sequence));
  state_.acknowledged_sequence = sequence;
  return ContinueResync(now);
}

absl::Status BriefingStore::DropPending(int64_t sequence) {
  {
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement sum,
        statements_.Get("SELECT COALESCE(SUM(size), 0) FROM outbox "
                        "WHERE sequence <= ?"));
    sum->Bind(1, sequence);
    ATTACHE_RETURN_IF_ERROR(sum->Step().status());
    state_.pending_bytes -= sum->Int(0);
  }
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement remove,
      statements_.Get("DELETE FROM outbox WHERE sequence <= ?"));
  remove->Bind(1, sequence);
  return remove->Run();
}

absl::Status BriefingStore::MarkRefused(const v1::RejectedWrite& rejected,
                                        absl::Time now) {
  v1::Briefing briefing;
  {
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement select,
        statements_.Get("SELECT d.briefing_bytes FROM briefings b "
                        "JOIN documents d ON d.briefing = b.id "
                        "WHERE b.write_sequence = ?"));
    select->Bind(1, rejected.sequence());
    ATTACHE_ASSIGN_OR_RETURN(const bool found, select->Step());
    if (found && !briefing.ParseFromString(std::string(select->Text(0)))) {
      return absl::DataLossError(absl::StrCat("The stored briefing \"",
                                              rejected.briefing_id(),
                                              "\" cannot be read."));
    }
  }
  briefing.set_briefing_id(rejected.briefing_id());
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement mark,
      statements_.Get(
          "UPDATE briefings SET refused = 1 WHERE write_sequence = ?"));
  mark->Bind(1, rejected.sequence());
  ATTACHE_RETURN_IF_ERROR(mark->Run());
  return RecordRejected(std::move(briefing), rejected.status(), now);
}

absl::Status BriefingStore::RecordRejected(v1::Briefing briefing,
                                           const v1::ItemStatus& status,
                                           absl::Time now) {
  CutToBounds(briefing);
  const std::string bytes = CanonicalBytes(briefing);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement insert,
      statements_.Get("INSERT INTO rejected (briefing_bytes, code, reason, "
                      "message, reject_micros) VALUES (?, ?, ?, ?, ?)"));
  insert->BindBlob(1, bytes)
      .Bind(2, status.code())
      .BindText(3, status.reason())
      .BindText(4, status.message())
      .Bind(5, absl::ToUnixMicros(now));
  ATTACHE_RETURN_IF_ERROR(insert->Run());
  state_.rejected_bytes += static_cast<int64_t>(bytes.size());
  return ForgetOldRejected();
}

absl::Status BriefingStore::ForgetOldRejected() {
  while (true) {
    int64_t oldest = 0, bytes = 0, count = 0;
    {
      // Ids count up by one and go from the oldest on, so the two ends give the
      // count.
      ATTACHE_ASSIGN_OR_RETURN(
          ScopedStatement select,
          statements_.Get("SELECT id, LENGTH(briefing_bytes), (SELECT MAX(id) "
                          "FROM rejected) - id + 1 FROM rejected "
                          "ORDER BY id LIMIT 1"));
      ATTACHE_ASSIGN_OR_RETURN(const bool found, select->Step());
      if (!found) return absl::OkStatus();
      oldest = select->Int(0);
      bytes = select->Int(1);
      count = select->Int(2);
    }
    if (count <= options_.max_rejected_count &&
        state_.rejected_bytes <= options_.max_rejected_bytes) {
      return absl::OkStatus();
    }
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement remove,
        statements_.Get("DELETE FROM rejected WHERE id = ?"));
    remove->Bind(1, oldest);
    ATTACHE_RETURN_IF_ERROR(remove->Run());
    state_.rejected_bytes -= bytes;
  }
}

absl::Status BriefingStore::NoteIndex(const std::string& index_id,
                                      int64_t revision,
                                      int64_t max_write_bytes) {
  // Revisions of another index do not compare with those of the last one.
  if (index_id != state_.index_id) state_.acknowledged_revision = 0;
  state_.index_id = index_id;
  state_.welcomed = true;
  state_.acknowledged_revision =
      std::max(state_.acknowledged_revision, revision);
  if (max_write_bytes > 0) state_.max_write_bytes = max_write_bytes;
  return absl::OkStatus();
}

absl::Status BriefingStore::TakeEpoch(int64_t epoch) {
  state_.epoch = epoch;
  return absl::OkStatus();
}

absl::Status BriefingStore::Rewind(int64_t sequence, absl::Time now) {
  // Pending writes up to `sequence` would be taken for ones already held. The
  // latest of each briefing is sent again; those overtaken need not be.
  ATTACHE_RETURN_IF_ERROR(DropPending(sequence));
  state_.last_sequence = std::max(state_.last_sequence, sequence);
  state_.acknowledged_sequence =
      std::max(state_.acknowledged_sequence, sequence);
  state_.sendable_sequence = std::max(state_.sendable_sequence, sequence);
  return StartResync(now);
}

absl::Status BriefingStore::StartResync(absl::Time now) {
  state_.resync_until = state_.acknowledged_sequence;
  state_.resync_batch_end = 0;
  return ContinueResync(now);
}

absl::Status BriefingStore::ContinueResync(absl::Time now) {
  if (state_.resync_until == 0 ||
      state_.acknowledged_sequence < state_.resync_batch_end) {
    return absl::OkStatus();
  }
  std::vector<Held> batch;
  {
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement select,
        statements_.Get(
            "SELECT id, briefing_id, fingerprint, version, parser_version, "
            "vocabulary_version, retracted, refused, write_sequence, "
            "next_number, result FROM briefings WHERE write_sequence <= ? "
            "ORDER BY write_sequence LIMIT ?"));
    select->Bind(1, state_.resync_until).Bind(2, options_.resync_batch);
    while (true) {
      ATTACHE_ASSIGN_OR_RETURN(const bool found, select->Step());
      if (!found) break;
      batch.push_back(ReadRow(*select));
    }
  }
  for (Held& held : batch) ATTACHE_RETURN_IF_ERROR(SendAgain(held, now));
  state_.resync_batch_end = state_.last_sequence;
  if (static_cast<int64_t>(batch.size()) < options_.resync_batch) {
    state_.resync_until = 0;
  }
  return absl::OkStatus();
}

absl::Status BriefingStore::SendAgain(Held& held, absl::Time now) {
  if (held.retracted && held.version > 0) {
    // When it was asked for, the withdrawal was of all that was held. Sent
    // again, it must not take what another producer has written since.
    ATTACHE_RETURN_IF_ERROR(
        PutWrite(held, WithdrawalBytes(held.briefing_id, held.version), now));
    return Update(held);
  }
  int64_t size = 0;
  {
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement select,
        statements_.Get(
            "SELECT LENGTH(write_bytes) FROM writes WHERE briefing = ?"));
    select->Bind(1, held.id);
    ATTACHE_RETURN_IF_ERROR(select->Step().status());
    size = select->Int(0);
  }
  held.refused = false;
  ATTACHE_RETURN_IF_ERROR(Send(held, size + SizeWithSequence(""), now));
  return Update(held);
}

}  // namespace attache::outbox
