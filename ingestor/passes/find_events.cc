#include "ingestor/passes/find_events.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ingestor/passes/time_of_day.h"

namespace attache {
namespace {

constexpr uint32_t kLongestSide = 14;  // tokens

// Finds how far the name of an event reaches around its noun.
class Extent {
 public:
  Extent(const Document& document, const CueIndex& cues)
      : document_(document),
        cues_(cues),
        sentence_start_(document.tokens.size()),
        date_(document.tokens.size()),
        demonym_(document.tokens.size()) {
    for (const LexiconMatch& match : document.matches) {
      if (match.entry->kind == EntryKind::kDate) date_[match.begin] = true;
      if (match.entry->kind == EntryKind::kDemonym) {
        demonym_[match.begin] = true;
      }
    }
    for (const Sentence& sentence : document.sentences) {
      if (!sentence.tokens.empty())
        sentence_start_[sentence.tokens.begin] = true;
    }
  }

  TokenSpan Around(TokenSpan noun) const { return {Left(noun), Right(noun)}; }

  // Whether the noun of an event follows, whose name takes `series` in: "the
  // International Energy Agency (IEA) 2022 Ministerial Meeting".
  bool LeadsToNoun(TokenSpan series) const {
    for (uint32_t next = series.end;
         document_.SameUnit(next, series.begin) && next < series.end + 8;
         ++next) {
      if (cues_.Is(Cue::kEventNoun, next)) return true;
      const Token& token = document_.tokens[next];
      if (token.kind == TokenKind::kSign) {
        if (token.folded == "," || token.folded == ";" || token.folded == ".") {
          return false;
        }
      } else if (!NameWord(next) && !cues_.Is(Cue::kPossessive, next)) {
        return false;
      }
    }
    return false;
  }

  // Whether anything but the noun itself makes it a name.
  bool IsName(TokenSpan span, TokenSpan noun) const {
    if ((Proper(noun) || Counted(noun)) && span.end > noun.end) return true;
    for (uint32_t at = span.begin; at < span.end; ++at) {
      if (at >= noun.begin && at < noun.end) continue;
      const Token& token = document_.tokens[at];
      if (IsOpeningQuote(token)) return true;
      if (token.kind == TokenKind::kWord && token.capitalized &&
          !cues_.Is(Cue::kFunctionWord, at) &&
          !cues_.Is(Cue::kEventModifier, at)) {
        return true;
      }
    }
    return false;
  }

 private:
  static bool IsOpeningQuote(const Token& token) {
    return token.kind == TokenKind::kSign &&
           (token.folded == "\"" || token.folded == "«") && token.space_before;
  }

  // A capital inside a sentence, where the next word has none: "le Forum de la
  // microfinance".
  bool Proper(TokenSpan noun) const {
    return document_.tokens[noun.begin].capitalized &&
           !sentence_start_[noun.begin] && noun.begin > 0 &&
           document_.SameUnit(noun.begin - 1, noun.begin) &&
           document_.tokens[noun.begin - 1].kind == TokenKind::kWord &&
           document_.SameUnit(noun.end, noun.begin) &&
           !document_.tokens[noun.end].capitalized;
  }

  // "la 4e session de", "the inaugural meeting of": one of a series, told by an
  // ordinal before its noun, other adjectives aside.
  bool Counted(TokenSpan noun) const {
    const CueMatch* known = cues_.EndingAt(Cue::kEventNoun, noun.end);
    if (known == nullptr || known->weight < 1) return false;
    for (uint32_t at = noun.begin; at > 0 && noun.begin - at < kLongestSide &&
                                   document_.SameUnit(at - 1, noun.begin);
         --at) {
      // "the 9e session", but not "the 5pm meeting".
      if (EndsNumeral(at - 1)) {
        return EndOfTime(document_, at - 2, at) == at - 2;
      }
      const CueMatch* modifier = cues_.EndingAt(Cue::kEventModifier, at);
      if (modifier == nullptr) return false;
      if (modifier->weight < 1) return true;
    }
    return false;
  }

  // "66ª", "9e": the letters of an ordinal in digits.
  bool EndsNumeral(uint32_t at) const {
    return at > 0 && !document_.tokens[at].space_before &&
           document_.tokens[at].kind == TokenKind::kWord &&
           document_.tokens[at - 1].kind == TokenKind::kNumber;
  }

  bool PlainWord(uint32_t at) const {
    const Token& token = document_.tokens[at];
    return token.kind == TokenKind::kWord && !token.capitalized &&
           !cues_.Is(Cue::kFunctionWord, at) && !Acts(at) && !IsDate(at);
  }

  bool Acts(uint32_t at) const {
    return cues_.Is(Cue::kAttend, at) || cues_.Is(Cue::kTravel, at) ||
           cues_.Is(Cue::kVisitVerb, at) || cues_.Is(Cue::kMeet, at) ||
           cues_.Is(Cue::kTalk, at) || cues_.Is(Cue::kAuxiliary, at) ||
           cues_.Is(Cue::kHost, at);
  }

