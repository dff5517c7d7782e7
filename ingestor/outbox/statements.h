// Prepared statements of one connection, by their SQL.
#ifndef ATTACHE_INGESTOR_OUTBOX_STATEMENTS_H_
#define ATTACHE_INGESTOR_OUTBOX_STATEMENTS_H_

#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/store/database.h"

namespace attache::outbox {

// A statement of the cache, reset when it leaves the scope, so that no read
// stays open.
class ScopedStatement {
 public:
  explicit ScopedStatement(store::Statement* statement)
      : statement_(statement) {}
  ScopedStatement(ScopedStatement&& other) noexcept
      : statement_(other.statement_) {
    other.statement_ = nullptr;
  }
  ScopedStatement& operator=(ScopedStatement&&) = delete;
  ~ScopedStatement() {
    if (statement_ != nullptr) statement_->Reset();
  }

  store::Statement* operator->() const { return statement_; }
  const store::Statement& operator*() const { return *statement_; }

 private:
  store::Statement* statement_;
};

// Not thread-safe. Lives no longer than its database. The same SQL is not
// asked for again while its statement is in use.
class Statements {
 public:
  explicit Statements(store::Database* database) : database_(database) {}

  // `sql` is a string literal: it is kept by its address.
  absl::StatusOr<ScopedStatement> Get(const char* sql) {
    auto& slot = cache_[sql];
    if (slot == nullptr) {
      absl::StatusOr<store::Statement> statement = database_->Prepare(sql);
      if (!statement.ok()) return statement.status();
      slot = std::make_unique<store::Statement>(*std::move(statement));
    }
    return ScopedStatement(slot.get());
  }

 private:
  store::Database* database_;
  absl::flat_hash_map<const void*, std::unique_ptr<store::Statement>> cache_;
};

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_STATEMENTS_H_
