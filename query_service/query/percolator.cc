#include "query_service/query/percolator.h"

#include <iterator>
#include <utility>

namespace attache {
namespace {

using Keys = std::optional<std::vector<RequiredKey>>;
using Table = RequiredKey::Table;

static_assert(static_cast<size_t>(Table::kRecordTerm) ==
              static_cast<size_t>(TermSpace::kRecord));
static_assert(static_cast<size_t>(Table::kObjectiveTerm) ==
              static_cast<size_t>(TermSpace::kObjective));
static_assert(static_cast<size_t>(Table::kTravelerTerm) ==
              static_cast<size_t>(TermSpace::kTraveler));

Keys KeysIn(const Query& query, TermSpace space);

Keys KeysOfAnd(const Query& query, TermSpace space) {
  Keys fewest;
  for (const Query& child : query.children) {
    Keys keys = KeysIn(child, space);
    if (keys && (!fewest || keys->size() < fewest->size())) {
      fewest = std::move(keys);
    }
  }
  return fewest;
}

Keys KeysOfOr(const Query& query, TermSpace space) {
  std::vector<RequiredKey> all;
  for (const Query& child : query.children) {
    Keys keys = KeysIn(child, space);
    if (!keys) return std::nullopt;
    std::move(keys->begin(), keys->end(), std::back_inserter(all));
  }
  return all;
}

Keys KeysIn(const Query& query, TermSpace space) {
  const auto one = [&query](Table table) {
    return std::vector<RequiredKey>{{.table = table, .key = query.term}};
  };
  switch (query.kind) {
    case Query::Kind::kNone:
      return std::vector<RequiredKey>();
    case Query::Kind::kTerm:
      return one(static_cast<Table>(space));
    case Query::Kind::kRecord:
      return one(Table::kRecordId);
    case Query::Kind::kBriefing:
      return one(Table::kBriefingId);
    case Query::Kind::kElement:
      return KeysIn(query.children[0], query.space);
    case Query::Kind::kAnd:
      return KeysOfAnd(query, space);
    case Query::Kind::kOr:
      return KeysOfOr(query, space);
    case Query::Kind::kAll:
    case Query::Kind::kRange:
    case Query::Kind::kCheck:
    case Query::Kind::kNot:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<RequiredKey>> RequiredKeys(const Query& query) {
  return KeysIn(query, TermSpace::kRecord);
}

void Percolator::Add(Id id, const Query& query) {
  Keys keys = RequiredKeys(query);
  if (keys) {
    for (const RequiredKey& required : *keys) {
      tables_[static_cast<size_t>(required.table)][required.key].insert(id);
    }
  } else {
    always_.insert(id);
  }
  keys_.emplace(id, std::move(keys));
}

void Percolator::Remove(Id id) {
  const auto held = keys_.find(id);
  if (held == keys_.end()) return;
  if (!held->second) {
    always_.erase(id);
  } else {
    for (const RequiredKey& required : *held->second) {
      auto& table = tables_[static_cast<size_t>(required.table)];
      const auto entry = table.find(required.key);
      if (entry == table.end()) continue;  // the query names one key twice
      entry->second.erase(id);
      if (entry->second.empty()) table.erase(entry);
    }
  }
  keys_.erase(held);
}

std::vector<Percolator::Id> Percolator::Candidates(
    const Segment& segment) const {
  Ids found = always_;
  const auto look = [&](Table table, absl::string_view key) {
    const auto& entries = tables_[static_cast<size_t>(table)];
    const auto entry = entries.find(key);
    if (entry == entries.end()) return;
    found.insert(entry->second.begin(), entry->second.end());
  };
  for (size_t i = 0; i < kTermSpaces; ++i) {
    if (tables_[i].empty()) continue;
    const Postings& postings = segment.postings(static_cast<TermSpace>(i));
    for (size_t term = 0; term < postings.size(); ++term) {
      look(static_cast<Table>(i), postings.term(term));
    }
  }
  for (uint32_t doc = 0; doc < segment.size(); ++doc) {
    look(Table::kRecordId, segment.record_id(doc));
    look(Table::kBriefingId, segment.briefing_id(doc));
  }
  return std::vector<Id>(found.begin(), found.end());
}

}  // namespace attache
