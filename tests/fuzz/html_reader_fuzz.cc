#include <string>

#include "ingestor/readers/html_reader.h"
#include "tests/fuzz/reader_fuzz.h"
#include "tests/support/document_from_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!attache::IsReadable(text)) return 0;
  attache::IssueSink issues;
  attache::ReadOptions options;
  options.page_words = &attache::SharedVocabulary().page_words();
  attache::RequireOrigins(attache::ReadHtml(text, options, issues).document);
  return 0;
}
