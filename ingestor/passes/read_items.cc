#include "ingestor/passes/read_items.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "ingestor/passes/enumeration.h"

namespace attache {
namespace {

constexpr uint32_t kMaxHeadingTokens = 8;
constexpr uint32_t kMaxOpenIntroTokens = 14;  // of an intro without a colon
constexpr uint32_t kMaxLabelTokens = 10;
// Each makes an item of every row, with all of its cells as evidence.
constexpr size_t kMaxItemColumns = 16;

std::optional<ItemKind> ItemKindOf(absl::string_view header) {
  if (header == "objective") return ItemKind::kObjective;
  if (header == "sector") return ItemKind::kSector;
  if (header == "commitment") return ItemKind::kCommitment;
  if (header == "focus_area") return ItemKind::kFocusArea;
  return std::nullopt;
}

class ItemReader {
 public:
  explicit ItemReader(const Document& document) : document_(document) {}

  std::vector<Item> Read() {
    std::map<uint32_t, ItemKind> inherited;  // by item that a list is nested in
    for (const List& list : document_.lists) ReadList(list, &inherited);
    for (const Table& table : document_.tables) ReadTable(table);
    std::stable_sort(items_.begin(), items_.end(),
                     [](const Item& a, const Item& b) {
                       return a.parts[0].begin < b.parts[0].begin;
                     });
    return std::move(items_);
  }

 private:
  const TokenSpan& TokensOf(uint32_t unit) const {
    return document_.units[unit].tokens;
  }

  bool IsSign(uint32_t at, absl::string_view sign) const {
    return document_.tokens[at].kind == TokenKind::kSign &&
           document_.tokens[at].folded == sign;
  }

  // Whether only "of" and its like stand between two matches, so that the
  // second says what the first is about.
  bool Governs(const LexiconMatch& first, const LexiconMatch& second) const {
    if (first.end >= second.begin || second.begin - first.end > 2) return false;
    bool function = false;
    for (const LexiconMatch& match :
         document_.MatchesIn({first.end, second.begin})) {
      if (match.entry->kind != EntryKind::kCue) continue;
      if (match.entry->id == "list_and") return false;
      function = function || match.entry->id == "function_word";
    }
    return function;
  }

  // The header that a span holds: the longest, of equals the last that does
  // not merely say what an earlier one is of. `items_only` leaves out what
  // only a column can be.
  std::string HeaderIn(TokenSpan span, bool items_only) const {
    const LexiconMatch* best = nullptr;
    const std::vector<LexiconMatch> matches = document_.MatchesIn(span);
    for (const LexiconMatch& match : matches) {
      if (match.entry->kind != EntryKind::kHeader) continue;
      if (items_only && !ItemKindOf(match.entry->id).has_value()) continue;
      if (best != nullptr) {
        const uint32_t size = match.end - match.begin;
        const uint32_t best_size = best->end - best->begin;
        if (size < best_size) continue;
        if (size == best_size &&
            (match.begin == best->begin || Governs(*best, match))) {
          continue;
        }
      }
      best = &match;
    }
    return best == nullptr ? "" : best->entry->id;
  }

  // The last sentence of a unit, in which it introduces what follows.
  TokenSpan LastSentence(uint32_t unit) const {
    auto sentence = std::upper_bound(
        document_.sentences.begin(), document_.sentences.end(), unit,
        [](uint32_t u, const Sentence& s) { return u < s.unit; });
    if (sentence == document_.sentences.begin()) return {};
    --sentence;
    return sentence->unit == unit ? sentence->tokens : TokenSpan{};
  }

  std::optional<ItemKind> KindOfHeading(int32_t unit) const {
    if (unit < 0) return std::nullopt;
    const TokenSpan tokens = TokensOf(unit);
    if (tokens.end - tokens.begin > kMaxHeadingTokens) return std::nullopt;
    return ItemKindOf(HeaderIn(tokens, /*items_only=*/true));
  }

