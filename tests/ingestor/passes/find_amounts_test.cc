#include "ingestor/passes/find_amounts.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "5000000 USD", "3 USD..5 USD" for a range, ">=" for a low end alone, "<="
// for a high one, "~" where it is approximate.
std::string Describe(const AmountMention& mention) {
  std::string text = mention.approximate ? "~" : "";
  if (!mention.high.has_value()) {
    return absl::StrCat(text, ">=", ToString(*mention.low));
  }
  if (!mention.low.has_value()) {
    return absl::StrCat(text, "<=", ToString(*mention.high));
  }
  if (*mention.low == *mention.high) {
    return absl::StrCat(text, ToString(*mention.low));
  }
  return absl::StrCat(text, ToString(*mention.low), "..",
                      ToString(*mention.high));
}

struct Reading {
  Document document;
  std::vector<AmountMention> mentions;
  std::vector<Issue> issues;
};

Reading Read(const std::string& text, const std::string& language = "en") {
  Reading reading;
  TextOptions options;
  options.language = language;
  reading.document = DocumentFromText(text, options);
  IssueSink sink;
  reading.mentions = FindAmounts(reading.document, SharedVocabulary(), sink);
  reading.issues = sink.issues();
  return reading;
}

std::vector<std::string> Amounts(const std::string& text,
                                 const std::string& language = "en") {
  std::vector<std::string> amounts;
  for (const AmountMention& mention : Read(text, language).mentions) {
    amounts.push_back(Describe(mention));
  }
  return amounts;
}

AmountKind KindOf(const std::string& text, const std::string& language = "en") {
  Reading reading = Read(text, language);
  EXPECT_EQ(reading.mentions.size(), 1u) << text;
  return reading.mentions.empty() ? AmountKind::kUnspecified
                                  : reading.mentions[0].kind;
}

TEST(FindAmounts, ReadsASignBeforeTheNumber) {
  EXPECT_THAT(Amounts("The port cost $2.4bn."), ElementsAre("2400000000 USD"));
  EXPECT_THAT(Amounts("The port cost €350 m."), ElementsAre("350000000 EUR"));
  EXPECT_THAT(Amounts("The port cost $500 Million."),
              ElementsAre("500000000 USD"));
  EXPECT_THAT(Amounts("A fee of £1,250.75 applies."),
              ElementsAre("1250.75 GBP"));
  EXPECT_THAT(Amounts("A fee of US$ 1,650.50 applies."),
              ElementsAre("1650.5 USD"));
  EXPECT_THAT(Amounts("Loans of ¥30 billion and ₹12 billion."),
              ElementsAre("30000000000 JPY", "12000000000 INR"));
  EXPECT_THAT(Amounts("A grant of A$40 million and C$3 million."),
              ElementsAre("40000000 AUD", "3000000 CAD"));
}

TEST(FindAmounts, ReadsACodeOnEitherSide) {
  EXPECT_THAT(Amounts("It is worth USD 5 million."),
              ElementsAre("5000000 USD"));
  EXPECT_THAT(Amounts("It is worth 5 million USD."),
              ElementsAre("5000000 USD"));
  EXPECT_THAT(Amounts("It is worth EUR 1,200,000."),
              ElementsAre("1200000 EUR"));
  EXPECT_THAT(Amounts("It is worth 75 million CHF."),
              ElementsAre("75000000 CHF"));
}

TEST(FindAmounts, ReadsTheNameOfACurrency) {
  EXPECT_THAT(Amounts("They lent 200 million euros."),
              ElementsAre("200000000 EUR"));
  EXPECT_THAT(Amounts("They lent 1.3 billion U.S. dollars."),
              ElementsAre("1300000000 USD"));
  EXPECT_THAT(Amounts("They lent 6 million Swiss francs."),
              ElementsAre("6000000 CHF"));
  EXPECT_THAT(Amounts("They lent $9 million Canadian dollars."),
              ElementsAre("9000000 CAD"));
  EXPECT_THAT(Amounts("a 10-billion-euro fund"),
              ElementsAre("10000000000 EUR"));
}

TEST(FindAmounts, ReadsNumbersInWords) {
  EXPECT_THAT(Amounts("They promised half a billion dollars."),
              ElementsAre("500000000 USD"));
  EXPECT_THAT(Amounts("They promised ten million pounds."),
              ElementsAre("10000000 GBP"));
  EXPECT_THAT(Amounts("They promised a billion euros."),
              ElementsAre("1000000000 EUR"));
  EXPECT_THAT(Amounts("They promised twenty-five million dollars."),
              ElementsAre("25000000 USD"));
  EXPECT_THAT(Amounts("He joined a euro area meeting."), IsEmpty());
}

