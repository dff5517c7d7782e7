#include "ingestor/passes/names_beside_offices.h"

namespace attache {

NamesBesideOffices::NamesBesideOffices(const Document& document,
                                       const CueIndex& cues,
                                       const NameReader& names,
                                       const PersonRegister& known)
    : document_(document), cues_(cues), names_(names), known_(known) {
  for (const Token& token : document.tokens) {
    if (token.capitalized) ++capitalized_[token.folded];
  }
}

TokenSpan NamesBesideOffices::At(uint32_t begin) const {
  const TokenSpan name = names_.Forward(begin);
  if (name.empty() || !known_.InHeadline(begin)) return name;
  return known_.KnownPart(name);
}

// "antony Blinken": a first name that lost its capital, between an office
// and a surname.
TokenSpan NamesBesideOffices::LowerCaseName(uint32_t at) const {
  const Token& token = document_.tokens[at];
  if (token.kind != TokenKind::kWord || token.capitalized ||
      cues_.Ordinary(at) || !document_.SameUnit(at + 1, at) ||
      !names_.IsNameWord(at + 1)) {
    return {at, at};
  }
  const TokenSpan rest = names_.Forward(at + 1);
  if (rest.empty()) return {at, at};
  // Only where the surname stands elsewhere too.
  const auto seen = capitalized_.find(document_.tokens[rest.end - 1].folded);
  if (seen == capitalized_.end() || seen->second < 2) return {at, at};
  return {at, rest.end};
}

// "Special Envoy for the Great Lakes Maria Reyes": where the field ends in a
// word that nothing explains, the next one is likelier its second than the
// first of three names.
TokenSpan NamesBesideOffices::WithoutField(const Role& role,
                                           TokenSpan name) const {
  if (!role.has_complement || name.begin != role.span.end ||
      !names_.IsNameWord(role.span.end - 1) || names_.WordCount(name) < 3) {
    return name;
  }
  const TokenSpan rest = names_.Forward(name.begin + 1);
  return rest.end == name.end &&
                 names_.WordCount(rest) + 1 == names_.WordCount(name)
             ? rest
             : name;
}

TokenSpan NamesBesideOffices::Behind(const Role& role) const {
  const uint32_t at = role.whole_end;
  if (!document_.SameUnit(at, role.head.begin)) return {at, at};
  uint32_t begin = names_.SkipHonorifics(at);
  if (!document_.SameUnit(begin, role.head.begin)) return {at, at};
  TokenSpan name = At(begin);
  if (!name.empty()) return WithoutField(role, name);
  if (document_.tokens[role.head.begin].capitalized) {
    name = LowerCaseName(begin);
    if (!name.empty()) return name;
  }
  if (document_.tokens[at].folded != ",") return {at, at};
  begin = names_.SkipHonorifics(at + 1);
  if (!document_.SameUnit(begin, role.head.begin)) return {at, at};
  name = At(begin);
  if (name.empty()) return {at, at};
  // An apposition, not the next one of a list: "the Minister of Finance,
  // Kyriakos Pierrakakis, and". A surname alone needs its title.
  if (names_.WordCount(name) < 2 && begin == at + 1) return {at, at};
  return EndsApposition(name.end, role.head.begin) ? name : TokenSpan{at, at};
}

bool NamesBesideOffices::EndsApposition(uint32_t at, uint32_t in) const {
  if (!document_.SameUnit(at, in)) return true;
  const Token& token = document_.tokens[at];
  if (token.kind == TokenKind::kSign) return token.folded != "-";
  return !token.capitalized;
}

TokenSpan NamesBesideOffices::Before(const Role& role) const {
  const uint32_t comma = role.whole_begin - 1;
  if (role.whole_begin < 2 || !document_.SameUnit(comma, role.head.begin) ||
      (document_.tokens[comma].folded != "," &&
       document_.tokens[comma].folded != "(") ||
      !document_.SameUnit(comma - 1, role.head.begin)) {
    return {comma, comma};
  }
  const TokenSpan name = names_.Backward(comma);
  if (name.empty() || !document_.SameUnit(name.begin, role.head.begin)) {
    return {comma, comma};
  }
  return name;
}

}  // namespace attache
