// The index at 100,000 records of about 2 KB: loading, lists and their pages,
// without gRPC. Build it with the release preset.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "benchmark/benchmark.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/trip_index.h"
#include "query_service/service/trip_reader.h"

namespace attache {
namespace {

constexpr int kRecords = 100000;

std::shared_ptr<const Vocabulary> TheVocabulary() {
  static auto* const kVocabulary = [] {
    auto loaded = Vocabulary::Load(DefaultVocabularyDirectory());
    if (!loaded.ok()) {
      std::cerr << loaded.status() << "\n";
      std::abort();
    }
    return new std::shared_ptr<const Vocabulary>(*std::move(loaded));
  }();
  return *kVocabulary;
}

class Records {
 public:
  // About 2 KB each. Prose is 200 words out of 20,000, so that the dictionary
  // has its real size.
  v1::TripRecord Next(const std::string& record_id) {
    static const char* const kCountries[] = {"BR", "PE", "BE", "US", "KE",
                                             "JP", "FR", "IN", "AU", "CL"};
    static const char* const kSectors[] = {"energy_renewable", "energy_nuclear",
                                           "agriculture", "education", "trade"};
    v1::TripRecord record;
    record.set_record_id(record_id);
    record.mutable_source()->set_language_code("en");
    record.mutable_source()->mutable_publish_time()->set_seconds(
        1700000000 + Below(10000000));
    record.add_visits()->set_country_code(kCountries[Below(10)]);
    record.add_mentioned_countries()->set_country_code(kCountries[Below(10)]);
    auto& sector = *record.add_sectors();
    sector.set_sector_id(kSectors[Below(5)]);
    sector.mutable_investment()->mutable_low()->set_currency_code("USD");
    sector.mutable_investment()->mutable_low()->set_units(Below(1000000));
    record.add_travelers()->set_name(absl::StrCat("Traveler ", Below(20000)));
    auto& objective = *record.add_objectives();
    objective.set_objective_id("enhance_trade");
    objective.set_text(Prose(5));
    auto& start = *record.mutable_dates()->mutable_start();
    start.set_year(2015 + Below(10));
    start.set_month(1 + Below(12));
    start.set_day(1 + Below(28));
    record.mutable_extraction()->set_confidence(static_cast<float>(Below(101)) /
                                                100);
    record.add_focus_areas()->set_description(Prose(200));
    return record;
  }

 private:
  int Below(int limit) {
    return std::uniform_int_distribution<int>(0, limit - 1)(random_);
  }
  std::string Prose(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) {
      absl::StrAppend(&text, "word", Below(20000), " ");
    }
    return text;
  }