  // What the line before a list or table, or else its section's heading, says
  // that it holds.
  std::optional<ItemKind> KindOfIntro(int32_t intro, uint32_t section) const {
    const int32_t heading = document_.sections[section].heading;
    if (intro >= 0 && intro != heading) {
      const TokenSpan sentence = LastSentence(intro);
      const bool open = !sentence.empty() && !IsSign(sentence.end - 1, ":");
      if (!open || sentence.end - sentence.begin <= kMaxOpenIntroTokens) {
        const auto kind = ItemKindOf(HeaderIn(sentence, /*items_only=*/true));
        if (kind.has_value()) return kind;
      }
      // A line that ends in a colon and speaks of something else does not
      // introduce what the heading promises.
      if (!open && document_.units[intro].kind == UnitKind::kParagraph &&
          sentence == TokensOf(intro) &&
          !HeaderIn(sentence, /*items_only=*/false).empty()) {
        return std::nullopt;
      }
    }
    return KindOfHeading(heading);
  }

  // Whether the line before a list, or its section's heading, names a country,
  // an office or something done on a journey: not "Other news of the week:".
  bool IntroducesPoints(int32_t intro, uint32_t section) const {
    const int32_t heading = document_.sections[section].heading;
    return (intro >= 0 && SpeaksOfJourney(LastSentence(intro))) ||
           (heading >= 0 && SpeaksOfJourney(TokensOf(heading)));
  }

  bool SpeaksOfJourney(TokenSpan span) const {
    static constexpr absl::string_view kCues[] = {
        "trip_noun",  "stop_noun", "travel",    "arrive",    "visit_verb",
        "attend",     "meet",      "talk",      "host",      "aim_open",
        "delegation", "pronoun",   "role_head", "role_heads"};
    const std::vector<LexiconMatch> matches = document_.MatchesIn(span);
    return std::any_of(
        matches.begin(), matches.end(), [](const LexiconMatch& match) {
          switch (match.entry->kind) {
            case EntryKind::kCountry:
            case EntryKind::kDemonym:
            case EntryKind::kPlace:
            case EntryKind::kRole:
              return true;
            case EntryKind::kCue:
              return std::find(std::begin(kCues), std::end(kCues),
                               match.entry->id) != std::end(kCues);
            default:
              return false;
          }
        });
  }

  void ReadList(const List& list, std::map<uint32_t, ItemKind>* inherited) {
    if (list.items.empty()) return;
    const uint32_t section = document_.units[list.items[0]].section;
    std::optional<ItemKind> kind;
    const bool nested = list.intro >= 0 &&
                        document_.units[list.intro].kind == UnitKind::kListItem;
    if (nested) {
      kind = ItemKindOf(HeaderIn(TokensOf(list.intro), /*items_only=*/true));
      if (const auto parent = inherited->find(list.intro);
          !kind.has_value() && parent != inherited->end()) {
        kind = parent->second;
      }
    } else {
      kind = KindOfIntro(list.intro, section);
    }
    if (!kind.has_value() && !nested &&
        !IntroducesPoints(list.intro, section)) {
      return;
    }
    for (const uint32_t unit : list.items) {
      if (kind.has_value()) (*inherited)[unit] = *kind;
      ReadListItem(kind.value_or(ItemKind::kPoint), unit);
    }
  }

  void ReadListItem(ItemKind kind, uint32_t unit) {
    const TokenSpan tokens = TokensOf(unit);
    if (tokens.empty()) return;
    Item item;
    item.kind = kind;
    item.section = document_.units[unit].section;
    const uint32_t sign = LabelEnd(tokens);
    item.label = Trimmed({tokens.begin, sign});
    if (sign < tokens.end) item.description = Trimmed({sign + 1, tokens.end});
    item.parts.push_back(tokens);
    if (item.label.empty()) return;
    items_.push_back(std::move(item));
  }

