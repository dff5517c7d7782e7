// The Lexicon against a naive matcher that reads each pattern backtracking, as
// lexicon.h describes it.
#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/text/token.h"
#include "common/vocabulary/lexicon.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

// A pattern as it was made up, with no parser in between.
struct Part {
  enum Kind { kWords, kAny, kGap } kind = kWords;
  std::vector<std::string> words;  // kWords: "ab", "AB", "ab*"
  bool optional = false;
  int gap = 0;
};
using Pattern = std::vector<Part>;

std::string Write(const Pattern& pattern) {
  std::vector<std::string> words;
  for (const Part& part : pattern) {
    std::string word;
    if (part.kind == Part::kWords) word = absl::StrJoin(part.words, "|");
    if (part.kind == Part::kAny) word.push_back('_');
    if (part.kind == Part::kGap) word = absl::StrCat("..", part.gap);
    if (part.optional) word += "?";
    words.push_back(word);
  }
  return absl::StrJoin(words, " ");
}

bool WordFits(std::string word, const std::string& text) {
  const bool prefix = absl::EndsWith(word, "*");
  if (prefix) word.pop_back();
  const std::string low_word = absl::AsciiStrToLower(word);
  const std::string low_text = absl::AsciiStrToLower(text);
  if (prefix ? !absl::StartsWith(low_text, low_word) : low_text != low_word) {
    return false;
  }
  if (!absl::ascii_isupper(word[0])) return true;
  const bool all = word.size() > 1 && absl::AsciiStrToUpper(word) == word;
  if (!all) return absl::ascii_isupper(text[0]);
  return text.size() > 1 && absl::AsciiStrToUpper(text) == text;
}

void MatchFrom(const Pattern& pattern, size_t part_at,
               const std::vector<std::string>& text, size_t at,
               std::set<size_t>& ends) {
  if (part_at == pattern.size()) {
    ends.insert(at);
    return;
  }
  const Part& part = pattern[part_at];
  if (part.kind == Part::kGap) {
    for (int skipped = 0; skipped <= part.gap; ++skipped) {
      MatchFrom(pattern, part_at + 1, text, at + skipped, ends);
      if (at + skipped >= text.size()) return;
      const std::string& next = text[at + skipped];
      if (next.size() == 1 && absl::StrContains(".!?;:", next)) return;
    }
    return;
  }
  if (part.optional) MatchFrom(pattern, part_at + 1, text, at, ends);
  if (at == text.size()) return;
  bool fits = part.kind == Part::kAny;
  for (const std::string& word : part.words) {
    fits = fits || WordFits(word, text[at]);
  }
  if (fits) MatchFrom(pattern, part_at + 1, text, at + 1, ends);
}

class LexiconOracle : public ::testing::TestWithParam<int> {
 protected:
  std::string Pick(const std::vector<std::string>& from) {
    return from[random_() % from.size()];
  }

  Pattern MakePattern() {
    Pattern pattern;
    const int parts = 1 + random_() % 5;
    for (int i = 0; i < parts; ++i) {
      Part part;
      const int dice = random_() % 10;
      if (dice == 0) {
        part.kind = Part::kAny;
      } else if (dice == 1) {
        part.kind = Part::kGap;
        part.gap = 1 + random_() % 4;
      } else {
        for (int words = random_() % 3; words >= 0; --words) {
          part.words.push_back(
              Pick({"a", "b", "ab", "abc", "ba", "A", "Ab", "AB", "a*", "ab*",
                    "ac*", "aca*", "B*", "AB*", "-"}));
        }
      }
      part.optional = part.kind != Part::kGap && random_() % 5 == 0;
      pattern.push_back(part);
    }
    return pattern;
  }

  std::vector<std::string> MakeText() {
    std::vector<std::string> text;
    for (int i = random_() % 14; i > 0; --i) {
      text.push_back(
          Pick({"a",   "b",  "ab", "abc", "abcd", "ba", "A", "B", "Ab", "AB",
                "ABC", "Ba", "ac", "aca", "ad",   "-",  ",", ".", ";",  "c"}));
    }
    return text;
  }

  std::mt19937 random_;
};

TEST_P(LexiconOracle, FindsWhatTheNaiveMatcherFinds) {
  random_.seed(GetParam());
  size_t matched = 0;
  for (int round = 0; round < 400; ++round) {
    Lexicon::Builder builder;
    std::vector<Pattern> patterns;
    for (int i = random_() % 12; i >= 0; --i) {
      const Pattern pattern = MakePattern();
      // Malformed ones have tests of their own.
      if (builder
              .Add(Write(pattern), {EntryKind::kCue, Write(pattern), "",
                                    static_cast<float>(patterns.size())})
              .ok()) {
        patterns.push_back(pattern);
      }
    }
    const auto lexicon = std::move(builder).Build();
    LexiconMatcher matcher(*lexicon);  // one for all, as for a document's units
    for (int texts = 0; texts < 10; ++texts) {
      const std::vector<std::string> text = MakeText();
      // Begin, end from the longest, order of Add.
      using Found = std::tuple<size_t, int, int>;
      std::vector<Found> expected;
      for (size_t at = 0; at < text.size(); ++at) {
        for (size_t i = 0; i < patterns.size(); ++i) {
          std::set<size_t> ends;
          MatchFrom(patterns[i], 0, text, at, ends);
          for (const size_t end : ends) {
            expected.emplace_back(at, -static_cast<int>(end), i);
          }
        }
      }
      std::sort(expected.begin(), expected.end());
      const std::string joined = absl::StrJoin(text, " ");
      const std::vector<Token> tokens = Tokenize(joined);
      ASSERT_EQ(tokens.size(), text.size()) << joined;
      std::vector<Found> found;
      for (const LexiconMatch& match : matcher.Match(tokens)) {
        found.emplace_back(match.begin, -static_cast<int>(match.end),
                           static_cast<int>(match.entry->weight));
      }
      ASSERT_EQ(found, expected)
          << joined << "\n"
          << absl::StrJoin(patterns, "\n", [](std::string* out, const auto& p) {
               absl::StrAppend(out, Write(p));
             });
      matched += found.size();
    }
  }
  EXPECT_GT(matched, 1000u) << "the texts are to be such that patterns match";
}

INSTANTIATE_TEST_SUITE_P(Seeds, LexiconOracle, ::testing::Range(0, 8));

}  // namespace
}  // namespace attache
