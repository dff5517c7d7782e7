#include "ingestor/passes/find_places.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/text/fold.h"
#include "ingestor/passes/cue_index.h"

namespace attache {
namespace {

// What a town's own country, told elsewhere in the text, adds to its score;
// less than one told right behind the name.
constexpr float kSettled = 5;
// People of a capital that is likelier meant than whatever else has its name.
constexpr int64_t kLargeCapital = 300000;

// One thing that a name may stand for.
struct Meaning {
  PlaceKind kind = PlaceKind::kCountry;
  std::string id;  // alpha-2, or the region's id
  const Place* place = nullptr;
};

// A name in the text with all its meanings.
struct Name {
  TokenSpan span;
  std::vector<Meaning> meanings;
};

bool ReadMeaning(const LexiconEntry& entry, const Vocabulary& vocabulary,
                 Meaning* meaning) {
  meaning->id = entry.id;
  switch (entry.kind) {
    case EntryKind::kCountry:
      meaning->kind = PlaceKind::kCountry;
      return true;
    case EntryKind::kDemonym:
      meaning->kind = PlaceKind::kDemonym;
      return true;
    case EntryKind::kRegion:
      meaning->kind = PlaceKind::kRegion;
      return true;
    case EntryKind::kPlace:
      meaning->kind = PlaceKind::kPlace;
      meaning->place = vocabulary.FindPlace(entry.qualifier);
      return meaning->place != nullptr;
    default:
      return false;
  }
}

// The names of the text, leftmost and longest first.
std::vector<Name> ReadNames(const Document& document,
                            const Vocabulary& vocabulary) {
  std::vector<Name> names;
  uint32_t taken = 0;
  for (const LexiconMatch& match : document.matches) {
    Meaning meaning;
    if (!ReadMeaning(*match.entry, vocabulary, &meaning)) continue;
    const TokenSpan span{match.begin, match.end};
    if (!names.empty() && names.back().span == span) {
      names.back().meanings.push_back(std::move(meaning));
      continue;
    }
    if (match.begin < taken) continue;
    names.push_back({span, {std::move(meaning)}});
    taken = match.end;
  }
  return names;
}

// Countries that the text speaks of without any doubt.
struct Context {
  absl::flat_hash_set<std::string> countries;
  // Countries of towns other than their capitals: what speaks for a province
  // of the same name as a country.
  absl::flat_hash_set<std::string> towns;
  // Countries of capitals.
  absl::flat_hash_set<std::string> capitals;
};

Context ReadContext(const std::vector<Name>& names) {
  Context context;
  for (const Name& name : names) {
    if (name.meanings.size() != 1) continue;
    const Meaning& meaning = name.meanings.front();
    if (meaning.kind == PlaceKind::kRegion) continue;
    if (meaning.place == nullptr) {
      context.countries.insert(meaning.id);
    } else if (!meaning.place->ambiguous) {
      (meaning.place->kind == "capital" ? context.capitals : context.towns)
          .insert(meaning.id);
    }
  }
  return context;
}

// "Paris, Texas", "Nogales (Sonora)", "Santiago, the Dominican Republic's
// second city", "Córdoba, en Argentina": the name that qualifies names[i].
const Name* Qualifier(const Document& document, const CueIndex& cues,
                      const std::vector<Name>& names, size_t i) {
  if (i + 1 >= names.size()) return nullptr;
  const Name& next = names[i + 1];
  const uint32_t sign = names[i].span.end;
  if (next.span.begin <= sign || next.span.begin > sign + 3) return nullptr;
  if (document.unit_of[sign] != document.unit_of[next.span.begin] ||
      document.unit_of[sign] != document.unit_of[names[i].span.begin]) {
    return nullptr;
  }
  const std::string& text = document.tokens[sign].folded;
  if (text != "," && text != "(") return nullptr;
  for (uint32_t at = sign + 1; at < next.span.begin; ++at) {
    if (!cues.Is(Cue::kArticle, at) && !cues.Is(Cue::kAt, at)) return nullptr;
  }
  return &next;
}

bool QualifiedBy(const Meaning& meaning, const Name* qualifier) {
  if (qualifier == nullptr || meaning.place == nullptr) return false;
  return std::any_of(qualifier->meanings.begin(), qualifier->meanings.end(),
                     [&](const Meaning& other) {
                       return other.id == meaning.id &&
                              other.place != meaning.place;
                     });
}

// By the folded name of a town of several countries: the country that the text
// first puts it in.
using SettledTowns = absl::flat_hash_map<std::string, std::string>;

SettledTowns SettleTowns(const Document& document, const CueIndex& cues,
                         const std::vector<Name>& names) {
  SettledTowns settled;
  for (size_t i = 0; i < names.size(); ++i) {
    const Name* qualifier = Qualifier(document, cues, names, i);
    for (const Meaning& meaning : names[i].meanings) {
      if (names[i].meanings.size() > 1 && QualifiedBy(meaning, qualifier)) {
        settled.try_emplace(FoldToKey(document.TextOf(names[i].span)),
                            meaning.id);
      }
    }
  }
  return settled;
}

// "Portsmouth, New Hampshire": the province behind a town of many namesakes
// that lies in none of the countries known to have one; nullptr elsewhere.
const Meaning* ElsewhereProvince(const Name& name, const Meaning& best,
                                 const Name* qualifier) {
  if (best.place == nullptr || !best.place->ambiguous || qualifier == nullptr ||
      qualifier->meanings.size() != 1) {
    return nullptr;
  }
  const Meaning& province = qualifier->meanings.front();
  if (province.place == nullptr || province.place->kind != "site") {
    return nullptr;
  }
  for (const Meaning& meaning : name.meanings) {
    if (meaning.id == province.id) return nullptr;
  }
  return &province;
}

float BaseScore(const Meaning& meaning) {
  switch (meaning.kind) {
    case PlaceKind::kCountry:
      return 4;
    case PlaceKind::kDemonym:
      return 3.5f;
    case PlaceKind::kRegion:
      return 3;
    case PlaceKind::kPlace:
      break;
  }
  float score = meaning.place->kind == "capital" ? 2.5f : 1;
  if (meaning.place->ambiguous) score -= 1;
  // Up to 0.8 for the largest towns.
  int64_t population = meaning.place->population;
  for (; population >= 10; population /= 10) score += 0.1f;
  return score;
}

float Score(const Meaning& meaning, const Context& context,
            const Name* qualifier, const Name* qualified) {
  float score = BaseScore(meaning);
  if (meaning.kind == PlaceKind::kRegion) return score;
  if (qualifier != nullptr) {
    for (const Meaning& other : qualifier->meanings) {
      if (other.id == meaning.id && &other != &meaning) {
        score += 8;
        break;
      }
    }
  }
  // "Atlanta, Georgia" and "Tbilisi, Georgia": the town tells which one.
  if (qualified != nullptr) {
    for (const Meaning& town : qualified->meanings) {
      if (town.id == meaning.id && town.place != nullptr) {
        score += 8;
        break;
      }
    }
  }
  if (meaning.place == nullptr) {
    if (context.capitals.contains(meaning.id)) score += 4;
    if (context.countries.contains(meaning.id)) score += 2;
    if (context.towns.contains(meaning.id)) score += 2;
  } else {
    if (context.towns.contains(meaning.id)) score += 3.5f;
    if (context.countries.contains(meaning.id)) score += 2;
  }
  return score;
}

bool SameUnit(const Document& document, uint32_t a, uint32_t b) {
  return document.unit_of[a] == document.unit_of[b];
}

// Looks at what stands around a name. All methods O(1).
class Surroundings {
 public:
  Surroundings(const Document& document, const CueIndex& cues)
      : document_(document), cues_(cues) {}

