#include "ingestor/passes/detect_language.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/document_from_text.h"

namespace attache {
namespace {

struct Decision {
  std::string language;
  std::string issue;
};

Decision Decide(absl::string_view text, absl::string_view given = "") {
  const Document document = DocumentFromText(text);
  IssueSink issues;
  Decision decision;
  decision.language =
      DecideLanguage(document, given, SharedVocabulary(), issues);
  for (const Issue& issue : issues.issues()) decision.issue += issue.code;
  return decision;
}

constexpr char kEnglish[] =
    "The minister will travel to the capital on Monday for talks with her "
    "counterpart on the future of the two countries' trade and on what is to "
    "be done about it.";

TEST(DecideLanguage, TellsTheLanguagesByTheirFunctionWords) {
  EXPECT_EQ(Decide(kEnglish).language, "en");
  EXPECT_EQ(Decide("La ministra viajará el lunes a la capital para conversar "
                   "con su homólogo sobre el futuro del comercio entre los dos "
                   "países y sobre lo que se puede hacer.")
                .language,
            "es");
  EXPECT_EQ(Decide("A ministra viajará na segunda-feira à capital para "
                   "conversar com o seu homólogo sobre o futuro do comércio "
                   "entre os dois países e sobre o que se pode fazer.")
                .language,
            "pt");
  EXPECT_EQ(Decide("La ministre se rendra lundi dans la capitale pour des "
                   "entretiens avec son homologue sur l'avenir des échanges "
                   "entre les deux pays et sur ce qui reste à faire.")
                .language,
            "fr");
}

TEST(DecideLanguage, TrustsAKnownCodeWithoutItsRegion) {
  const Decision decision = Decide(kEnglish, "PT-br");
  EXPECT_EQ(decision.language, "pt");
  EXPECT_EQ(decision.issue, "");
}

TEST(DecideLanguage, LooksAtTheTextWhereTheCodeIsNotKnown) {
  const Decision decision = Decide(kEnglish, "de");
  EXPECT_EQ(decision.language, "en");
  EXPECT_EQ(decision.issue, "LANGUAGE_UNSUPPORTED");
}

TEST(DecideLanguage, SaysWhenTheTextIsInNoneOfThem) {
  EXPECT_EQ(Decide("Die Ministerin reist am Montag in die Hauptstadt und "
                   "spricht dort mit ihrem Kollegen über den Handel zwischen "
                   "beiden Ländern und über das, was noch zu tun bleibt.")
                .issue,
            "LANGUAGE_UNDECIDED");
  EXPECT_EQ(Decide("Lima, Quito").issue, "LANGUAGE_UNDECIDED");
}

}  // namespace
}  // namespace attache
