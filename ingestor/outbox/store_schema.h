// The tables of the ingestor's file.
#ifndef ATTACHE_INGESTOR_OUTBOX_STORE_SCHEMA_H_
#define ATTACHE_INGESTOR_OUTBOX_STORE_SCHEMA_H_

#include <cstddef>

#include "common/store/database.h"

namespace attache::outbox {

inline constexpr size_t kTokenKeyBytes = 32;

store::Database::Schema StoreSchema();

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_STORE_SCHEMA_H_
