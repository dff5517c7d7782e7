#include <string>

#include "ingestor/readers/markdown_reader.h"
#include "tests/fuzz/reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!attache::IsReadable(text)) return 0;
  attache::IssueSink issues;
  attache::RequireOrigins(
      attache::ReadMarkdown(text, attache::ReadOptions(), issues).document);
  return 0;
}
