// What clients did to the services and what they saw: the evidence that a fault
// run is judged by.
#ifndef ATTACHE_TESTS_FAULTS_HISTORY_H_
#define ATTACHE_TESTS_FAULTS_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

namespace attache::testing {

// Moments count up by one over all threads of the test: one event ended before
// another began exactly where its moment is lower.
using Moment = int64_t;
inline constexpr Moment kNever = std::numeric_limits<Moment>::max();

enum class Outcome {
  kAcknowledged,
  // Refused for good: it changed nothing.
  kRefused,
  // No answer came: it may have happened.
  kUnknown,
};

// One attempt to write a briefing. A retry is another operation of the same
// version.
struct Operation {
  enum class Kind { kSubmit, kRetract };
  Kind kind = Kind::kSubmit;
  std::string briefing_id;
  // Of a submission: its version, which later ones of the briefing exceed, and
  // the records that it gives.
  int64_t version = 0;
  int trips = 0;
  // Operations of one stream take effect in the order of their places. 0 for
  // none.
  int64_t stream = 0;
  int64_t place = 0;

  Moment invoked = 0;
  // From here on it can no longer take effect; kNever where a server may still
  // hold it.
  Moment ended = kNever;
  Outcome outcome = Outcome::kUnknown;
  // The revision that holds it, where that was acknowledged too.
  int64_t revision = 0;
  // What the acknowledgement named.
  std::vector<std::string> record_ids;
};

struct SeenRecord {
  std::string record_id;
  std::string briefing_id;
  int64_t version = 0;

  bool operator==(const SeenRecord&) const = default;
  auto operator<=>(const SeenRecord&) const = default;
};

// All that the index held at one revision.
struct Read {
  Moment begun = 0;
  Moment ended = 0;
  int64_t revision = 0;
  std::vector<SeenRecord> records;
};

// Collects what several threads do. Thread-safe.
class History {
 public:
  // Notes that `operation` goes out now; the number is for End.
  size_t Begin(Operation operation);
  void Acknowledge(size_t number, int64_t revision,
                   std::vector<std::string> record_ids);
  void Refuse(size_t number);
  // `lingers`: a server that still runs may hold it.
  void GiveUp(size_t number, bool lingers);

  Moment Now();
  // Sets read.ended.
  void AddRead(Read read);

  // REQUIRES: every operation has ended, and nothing is added any more.
  const std::vector<Operation>& operations() const { return operations_; }
  const std::vector<Read>& reads() const { return reads_; }
  int64_t acknowledged() const;

 private:
  mutable std::mutex mutex_;
  Moment moment_ = 0;
  std::vector<Operation> operations_;
  std::vector<Read> reads_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_HISTORY_H_