TEST(FindAmounts, ReadsRanges) {
  EXPECT_THAT(Amounts("It costs between $3 and $5 million."),
              ElementsAre("3000000 USD..5000000 USD"));
  EXPECT_THAT(Amounts("It costs $3-5 million."),
              ElementsAre("3000000 USD..5000000 USD"));
  EXPECT_THAT(Amounts("It costs $3 million to $5 million."),
              ElementsAre("3000000 USD..5000000 USD"));
  EXPECT_THAT(Amounts("It costs 3 to 5 million euros."),
              ElementsAre("3000000 EUR..5000000 EUR"));
  EXPECT_THAT(Amounts("It costs $900,000 to $1.2 million."),
              ElementsAre("900000 USD..1200000 USD"));
  EXPECT_THAT(Amounts("He gave $5 million to 3 countries."),
              ElementsAre("5000000 USD"));
  EXPECT_THAT(Amounts("Grants of $5 million and $7 million."),
              ElementsAre("5000000 USD", "7000000 USD"));
}

TEST(FindAmounts, KeepsOneEndOfWhatIsBounded) {
  EXPECT_THAT(Amounts("up to 200 million euros"),
              ElementsAre("<=200000000 EUR"));
  EXPECT_THAT(Amounts("over ¥30 billion"), ElementsAre(">=30000000000 JPY"));
  EXPECT_THAT(Amounts("at least $4 million"), ElementsAre(">=4000000 USD"));
  EXPECT_THAT(Amounts("$4 million or more"), ElementsAre(">=4000000 USD"));
  EXPECT_THAT(Amounts("about $4 million"), ElementsAre("~4000000 USD"));
  EXPECT_THAT(Amounts("They will spend $4 million over three years."),
              ElementsAre("4000000 USD"));
}

TEST(FindAmounts, CountsNothingButMoney) {
  for (const char* text :
       {"She delivered 5.66 million vaccine doses.",
        "Some 250,000 people fled.", "Growth reached 5.5 percent.",
        "The pipeline carries 13 billion cubic metres.",
        "They shipped ten million pounds of rice.", "Resolution 2254 of 2015",
        "The G20 met 5 times.", "Call 202-647-2024.", "A 10% stake",
        "TOP 10 NEWS OF THE WORLD CUP 2026", "Euro 2024 was held there."}) {
    EXPECT_THAT(Amounts(text), IsEmpty()) << text;
  }
}

TEST(FindAmounts, UnderstandsEitherSeparatorWhereOneMakesSense) {
  EXPECT_THAT(Amounts("It cost $1.250.000."), ElementsAre("1250000 USD"));
  EXPECT_THAT(Amounts("It cost $1.250,50."), ElementsAre("1250.5 USD"));
  EXPECT_THAT(Amounts("Costó 1,250.50 dólares.", "es"),
              ElementsAre("1250.5 USD"));
  EXPECT_THAT(Amounts("Costó 2.5 millones de dólares.", "es"),
              ElementsAre("2500000 USD"));
}

TEST(FindAmounts, TakesTheCurrencyOfTheSumBefore) {
  EXPECT_THAT(Amounts("Of the $8 billion asked for, only 2 billion, though 4 "
                      "million people fled."),
              ElementsAre("8000000000 USD", "2000000000 USD"));
}

TEST(FindAmounts, KnowsWhosePesosAreMeant) {
  EXPECT_THAT(Amounts("Argentina will spend 40 million pesos."),
              ElementsAre("40000000 ARS"));
  EXPECT_THAT(Amounts("Norway paid 3 billion crowns."),
              ElementsAre("3000000000 NOK"));
  Reading reading = Read("They will spend 40 million pesos.");
  EXPECT_THAT(reading.mentions, IsEmpty());
  ASSERT_EQ(reading.issues.size(), 1u);
  EXPECT_EQ(reading.issues[0].code, "AMBIGUOUS_CURRENCY");
}

TEST(FindAmounts, TakesTheUnitOfAColumn) {
  EXPECT_THAT(Amounts("Sector | Investment (USD m)\n---|---\nPorts | 500\n"
                      "Farms | 1,200.5\n"),
              ElementsAre("500000000 USD", "1200500000 USD"));
  EXPECT_THAT(Amounts("Project | Cost, in € million\n---|---\nRail | 40-60\n"),
              ElementsAre("40000000 EUR..60000000 EUR"));
  EXPECT_THAT(Amounts("Sector | Investment Potential (USD)\n---|---\n"
                      "Ports | $1 billion\n"),
              ElementsAre("1000000000 USD"));
  EXPECT_THAT(Amounts("Sector | Firms\n---|---\nPorts | 500\n"), IsEmpty());
}

