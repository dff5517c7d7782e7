// Something doubtful in a briefing. An issue never stops the parse.
#ifndef ATTACHE_COMMON_ISSUE_H_
#define ATTACHE_COMMON_ISSUE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace attache {

// [begin, end) in bytes of the text that evidence counts in.
struct TextRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool operator==(const TextRange&) const = default;
};

struct Issue {
  std::string code;  // stable, UPPER_SNAKE_CASE: "TABLE_WIDTH_MISMATCH"
  std::string message;
  TextRange range;
  bool operator==(const Issue&) const = default;
};

// Collects the issues of one parse, at most kMaxIssues of them, so that a
// hostile briefing cannot blow up its record; the last one then says how many
// were left out. Not thread-safe; one parse owns it.
class IssueSink {
 public:
  static constexpr size_t kMaxIssues = 100;

  void Report(std::string code, std::string message, TextRange range = {}) {
    if (issues_.size() < kMaxIssues) {
      issues_.push_back({std::move(code), std::move(message), range});
    } else {
      ++dropped_;
    }
  }

  const std::vector<Issue>& issues() const { return issues_; }
  size_t dropped() const { return dropped_; }

 private:
  std::vector<Issue> issues_;
  size_t dropped_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_COMMON_ISSUE_H_