  bool JoinsWords(uint32_t at) const {
    // "un sommet au Sénégal": where it is held.
    if (cues_.Is(Cue::kAt, at) && document_.SameUnit(at + 1, at) &&
        cues_.NamesCountry(at + 1)) {
      return false;
    }
    return cues_.Is(Cue::kOf, at) || cues_.Is(Cue::kConjunction, at) ||
           cues_.Is(Cue::kArticle, at) || cues_.Is(Cue::kEventLink, at);
  }

  bool NameWord(uint32_t at) const {
    const Token& token = document_.tokens[at];
    if (token.kind == TokenKind::kNumber) {
      // A year or an ordinal; other numbers belong to dates and counts.
      return token.folded.size() == 4 ||
             (document_.SameUnit(at + 1, at) &&
              !document_.tokens[at + 1].space_before &&
              document_.tokens[at + 1].kind == TokenKind::kWord);
    }
    if (token.kind != TokenKind::kWord) return false;
    if (cues_.Is(Cue::kEventModifier, at)) return true;
    if (EndsNumeral(at)) return true;
    if (!token.capitalized || cues_.Is(Cue::kFunctionWord, at)) return false;
    return cues_.Is(Cue::kEventNoun, at) || !Acts(at);
  }

  // "ministers", "defence", "bicentenario": may stand inside a name, but not
  // end it.
  bool FieldWord(uint32_t at) const {
    return cues_.Is(Cue::kRoleHeads, at) || cues_.Is(Cue::kRoleTopic, at) ||
           cues_.Is(Cue::kEventNoun, at);
  }

  // "cerimónia dos 40 anos da Associação": a count of years inside a name.
  bool Counts(uint32_t at) const {
    return document_.tokens[at].kind == TokenKind::kNumber &&
           document_.SameUnit(at + 1, at) &&
           document_.tokens[at + 1].kind == TokenKind::kWord &&
           !document_.tokens[at + 1].capitalized;
  }

  // The end of the adjective in lower case that stands right behind the noun of
  // a proper name, or `at`: "Forum helvético-coréen de l'innovation", "Dialogue
  // andin de l'eau".
  uint32_t EndOfAdjective(uint32_t at) const {
    if (!PlainWord(at) || cues_.Is(Cue::kFinite, at)) return at;
    uint32_t end = at + 1;
    while (document_.SameUnit(end + 1, at) &&
           document_.tokens[end].folded == "-" &&
           !document_.tokens[end].space_before) {
      end += 2;
    }
    if (demonym_[end - 1]) return end;
    // "le Forum réunit des chercheurs" goes on with an article.
    const bool of = document_.SameUnit(end, at) && cues_.Is(Cue::kOf, end) &&
                    !cues_.Is(Cue::kArticle, end);
    return of ? end : at;
  }

  bool IsDate(uint32_t at) const { return date_[at]; }

  uint32_t Left(TokenSpan noun) const {
    uint32_t begin = noun.begin;
    uint32_t at = noun.begin;
    while (at > 0 && noun.begin - at < kLongestSide &&
           document_.SameUnit(at - 1, noun.begin) && !sentence_start_[at]) {
      const uint32_t left = at - 1;
      const Token& token = document_.tokens[left];
      if (NameWord(left)) {
        // "In March Summit"? A date before the name is not part of it.
        begin = at = left;
        continue;
      }
      if (token.folded == "\"" && begin == at) {  // a title in quotes
        const uint32_t open = OpeningQuote(left);
        if (open == left) break;
        begin = at = open;
        continue;
      }
      const bool sign =
          token.kind == TokenKind::kSign &&
          (token.folded == "-" || token.folded == "/" || token.folded == "'" ||
           token.folded == ")" || token.folded == "(") &&
          at > 0;
      const bool joint =
          cues_.Is(Cue::kPossessive, left) ||
          ((cues_.Is(Cue::kOf, left) || cues_.Is(Cue::kConjunction, left)) &&
           document_.tokens[at].kind == TokenKind::kWord);
      if (!(sign || joint) || left == 0 ||
          !document_.SameUnit(left - 1, left) || !NameWord(left - 1) ||
          !document_.tokens[left - 1].capitalized) {
        break;
      }
      at = left;
    }
    return begin;
  }

  uint32_t OpeningQuote(uint32_t close) const {
    for (uint32_t at = close; at > 0 && close - at < kLongestSide; --at) {
      if (!document_.SameUnit(at - 1, close)) break;
      if (document_.tokens[at - 1].folded == "\"") return at - 1;
    }
    return close;
  }

  // The end of a quoted or bracketed piece that opens at `at`, or `at`.
  uint32_t Enclosed(uint32_t at) const {
    const std::string& open = document_.tokens[at].folded;
    std::string close;
    if (open == "\"") close = "\"";
    if (open == "«") close = "»";
    if (open == "(") close = ")";
    if (close.empty()) return at;
    for (uint32_t end = at + 1;
         document_.SameUnit(end, at) && end - at < kLongestSide; ++end) {
      if (document_.tokens[end].folded == close) return end + 1;
    }
    return at;
  }

