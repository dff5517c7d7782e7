// Random trees, printed in random ways, come back; garbage does no harm.
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gtest/gtest.h"
#include "query_service/filter/parse_filter.h"
#include "tests/query_service/filter/filter_text.h"

namespace attache {
namespace {

using Kind = Filter::Kind;

class Dice {
 public:
  explicit Dice(uint32_t seed) : engine_(seed) {}

  // 0 to n - 1.
  size_t Roll(size_t n) { return engine_() % n; }

  template <typename T>
  const T& Pick(const std::vector<T>& values) {
    return values[Roll(values.size())];
  }

 private:
  std::mt19937 engine_;
};

// Filters of random shape, without spans.
class Maker {
 public:
  explicit Maker(Dice& dice) : dice_(dice) {}

  Filter Make(int depth) {
    Filter filter;
    const size_t choice = depth == 0 ? 4 + dice_.Roll(4) : dice_.Roll(8);
    if (choice < 2) {
      filter.kind = choice == 0 ? Kind::kAnd : Kind::kOr;
      const size_t count = 2 + dice_.Roll(3);
      for (size_t i = 0; i < count; ++i) {
        filter.children.push_back(Make(depth - 1));
      }
    } else if (choice == 2) {
      filter.kind = Kind::kNot;
      filter.children.push_back(Make(depth - 1));
    } else if (choice == 3) {
      filter.kind = Kind::kGroup;
      AddPath(filter);
      filter.children.push_back(Make(depth - 1));
    } else if (choice < 6) {
      filter.kind = Kind::kWord;
      filter.value = Value(false);
    } else {
      filter.kind = Kind::kRestriction;
      AddPath(filter);
      filter.value = Value(true);
    }
    return filter;
  }

 private:
  void AddPath(Filter& filter) {
    filter.comparator = static_cast<Comparator>(dice_.Roll(7));
    const size_t count = 1 + dice_.Roll(3);
    for (size_t i = 0; i < count; ++i) {
      filter.path.push_back(dice_.Roll(5) == 0 ? Quoted() : Unquoted());
    }
  }

  FilterText Value(bool of_restriction) {
    if (dice_.Roll(3) == 0) return Quoted();
    FilterText value = Unquoted();
    if (dice_.Roll(4) == 0) value.text += "." + Unquoted().text;
    if (dice_.Roll(6) == 0) value.text += "*";
    if (of_restriction && dice_.Roll(4) == 0) value.text.insert(0, "-");
    return value;
  }

  FilterText Unquoted() {
    static const std::vector<std::string> parts = {
        "a", "Z", "7", "_", "é", "日", "'", "-", "AND", "OR", "not", "&", "’"};
    FilterText text;
    // Neither a keyword nor a negation: it begins with "w".
    text.text = "w";
    for (size_t i = dice_.Roll(5); i > 0; --i) {
      const std::string& part = dice_.Pick(parts);
      if (part == "&" && absl::EndsWith(text.text, "&")) continue;
      text.text += part;
    }
    return text;
  }

  FilterText Quoted() {
    static const std::vector<std::string> parts = {
        "a", " ", "\"", "'", "\\", "\n", "\t",  "(",   ")",
        ".", ",", "=",  ":", "“",  "é",  "AND", "\\*", "*"};
    FilterText text;
    text.quoted = true;
    for (size_t i = dice_.Roll(6); i > 0; --i) {
      const std::string& part = dice_.Pick(parts);
      // No filter can say this; see FilterText.
      if (part == "*" && absl::EndsWith(text.text, "\\")) continue;
      text.text += part;
    }
    return text;
  }

  Dice& dice_;
};

// How tightly what is printed binds, by the grammar.
enum Level { kExpression, kFactor, kSequence, kTerm, kOperand };

// Prints a filter with random spaces, quotes, escapes and parentheses.
class Printer {
 public:
  explicit Printer(Dice& dice) : dice_(dice) {}

  std::string Print(const Filter& filter) {
    Expression(filter, kExpression, 3);
    Space(false);
    return std::move(out_);
  }

 private:
  // At most `spare` pairs of parentheses that are not needed.
  void Expression(const Filter& filter, Level level, int spare) {
    const bool side_by_side = filter.kind == Kind::kAnd && dice_.Roll(2) == 0;
    Level own = kOperand;
    if (filter.kind == Kind::kAnd) own = side_by_side ? kSequence : kExpression;
    if (filter.kind == Kind::kOr) own = kFactor;
    if (filter.kind == Kind::kNot) own = kTerm;
    if (own < level || (spare > 0 && dice_.Roll(6) == 0)) {
      Put("(");
      Expression(filter, kExpression, spare - 1);
      Put(")");
      return;
    }
    switch (filter.kind) {
      case Kind::kAll:
        break;
      case Kind::kAnd:
        List(filter, side_by_side ? "" : "AND", side_by_side ? kTerm : kFactor);
        break;
      case Kind::kOr:
        List(filter, "OR", kSequence);
        break;
      case Kind::kNot:
        Put(dice_.Roll(2) == 0 ? "NOT" : "-");
        Expression(filter.children[0], kOperand, 1);
        break;
      case Kind::kWord:
        Put(Written(filter.value));
        break;
      case Kind::kRestriction:
        Path(filter);
        Put(Written(filter.value));
        break;
      case Kind::kGroup:
        Path(filter);
        Put("(");
        Expression(filter.children[0], kExpression, 1);
        Put(")");
        break;
    }
  }

