// What is asked of the index, resolved: ids and ranges, no names.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_QUERY_H_
#define ATTACHE_QUERY_SERVICE_QUERY_QUERY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query_service/index/columns.h"
#include "query_service/index/terms.h"

namespace attache {

class ParsedRecord;

// What neither postings nor columns answer: a test of the record itself.
// Immutable; thread-safe.
class RecordCheck {
 public:
  virtual ~RecordCheck() = default;
  // `record` holds the BASIC view, which is read in a fraction of the time,
  // unless some check of the query needs all.
  virtual bool Holds(const ParsedRecord& record) const = 0;
  virtual bool needs_full() const = 0;
  // As a person wrote it: `title = "*port*"`.
  virtual std::string ToString() const = 0;
};

// A tree; a plain value.
struct Query {
  enum class Kind : uint8_t {
    kAll,
    kNone,
    kTerm,      // has `term`
    kRecord,    // has the record id `term`; of records only
    kBriefing,  // comes from the briefing `term`; of records only
    kRange,     // `column` has a value in [low, high]; of records only
    kCheck,     // `check` holds; of records only, and by far the dearest
    kElement,   // some element in `space` satisfies the one child
    kAnd,
    kOr,
    kNot,  // of the one child
  };

  Kind kind = Kind::kAll;
  std::string term;
  Column column = Column::kStartDay;
  ColumnValue low;
  ColumnValue high;
  TermSpace space = TermSpace::kRecord;
  std::shared_ptr<const RecordCheck> check;
  std::vector<Query> children;

  static Query All() { return {}; }
  static Query None();
  static Query Term(TermField field, absl::string_view value);
  static Query Record(absl::string_view record_id);
  static Query Briefing(absl::string_view briefing_id);
  static Query Range(Column column, ColumnValue low, ColumnValue high);
  static Query Check(std::shared_ptr<const RecordCheck> check);
  static Query Element(TermSpace space, Query child);
  // Flat: an And in an And becomes part of it, All vanishes, None decides; the
  // And of nothing is All. Likewise Or.
  static Query And(std::vector<Query> children);
  static Query Or(std::vector<Query> children);
  static Query Not(Query child);

  bool operator==(const Query&) const = default;
};

// True where records have to be read to answer it.
bool ReadsRecords(const Query& query);

// For people and tests: `visited:BR AND (sector:energy OR NOT status:3)`.
std::string ToString(const Query& query);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_QUERY_H_
