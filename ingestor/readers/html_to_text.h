// HTML reduced to its text, laid out as plain text would be.
#ifndef ATTACHE_INGESTOR_READERS_HTML_TO_TEXT_H_
#define ATTACHE_INGESTOR_READERS_HTML_TO_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/issue.h"

namespace attache {

// Blocks become lines parted by blank ones, headings get # signs, list items
// "- " or a number, tables of data | signs; tables that only lay out a page
// become paragraphs. Scripts, styles and the document's head are dropped,
// entities decoded; HTML that was escaped as a whole is reduced again. Tags
// nested more than 1,000 deep end the reading with an issue HTML_TOO_DEEP.
// REQUIRES: valid UTF-8 without NUL. Thread-safe. O(n).
std::string HtmlToText(absl::string_view html, IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_TO_TEXT_H_