  void List(const Filter& filter, const std::string& between, Level level) {
    for (size_t i = 0; i < filter.children.size(); ++i) {
      if (i > 0 && !between.empty()) Put(between);
      Expression(filter.children[i], level, 1);
    }
  }

  void Path(const Filter& filter) {
    std::vector<std::string> names;
    for (const FilterText& name : filter.path) names.push_back(Written(name));
    Put(absl::StrJoin(names, "."));
    Put(ToString(filter.comparator));
  }

  std::string Written(const FilterText& text) {
    if (!text.quoted) return text.text;
    const char quote = dice_.Roll(2) == 0 ? '"' : '\'';
    std::string written(1, quote);
    for (size_t i = 0; i < text.text.size(); ++i) {
      const char c = text.text[i];
      const char next = i + 1 < text.text.size() ? text.text[i + 1] : ' ';
      const bool may = dice_.Roll(2) == 0;
      if (c == '\\' && next == '*') {
        written += "\\*";
        ++i;
      } else if (c == quote || c == '\\' || (c == '"' && may)) {
        written += {'\\', c};
      } else if (c == '\n' && may) {
        written += "\\n";
      } else if (c == '\t' && may) {
        written += "\\t";
      } else {
        written += c;
      }
    }
    return written + quote;
  }

  // Adds a token, and white space before it where it may or must stand.
  void Put(const std::string& token) {
    const auto is_comparator = [](const std::string& t) {
      return !t.empty() && t.find_first_not_of(":=!<>") == std::string::npos;
    };
    if (last_ != "-") {
      const bool loose =
          last_.empty() || last_ == "(" || last_ == ")" || token == ")" ||
          is_comparator(last_) || is_comparator(token) ||
          (token == "(" && (last_ == "AND" || last_ == "OR" || last_ == "NOT"));
      Space(!loose);
    }
    out_ += token;
    last_ = token;
  }

  void Space(bool needed) {
    static const std::vector<std::string> spaces = {" ",  " ",    "  ",    "\t",
                                                    "\n", "\r\n", "\u00A0"};
    if (needed || dice_.Roll(2) == 0) out_ += dice_.Pick(spaces);
  }

