#include "query_service/query/executor.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "query_service/index/parsed_record.h"

namespace attache {
namespace {

// Where fewer numbers than one in so many are left, each is looked at by
// itself; else all that satisfy the range are gathered first.
constexpr uint64_t kSparse = 8;

class Execution {
 public:
  Execution(const Segment& segment, TermSpace space)
      : segment_(segment), space_(space) {}

  // Right for the numbers in `within`; what it says of others is not looked at.
  DocSet Run(const Query& query, const DocSet& within) const {
    switch (query.kind) {
      case Query::Kind::kAll:
        return DocSet::All();
      case Query::Kind::kNone:
        return DocSet::Of(Roaring());
      case Query::Kind::kTerm:
        return DocSet::Of(segment_.postings(space_).Find(query.term));
      case Query::Kind::kRecord:
        return Record(query);
      case Query::Kind::kBriefing:
        return Briefing(query);
      case Query::Kind::kRange:
        return Range(query, within);
      case Query::Kind::kCheck:
        return Checked(within, {&query, 1}, /*all=*/true);
      case Query::Kind::kElement:
        return Element(query);
      case Query::Kind::kAnd:
        return And(query, within);
      case Query::Kind::kOr:
        return Or(query, within);
      case Query::Kind::kNot:
        return Not(Run(query.children[0], within));
    }
    return DocSet::Of(Roaring());
  }

 private:
  uint64_t universe() const { return segment_.element_count(space_); }

  DocSet Range(const Query& query, const DocSet& within) const {
    if (!within.all() &&
        within.docs().cardinality() * kSparse < segment_.size()) {
      return Where(within, [&](uint32_t doc) { return InRange(query, doc); });
    }
    const SegmentColumn& column = segment_.column(query.column);
    const auto [begin, end] = column.Range(query.low, query.high);
    if (end - begin == segment_.size()) return DocSet::All();
    std::vector<uint32_t> docs;
    docs.reserve(end - begin);
    if ((end - begin) * kSparse < segment_.size()) {
      docs.assign(column.by_value.begin() + static_cast<std::ptrdiff_t>(begin),
                  column.by_value.begin() + static_cast<std::ptrdiff_t>(end));
      std::sort(docs.begin(), docs.end());
    } else {
      for (uint32_t doc = 0; doc < segment_.size(); ++doc) {
        if (InRange(query, doc)) docs.push_back(doc);
      }
    }
    return DocSet::Of(Roaring(docs.size(), docs.data()));
  }

  bool InRange(const Query& query, uint32_t doc) const {
    const ColumnValue value = segment_.column(query.column).by_doc[doc];
    return query.low <= value && value <= query.high;
  }

  DocSet Record(const Query& query) const {
    Roaring docs;
    if (const auto doc = segment_.FindRecord(query.term)) docs.add(*doc);
    return DocSet::Of(std::move(docs));
  }

  DocSet Briefing(const Query& query) const {
    std::vector<uint32_t> docs;
    segment_.FindBriefing(query.term, docs);
    return DocSet::Of(Roaring(docs.size(), docs.data()));
  }

  DocSet Element(const Query& query) const {
    const DocSet elements =
        Execution(segment_, query.space).Run(query.children[0], DocSet::All());
    const auto parents = segment_.parents(query.space);
    std::vector<uint32_t> docs;
    const auto add = [&docs](uint32_t doc) {
      if (docs.empty() || docs.back() != doc) docs.push_back(doc);
    };
    if (elements.all()) {
      for (const uint32_t parent : parents) add(parent);
    } else {
      for (const uint32_t element : elements.docs()) add(parents[element]);
    }
    return DocSet::Of(Roaring(docs.size(), docs.data()));
  }

  DocSet And(const Query& query, const DocSet& within) const {
    DocSet left = DocSet::All();
    const absl::Span<const Query> children = query.children;
    for (size_t i = 0; i < children.size(); ++i) {
      const Query& child = children[i];
      if (left.empty()) break;
      // Postings cost nothing to keep whole; records are read only where the
      // answer is asked for.
      if (!within.all() && ReadsRecords(child)) left = Both(left, within);
      const DocSet& among = left.all() ? within : left;
      if (child.kind == Query::Kind::kCheck) {
        // Side by side, as the planner leaves them, they share each record.
        const size_t begin = i;
        while (i + 1 < children.size() &&
               children[i + 1].kind == Query::Kind::kCheck) {
          ++i;
        }
        left = Checked(among, children.subspan(begin, i + 1 - begin),
                       /*all=*/true);
      } else if (child.kind == Query::Kind::kNot && !left.all()) {
        const DocSet taken = Run(child.children[0], among);
        left = Without(std::move(left), taken);
      } else {
        DocSet found = Run(child, among);
        left = Both(std::move(left), std::move(found));
      }
    }
    return left;
  }

