// What a write costs with standing queries: the stretch of history that it
// makes is indexed once, then matched. Percolated, only the queries that the
// records may satisfy are tried; else each in turn. Build it with the release
// preset.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attache/v1/trip_record.pb.h"
#include "benchmark/benchmark.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/query/percolator.h"
#include "query_service/watch/changed_records.h"

namespace attache {
namespace {

constexpr int kWords = 20'000;

const Vocabulary& TheVocabulary() {
  static auto* const kVocabulary = [] {
    auto loaded = Vocabulary::Load(DefaultVocabularyDirectory());
    if (!loaded.ok()) {
      std::cerr << loaded.status() << "\n";
      std::abort();
    }
    return new std::shared_ptr<const Vocabulary>(*std::move(loaded));
  }();
  return **kVocabulary;
}

class Maker {
 public:
  // About 2 KB, of one of all the countries.
  std::string Record(const std::string& record_id) {
    v1::TripRecord record;
    record.set_record_id(record_id);
    record.set_status(static_cast<v1::TripStatus>(1 + Below(5)));
    record.mutable_source()->set_language_code("en");
    record.mutable_source()->mutable_publish_time()->set_seconds(
        1'700'000'000 + Below(10'000'000));
    record.add_visits()->set_country_code(Country());
    record.add_mentioned_countries()->set_country_code(Country());
    record.add_sectors()->set_sector_id(Sector());
    record.mutable_dates()->mutable_start()->set_year(2015 + Below(10));
    auto& objective = *record.add_objectives();
    for (int i = 0; i < 200; ++i) {
      absl::StrAppend(objective.mutable_text(), "word", Below(kWords), " ");
    }
    return record.SerializeAsString();
  }

  // As people watch: a country and a sector, a word, a country and a date, one
  // briefing.
  Query Standing() {
    switch (Below(4)) {
      case 0:
        return Query::And({Query::Term(TermField::kVisited, Country()),
                           Query::Term(TermField::kSector, Sector())});
      case 1:
        return Query::Term(
            TermField::kWord,
            WordValue("en", absl::StrCat("word", Below(kWords))));
      case 2:
        return Query::And({Query::Term(TermField::kVisited, Country()),
                           Query::Range(Column::kLastDay, {19'000, 0},
                                        ColumnValue::Highest())});
      default:
        return Query::Briefing(absl::StrCat("briefing-", Below(1'000'000)));
    }
  }

 private:
  int Below(int limit) {
    return std::uniform_int_distribution<int>(0, limit - 1)(random_);
  }
  std::string Country() {
    const auto& countries = TheVocabulary().countries();
    return countries[static_cast<size_t>(
                         Below(static_cast<int>(countries.size())))]
        .id;
  }
  std::string Sector() {
    const auto& sectors = TheVocabulary().sectors();
    return sectors[static_cast<size_t>(Below(static_cast<int>(sectors.size())))]
        .id;
  }

  std::mt19937 random_{1};
};

HistoryChunk Stretch(Maker& maker, int64_t records) {
  HistoryChunk chunk;
  for (int64_t i = 0; i < records; ++i) {
    const std::string id = absl::StrCat("briefing-", i, "#1");
    chunk.changes.push_back({.revision = i + 1,
                             .record_id = id,
                             .before = maker.Record(id),
                             .after = maker.Record(id)});
  }
  chunk.up_to = records;
  return chunk;
}

struct Standing {
  Standing(Maker& maker, int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      queries.push_back(maker.Standing());
      percolator.Add(static_cast<Percolator::Id>(i), queries.back());
    }
  }
  // How many were tried.
  size_t Match(ChangedRecords& changed, bool percolated) const {
    if (!percolated) {
      for (const Query& query : queries) changed.ChangesFor(query, true);
      return queries.size();
    }
    const auto candidates = changed.Candidates(percolator);
    for (const auto id : candidates) changed.ChangesFor(queries[id], true);
    return candidates.size();
  }

  std::vector<Query> queries;
  Percolator percolator;
};

// Arguments: records of the write, standing queries, whether percolated.
void Arguments(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"records", "queries", "percolated"})
      ->ArgsProduct({{1, 64}, {1, 100, 10'000}, {1, 0}})
      ->Unit(benchmark::kMicrosecond);
}

// All that the hub does about a write but for sending.
void WriteWithStandingQueries(benchmark::State& state) {
  Maker maker;
  const HistoryChunk chunk = Stretch(maker, state.range(0));
  const Standing standing(maker, state.range(1));
  for (auto _ : state) {
    auto changed = ChangedRecords::Build(chunk, TheVocabulary());
    if (!changed.ok()) state.SkipWithError("Build");
    standing.Match(*changed, state.range(2) != 0);
  }
}
BENCHMARK(WriteWithStandingQueries)->Apply(Arguments);

// The part of it that depends on the queries.
void MatchStandingQueries(benchmark::State& state) {
  Maker maker;
  auto changed =
      ChangedRecords::Build(Stretch(maker, state.range(0)), TheVocabulary());
  if (!changed.ok()) state.SkipWithError("Build");
  const Standing standing(maker, state.range(1));
  size_t tried = 0;
  for (auto _ : state) {
    tried += standing.Match(*changed, state.range(2) != 0);
  }
  state.counters["tried"] = benchmark::Counter(
      static_cast<double>(tried), benchmark::Counter::kAvgIterations);
}
BENCHMARK(MatchStandingQueries)->Apply(Arguments);

}  // namespace
}  // namespace attache

BENCHMARK_MAIN();
