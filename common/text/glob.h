// Patterns in which an asterisk stands for anything.
#ifndef ATTACHE_COMMON_TEXT_GLOB_H_
#define ATTACHE_COMMON_TEXT_GLOB_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace attache {

// "*" stands for any bytes, none too; "\*" for an asterisk. A plain value;
// thread-safe.
class Glob {
 public:
  // What stands between the asterisks goes through `normalize`, as the texts
  // that are matched must have.
  explicit Glob(absl::string_view pattern,
                absl::FunctionRef<std::string(absl::string_view)> normalize);

  // Whether the pattern holds an asterisk that stands for anything.
  static bool IsPattern(absl::string_view text);
  // The text without the escapes, where IsPattern says no.
  static std::string Unescaped(absl::string_view text);

  // The whole of `text`. Never backtracks: O(text x longest piece).
  bool Matches(absl::string_view text) const;

 private:
  std::vector<std::string> pieces_;  // between the asterisks; one where none is
};

}  // namespace attache

#endif  // ATTACHE_COMMON_TEXT_GLOB_H_
