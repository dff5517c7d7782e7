#include "tests/support/document_from_text.h"

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "common/civil_date.h"
#include "common/issue.h"
#include "ingestor/passes/segment.h"
#include "ingestor/readers/text_reader.h"

namespace attache {

const Vocabulary& SharedVocabulary() {
  static const std::shared_ptr<const Vocabulary>& vocabulary = *[] {
    auto loaded = Vocabulary::Load(ATTACHE_SOURCE_DIR "/vocabulary");
    if (!loaded.ok()) {
      std::fprintf(stderr, "%s\n", loaded.status().ToString().c_str());
      std::exit(1);
    }
    return new std::shared_ptr<const Vocabulary>(*std::move(loaded));
  }();
  return *vocabulary;
}

Document DocumentFromText(absl::string_view text, const TextOptions& options) {
  ReadOptions read;
  read.title = options.title;
  read.language = options.language;
  read.media_type = "text/plain";
  if (const auto date = ParsePartialDate(options.publish_date);
      date.has_value() && date->complete()) {
    read.publish_day = ToDayNumber(*date);
  }
  IssueSink issues;
  Document document = ReadText(std::string(text), read, issues);
  Segment(document, SharedVocabulary());
  return document;
}

}  // namespace attache
