#include <string>

#include "ingestor/readers/feed_reader.h"
#include "ingestor/readers/html_reader.h"
#include "tests/fuzz/reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto items = attache::ReadFeed(text);
  if (!items.ok()) return 0;
  for (const attache::FeedItem& item : *items) {
    attache::Require(item.line >= 1, "an item without a line");
    if (!attache::IsReadable(item.content)) continue;
    attache::IssueSink issues;
    attache::RequireOrigins(
        attache::ReadHtml(item.content, attache::ReadOptions(), issues)
            .document);
  }
  return 0;
}
