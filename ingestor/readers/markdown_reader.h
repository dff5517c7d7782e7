// Reads Markdown (CommonMark with GitHub's tables, footnotes and
// strikethrough).
#ifndef ATTACHE_INGESTOR_READERS_MARKDOWN_READER_H_
#define ATTACHE_INGESTOR_READERS_MARKDOWN_READER_H_

#include <string>

#include "common/issue.h"
#include "ingestor/readers/document_builder.h"
#include "ingestor/readers/read_metadata.h"

namespace attache {

// The document's text is `text` as it is, markup and all; units hold what is
// text in it: of links the text without the address, of images the alternative
// text, code and autolinks as written, escapes and entities resolved. Front
// matter gives title and metadata. HTML within is read for its text. Lines of
// which nothing lands in a unit (front matter, link definitions, comments) are
// unread. A block whose marks could not be followed holds its lines as they
// stand, with an issue MARKUP_NOT_FOLLOWED; tables as BuildDocument.
// REQUIRES: valid UTF-8 without NUL, less than 2 GiB. Thread-safe. O(text).
ReadResult ReadMarkdown(std::string text, const ReadOptions& options,
                        IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_MARKDOWN_READER_H_
