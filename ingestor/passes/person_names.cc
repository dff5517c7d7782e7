#include "ingestor/passes/person_names.h"

#include <algorithm>

namespace attache {
namespace {

constexpr uint32_t kLongestName = 12;  // tokens
// With its hyphens, tokens; a longer chain falls into several.
constexpr uint32_t kLongestWord = 64;

}  // namespace

bool NameReader::IsInitial(uint32_t token) const {
  const Token& word = document_.tokens[token];
  if (word.kind != TokenKind::kWord || !word.capitalized) return false;
  const size_t size = word.folded.size();
  return size == 1 || (size == 2 && word.folded[1] == '.');
}

bool NameReader::IsHyphen(uint32_t token) const {
  const Token& sign = document_.tokens[token];
  return sign.folded == "-" && !sign.space_before &&
         token + 1 < document_.tokens.size() &&
         !document_.tokens[token + 1].space_before &&
         document_.tokens[token + 1].kind == TokenKind::kWord;
}

bool NameReader::IsSuffix(uint32_t token) const {
  return cues_.Is(Cue::kNameSuffix, token);
}

bool NameReader::IsNameWord(uint32_t token) const {
  const Token& word = document_.tokens[token];
  if (word.kind != TokenKind::kWord || !word.capitalized) return false;
  if (cues_.Is(Cue::kPossessive, token)) return false;
  if (cues_.Is(Cue::kAlsoPersonName, token)) return true;
  return !cues_.Ordinary(token) && word.folded.size() > 1;
}

uint32_t NameReader::WordEnd(uint32_t token) const {
  uint32_t end = token + 1;
  while (end - token < kLongestWord && document_.SameUnit(end, token) &&
         IsHyphen(end)) {
    end += 2;
  }
  return end;
}

uint32_t NameReader::SkipHonorifics(uint32_t token) const {
  const uint32_t first = token;
  while (document_.SameUnit(token, first) && token - first < kLongestName) {
    const CueMatch* title = cues_.StartingAt(Cue::kHonorific, token);
    if (title == nullptr) break;
    token = title->end;
    // A stop that is no part of the abbreviation's token.
    if (token < document_.tokens.size() &&
        document_.tokens[token].folded == "." &&
        !document_.tokens[token].space_before) {
      ++token;
    }
  }
  return token;
}

uint32_t NameReader::AfterParticle(uint32_t at, bool inside) const {
  if (!cues_.Is(Cue::kNameParticle, at) ||
      !(inside || document_.tokens[at].capitalized)) {
    return at;
  }
  uint32_t next = at + 1;
  if (document_.SameUnit(next, at) && IsHyphen(next)) ++next;
  if (document_.SameUnit(next, at) && cues_.Is(Cue::kNameParticle, next))
    ++next;
  if (!document_.SameUnit(next, at)) return at;
  // Inside a name also a word that is known as something else: "Al Said"; but
  // "el rey Felipe de España" is of Spain.
  const bool name =
      IsNameWord(next) ||
      (inside && document_.tokens[next].capitalized &&
       !cues_.NamesCountry(next) &&
       document_.tokens[next].kind == TokenKind::kWord &&
       !cues_.Is(Cue::kFunctionWord, next) && !cues_.Is(Cue::kRoleHead, next));
  return name ? WordEnd(next) : at;
}

TokenSpan NameReader::Forward(uint32_t token) const {
  TokenSpan name{token, token};
  uint32_t at = token;
  bool whole = false;
  while (document_.SameUnit(at, token) && at - token < kLongestName) {
    if (at > token && IsSuffix(at)) {
      name.end = ++at;
      continue;
    }
    // "bin Salman", "de la Vega", "Al-Alimi".
    const uint32_t after = AfterParticle(at, at > token);
    if (after != at) {
      at = name.end = after;
      whole = true;
      continue;
    }
    if (IsNameWord(at)) {
      at = name.end = WordEnd(at);
      whole = true;
      continue;
    }
    if (!IsInitial(at) || cues_.Is(Cue::kFunctionWord, at)) break;
    ++at;
    if (document_.SameUnit(at, token) && document_.tokens[at].folded == "." &&
        !document_.tokens[at].space_before) {
      ++at;
    }
    if (whole) name.end = at;
  }
  if (!whole) return {token, token};
  // A comma before a suffix: "John Smith, Jr."
  if (document_.SameUnit(name.end + 1, token) &&
      document_.tokens[name.end].folded == "," && IsSuffix(name.end + 1) &&
      !IsNameWord(name.end + 1)) {
    name.end += 2;
  }
  return name;
}

TokenSpan NameReader::Backward(uint32_t end) const {
  if (end == 0) return {end, end};
  uint32_t begin = end;
  while (begin > 0 && end - begin < kLongestName &&
         document_.SameUnit(begin - 1, end - 1)) {
    const uint32_t at = begin - 1;
    if (IsNameWord(at) || IsInitial(at) || IsSuffix(at) ||
        (begin < end && (IsHyphen(at) || cues_.Is(Cue::kNameParticle, at) ||
                         document_.tokens[at].folded == "."))) {
      // A word after a hyphen may be in lower case: "Chan-o-cha".
      begin = at;
      continue;
    }
    if (at > 0 && document_.tokens[at].kind == TokenKind::kWord &&
        IsHyphen(at - 1)) {
      begin = at;
      continue;
    }
    break;
  }
  // What was taken must itself read as one name, without its title: "S.E.".
  for (; begin < end; ++begin) {
    if (const uint32_t past = SkipHonorifics(begin); past < end) begin = past;
    const TokenSpan name = Forward(begin);
    if (name.end == end && !name.empty()) return name;
  }
  return {end, end};
}

int NameReader::WordCount(TokenSpan name) const {
  int count = 0;
  for (uint32_t at = name.begin; at < name.end; ++at) {
    if (document_.tokens[at].kind == TokenKind::kWord &&
        (at == name.begin || !IsHyphen(at - 1))) {
      ++count;
    }
  }
  return count;
}

std::vector<std::string> NameReader::KeyWords(TokenSpan name) const {
  std::vector<std::string> words;
  for (uint32_t at = name.begin; at < name.end;) {
    const uint32_t end = std::min(WordEnd(at), name.end);
    const bool word = document_.tokens[at].kind == TokenKind::kWord &&
                      !IsInitial(at) && !IsSuffix(at) &&
                      !(cues_.Is(Cue::kNameParticle, at) && end == at + 1);
    if (word) {
      std::string key;
      for (uint32_t part = at; part < end; ++part) {
        if (document_.tokens[part].kind == TokenKind::kWord) {
          key += document_.tokens[part].folded;
        }
      }
      words.push_back(std::move(key));
    }
    at = end;
  }
  return words;
}

}  // namespace attache
