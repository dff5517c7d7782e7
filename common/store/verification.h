// What the examination of a database finds.
#ifndef ATTACHE_COMMON_STORE_VERIFICATION_H_
#define ATTACHE_COMMON_STORE_VERIFICATION_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/store/database.h"

namespace attache::store {

// Not thread-safe.
class Verification {
 public:
  // Faults beyond them are counted only.
  static constexpr size_t kMaxListed = 100;

  // One line: ids and numbers, never what a briefing says.
  void AddFault(std::string fault);
  // Adds a failure to read as a fault; true where there is none.
  bool Expect(const absl::Status& status);
  // What there is: {"records", 12}.
  void AddFact(std::string name, int64_t value) {
    facts_.emplace_back(std::move(name), value);
  }

  const std::vector<std::string>& faults() const { return faults_; }
  int64_t fault_count() const { return fault_count_; }
  const std::vector<std::pair<std::string, int64_t>>& facts() const {
    return facts_;
  }

 private:
  std::vector<std::string> faults_;
  int64_t fault_count_ = 0;
  std::vector<std::pair<std::string, int64_t>> facts_;
};

// Examines `file` of a directory that no service uses: SQLite's own checks
// (pages, indexes, constraints, foreign keys), then `check`. What is wrong with
// the file is in the verification; FAILED_PRECONDITION as
// DirectoryLock::AcquireToRead and Database::OpenAtRest.
absl::StatusOr<Verification> VerifyFile(
    const std::string& directory, const std::string& file,
    const Database::Schema& schema,
    absl::FunctionRef<absl::Status(Database&, Verification&)> check);

// Every row of `sql` is a fault, which its first column words.
void VerifyRows(Database& database, const std::string& sql,
                Verification& verification);

// The one number that `sql` asks for, as a fact; a failure is a fault.
void CountRows(Database& database, const std::string& name,
               const std::string& sql, Verification& verification);

}  // namespace attache::store

#endif  // ATTACHE_COMMON_STORE_VERIFICATION_H_
