#include "tests/faults/checker.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace attache::testing {
namespace {

using Kind = Violation::Kind;
using Operations = std::vector<const Operation*>;

bool IsSubmit(const Operation& operation) {
  return operation.kind == Operation::Kind::kSubmit;
}

bool Precedes(const Operation& first, const Operation& second) {
  if (first.stream != 0 && first.stream == second.stream) {
    return first.place < second.place;
  }
  return first.ended < second.invoked;
}

// What one read shows, held against the operations on each briefing.
class ReadChecker {
 public:
  // `is_last`: what was acknowledged must be there with or without a revision.
  ReadChecker(const Read& read, bool is_last,
              std::vector<Violation>& violations)
      : read_(read), is_last_(is_last), violations_(violations) {
    for (const SeenRecord& record : read.records) {
      seen_[record.briefing_id].push_back(&record);
    }
  }

  void CheckBriefing(const std::string& briefing_id,
                     const Operations& operations) {
    const auto found = seen_.find(briefing_id);
    if (found == seen_.end()) {
      CheckAbsent(briefing_id, operations);
    } else {
      CheckPresent(briefing_id, found->second, operations);
      seen_.erase(found);
    }
  }

  // After all briefings that anybody wrote.
  void CheckOthers() {
    for (const auto& [briefing_id, records] : seen_) {
      Report(Kind::kNeverSubmitted, briefing_id, records.front()->record_id);
    }
  }

 private:
  void Report(Kind kind, const std::string& briefing_id, std::string detail) {
    violations_.push_back(
        {kind, briefing_id,
         absl::StrCat("revision ", read_.revision, ": ", detail)});
  }

  // Can have taken effect by the time of the read.
  bool MayShow(const Operation& operation) const {
    return operation.outcome != Outcome::kRefused &&
           operation.invoked < read_.ended;
  }
  bool MustShow(const Operation& operation) const {
    if (operation.outcome != Outcome::kAcknowledged) return false;
    return is_last_
               ? operation.ended < read_.begun
               : operation.revision > 0 && operation.revision <= read_.revision;
  }

  // Can stand after `submit` and leaves nothing.
  bool MayEmpty(const Operation& operation, const Operation& submit) const {
    if (!MayShow(operation)) return false;
    if (IsSubmit(operation)) {
      return operation.trips == 0 && operation.version > submit.version;
    }
    return !Precedes(operation, submit);
  }

  void CheckAbsent(const std::string& briefing_id,
                   const Operations& operations) {
    for (const Operation* submit : operations) {
      if (!IsSubmit(*submit) || submit->trips == 0 || !MustShow(*submit)) {
        continue;
      }
      // Backwards: it is mostly one of the last.
      const bool emptied = std::any_of(
          operations.rbegin(), operations.rend(),
          [&](const Operation* other) { return MayEmpty(*other, *submit); });
      if (!emptied) {
        Report(Kind::kLost, briefing_id,
               absl::StrCat("version ", submit->version, " is not there"));
        return;
      }
    }
  }

  void CheckPresent(const std::string& briefing_id,
                    const std::vector<const SeenRecord*>& records,
                    const Operations& operations) {
    const int64_t version = records.front()->version;
    std::vector<std::string> ids;
    for (const SeenRecord* record : records) {
      ids.push_back(record->record_id);
      if (record->version != version) {
        Report(Kind::kHalf, briefing_id,
               absl::StrCat("versions ", version, " and ", record->version));
        return;
      }
    }
    std::sort(ids.begin(), ids.end());

    Operations sources;
    for (const Operation* operation : operations) {
      if (IsSubmit(*operation) && operation->version == version &&
          operation->trips > 0 && MayShow(*operation)) {
        sources.push_back(operation);
      }
    }
    if (sources.empty()) {
      Report(Kind::kNeverSubmitted, briefing_id,
             absl::StrCat("version ", version));
      return;
    }
    CheckRecords(briefing_id, ids, sources);
    CheckNewest(briefing_id, version, sources, operations);
  }

  void CheckRecords(const std::string& briefing_id,
                    const std::vector<std::string>& ids,
                    const Operations& sources) {
    const auto trips = static_cast<size_t>(sources.front()->trips);
    if (std::adjacent_find(ids.begin(), ids.end()) != ids.end() ||
        ids.size() > trips) {
      Report(Kind::kDoubled, briefing_id,
             absl::StrCat(ids.size(), " records, ", ids.back(), " among them"));
    } else if (ids.size() < trips) {
      Report(Kind::kHalf, briefing_id,
             absl::StrCat(ids.size(), " of ", trips, " records"));
    }
    // Several acknowledgements of a version may differ where it was retracted
    // between them: a trip's number is given once.
    const auto named = [&](const Operation* source) {
      return source->outcome != Outcome::kAcknowledged ||
             source->record_ids == ids;
    };
    if (ids.size() == trips &&
        std::none_of(sources.begin(), sources.end(), named)) {
      Report(Kind::kOtherRecords, briefing_id, ids.front());
    }
  }

