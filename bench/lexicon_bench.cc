// What tokenizing and the one walk over a vocabulary's words cost. Reads the
// vocabulary that the servers would read, and text of the project's samples.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "benchmark/benchmark.h"
#include "common/text/fold.h"
#include "common/text/token.h"
#include "common/text/utf8.h"
#include "common/vocabulary/vocabulary.h"

namespace attache {
namespace {

// The paragraphs of all samples; ends the program where there are none.
const std::vector<std::string>& Paragraphs() {
  static const auto* const kParagraphs = [] {
    auto* const paragraphs = new std::vector<std::string>();
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             ATTACHE_SOURCE_DIR "/samples")) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      std::ifstream in(file, std::ios::binary);
      const std::string text((std::istreambuf_iterator<char>(in)), {});
      if (FirstInvalidUtf8(text).has_value()) continue;
      for (const absl::string_view line :
           absl::StrSplit(text, '\n', absl::SkipWhitespace())) {
        paragraphs->emplace_back(line);
      }
    }
    if (paragraphs->empty()) {
      std::fprintf(stderr, "there are no samples\n");
      std::exit(1);
    }
    return paragraphs;
  }();
  return *kParagraphs;
}

const Vocabulary& TheVocabulary() {
  static const auto* const kVocabulary = [] {
    auto loaded = Vocabulary::Load(DefaultVocabularyDirectory());
    if (!loaded.ok()) {
      std::fprintf(stderr, "%s\n", loaded.status().ToString().c_str());
      std::exit(1);
    }
    return new std::shared_ptr<const Vocabulary>(*std::move(loaded));
  }();
  return **kVocabulary;
}

void LoadVocabulary(benchmark::State& state) {
  const std::string directory = DefaultVocabularyDirectory();
  for (auto _ : state) {
    benchmark::DoNotOptimize(Vocabulary::Load(directory));
  }
}
BENCHMARK(LoadVocabulary)->Unit(benchmark::kMillisecond);

void TokenizeSamples(benchmark::State& state) {
  int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& paragraph : Paragraphs()) {
      benchmark::DoNotOptimize(Tokenize(paragraph));
      bytes += static_cast<int64_t>(paragraph.size());
    }
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(TokenizeSamples);

void MatchSamples(benchmark::State& state) {
  const Lexicon& lexicon = *TheVocabulary().LexiconOf("en");
  std::vector<std::vector<Token>> units;
  for (const std::string& paragraph : Paragraphs()) {
    units.push_back(Tokenize(paragraph));
  }
  int64_t tokens = 0;
  int64_t matches = 0;
  for (auto _ : state) {
    LexiconMatcher matcher(lexicon);
    for (const std::vector<Token>& unit : units) {
      const std::vector<LexiconMatch> found = matcher.Match(unit);
      benchmark::DoNotOptimize(found.data());
      tokens += static_cast<int64_t>(unit.size());
      matches += static_cast<int64_t>(found.size());
    }
  }
  state.SetItemsProcessed(tokens);
  state.counters["matches_per_token"] =
      static_cast<double>(matches) / static_cast<double>(tokens);
}
BENCHMARK(MatchSamples);

void FoldToKeyOfAName(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(FoldToKey("São Tomé and Príncipe"));
  }
}
BENCHMARK(FoldToKeyOfAName);

void NearestCountry(benchmark::State& state) {
  const NameIndex& names = TheVocabulary().country_names();
  for (auto _ : state) {
    benchmark::DoNotOptimize(names.Nearest("Brzail", 3));
  }
}
BENCHMARK(NearestCountry);

}  // namespace
}  // namespace attache

BENCHMARK_MAIN();
