// Inline text of a web page as it gathers into lines.
#ifndef ATTACHE_INGESTOR_READERS_HTML_LINES_H_
#define ATTACHE_INGESTOR_READERS_HTML_LINES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attache {

struct InlineLine {
  std::string text;    // white space single, entities decoded
  size_t visible = 0;  // bytes but for white space
  size_t linked = 0;   // of these, inside of links
  bool plain = false;  // some of them are not bold
};

// One paragraph under construction. Not thread-safe.
class InlineLines {
 public:
  // `preserve` keeps line ends, as in <pre>.
  void Append(absl::string_view text, bool bold, bool link, bool preserve);

  // A <br>.
  void Break();

  // The lines so far; begins anew. A break ends a paragraph where the next line
  // does not go on in lower case. With `join` only two breaks do, and a bold
  // line before others is their label.
  std::vector<InlineLine> Take(bool join);

 private:
  std::vector<InlineLine> lines_;
  bool space_ = false;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_LINES_H_
