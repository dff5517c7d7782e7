#include "common/metrics/process_metrics.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include <sys/resource.h>
#include <unistd.h>

#include "absl/time/clock.h"

namespace attache::metrics {
namespace {

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) / 1e6;
}

void ReadCpu(Samples& samples) {
  rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return;
  samples.Counter("process_cpu_seconds_total",
                  "CPU time that the process has used, user and system.",
                  Seconds(usage.ru_utime) + Seconds(usage.ru_stime));
}

void ReadMemory(Samples& samples) {
  // In pages: all of it, and what is resident.
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  if (!(file >> total >> resident)) return;
  const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
  samples.Gauge("process_virtual_memory_bytes", "Virtual memory size.",
                total * page);
  samples.Gauge("process_resident_memory_bytes", "Resident memory size.",
                resident * page);
}

void ReadFiles(Samples& samples) {
  std::error_code error;
  const std::filesystem::directory_iterator open("/proc/self/fd", error);
  if (!error) {
    samples.Gauge("process_open_fds", "File descriptors that are open.",
                  static_cast<double>(std::distance(begin(open), end(open))));
  }
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    samples.Gauge("process_max_fds", "File descriptors that may be open.",
                  static_cast<double>(limit.rlim_cur));
  }
}

}  // namespace

void AddProcessMetrics(Registry& registry, absl::string_view version) {
  const double start = absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch());
  registry.AddSource([start, version = std::string(version)](Samples& samples) {
    samples.Gauge("attache_build_info",
                  "Always 1; the version stands in the label.", 1,
                  {{"version", version}});
    samples.Gauge("process_start_time_seconds",
                  "When the process started, in seconds since 1970.", start);
    ReadCpu(samples);
    ReadMemory(samples);
    ReadFiles(samples);
  });
}

}  // namespace attache::metrics
