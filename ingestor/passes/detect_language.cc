#include "ingestor/passes/detect_language.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace attache {
namespace {

constexpr size_t kSampleTokens = 400;
constexpr size_t kMinSampleTokens = 20;
// Shares of the words: function words make up about half of running text in
// its own language, and far less in any other.
constexpr double kMinShare = 0.2;
constexpr double kMinLead = 0.04;

struct Score {
  std::string language;
  size_t function_words = 0;  // "the", "of"
  size_t known = 0;           // all that the passes read, function words too

  // What languages are compared by; function words, which `known` has too,
  // count twice. A short text has few of them, but says "visitó" and
  // "septiembre".
  size_t total() const { return function_words + known; }
};

// Long paragraphs say more than headings and cells; they are read first.
std::vector<const Unit*> SampleUnits(const Document& document) {
  std::vector<const Unit*> units;
  for (const Unit& unit : document.units) {
    if (unit.kind == UnitKind::kParagraph) units.push_back(&unit);
  }
  for (const Unit& unit : document.units) {
    if (unit.kind != UnitKind::kParagraph) units.push_back(&unit);
  }
  return units;
}

// The text of a unit as far as the sample goes; cut between words.
absl::string_view Head(const std::string& text) {
  constexpr size_t kMaxBytes = kSampleTokens * 8;
  if (text.size() <= kMaxBytes) return text;
  const size_t space = text.rfind(' ', kMaxBytes);
  return space == text.npos ? absl::string_view()
                            : absl::string_view(text).substr(0, space);
}

// Counts the words of the sample that a language knows, each once, though it
// may know a word by several spellings ("la", "là").
Score ScoreOf(const std::vector<std::vector<Token>>& sample,
              const std::string& language, const Lexicon& lexicon) {
  Score score;
  score.language = language;
  LexiconMatcher matcher(lexicon);
  for (const std::vector<Token>& tokens : sample) {
    std::vector<bool> function(tokens.size());
    std::vector<bool> known(tokens.size());
    for (const LexiconMatch& match : matcher.Match(tokens)) {
      const EntryKind kind = match.entry->kind;
      if (kind != EntryKind::kCue && kind != EntryKind::kDate &&
          kind != EntryKind::kRole && kind != EntryKind::kDemonym) {
        continue;  // names are much the same everywhere
      }
      std::fill(known.begin() + match.begin, known.begin() + match.end, true);
      if (match.entry->id == "function_word") {
        std::fill(function.begin() + match.begin, function.begin() + match.end,
                  true);
      }
    }
    score.function_words += std::count(function.begin(), function.end(), true);
    score.known += std::count(known.begin(), known.end(), true);
  }
  return score;
}

}  // namespace

std::string DecideLanguage(const Document& document, absl::string_view given,
                           const Vocabulary& vocabulary, IssueSink& issues) {
  if (!given.empty()) {
    const std::string primary =
        absl::AsciiStrToLower(given.substr(0, given.find_first_of("-_")));
    if (vocabulary.LexiconOf(primary) != nullptr) return primary;
    issues.Report("LANGUAGE_UNSUPPORTED",
                  absl::StrCat("The vocabulary has no language \"", given,
                               "\"; the text's own was looked for."));
  }
  std::vector<std::vector<Token>> sample;
  size_t words = 0;
  for (const Unit* unit : SampleUnits(document)) {
    if (words >= kSampleTokens) break;
    sample.push_back(Tokenize(Head(unit->text)));
    words += std::count_if(
        sample.back().begin(), sample.back().end(),
        [](const Token& token) { return token.kind == TokenKind::kWord; });
  }
  std::vector<Score> scores;
  for (const LanguageSettings& language : vocabulary.languages()) {
    scores.push_back(
        ScoreOf(sample, language.code, *vocabulary.LexiconOf(language.code)));
  }
  if (scores.empty()) return "";
  std::stable_sort(
      scores.begin(), scores.end(),
      [](const Score& a, const Score& b) { return a.total() > b.total(); });
  const size_t second = scores.size() > 1 ? scores[1].total() : 0;
  const double lead = static_cast<double>(scores[0].total() - second);
  if (words < kMinSampleTokens ||
      scores[0].function_words < kMinShare * words || lead < kMinLead * words) {
    issues.Report("LANGUAGE_UNDECIDED",
                  absl::StrCat("The text's language is not clear; it was read "
                               "as \"",
                               scores[0].language, "\"."));
  }
  return scores[0].language;
}

}  // namespace attache
