// Documents for tests of passes: text, read and segmented with the project's
// real vocabulary.
#ifndef ATTACHE_TESTS_SUPPORT_DOCUMENT_FROM_TEXT_H_
#define ATTACHE_TESTS_SUPPORT_DOCUMENT_FROM_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"

namespace attache {

struct TextOptions {
  // "2024-11-05"; empty where the publish date is not known.
  std::string publish_date;
  std::string title;
  std::string language = "en";
};

// The vocabulary of the source tree, loaded once a process. Ends the process
// with the reason where it cannot be loaded.
const Vocabulary& SharedVocabulary();

Document DocumentFromText(absl::string_view text,
                          const TextOptions& options = {});

}  // namespace attache

#endif  // ATTACHE_TESTS_SUPPORT_DOCUMENT_FROM_TEXT_H_
