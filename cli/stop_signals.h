// Ctrl-C as a request rather than the end.
#ifndef ATTACHE_CLI_STOP_SIGNALS_H_
#define ATTACHE_CLI_STOP_SIGNALS_H_

#include <functional>
#include <thread>

namespace attache::cli {

// Keeps SIGINT and SIGTERM from ending the process. REQUIRES: called before
// other threads start, so that these leave the signals to StopSignals.
void BlockStopSignals();

// While it lives, these signals call `stop`, once and on a thread of its own;
// also where they came since BlockStopSignals. With `when_unread` so does it
// that nobody reads standard output any more, which a command that waits would
// not notice.
class StopSignals {
 public:
  explicit StopSignals(std::function<void()> stop, bool when_unread = false);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  int closed_ = -1;  // an eventfd
  std::thread thread_;
};

}  // namespace attache::cli

#endif  // ATTACHE_CLI_STOP_SIGNALS_H_