  // Those of the candidates of which all, or any, of `checks` hold; each record
  // is read once.
  DocSet Checked(const DocSet& candidates, absl::Span<const Query> checks,
                 bool all) const {
    const bool full = std::any_of(
        checks.begin(), checks.end(),
        [](const Query& query) { return query.check->needs_full(); });
    return Where(candidates, [&](uint32_t doc) {
      const ParsedRecord record(segment_, doc, /*basic=*/!full);
      for (const Query& query : checks) {
        if (query.check->Holds(record) != all) return !all;
      }
      return all;
    });
  }

  // Those of the candidates that satisfy `test`, each looked at by itself.
  template <typename Test>
  DocSet Where(const DocSet& candidates, Test test) const {
    std::vector<uint32_t> docs;
    const auto look = [&](uint32_t doc) {
      if (test(doc)) docs.push_back(doc);
    };
    if (candidates.all()) {
      for (uint32_t doc = 0; doc < segment_.size(); ++doc) look(doc);
    } else {
      for (const uint32_t doc : candidates.docs()) look(doc);
    }
    return DocSet::Of(Roaring(docs.size(), docs.data()));
  }

  static DocSet Both(DocSet a, DocSet b) {
    if (a.all()) return b;
    if (b.all()) return a;
    return DocSet::Of(a.docs() & b.docs());
  }

  static DocSet Without(DocSet a, const DocSet& b) {
    if (b.all()) return DocSet::Of(Roaring());
    Roaring docs = std::move(a).Take();
    docs -= b.docs();
    return DocSet::Of(std::move(docs));
  }

  DocSet Or(const Query& query, const DocSet& within) const {
    std::vector<DocSet> sets;
    std::vector<Query> checks;
    for (const Query& child : query.children) {
      if (child.kind == Query::Kind::kCheck) {
        checks.push_back(child);
        continue;
      }
      DocSet set = Run(child, within);
      if (set.all()) return set;
      if (!set.empty()) sets.push_back(std::move(set));
    }
    DocSet found = Union(std::move(sets));
    if (checks.empty()) return found;
    // A record that is found already need not be read.
    DocSet candidates = within;
    if (!found.empty()) {
      candidates = within.all() ? Not(found) : Without(within, found);
    }
    std::vector<DocSet> both;
    both.push_back(std::move(found));
    both.push_back(Checked(candidates, checks, /*all=*/false));
    return Union(std::move(both));
  }

  static DocSet Union(std::vector<DocSet> sets) {
    std::erase_if(sets, [](const DocSet& set) { return set.empty(); });
    if (sets.empty()) return DocSet::Of(Roaring());
    if (sets.size() == 1) return std::move(sets[0]);
    std::vector<const Roaring*> bitmaps;
    for (const DocSet& set : sets) bitmaps.push_back(&set.docs());
    return DocSet::Of(Roaring::fastunion(bitmaps.size(), bitmaps.data()));
  }

  DocSet Not(DocSet set) const {
    if (set.all()) return DocSet::Of(Roaring());
    Roaring docs = std::move(set).Take();
    docs.flip(0, universe());
    return DocSet::Of(std::move(docs));
  }

  const Segment& segment_;
  const TermSpace space_;
};

}  // namespace

DocSet DocSet::Of(const PostingList& list) {
  DocSet set;
  if (list.bitmap != nullptr) {
    set.borrowed_ = list.bitmap;
  } else {
    set.owned_.emplace(list.plain.size(), list.plain.data());
  }
  return set;
}

DocSet DocSet::Of(Roaring docs) {
  DocSet set;
  set.owned_.emplace(std::move(docs));
  return set;
}

Roaring DocSet::Take() && {
  if (owned_) return *std::move(owned_);
  return *borrowed_;
}

DocSet Execute(const Query& query, const Segment& segment) {
  return Execution(segment, TermSpace::kRecord).Run(query, DocSet::All());
}

uint64_t CountLive(const DocSet& docs, const SegmentView& view) {
  if (docs.all()) return view.live_count();
  if (view.deleted == nullptr) return docs.docs().cardinality();
  return docs.docs().andnot_cardinality(*view.deleted);
}

uint64_t Count(const Query& query, const Snapshot& snapshot) {
  uint64_t count = 0;
  for (const SegmentView& view : snapshot.views()) {
    count += CountLive(Execute(query, *view.segment), view);
  }
  return count;
}

bool AnyMatch(const Query& query, const Snapshot& snapshot) {
  return std::any_of(snapshot.views().begin(), snapshot.views().end(),
                     [&](const SegmentView& view) {
                       return CountLive(Execute(query, *view.segment), view) >
                              0;
                     });
}

}  // namespace attache
