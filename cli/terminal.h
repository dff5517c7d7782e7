// How the command writes to a terminal: aligned tables, CSV, progress.
#ifndef ATTACHE_CLI_TERMINAL_H_
#define ATTACHE_CLI_TERMINAL_H_

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace attache::cli {

// Columns that `text` takes on a terminal: wide characters two, combining
// marks none. REQUIRES: valid UTF-8.
size_t DisplayWidth(absl::string_view text);

// `text` with what could move the cursor or change colours (control
// characters, line ends) as spaces: what comes from a briefing must not drive
// the terminal.
std::string Printable(absl::string_view text);

// "12.3 MB".
std::string Megabytes(int64_t bytes);

// Columns of the terminal on standard output; 0 where it is none.
size_t TerminalWidth();

using Row = std::vector<std::string>;

// Aligned columns under a header. Where the table is wider than `width`
// (unless 0), its widest column is cut, with an ellipsis.
void PrintTable(std::ostream& out, const Row& header,
                const std::vector<Row>& rows, size_t width);

// RFC 4180: fields with a comma, quote or line end are quoted; CRLF ends.
void PrintCsvRow(std::ostream& out, const Row& row);

// Says on standard error how far a long job is: a bar on a terminal, a plain
// line every five seconds elsewhere. Not thread-safe.
class Progress {
 public:
  // `what` in the plural: "briefings". `total` 0 where it is not known.
  Progress(std::string what, size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `detail` is shown beside the count: "12.3 MB".
  void Update(size_t done, const std::string& detail = "");
  // Clears the bar, so that other lines can be written.
  void Clear();
  absl::Duration elapsed() const { return absl::Now() - start_; }

 private:
  std::string Line(size_t done, const std::string& detail) const;

  const std::string what_;
  const size_t total_;
  const bool terminal_;
  const absl::Time start_;
  absl::Time last_shown_;
  bool shown_ = false;
};

}  // namespace attache::cli

#endif  // ATTACHE_CLI_TERMINAL_H_
