// Whether what was seen of the index can be explained by what was done to it.
#ifndef ATTACHE_TESTS_FAULTS_CHECKER_H_
#define ATTACHE_TESTS_FAULTS_CHECKER_H_

#include <string>
#include <vector>

#include "tests/faults/history.h"

namespace attache::testing {

struct Violation {
  enum class Kind {
    // An acknowledged briefing is not there.
    kLost,
    // A record is there twice, or more records than the briefing gives.
    kDoubled,
    // Some of a briefing's records, or records of several versions.
    kHalf,
    // An older version than one that was acknowledged, or than was seen before.
    kStale,
    kNotRetracted,
    // Nobody submitted what is there.
    kNeverSubmitted,
    // The records are not those that the acknowledgement named.
    kOtherRecords,
    // A read is of an older revision than one that ended before it, or than an
    // acknowledgement before it named.
    kRevisionWentBack,
    // Two reads of one revision differ.
    kRevisionDiffers,
  };
  Kind kind;
  std::string briefing_id;
  std::string detail;
};

// "lost", "doubled" ...
std::string NameOf(Violation::Kind kind);
// One line.
std::string ToString(const Violation& violation);

// The model: each briefing holds what the last operation on it left, as one
// step. An acknowledged operation took effect between its two moments; one of
// unknown outcome did or did not, at any moment from its first to its second; a
// submission of a lower version than one that took effect changes nothing.
//
// `reads` may each miss what was acknowledged without a revision; `last` is of
// a time at which all that was acknowledged has arrived. Pure; time O(reads
// times briefings times operations on one briefing).
std::vector<Violation> Check(const std::vector<Operation>& operations,
                             std::vector<Read> reads, const Read& last);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_CHECKER_H_
