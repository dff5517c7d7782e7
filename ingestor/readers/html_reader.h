// Reads web pages, and HTML fragments as feeds carry them.
#ifndef ATTACHE_INGESTOR_READERS_HTML_READER_H_
#define ATTACHE_INGESTOR_READERS_HTML_READER_H_

#include "absl/strings/string_view.h"
#include "common/issue.h"
#include "ingestor/readers/document_builder.h"
#include "ingestor/readers/read_metadata.h"

namespace attache {

// The document's text is the article's, extracted: its headline first, a block
// a line (see HtmlText). Navigation, consent notices, lists of other articles,
// asides, forms, comments and what is hidden are left out; a fragment that is
// no page comes through whole. HTML that was escaped as a whole is read again.
// Tags nested more than 180 deep lose their tags and keep their text, with an
// issue HTML_TOO_DEEP. REQUIRES: valid UTF-8 without NUL, less than 2 GiB.
// Thread-safe. O(html).
ReadResult ReadHtml(absl::string_view html, const ReadOptions& options,
                    IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_READER_H_
