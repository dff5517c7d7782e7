// How fast briefings are parsed, on one thread: real press releases where the
// corpora are there ($ATTACHE_CORPORA, else ../shared/corpora), else the
// project's samples. Build it with the release preset:
//
//   build/release/bin/parse_bench
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <libxml/xmlreader.h>

#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/parser.h"

namespace attache {
namespace {

constexpr size_t kMaxBriefings = 500;

std::filesystem::path Corpora() {
  if (const char* set = std::getenv("ATTACHE_CORPORA")) return set;
  return std::filesystem::path(ATTACHE_SOURCE_DIR) / "../shared/corpora";
}

// The items of an RSS feed, as far as the benchmark needs them.
std::vector<v1::Briefing> ReadFeed(const std::string& path) {
  std::vector<v1::Briefing> briefings;
  const std::unique_ptr<xmlTextReader, decltype(&xmlFreeTextReader)> reader(
      xmlReaderForFile(path.c_str(), nullptr,
                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_HUGE),
      &xmlFreeTextReader);
  if (reader == nullptr) return briefings;
  const auto text = [&] {
    xmlChar* inner = xmlTextReaderReadString(reader.get());
    std::string copy =
        inner == nullptr ? "" : reinterpret_cast<const char*>(inner);
    xmlFree(inner);
    return copy;
  };
  while (briefings.size() < kMaxBriefings &&
         xmlTextReaderRead(reader.get()) == 1) {
    if (xmlTextReaderNodeType(reader.get()) != XML_READER_TYPE_ELEMENT) {
      continue;
    }
    const absl::string_view name =
        reinterpret_cast<const char*>(xmlTextReaderConstName(reader.get()));
    if (name == "item") {
      briefings.emplace_back().set_media_type("text/html");
    } else if (name == "title" && !briefings.empty()) {
      briefings.back().set_title(text());
    } else if (name == "content:encoded" && !briefings.empty()) {
      briefings.back().set_content(text());
    }
  }
  return briefings;
}

std::vector<v1::Briefing> ReadSamples() {
  std::vector<v1::Briefing> briefings;
  const std::filesystem::path folder =
      std::filesystem::path(ATTACHE_SOURCE_DIR) / "samples";
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    briefings.emplace_back().set_content(content.str());
  }
  return briefings;
}

void ParseBriefings(benchmark::State& state) {
  const auto vocabulary = Vocabulary::Load(DefaultVocabularyDirectory());
  if (!vocabulary.ok()) {
    state.SkipWithError(vocabulary.status().ToString().c_str());
    return;
  }
  std::vector<v1::Briefing> briefings =
      ReadFeed(Corpora() / "state_releases/releases.rss");
  if (briefings.empty()) briefings = ReadSamples();
  if (briefings.empty()) {
    state.SkipWithError("neither the corpora nor the samples are there");
    return;
  }
  size_t at = 0;
  int64_t bytes = 0;
  int64_t records = 0;
  for (auto _ : state) {
    const v1::Briefing& briefing = briefings[at++ % briefings.size()];
    const auto result = Parse(briefing, **vocabulary);
    if (result.ok()) records += result->records.size();
    bytes += briefing.content().size();
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(state.iterations());
  state.counters["records"] =
      benchmark::Counter(records, benchmark::Counter::kAvgIterations);
}
BENCHMARK(ParseBriefings)->Unit(benchmark::kMicrosecond)->MinTime(3);

}  // namespace
}  // namespace attache

BENCHMARK_MAIN();
