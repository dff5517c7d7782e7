// Which of the vocabulary's languages a briefing is in.
#ifndef ATTACHE_INGESTOR_PASSES_DETECT_LANGUAGE_H_
#define ATTACHE_INGESTOR_PASSES_DETECT_LANGUAGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/issue.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"

namespace attache {

// The primary language of the BCP-47 code `given` where the vocabulary has it.
// Otherwise the one that knows most of the text's words, function words
// counting twice: an issue
// LANGUAGE_UNSUPPORTED says that the given one is not known, and
// LANGUAGE_UNDECIDED that the text does not show clearly which it is in; with
// no function word at all it is read as the vocabulary's first language.
// Looks at the first 400 tokens or so; the document need not be segmented.
std::string DecideLanguage(const Document& document, absl::string_view given,
                           const Vocabulary& vocabulary, IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DETECT_LANGUAGE_H_
