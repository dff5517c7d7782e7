#include "cli/stop_signals.h"

#include <cerrno>
#include <cstdint>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace attache::cli {
namespace {

sigset_t Signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void BlockStopSignals() {
  const sigset_t signals = Signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

StopSignals::StopSignals(std::function<void()> stop, bool when_unread) {
  const sigset_t signals = Signals();
  const int signal_fd = signalfd(-1, &signals, SFD_CLOEXEC);
  closed_ = eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([stop = std::move(stop), signal_fd, closed = closed_,
                         output = when_unread ? STDOUT_FILENO : -1] {
    // Of standard output errors alone, which come unasked; of -1 nothing.
    pollfd waits[] = {{.fd = closed, .events = POLLIN, .revents = 0},
                      {.fd = signal_fd, .events = POLLIN, .revents = 0},
                      {.fd = output, .events = 0, .revents = 0}};
    while (poll(waits, 3, -1) < 0 && errno == EINTR) {
    }
    if ((waits[1].revents & POLLIN) != 0) {
      signalfd_siginfo taken;
      [[maybe_unused]] const ssize_t size =
          read(signal_fd, &taken, sizeof(taken));
      stop();
    } else if ((waits[2].revents & (POLLERR | POLLHUP)) != 0) {
      stop();
    }
    close(signal_fd);
  });
}

StopSignals::~StopSignals() {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t size = write(closed_, &one, sizeof(one));
  thread_.join();
  close(closed_);
}

}  // namespace attache::cli
