#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/query_service/support/full_records.h"
#include "tests/query_service/support/plain_words.h"
#include "tests/query_service/support/random_filter/kinds.h"

namespace attache::testing::random_filter {
namespace {

bool SameText(const std::string& held, const std::string& wanted) {
  const std::string key = PlainKey(wanted);
  return key.empty() ? PlainText(held) == PlainText(wanted)
                     : PlainKey(held) == key;
}

}  // namespace

bool TextMatches(const std::string& comparator, const std::string& pattern,
                 const std::string& held) {
  const std::string plain = PlainText(pattern);
  if (PlainMatches(plain, PlainText(held))) return true;
  if (comparator != ":") return false;
  for (const std::string& word : PlainWords(PlainText(held))) {
    if (PlainMatches(plain, word)) return true;
  }
  return false;
}

Kind<std::string> Written() {
  return {kEqualities, [](Dice& dice, const std::string& comparator) {
            if (dice.OneIn(4)) {
              const std::string pattern = dice.One(kPatterns);
              return InAnyLanguage<std::string>(
                  Quoted(dice, pattern), [=](const std::string& held) {
                    return TextMatches(comparator, pattern, held);
                  });
            }
            if (comparator == "=") {
              const std::string text = dice.One(SharedTexts());
              return InAnyLanguage<std::string>(Quoted(dice, text),
                                                [=](const std::string& held) {
                                                  return SameText(held, text);
                                                });
            }
            std::string words = dice.One(SharedWords());
            if (dice.OneIn(3)) {
              absl::StrAppend(&words, dice.OneIn(2) ? " " : ", ",
                              dice.One(SharedWords()));
            }
            return Part<std::string>{
                Quoted(dice, words),
                [=](const std::string& held, const std::string& language) {
                  return PlainHoldsWords(language, held, words);
                }};
          }};
}

Kind<std::string> Publishers() {
  return {{"="}, [](Dice& dice, const std::string&) {
            const std::string name =
                dice.One(Strings{"agencia central", "Agência-Central",
                                 "Ministry", "The daily wire room", "*wire*"});
            return InAnyLanguage<std::string>(
                Quoted(dice, name), [name](const std::string& held) {
                  return name[0] == '*' ? TextMatches("=", name, held)
                                        : SameText(held, name);
                });
          }};
}

Kind<std::string> Ids(Strings values, Strings patterns, Strings comparators) {
  return {std::move(comparators),
          [=](Dice& dice, const std::string& comparator) {
            const bool equality = comparator == "=" || comparator == ":";
            if (equality && dice.OneIn(4)) {
              const std::string pattern = dice.One(patterns);
              return InAnyLanguage<std::string>(
                  Quoted(dice, pattern), [=](const std::string& held) {
                    return PlainMatches(pattern, held);
                  });
            }
            const std::string value = dice.One(values);
            return InAnyLanguage<std::string>(
                Quoted(dice, absl::StrReplaceAll(value, {{"*", "\\*"}})),
                [=](const std::string& held) {
                  return Compare(comparator, held, value);
                });
          }};
}

Kind<std::string> RoleIds() {
  return Ids({"head_of_state", "foreign_minister", "none"},
             {"*minister", "head*"});
}

}  // namespace attache::testing::random_filter