  // The next or previous word in the same unit with nothing but space between.
  int Next(TokenSpan span) const {
    const uint32_t at = span.end;
    if (at >= document_.tokens.size() || !SameUnit(document_, span.begin, at) ||
        document_.tokens[at].kind != TokenKind::kWord) {
      return -1;
    }
    return static_cast<int>(at);
  }
  int Previous(TokenSpan span) const {
    if (span.begin == 0 || !SameUnit(document_, span.begin, span.begin - 1) ||
        document_.tokens[span.begin - 1].kind != TokenKind::kWord) {
      return -1;
    }
    return static_cast<int>(span.begin - 1);
  }

  bool UnknownCapital(int token) const {
    return token >= 0 && document_.tokens[token].capitalized &&
           !cues_.Ordinary(token);
  }

  bool After(Cue cue, TokenSpan span) const {
    if (span.begin == 0) return false;
    if (cues_.EndingAt(cue, span.begin) != nullptr) return true;
    // "in the Netherlands", "University of the Philippines".
    return cues_.Is(Cue::kArticle, span.begin - 1) &&
           cues_.EndingAt(cue, span.begin - 1) != nullptr;
  }

  // "Paris Agreement", "American Free University".
  bool BeforeNamedBody(TokenSpan span) const {
    for (uint32_t at = span.end;
         at < document_.tokens.size() && at < span.end + 3 &&
         SameUnit(document_, span.begin, at);
         ++at) {
      if (cues_.StartingAt(Cue::kNamedBodyAfter, at) != nullptr) return true;
      const Token& token = document_.tokens[at];
      const bool joins = token.kind == TokenKind::kWord && token.capitalized &&
                         !cues_.Is(Cue::kRoleHead, at);
      if (!joins) return false;
    }
    return false;
  }

