#include "ingestor/outbox/store_schema.h"

namespace attache::outbox {
namespace {

constexpr int32_t kApplicationId = 0x41744967;  // "AtIg"

// Documents and writes, which are large, stand apart from what changes often:
// SQLite rewrites a whole row when one column of it changes. The outbox points
// to a briefing's latest write; only a write that was overtaken before it was
// acknowledged is kept as bytes of its own.
constexpr char kVersion1[] = R"sql(
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  producer_id TEXT NOT NULL,
  token_key BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  acknowledged_sequence INTEGER NOT NULL,
  acknowledged_revision INTEGER NOT NULL,
  resync_until INTEGER NOT NULL,
  sendable_sequence INTEGER NOT NULL,
  welcomed INTEGER NOT NULL,
  max_write_bytes INTEGER NOT NULL,
  index_id TEXT NOT NULL
);
CREATE TABLE briefings (
  id INTEGER PRIMARY KEY,
  briefing_id TEXT NOT NULL UNIQUE,
  fingerprint BLOB NOT NULL,
  version INTEGER NOT NULL,
  parser_version TEXT NOT NULL,
  vocabulary_version TEXT NOT NULL,
  retracted INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  write_sequence INTEGER NOT NULL,
  next_number INTEGER NOT NULL,
  result BLOB NOT NULL
);
CREATE INDEX briefings_by_write ON briefings (write_sequence);
CREATE TABLE documents (
  briefing INTEGER PRIMARY KEY REFERENCES briefings (id),
  briefing_bytes BLOB NOT NULL
);
CREATE TABLE writes (
  briefing INTEGER PRIMARY KEY REFERENCES briefings (id),
  write_bytes BLOB NOT NULL
);
CREATE TABLE trips (
  briefing INTEGER NOT NULL REFERENCES briefings (id),
  number INTEGER NOT NULL,
  surnames TEXT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  PRIMARY KEY (briefing, number)
) WITHOUT ROWID;
CREATE TABLE outbox (
  sequence INTEGER PRIMARY KEY,
  briefing INTEGER NOT NULL REFERENCES briefings (id),
  overtaken_bytes BLOB,
  size INTEGER NOT NULL,
  accept_micros INTEGER NOT NULL
);
CREATE TABLE rejected (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  briefing_bytes BLOB NOT NULL,
  code INTEGER NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  reject_micros INTEGER NOT NULL
);
)sql";

}  // namespace

store::Database::Schema StoreSchema() {
  return {.application_id = kApplicationId, .migrations = {kVersion1}};
}

}  // namespace attache::outbox