  void CheckNewest(const std::string& briefing_id, int64_t version,
                   const Operations& sources, const Operations& operations) {
    for (const Operation* later : operations) {
      if (!MustShow(*later)) continue;
      if (IsSubmit(*later)) {
        if (later->version > version) {
          Report(Kind::kStale, briefing_id,
                 absl::StrCat("version ", version, " after ", later->version));
          return;
        }
      } else if (std::all_of(sources.begin(), sources.end(),
                             [&](const Operation* source) {
                               return Precedes(*source, *later);
                             })) {
        Report(Kind::kNotRetracted, briefing_id,
               absl::StrCat("version ", version));
        return;
      }
    }
  }

  const Read& read_;
  const bool is_last_;
  std::vector<Violation>& violations_;
  std::map<std::string, std::vector<const SeenRecord*>> seen_;
};

std::string Revisions(int64_t now, int64_t before) {
  return absl::StrCat("revision ", now, " after ", before);
}

// REQUIRES: `reads` in the order in which they began.
void CheckRevisions(const std::vector<Operation>& operations,
                    const std::vector<Read>& reads,
                    std::vector<Violation>& violations) {
  // When each revision was known for certain, of reads and acknowledgements.
  std::vector<std::pair<Moment, int64_t>> known;
  for (const Read& read : reads) known.emplace_back(read.ended, read.revision);
  for (const Operation& operation : operations) {
    if (operation.revision > 0) {
      known.emplace_back(operation.ended, operation.revision);
    }
  }
  std::sort(known.begin(), known.end());
  auto next = known.begin();
  int64_t reached = 0;
  for (const Read& read : reads) {
    for (; next != known.end() && next->first < read.begun; ++next) {
      reached = std::max(reached, next->second);
    }
    if (read.revision < reached) {
      violations.push_back(
          {Kind::kRevisionWentBack, "", Revisions(read.revision, reached)});
    }
  }
}

void CheckVersions(const std::vector<Read>& reads,
                   std::vector<Violation>& violations) {
  std::vector<const Read*> by_revision;
  for (const Read& read : reads) by_revision.push_back(&read);
  std::stable_sort(
      by_revision.begin(), by_revision.end(),
      [](const Read* a, const Read* b) { return a->revision < b->revision; });
  std::map<std::string, int64_t> highest;
  const Read* previous = nullptr;
  for (const Read* read : by_revision) {
    if (previous != nullptr && previous->revision == read->revision &&
        previous->records != read->records) {
      violations.push_back({Kind::kRevisionDiffers, "",
                            absl::StrCat("revision ", read->revision)});
    }
    previous = read;
    for (const SeenRecord& record : read->records) {
      int64_t& version = highest[record.briefing_id];
      if (record.version < version) {
        violations.push_back(
            {Kind::kStale, record.briefing_id,
             absl::StrCat("revision ", read->revision, ": version ",
                          record.version, " was seen after ", version)});
      }
      version = std::max(version, record.version);
    }
  }
}

}  // namespace

std::string NameOf(Violation::Kind kind) {
  switch (kind) {
    case Kind::kLost:
      return "lost";
    case Kind::kDoubled:
      return "doubled";
    case Kind::kHalf:
      return "half";
    case Kind::kStale:
      return "stale";
    case Kind::kNotRetracted:
      return "not retracted";
    case Kind::kNeverSubmitted:
      return "never submitted";
    case Kind::kOtherRecords:
      return "other records";
    case Kind::kRevisionWentBack:
      return "revision went back";
    case Kind::kRevisionDiffers:
      return "revision differs";
  }
  return "unknown";
}

std::string ToString(const Violation& violation) {
  return absl::StrCat(NameOf(violation.kind), " ", violation.briefing_id, ": ",
                      violation.detail);
}

std::vector<Violation> Check(const std::vector<Operation>& operations,
                             std::vector<Read> reads, const Read& last) {
  reads.push_back(last);
  for (Read& read : reads) std::sort(read.records.begin(), read.records.end());
  std::stable_sort(
      reads.begin(), reads.end(),
      [](const Read& a, const Read& b) { return a.begun < b.begun; });
  std::map<std::string, Operations> by_briefing;
  for (const Operation& operation : operations) {
    by_briefing[operation.briefing_id].push_back(&operation);
  }
  std::vector<Violation> violations;
  for (const Read& read : reads) {
    ReadChecker checker(read, read.begun == last.begun, violations);
    for (const auto& [briefing_id, own] : by_briefing) {
      checker.CheckBriefing(briefing_id, own);
    }
    checker.CheckOthers();
  }
  CheckRevisions(operations, reads, violations);
  CheckVersions(reads, violations);
  return violations;
}

}  // namespace attache::testing