  // "Secretary Jordan", "Chad Smith", "Michael Jordan".
  bool InPersonName(TokenSpan span, const Meaning& meaning) const {
    if (meaning.kind == PlaceKind::kDemonym ||
        meaning.kind == PlaceKind::kRegion) {
      return false;
    }
    const int next = Next(span);
    const int previous = Previous(span);
    const bool titled =
        previous >= 0 && document_.tokens[previous].capitalized &&
        (cues_.EndingAt(Cue::kHonorific, span.begin) != nullptr ||
         cues_.EndingAt(Cue::kRoleHead, span.begin) != nullptr);
    const bool named = cues_.Is(Cue::kAlsoPersonName, span.begin) ||
                       (meaning.place != nullptr && meaning.place->ambiguous);
    if (UnknownCapital(next)) return named || titled;
    if (!named) return false;
    if (titled) return true;
    return UnknownCapital(previous) && !After(Cue::kAt, span) && previous > 0 &&
           SameUnit(document_, previous, previous - 1) &&
           document_.tokens[previous - 1].kind == TokenKind::kWord;
  }

  // "the Finnish capital", "the capital of Finland": a place in that state.
  // The name with these words; the name alone where there are none.
  TokenSpan WithCapital(TokenSpan span, PlaceKind kind) const {
    if (kind == PlaceKind::kDemonym) {
      const int next = Next(span);
      const int previous = Previous(span);
      if (previous >= 0 && cues_.Is(Cue::kCapitalNoun, previous))
        --span.begin;
      else if (next >= 0 && cues_.Is(Cue::kCapitalNoun, next))
        ++span.end;
      return span;
    }
    if (kind != PlaceKind::kCountry) return span;
    int of = Previous(span);
    if (of > 0 && cues_.Is(Cue::kArticle, of) && !cues_.Is(Cue::kOf, of)) --of;
    if (of > 0 && SameUnit(document_, span.begin, of - 1) &&
        cues_.Is(Cue::kOf, of) && cues_.Is(Cue::kCapitalNoun, of - 1)) {
      span.begin = static_cast<uint32_t>(of - 1);
    }
    return span;
  }

  bool Located(TokenSpan span) const {
    return After(Cue::kAt, span) || After(Cue::kTowards, span) ||
           After(Cue::kFrom, span) || After(Cue::kVisitVerb, span);
  }

