// What the look of a line says: headlines, labels and datelines as people
// write them without markup. Pure functions.
#ifndef ATTACHE_INGESTOR_READERS_LINE_SHAPES_H_
#define ATTACHE_INGESTOR_READERS_LINE_SHAPES_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace attache {

struct TextMeasure {
  uint32_t length = 0;  // characters, white space as it stands
  uint32_t words = 0;
  char last = 0;  // last one that is no closing quote, bracket or emphasis
};

TextMeasure MeasureText(absl::string_view text);

// Share of the words of four letters or more that begin with a capital; 0
// where there are none.
double TitleCaseShare(absl::string_view text);

bool OpensWithQuote(absl::string_view text);

// An address of mail or web stands in it.
bool HoldsAddress(absl::string_view text);

// Bytes of the label in "Label: description" and "Label – description", without
// the sign; 0 where the text has no label of at most eight words.
size_t LabelSize(absl::string_view text);

// Bytes of a dateline that a paragraph opens with, its dash included: "LIMA,
// Peru (AP) — ", "Brasília, 12 de maio – "; 0 where there is none.
size_t DatelineSize(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_LINE_SHAPES_H_
