#include "query_service/journal/journal_schema.h"

namespace attache {
namespace {

// "ATQJ", so that file(1) and we know whose file it is.
constexpr int32_t kApplicationId = 0x4154514A;

constexpr char kVersion1[] = R"sql(
  CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- resync_from: what a producer had had acknowledged when it was asked for
  -- everything anew; -1 where nothing is asked of it.
  CREATE TABLE producers (
    producer_id TEXT PRIMARY KEY NOT NULL,
    epoch INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    resync_from INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Withdrawn briefings stay, without records, so that an older write cannot
  -- bring them back.
  CREATE TABLE briefings (
    briefing_id TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    producer_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Rows are only ever appended and deleted, all of a briefing at once, so that
  -- they stand together in the order of rowid, in which they are loaded.
  CREATE TABLE records (
    briefing_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    wire BLOB NOT NULL,
    PRIMARY KEY (briefing_id, record_id)
  ) STRICT;

  CREATE TABLE refused_writes (
    producer_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    briefing_id TEXT NOT NULL,
    code INTEGER NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (producer_id, sequence)
  ) STRICT, WITHOUT ROWID;
)sql";

// A record id is held by one briefing at a time: the last that wrote it. The
// ids are counted in the index of the primary key, which takes no reading of
// the records themselves.
constexpr char kVersion2[] = R"sql(
  DELETE FROM records WHERE rowid IN (
    SELECT older.rowid
    FROM (SELECT record_id, max(rowid) AS newest FROM records
          GROUP BY record_id HAVING count(*) > 1) AS twice
    JOIN records AS older ON older.record_id = twice.record_id
    WHERE older.rowid < twice.newest
  );
  CREATE UNIQUE INDEX records_by_id ON records (record_id);

  -- What each revision changed: the record as it was before, NULL where there
  -- was none. What it became is the `before` of its next row, or what is held.
  -- Rows are appended in the order of revisions and cut from the oldest on.
  CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    before BLOB,
    -- What it counts against the limit: also what its keys take.
    bytes INTEGER NOT NULL AS (
      length(CAST(record_id AS BLOB)) + ifnull(length(before), 0) + 96) VIRTUAL
  ) STRICT;
  CREATE INDEX history_by_revision ON history (revision);
  CREATE UNIQUE INDEX history_by_record ON history (record_id, revision);

  -- Nothing is known of what came before.
  INSERT INTO meta
    SELECT 'oldest_revision', value FROM meta WHERE key = 'revision';
)sql";

// Whose a producer is; empty where nobody has used it by a name.
constexpr char kVersion3[] = R"sql(
  ALTER TABLE producers ADD COLUMN principal TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace

store::Database::Schema JournalSchema() {
  return {.application_id = kApplicationId,
          .migrations = {kVersion1, kVersion2, kVersion3}};
}

}  // namespace attache
