#include "ingestor/passes/companion_names.h"

#include <algorithm>

#include "ingestor/passes/text_order.h"

namespace attache {
namespace {

// Tokens behind the words for company.
constexpr uint32_t kLongestList = 60;
// Tokens of what somebody is called before their name.
constexpr uint32_t kLongestCalling = 5;
constexpr int kFewestWords = 2;
constexpr int kMostWords = 4;

class CompanionReader {
 public:
  CompanionReader(const Document& document, const CueIndex& cues,
                  const NameReader& names,
                  const std::vector<PlaceMention>& places,
                  const std::vector<bool>& taken)
      : document_(document),
        cues_(cues),
        names_(names),
        places_(places),
        taken_(taken) {}

  // Those in [begin, end), which a word for company leads to.
  void Read(uint32_t begin, uint32_t end, std::vector<TokenSpan>* found) const {
    for (uint32_t at = begin; at < end && !GoesOnOtherwise(at);) {
      const TokenSpan name = NameAt(at, begin);
      if (name.empty() || name.end > end) {
        ++at;
        continue;
      }
      found->push_back(name);
      at = name.end;
    }
  }

 private:
  // "who will sign", "; the talks with".
  bool GoesOnOtherwise(uint32_t at) const {
    if (document_.tokens[at].folded == ";") return true;
    for (const Cue cue :
         {Cue::kRelative, Cue::kMeet, Cue::kHost, Cue::kTalk, Cue::kAttend,
          Cue::kSaid, Cue::kVisitVerb, Cue::kTravel, Cue::kArrive}) {
      if (cues_.Is(cue, at)) return true;
    }
    return false;
  }

  TokenSpan NameAt(uint32_t at, uint32_t begin) const {
    const TokenSpan none{at, at};
    if (taken_[at] || !document_.tokens[at].capitalized ||
        (at > begin && !MayStandBefore(at - 1))) {
      return none;
    }
    const TokenSpan name = names_.Forward(at);
    if (name.empty()) return none;
    const int words = names_.WordCount(name);
    const bool any_taken =
        std::find(taken_.begin() + name.begin, taken_.begin() + name.end,
                  true) != taken_.begin() + name.end;
    if (words < kFewestWords || words > kMostWords || any_taken ||
        HoldsPlace(name) || IsAcronym(name.begin) ||
        !MayStandBehind(name.end, at) || !IsCalledSomebody(name, begin)) {
      return none;
    }
    return name;
  }

  // "by X", ", X", "and X", "engineer X", but not "of X", "the X", "Lake X".
  bool MayStandBefore(uint32_t at) const {
    const Token& token = document_.tokens[at];
    if (token.kind == TokenKind::kSign) return token.folded == ",";
    if (cues_.Is(Cue::kHonorific, at) || cues_.Is(Cue::kConjunction, at)) {
      return true;
    }
    if (token.capitalized) return false;
    for (const Cue cue : {Cue::kArticle, Cue::kFunctionWord, Cue::kOf, Cue::kAt,
                          Cue::kFrom, Cue::kTowards}) {
      if (cues_.Is(cue, at)) return false;
    }
    return true;
  }

  // "X, an engineer", "X of the port", but not "X officers".
  bool MayStandBehind(uint32_t at, uint32_t in) const {
    if (!document_.SameUnit(at, in)) return true;
    const Token& token = document_.tokens[at];
    if (token.kind == TokenKind::kSign) {
      return token.folded != "-" && token.folded != "'s" &&
             token.folded != "/" && token.folded != "&";
    }
    return token.kind == TokenKind::kWord && cues_.Is(Cue::kFunctionWord, at);
  }

  // A body looks like a person; somebody is "engineer X", "Dr. X" or "X, a
  // botanist".
  bool IsCalledSomebody(TokenSpan name, uint32_t begin) const {
    const uint32_t before = name.begin - 1;
    if (name.begin > begin &&
        document_.tokens[before].kind != TokenKind::kSign &&
        !cues_.Is(Cue::kConjunction, before)) {
      return !IsOfElsewhere(name.begin, begin);
    }
    const uint32_t behind = name.end + 1;
    return document_.SameUnit(behind, name.begin) &&
           document_.tokens[name.end].folded == "," &&
           document_.tokens[behind].kind == TokenKind::kWord &&
           !document_.tokens[behind].capitalized &&
           !cues_.Is(Cue::kConjunction, behind);
  }

  // "Peruvian singer X", "Lima artist X": likelier somebody of the place.
  bool IsOfElsewhere(uint32_t name, uint32_t begin) const {
    uint32_t from = name;
    while (from > begin && name - from < kLongestCalling &&
           document_.tokens[from - 1].kind != TokenKind::kSign &&
           !cues_.Is(Cue::kConjunction, from - 1)) {
      --from;
    }
    const auto place = FirstFrom(places_, from);
    return place != places_.end() && place->span.begin < name;
  }

  // "NATO Parliamentary Assembly"; but many write "Jean DUPONT".
  bool IsAcronym(uint32_t first) const {
    const Token& token = document_.tokens[first];
    return token.all_caps && token.folded.size() > 2;
  }

  bool HoldsPlace(TokenSpan name) const {
    const auto place = FirstFrom(places_, name.begin);
    return place != places_.end() && place->span.begin < name.end;
  }

  const Document& document_;
  const CueIndex& cues_;
  const NameReader& names_;
  const std::vector<PlaceMention>& places_;
  const std::vector<bool>& taken_;
};

}  // namespace

std::vector<TokenSpan> CompanionNames(const Document& document,
                                      const CueIndex& cues,
                                      const NameReader& names,
                                      const std::vector<PlaceMention>& places,
                                      const std::vector<bool>& taken) {
  const CompanionReader reader(document, cues, names, places, taken);
  std::vector<TokenSpan> found;
  for (const Sentence& sentence : document.sentences) {
    for (const Cue kind : {Cue::kWithCompanions, Cue::kDelegationIs}) {
      for (const CueMatch& cue : cues.AllIn(kind, sentence.tokens)) {
        if (cue.weight < 1) continue;
        const uint32_t begin = std::min(cue.end, sentence.tokens.end);
        reader.Read(begin, std::min(sentence.tokens.end, begin + kLongestList),
                    &found);
      }
    }
  }
  std::sort(found.begin(), found.end(),
            [](TokenSpan a, TokenSpan b) { return a.begin < b.begin; });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace attache
