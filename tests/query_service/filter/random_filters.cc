#include "tests/query_service/filter/random_filters.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"

namespace attache {
namespace {

using Kind = Filter::Kind;

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

}  // namespace

Filter RandomFilter(Dice& dice, int depth) { return Maker(dice).Make(depth); }

std::string RandomlyPrinted(Dice& dice, const Filter& filter) {
  return Printer(dice).Print(filter);
}

}  // namespace attache