  std::mt19937 random_{1};
};

std::vector<BriefingRecords> MakeBriefings(int count) {
  Records records;
  std::vector<BriefingRecords> briefings;
  for (int i = 0; i < count; ++i) {
    const std::string id = absl::StrCat("briefing-", i);
    const std::string record_id = id + "#1";
    briefings.push_back(
        {id, {{record_id, records.Next(record_id).SerializeAsString()}}});
  }
  return briefings;
}

struct Loaded {
  Loaded() : index(TheVocabulary()) {
    const auto briefings = MakeBriefings(kRecords);
    if (!index.Apply(briefings, 1).ok()) std::abort();
    index.WaitForMerges();
    reader = std::make_unique<TripReader>(
        index, TheVocabulary(),
        ReaderContext{.page_token_key = std::string(32, 'k'),
                      .index_id = [] { return std::string("i"); },
                      .disk_bytes = [] { return int64_t{0}; },
                      .version = "bench",
                      .start_time = absl::UnixEpoch()});
  }
  TripIndex index;
  std::unique_ptr<TripReader> reader;
};

TripReader& Reader() {
  static auto* const kLoaded = new Loaded();
  return *kLoaded->reader;
}

void LoadAtStart(benchmark::State& state) {
  const auto briefings = MakeBriefings(kRecords);
  for (auto _ : state) {
    TripIndex index(TheVocabulary());
    if (!index.Apply(briefings, 1).ok()) state.SkipWithError("Apply");
  }
  state.SetItemsProcessed(state.iterations() * kRecords);
}
BENCHMARK(LoadAtStart)->Unit(benchmark::kMillisecond)->Iterations(1);

void ApplyBatches(benchmark::State& state) {
  const auto briefings = MakeBriefings(20000);
  const auto batch = static_cast<size_t>(state.range(0));
  TripIndex index(TheVocabulary());
  int64_t revision = 0;
  size_t at = 0;
  for (auto _ : state) {
    if (at + batch > briefings.size()) at = 0;
    if (!index.Apply({&briefings[at], batch}, ++revision).ok()) {
      state.SkipWithError("Apply");
    }
    at += batch;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ApplyBatches)->Arg(1)->Arg(64)->Arg(1024);

void FirstPageByCountry(benchmark::State& state) {
  v1::ListTripRecordsByCountryRequest request;
  request.set_country("BR");
  request.mutable_page()->set_page_size(static_cast<int>(state.range(0)));
  Reader();  // loads outside of what is measured
  size_t bytes = 0;
  for (auto _ : state) bytes += Reader().ListByCountry(request)->size();
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}
BENCHMARK(FirstPageByCountry)->Arg(1)->Arg(50)->Arg(1000);

void NextPageByCountry(benchmark::State& state) {
  v1::ListTripRecordsByCountryRequest request;
  request.set_country("BR");
  v1::ListTripRecordsResponse first;
  first.ParseFromString(*Reader().ListByCountry(request));
  request.mutable_page()->set_page_token(first.next_page_token());
  for (auto _ : state) {
    benchmark::DoNotOptimize(Reader().ListByCountry(request));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(NextPageByCountry);

void FilteredPage(benchmark::State& state) {
  v1::ListTripRecordsBySectorRequest request;
  request.set_sector("energy");
  request.mutable_page()->set_order_by(state.range(0) == 0 ? "start_date desc"
                                                           : "publish_time");
  auto& filter = *request.mutable_filter();
  filter.add_countries("005");
  filter.mutable_travel_start()->set_year(2024);
  filter.mutable_travel_end()->set_year(2024);
  filter.mutable_travel_end()->set_month(6);
  filter.set_min_confidence(0.5F);
  filter.set_text("word17");
  for (auto _ : state) {
    benchmark::DoNotOptimize(Reader().ListBySector(request));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(FilteredPage)->Arg(0)->Arg(1);

void GetRecord(benchmark::State& state) {
  v1::GetTripRecordRequest request;
  Reader();
  int i = 0;
  for (auto _ : state) {
    request.set_record_id(absl::StrCat("briefing-", i++ % kRecords, "#1"));
    benchmark::DoNotOptimize(Reader().Get(request));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(GetRecord);

void ListSectors(benchmark::State& state) {
  v1::ListVocabularyRequest request;
  request.set_dimension(v1::DIMENSION_SECTOR);
  Reader();
  for (auto _ : state) {
    benchmark::DoNotOptimize(Reader().ListVocabulary(request));
  }
}
BENCHMARK(ListSectors);

// All dimensions at once; of all records, and of about one in ten.
void SummarizeAll(benchmark::State& state) {
  v1::SummarizeTripRecordsRequest request;
  for (int i = 1; v1::Dimension_IsValid(i); ++i) {
    request.add_dimensions(static_cast<v1::Dimension>(i));
  }
  if (state.range(0) != 0) request.set_filter("visits.country_code:BR");
  Reader();
  for (auto _ : state) {
    benchmark::DoNotOptimize(Reader().Summarize(request, nullptr));
  }
}
BENCHMARK(SummarizeAll)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace attache

BENCHMARK_MAIN();