TEST(FindAmounts, TellsTheKindByTheWordsAround) {
  EXPECT_EQ(KindOf("The project could bring in $4 billion."),
            AmountKind::kPotential);
  EXPECT_EQ(KindOf("He pledged $4 billion for vaccines."),
            AmountKind::kPledged);
  EXPECT_EQ(KindOf("They signed a contract worth $4 billion."),
            AmountKind::kSigned);
  EXPECT_EQ(KindOf("They hope to sign a contract worth $4 billion."),
            AmountKind::kPotential);
  EXPECT_EQ(KindOf("Bilateral trade reached $4 billion in 2022."),
            AmountKind::kBackground);
  EXPECT_EQ(KindOf("Sector | Investment Potential\n---|---\nPorts | $4 m\n"),
            AmountKind::kPotential);
  EXPECT_EQ(KindOf("Firmaron un contrato de 4 millones de euros.", "es"),
            AmountKind::kSigned);
  EXPECT_EQ(KindOf("O ministro prometeu R$ 4 milhões.", "pt"),
            AmountKind::kPledged);
  EXPECT_EQ(KindOf("Les échanges ont atteint 4 millions d’euros.", "fr"),
            AmountKind::kBackground);
}

TEST(FindAmounts, ReportsASumBeyondAllMeasure) {
  Reading reading = Read("They owe $99999999999 billion.");
  EXPECT_THAT(reading.mentions, IsEmpty());
  ASSERT_EQ(reading.issues.size(), 1u);
  EXPECT_EQ(reading.issues[0].code, "AMOUNT_OUT_OF_RANGE");
}

TEST(FindAmounts, SpansTheWholeExpression) {
  Reading reading = Read("It may cost about $2.5 billion in all.");
  ASSERT_EQ(reading.mentions.size(), 1u);
  EXPECT_EQ(reading.document.TextOf(reading.mentions[0].span),
            "about $2.5 billion");
}

TEST(FindAmounts, ReadsSpanish) {
  auto es = [](const std::string& text) { return Amounts(text, "es"); };
  EXPECT_THAT(es("Son 1.200 millones de dólares."),
              ElementsAre("1200000000 USD"));
  EXPECT_THAT(es("Son 2,5 mil millones de euros."),
              ElementsAre("2500000000 EUR"));
  EXPECT_THAT(es("Son entre 3 y 5 millones de euros."),
              ElementsAre("3000000 EUR..5000000 EUR"));
  EXPECT_THAT(es("Aportará hasta 40 millones de euros."),
              ElementsAre("<=40000000 EUR"));
  EXPECT_THAT(es("Donó medio millón de dólares."), ElementsAre("500000 USD"));
  EXPECT_THAT(es("Costó 9.500 euros."), ElementsAre("9500 EUR"));
}

TEST(FindAmounts, ReadsPortuguese) {
  auto pt = [](const std::string& text) { return Amounts(text, "pt"); };
  EXPECT_THAT(pt("Vale R$ 1,2 bilhão."), ElementsAre("1200000000 BRL"));
  EXPECT_THAT(pt("Vale US$ 4,68 bilhões."), ElementsAre("4680000000 USD"));
  EXPECT_THAT(pt("Vale mais de US$ 3 bilhões."),
              ElementsAre(">=3000000000 USD"));
  EXPECT_THAT(pt("Vale cerca de 300 mil euros."), ElementsAre("~300000 EUR"));
  EXPECT_THAT(pt("Vale 2 mil milhões de euros."),
              ElementsAre("2000000000 EUR"));
}

TEST(FindAmounts, ReadsFrench) {
  auto fr = [](const std::string& text) { return Amounts(text, "fr"); };
  EXPECT_THAT(fr("Soit 2,5 milliards d’euros."), ElementsAre("2500000000 EUR"));
  EXPECT_THAT(fr("Soit 750 000 euros."), ElementsAre("750000 EUR"));
  EXPECT_THAT(fr("Soit 1 250,50 euros."), ElementsAre("1250.5 EUR"));
  EXPECT_THAT(fr("Soit un milliard de dollars."),
              ElementsAre("1000000000 USD"));
  EXPECT_THAT(fr("Soit 4 milliards de francs CFA pour le Sénégal."),
              ElementsAre("4000000000 XOF"));
  EXPECT_THAT(fr("Soit près de 40 M€."), ElementsAre("~40000000 EUR"));
}

TEST(FindAmounts, KnowsTheMoneyOfEveryStateInEachLanguage) {
  EXPECT_THAT(Amounts("a KD 9 million loan and 1.2 billion som"),
              ElementsAre("9000000 KWD", "1200000000 KGS"));
  EXPECT_THAT(Amounts("240 takas y 35 millones de lei moldavos", "es"),
              ElementsAre("240 BDT", "35000000 MDL"));
  EXPECT_THAT(Amounts("12 dollars fidjiens et 3 milliards de kwachas", "fr"),
              ElementsAre("12 FJD", "3000000000 ZMW"));
  EXPECT_THAT(Amounts("500 balboas e 2 milhões de xelins somalis", "pt"),
              ElementsAre("500 PAB", "2000000 SOS"));
}

}  // namespace
}  // namespace attache
