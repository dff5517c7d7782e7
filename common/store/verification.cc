#include "common/store/verification.h"

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"

namespace attache::store {
namespace {

absl::Status EachRow(Database& database, const std::string& sql,
                     absl::FunctionRef<void(const Statement& row)> take) {
  ATTACHE_ASSIGN_OR_RETURN(Statement statement, database.Prepare(sql));
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, statement.Step());
    if (!found) return absl::OkStatus();
    take(statement);
  }
}

void VerifyPages(Database& database, Verification& verification) {
  verification.Expect(EachRow(
      database,
      absl::StrCat("PRAGMA integrity_check(", Verification::kMaxListed, ")"),
      [&](const Statement& row) {
        if (row.Text(0) != "ok") {
          verification.AddFault(absl::StrCat("the file: ", row.Text(0)));
        }
      }));
  verification.Expect(
      EachRow(database, "PRAGMA foreign_key_check", [&](const Statement& row) {
        verification.AddFault(
            absl::StrCat("row ", row.Int(1), " of table ", row.Text(0),
                         " belongs to no row of ", row.Text(2)));
      }));
}

}  // namespace

void Verification::AddFault(std::string fault) {
  ++fault_count_;
  if (faults_.size() < kMaxListed) faults_.push_back(std::move(fault));
}

bool Verification::Expect(const absl::Status& status) {
  if (!status.ok()) AddFault(std::string(status.message()));
  return status.ok();
}

absl::StatusOr<Verification> VerifyFile(
    const std::string& directory, const std::string& file,
    const Database::Schema& schema,
    absl::FunctionRef<absl::Status(Database&, Verification&)> check) {
  ATTACHE_ASSIGN_OR_RETURN(const auto lock,
                           DirectoryLock::AcquireToRead(directory));
  Verification verification;
  const auto opened =
      Database::OpenAtRest(absl::StrCat(directory, "/", file), schema);
  if (absl::IsFailedPrecondition(opened.status())) return opened.status();
  if (!verification.Expect(opened.status())) return verification;
  VerifyPages(**opened, verification);
  verification.Expect(check(**opened, verification));
  return verification;
}

void VerifyRows(Database& database, const std::string& sql,
                Verification& verification) {
  verification.Expect(EachRow(database, sql, [&](const Statement& row) {
    verification.AddFault(std::string(row.Text(0)));
  }));
}

void CountRows(Database& database, const std::string& name,
               const std::string& sql, Verification& verification) {
  verification.Expect(EachRow(database, sql, [&](const Statement& row) {
    verification.AddFact(name, row.Int(0));
  }));
}

}  // namespace attache::store
