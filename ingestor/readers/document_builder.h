// What every reader builds its Document with.
#ifndef ATTACHE_INGESTOR_READERS_DOCUMENT_BUILDER_H_
#define ATTACHE_INGESTOR_READERS_DOCUMENT_BUILDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "common/civil_date.h"
#include "common/issue.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"
#include "ingestor/readers/normalize.h"

namespace attache {

using TextRanges = std::vector<TextRange>;

// What is known of a briefing beside its content.
struct ReadOptions {
  std::string title;
  std::string language;  // primary language; empty where not given
  std::string media_type;
  std::optional<DayNumber> publish_day;
  // What of a web page is no article; null where nothing but its markup tells.
  const PageWords* page_words = nullptr;
};

// Adds units in reading order. Not thread-safe; one document owns it.
class DocumentBuilder {
 public:
  // A given title becomes the first unit. REQUIRES: valid UTF-8 throughout.
  DocumentBuilder(std::string text, const ReadOptions& options,
                  RangeStyle style);

  // Of the text, in the builder's style.
  NormalizedText NormalizeRanges(absl::Span<const TextRange> ranges) const;

  // A unit in the section that is open. Returns its index.
  uint32_t AddUnit(UnitKind kind, NormalizedText text);

  // Ends the section that is open and begins another under this heading.
  uint32_t AddHeading(int level, NormalizedText text);

  // `intro` is a unit or -1. Returns the list's index.
  uint32_t BeginList(int32_t intro);
  uint32_t AddItem(uint32_t list, NormalizedText text);

  uint32_t BeginTable(int32_t intro, TextRange range);
  // The first row is the header.
  void AddRow(uint32_t table, absl::Span<const TextRanges> cells);

  void AddUnread(TextRange range);

  // Of the document so far; the reference is valid until the next call.
  const Unit& unit(uint32_t index) const { return document_.units[index]; }
  const Document& document() const { return document_; }

  Document Finish() &&;

 private:
  Document document_;
  RangeStyle style_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_DOCUMENT_BUILDER_H_