  // The token that parts label and description: a colon, or a dash between
  // spaces; the span's end where none does.
  uint32_t LabelEnd(TokenSpan span) const {
    const uint32_t limit =
        std::min<uint32_t>(span.end, span.begin + kMaxLabelTokens + 1);
    for (uint32_t i = span.begin + 1; i + 1 < limit; ++i) {
      if (IsSign(i, ".") || IsSign(i, ";")) break;
      const bool spaced = document_.tokens[i].space_before &&
                          document_.tokens[i + 1].space_before;
      if (IsSign(i, ":") && document_.tokens[i + 1].space_before) return i;
      if (IsSign(i, "-") && spaced) return i;
    }
    return span.end;
  }

  // Without the signs that join one item to the next.
  TokenSpan Trimmed(TokenSpan span) const {
    while (!span.empty() &&
           (IsSign(span.end - 1, ";") || IsSign(span.end - 1, ",") ||
            IsSign(span.end - 1, ":"))) {
      --span.end;
    }
    return span;
  }

  void ReadTable(const Table& table) {
    std::vector<std::string> columns;
    std::vector<size_t> item_columns;
    for (const uint32_t cell : table.header.cells) {
      columns.push_back(HeaderIn(TokensOf(cell), /*items_only=*/false));
      if (ItemKindOf(columns.back()).has_value() &&
          item_columns.size() < kMaxItemColumns) {
        item_columns.push_back(columns.size() - 1);
      }
    }
    if (item_columns.empty()) {
      const auto kind = KindOfIntro(table.intro, table.section);
      if (!kind.has_value() || columns.empty()) return;
      for (const TableRow& row : table.rows) ReadRow(*kind, 0, columns, row);
      return;
    }
    for (const TableRow& row : table.rows) {
      for (const size_t column : item_columns) {
        ReadRow(*ItemKindOf(columns[column]), column, columns, row);
      }
    }
  }

  void ReadRow(ItemKind kind, size_t label_column,
               const std::vector<std::string>& columns, const TableRow& row) {
    if (label_column >= row.cells.size()) return;
    Item item;
    item.kind = kind;
    item.label = TokensOf(row.cells[label_column]);
    if (item.label.empty() || IsTotal(item.label)) return;
    item.section = document_.units[row.cells[0]].section;
    TokenSpan spare;  // the first cell that nothing else claims
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const TokenSpan cell = TokensOf(row.cells[i]);
      if (cell.empty()) continue;
      item.parts.push_back(cell);
      if (i == label_column) continue;
      const absl::string_view column =
          i < columns.size() ? columns[i] : absl::string_view();
      TokenSpan* field = FieldOf(column, &item);
      if (field == nullptr && spare.empty() && !IsAside(column)) spare = cell;
      if (field != nullptr && field->empty()) *field = cell;
    }
    if (item.description.empty()) item.description = spare;
    if (!item.players.empty()) {
      item.key_players = SplitEnumeration(document_, item.players);
    }
    items_.push_back(std::move(item));
  }

  static TokenSpan* FieldOf(absl::string_view column, Item* item) {
    if (column == "description") return &item->description;
    if (column == "anticipated_impact") return &item->impact;
    if (column == "expected_outcomes") return &item->impact;
    if (column == "investment") return &item->investment;
    if (column == "key_players") return &item->players;
    if (column == "country") return &item->country;
    return nullptr;
  }

  // Columns that describe nothing.
  static bool IsAside(absl::string_view column) {
    return column == "date" || column == "place" || column == "status";
  }

  bool IsTotal(TokenSpan label) const {
    for (const LexiconMatch& match : document_.MatchesIn(label)) {
      if (match.entry->kind == EntryKind::kCue &&
          match.entry->id == "table_total" && match.begin == label.begin &&
          match.end == label.end) {
        return true;
      }
    }
    return false;
  }

  const Document& document_;
  std::vector<Item> items_;
};

}  // namespace

std::vector<Item> ReadItems(const Document& document) {
  return ItemReader(document).Read();
}

}  // namespace attache