 private:
  const Document& document_;
  const CueIndex& cues_;
};

// A town whose name is likelier something else counts only where the text
// speaks of its country, or stands it where a place must be.
bool HasSupport(const Meaning& meaning, const Name& name,
                const Context& context, const Name* qualifier,
                const Name* qualified, const Surroundings& around) {
  if (meaning.place == nullptr || !meaning.place->ambiguous) return true;
  // "Washington refuses": a large capital needs nobody's word.
  if (meaning.place->kind == "capital" &&
      meaning.place->population >= kLargeCapital) {
    return true;
  }
  if (qualifier != nullptr || qualified != nullptr) return true;
  return context.countries.contains(meaning.id) ||
         context.capitals.contains(meaning.id) || around.Located(name.span);
}

// A list of places shares its first one's preposition.
bool ContinuesList(const Document& document, const CueIndex& cues,
                   const PlaceMention& previous, TokenSpan span) {
  if (span.begin - previous.span.end > 3 ||
      !SameUnit(document, previous.span.begin, span.begin)) {
    return false;
  }
  for (uint32_t at = previous.span.end; at < span.begin; ++at) {
    const std::string& text = document.tokens[at].folded;
    if (text != "," && text != ";" && text != "(" &&
        !cues.Is(Cue::kConjunction, at) && !cues.Is(Cue::kArticle, at)) {
      return false;
    }
  }
  return previous.span.end < span.begin;
}

}  // namespace

std::vector<PlaceMention> FindPlaces(const Document& document,
                                     const Vocabulary& vocabulary,
                                     IssueSink& issues) {
  const CueIndex cues(document);
  const Surroundings around(document, cues);
  const std::vector<Name> names = ReadNames(document, vocabulary);
  const Context context = ReadContext(names);
  const SettledTowns settled = SettleTowns(document, cues, names);

  std::vector<PlaceMention> mentions;
  absl::flat_hash_set<std::string> doubtful;  // names that were reported
  bool previous_located = false;
  for (size_t i = 0; i < names.size(); ++i) {
    const Name& name = names[i];
    const Name* qualifier = Qualifier(document, cues, names, i);
    const Name* qualified =
        i > 0 && Qualifier(document, cues, names, i - 1) != nullptr
            ? &names[i - 1]
            : nullptr;
    const auto known = name.meanings.size() > 1
                           ? settled.find(FoldToKey(document.TextOf(name.span)))
                           : settled.end();
    const auto score_of = [&](const Meaning& meaning) {
      const bool is_settled =
          known != settled.end() && known->second == meaning.id;
      return Score(meaning, context, qualifier, qualified) +
             (is_settled ? kSettled : 0);
    };
    const Meaning* best = nullptr;
    float best_score = 0;
    for (const Meaning& meaning : name.meanings) {
      const float score = score_of(meaning);
      if (best == nullptr || score > best_score) {
        best_score = score;
        best = &meaning;
      }
    }
    // The country that the name stands for nearly as well.
    const Meaning* rival = nullptr;
    for (const Meaning& meaning : name.meanings) {
      if (meaning.id != best->id && best_score - score_of(meaning) < 0.5f) {
        rival = &meaning;
      }
    }
    // "US$3 billion".
    const uint32_t behind = name.span.end;
    if (behind < document.tokens.size() &&
        document.tokens[behind].folded == "$" &&
        !document.tokens[behind].space_before) {
      continue;
    }
    if (!HasSupport(*best, name, context, qualifier, qualified, around))
      continue;

    PlaceMention mention;
    mention.kind = best->kind;
    mention.span = name.span;
    mention.place = best->place;
    (best->kind == PlaceKind::kRegion ? mention.region_id
                                      : mention.country_code) = best->id;
    if (const Meaning* province = ElsewhereProvince(name, *best, qualifier)) {
      mention.place = province->place;
      mention.country_code = province->id;
    }
    mention.inside_name = around.BeforeNamedBody(name.span) ||
                          around.After(Cue::kNamedBodyBefore, name.span) ||
                          around.After(Cue::kLanguageBefore, name.span) ||
                          around.InPersonName(name.span, *best);
    const bool located =
        around.Located(name.span) ||
        (previous_located && !mentions.empty() &&
         ContinuesList(document, cues, mentions.back(), name.span));
    mention.span = around.WithCapital(name.span, best->kind);
    if (mention.span != name.span) mention.kind = PlaceKind::kCountry;
    if (best->place != nullptr && best->place->kind == "capital" && !located &&
        qualifier == nullptr) {
      mention.as_government = true;
      // "Brussels" alone is the Union, not Belgium.
      if (cues.Is(Cue::kSeatOfBodies, name.span.begin)) {
        mention.inside_name = true;
      }
    }
    if (rival != nullptr) {
      mention.confidence = 0.6f;
      const absl::string_view text = document.TextOf(name.span);
      if (doubtful.insert(FoldToKey(text)).second) {
        issues.Report("AMBIGUOUS_PLACE",
                      absl::StrCat("\"", text, "\" was read as ", best->id,
                                   ", but may be ", rival->id, "."),
                      document.RangeOf(name.span));
      }
    }
    previous_located = located;
    mentions.push_back(std::move(mention));
  }
  return mentions;
}

}  // namespace attache