  Dice& dice_;
  std::string out_;
  std::string last_;
};

Filter WithoutSpans(Filter filter) {
  filter.span = {};
  filter.value.span = {};
  for (FilterText& name : filter.path) name.span = {};
  for (Filter& child : filter.children) child = WithoutSpans(std::move(child));
  return filter;
}

// The bytes of every expression parse to that expression.
void ExpectSpansParse(const Filter& filter, absl::string_view text) {
  const absl::string_view part =
      text.substr(filter.span.begin, filter.span.end - filter.span.begin);
  const auto parsed = ParseFilter(part);
  ASSERT_TRUE(parsed.ok()) << parsed.status() << " in " << part;
  EXPECT_EQ(WithoutSpans(*parsed), WithoutSpans(filter)) << part;
  EXPECT_EQ(parsed->span, (FilterSpan{0, part.size()})) << part;
  for (const Filter& child : filter.children) ExpectSpansParse(child, text);
}

TEST(RandomFilters, ComeBackAsTheyWere) {
  for (uint32_t seed = 0; seed < 5000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Filter filter = Maker(dice).Make(static_cast<int>(dice.Roll(5)));
    const std::string text = Printer(dice).Print(filter);
    const auto parsed = ParseFilter(text);
    ASSERT_TRUE(parsed.ok()) << parsed.status() << " in " << text;
    ASSERT_EQ(WithoutSpans(*parsed), filter) << text << "\n"
                                             << SExpression(*parsed) << "\n"
                                             << SExpression(filter);
    ExpectSpansParse(*parsed, text);
    if (HasFailure()) return;
  }
}

// A failure must say where, within the filter.
void ParseAnything(const std::string& text) {
  const auto filter = ParseFilter(text);
  if (filter.ok()) {
    std::vector<std::string> spans;
    AppendSpans(*filter, text, spans);
    return;
  }
  const auto details = DetailsOf(filter.status());
  ASSERT_TRUE(details.has_value()) << text;
  ASSERT_EQ(details->reason, "FILTER_INVALID") << text;
  ASSERT_EQ(details->metadata.size(), 2u) << text;
  EXPECT_FALSE(details->metadata[0].second.empty()) << text;
  size_t position = 0;
  ASSERT_TRUE(absl::SimpleAtoi(details->metadata[1].second, &position)) << text;
  EXPECT_LE(position, text.size()) << text;
}

TEST(RandomFilters, GarbageOfTokens) {
  static const std::vector<std::string> parts = {
      "a", "AND", "OR",   "NOT", "-", "(",  ")",     ":",   "=",  "!",   "<",
      ">", ".",   ",",    "\"",  "'", "\\", "*",     "&&",  "||", " ",   " ",
      " ", "é",   "\xFF", "“",   "’", "5",  "\"b\"", "a=b", "\n", "\\n", "x.y"};
  for (uint32_t seed = 0; seed < 20000; ++seed) {
    Dice dice(seed);
    std::string text;
    for (size_t i = dice.Roll(16); i > 0; --i) text += dice.Pick(parts);
    ParseAnything(text);
    if (HasFailure()) return;
  }
}

TEST(RandomFilters, GarbageOfBytes) {
  for (uint32_t seed = 0; seed < 5000; ++seed) {
    Dice dice(seed);
    const size_t values = seed % 2 == 0 ? 256 : 128;
    std::string text;
    for (size_t i = dice.Roll(40); i > 0; --i) {
      text += static_cast<char>(dice.Roll(values));
    }
    ParseAnything(text);
    if (HasFailure()) return;
  }
}

TEST(RandomFilters, DamagedOnes) {
  for (uint32_t seed = 0; seed < 5000; ++seed) {
    Dice dice(seed);
    const Filter filter = Maker(dice).Make(3);
    std::string text = Printer(dice).Print(filter);
    const size_t at = dice.Roll(text.size());
    switch (dice.Roll(3)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.erase(at, 1);
        break;
      default:
        text.insert(at, 1, "()\"'.,:=!<>- *\\"[dice.Roll(15)]);
        break;
    }
    ParseAnything(text);
    if (HasFailure()) return;
  }
}

std::string Filled(absl::string_view part) {
  std::string text;
  while (text.size() + part.size() <= kMaxFilterBytes) {
    absl::StrAppend(&text, part);
  }
  return text;
}

// As long as filters may be, and made to be slow.
TEST(HostileFilters, AreReadInLinearTime) {
  for (const absl::string_view part : {"a",
                                       "a ",
                                       "é",
                                       "a AND ",
                                       "a OR ",
                                       "NOT ",
                                       "NOT a ",
                                       "-",
                                       "-a ",
                                       "(",
                                       ")",
                                       "(a)",
                                       "() ",
                                       "a:(",
                                       "a:(b) ",
                                       "x=1 ",
                                       "x=1 OR ",
                                       "a.",
                                       ".",
                                       "'",
                                       "\"",
                                       "\"a\" ",
                                       "\"\\\"",
                                       "\\",
                                       "\"\\\\",
                                       "=",
                                       "!",
                                       ":",
                                       "&",
                                       "& ",
                                       "|",
                                       ",",
                                       "*",
                                       "* ",
                                       "a=",
                                       "a = ",
                                       "(a OR b) AND ",
                                       "-(a) ",
                                       "\n",
                                       " ",
                                       "\u3000",
                                       "f(",
                                       "x.\"y\".",
                                       "\xFF",
                                       "a'",
                                       "AND ",
                                       "OR "}) {
    SCOPED_TRACE(part);
    const std::string text = Filled(part);
    ParseAnything(text);
    ParseAnything(text + "a");
    ParseAnything(text.substr(1));
  }
}

TEST(HostileFilters, LongOnesParse) {
  const auto parses = [](absl::string_view part, absl::string_view last) {
    std::string text = Filled(part);
    text.resize(text.size() - part.size());
    absl::StrAppend(&text, last);
    const auto filter = ParseFilter(text);
    EXPECT_TRUE(filter.ok()) << part << filter.status();
  };
  parses("a ", "");
  parses("a AND ", "a");
  parses("a OR ", "a");
  parses("NOT a ", "");
  parses("-a ", "");
  parses("a.", "a");
  parses("\"a\" ", "");
  parses("(a)", "");
  parses("a:(b) ", "");
  parses("x=1 OR ", "a");
  parses(" ", "");
  parses("'it\\'s' ", "");
}

TEST(HostileFilters, WideAndDeep) {
  const std::string open = "x:(a OR NOT (b OR ";
  std::string text;
  for (size_t i = 0; i < kMaxFilterDepth / 2; ++i) text += open;
  text += "c";
  text += std::string(kMaxFilterDepth, ')');
  std::string many;
  while (many.size() + text.size() + 5 <= kMaxFilterBytes) {
    absl::StrAppend(&many, many.empty() ? "" : " AND ", text);
  }
  const auto filter = ParseFilter(many);
  ASSERT_TRUE(filter.ok()) << filter.status();
  EXPECT_GT(filter->children.size(), 50u);
}

}  // namespace
}  // namespace attache
