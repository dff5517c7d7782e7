// The metrics that every Prometheus client has of its process.
#ifndef ATTACHE_COMMON_METRICS_PROCESS_METRICS_H_
#define ATTACHE_COMMON_METRICS_PROCESS_METRICS_H_

#include "absl/strings/string_view.h"
#include "common/metrics/registry.h"

namespace attache::metrics {

// attache_build_info{version}, and process_*: CPU, memory, files, start. What
// /proc does not tell is left out.
void AddProcessMetrics(Registry& registry, absl::string_view version);

}  // namespace attache::metrics

#endif  // ATTACHE_COMMON_METRICS_PROCESS_METRICS_H_