  // "before meeting King X", "next week the Minister": somebody follows.
  bool BeginsOffice(uint32_t at) const {
    const uint32_t first = at;
    while (document_.SameUnit(at, first) && cues_.Is(Cue::kArticle, at) &&
           !cues_.Is(Cue::kOf, at)) {
      ++at;
    }
    return document_.SameUnit(at, first) &&
           (cues_.Is(Cue::kRoleHead, at) || cues_.Is(Cue::kHonorific, at));
  }

  uint32_t Right(TokenSpan noun) const {
    const bool proper = Proper(noun) || Counted(noun);
    const uint32_t first = proper ? EndOfAdjective(noun.end) : noun.end;
    uint32_t end = first;
    uint32_t at = first;
    if (BeginsOffice(first)) return end;
    while (document_.SameUnit(at, noun.begin) && at - noun.end < kLongestSide) {
      const Token& token = document_.tokens[at];
      const bool quote = token.folded == "\"" || token.folded == "«";
      if (quote || (token.folded == "(" && document_.SameUnit(at + 2, at) &&
                    document_.tokens[at + 2].folded == ")")) {
        const uint32_t past = Enclosed(at);
        if (past == at) break;
        at = end = past;
        continue;
      }
      if (NameWord(at) && (token.kind == TokenKind::kWord ||
                           document_.tokens[at - 1].capitalized)) {
        ++at;
        // A word in lower case belongs to it only if a capital follows:
        // "reunión informal de ministros de Defensa".
        if (proper || token.kind != TokenKind::kWord || token.capitalized) {
          end = at;
        }
        continue;
      }
      if (at > noun.end && FieldWord(at) && !token.capitalized) {
        ++at;
        if (proper) end = at;
        continue;
      }
      if (at > noun.end && Counts(at)) {
        at += 2;
        continue;
      }
      if (token.kind == TokenKind::kSign &&
          (token.folded == "-" || token.folded == "/" || token.folded == "'") &&
          document_.SameUnit(at + 1, at) && NameWord(at + 1) && at > noun.end) {
        ++at;
        continue;
      }
      // "of the Parties", "on African and Global Issues".
      if (!JoinsWords(at)) break;
      uint32_t next = at + 1;
      while (document_.SameUnit(next, at) && JoinsWords(next)) ++next;
      if (!document_.SameUnit(next, at)) break;
      if (!(NameWord(next) || FieldWord(next) || Counts(next)) ||
          IsDate(next)) {
        if (!proper || end > first || !PlainWord(next)) break;
        at = end = next + 1;
        continue;
      }
      // "and" joins words of one name only where a link came before it.
      if (cues_.Is(Cue::kConjunction, at) && end == noun.end) break;
      at = next;
    }
    return end;
  }

  const Document& document_;
  const CueIndex& cues_;
  std::vector<bool> sentence_start_;  // by token
  std::vector<bool> date_;            // by token
  std::vector<bool> demonym_;         // by token
};

// By token, the longest event series that covers it.
std::vector<const LexiconMatch*> SeriesByToken(const Document& document) {
  std::vector<const LexiconMatch*> series(document.tokens.size(), nullptr);
  for (const LexiconMatch& match : document.matches) {
    if (match.entry->kind != EntryKind::kEventSeries) continue;
    for (uint32_t at = match.begin; at < match.end; ++at) {
      if (series[at] == nullptr ||
          series[at]->end - series[at]->begin < match.end - match.begin) {
        series[at] = &match;
      }
    }
  }
  return series;
}

}  // namespace

std::vector<EventMention> FindEvents(const Document& document,
                                     const CueIndex& cues) {
  const Extent extent(document, cues);
  const std::vector<const LexiconMatch*> series = SeriesByToken(document);
  std::vector<EventMention> events;
  uint32_t taken = 0;
  for (uint32_t at = 0; at < document.tokens.size(); ++at) {
    const CueMatch* noun = cues.StartingAt(Cue::kEventNoun, at);
    const bool by_series =
        noun == nullptr && series[at] != nullptr && series[at]->begin == at;
    if ((noun == nullptr && !by_series) || at < taken) continue;
    EventMention event;
    if (noun != nullptr) {
      TokenSpan span = extent.Around({noun->begin, noun->end});
      span.begin = std::max(span.begin, taken);
      bool has_series = false;
      for (uint32_t in = span.begin; in < span.end; ++in) {
        has_series = has_series || series[in] != nullptr;
      }
      if (!has_series && !extent.IsName(span, {noun->begin, noun->end})) {
        continue;
      }
      event.span = span;
    } else {
      event.span = {series[at]->begin, series[at]->end};
      event.confidence = 0.4f;
      if (extent.LeadsToNoun(event.span)) continue;
    }
    uint32_t longest = 0;
    for (uint32_t in = event.span.begin; in < event.span.end; ++in) {
      if (series[in] == nullptr) continue;
      const uint32_t size = series[in]->end - series[in]->begin;
      if (size > longest) {
        longest = size;
        event.series_id = series[in]->entry->id;
      }
    }
    taken = event.span.end;
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace attache
