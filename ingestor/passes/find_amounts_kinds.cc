#include "ingestor/passes/find_amounts_kinds.h"

#include <algorithm>
#include <array>
#include <utility>

namespace attache {
namespace {

constexpr std::array<std::pair<AmountWord, AmountKind>, 4> kCues = {{
    {AmountWord::kPotential, AmountKind::kPotential},
    {AmountWord::kPledged, AmountKind::kPledged},
    {AmountWord::kSigned, AmountKind::kSigned},
    {AmountWord::kBackground, AmountKind::kBackground},
}};

// How much less a cue counts a token away.
constexpr float kFading = 0.12f;
// A cue behind the sum is less likely to be about it.
constexpr float kBehind = 0.8f;
// Tokens that are looked at on either side; keeps endless sentences and cells
// from taking quadratic time.
constexpr uint32_t kFarthestCue = 120;
// How far a word that makes a contract or promise a hope may stand before it.
constexpr uint32_t kHopeReach = 4;
// Cells of a row that are looked at; a wider one says little of any.
constexpr size_t kWidestRow = 12;

struct Vote {
  AmountKind kind = AmountKind::kUnspecified;
  float strength = 0;
  uint32_t cue = 0;  // token
};

// The strongest cue in `where` for what stands at `span`.
Vote StrongestCue(const AmountWords& words, TokenSpan where, TokenSpan span) {
  Vote best;
  const bool own = where.begin <= span.begin && span.end <= where.end;
  if (own) {
    where.begin =
        std::max(where.begin, span.begin - std::min(span.begin, kFarthestCue));
    where.end = std::min(where.end, span.end + kFarthestCue);
  } else {
    where.end = std::min(where.end, where.begin + kFarthestCue);
  }
  for (const auto& [word, kind] : kCues) {
    for (const AmountWords::Word& cue : words.In(where, word)) {
      float distance = 0;
      float side = 1;
      if (own && cue.end <= span.begin) {
        distance = static_cast<float>(span.begin - cue.end);
      } else if (own && cue.begin >= span.end) {
        distance = static_cast<float>(cue.begin - span.end);
        side = kBehind;
      }
      float strength = cue.entry->weight * side / (1 + kFading * distance);
      // "will sign with the minister a loan of" is no mere "loan of".
      const bool signs = kind == AmountKind::kSigned &&
                         best.kind == AmountKind::kPledged &&
                         strength == best.strength && cue.begin < best.cue;
      if (strength > best.strength || signs) {
        best = {kind, strength, cue.begin};
      }
    }
  }
  // "hopes to sign a contract", "could pledge".
  if (best.kind == AmountKind::kSigned || best.kind == AmountKind::kPledged) {
    uint32_t first =
        std::max(where.begin, best.cue - std::min(best.cue, kHopeReach));
    if (!words.In({first, best.cue}, AmountWord::kPotential).empty()) {
      best.kind = AmountKind::kPotential;
    }
  }
  return best;
}

TokenSpan SentenceOf(const Document& document, uint32_t token) {
  auto after = std::upper_bound(
      document.sentences.begin(), document.sentences.end(), token,
      [](uint32_t at, const Sentence& s) { return at < s.tokens.begin; });
  if (after == document.sentences.begin()) return {token, token + 1};
  return (after - 1)->tokens;
}

}  // namespace

AmountKinds::AmountKinds(const Document& document, const AmountWords& words)
    : document_(document), words_(words), places_(document.units.size()) {
  for (size_t t = 0; t < document.tables.size(); ++t) {
    const Table& table = document.tables[t];
    const std::vector<uint32_t>& headers = table.header.cells;
    for (size_t r = 0; r < table.rows.size(); ++r) {
      const std::vector<uint32_t>& cells = table.rows[r].cells;
      for (size_t c = 0; c < cells.size(); ++c) {
        places_[cells[c]] = {.header = c < headers.size()
                                           ? static_cast<int32_t>(headers[c])
                                           : -1,
                             .intro = table.intro,
                             .table = static_cast<int32_t>(t),
                             .row = static_cast<uint32_t>(r)};
      }
    }
  }
  for (const List& list : document.lists) {
    for (uint32_t item : list.items) places_[item].intro = list.intro;
  }
}

std::vector<uint32_t> AmountKinds::ContextOf(uint32_t unit) const {
  std::vector<uint32_t> context;
  auto add = [&](int32_t at) {
    if (at >= 0) context.push_back(static_cast<uint32_t>(at));
  };
  const Place& place = places_[unit];
  add(place.header);
  if (place.table >= 0) {
    const Table& table = document_.tables[place.table];
    for (const auto* cells :
         {&table.rows[place.row].cells, &table.header.cells}) {
      for (size_t c = 0; c < std::min(cells->size(), kWidestRow); ++c) {
        if ((*cells)[c] != unit) context.push_back((*cells)[c]);
      }
    }
  }
  add(place.intro);
  add(document_.sections[document_.units[unit].section].heading);
  return context;
}

AmountKind AmountKinds::At(TokenSpan span) const {
  Vote vote = StrongestCue(words_, SentenceOf(document_, span.begin), span);
  if (vote.kind != AmountKind::kUnspecified) return vote.kind;
  for (uint32_t unit : ContextOf(document_.unit_of[span.begin])) {
    vote = StrongestCue(words_, document_.units[unit].tokens, span);
    if (vote.kind != AmountKind::kUnspecified) return vote.kind;
  }
  return AmountKind::kUnspecified;
}

}  // namespace attache
