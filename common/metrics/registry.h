// What a service counts, for Prometheus. The rest of the code sees this header
// alone, and each service names its metrics in one file.
#ifndef ATTACHE_COMMON_METRICS_REGISTRY_H_
#define ATTACHE_COMMON_METRICS_REGISTRY_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace prometheus {
class Collectable;
class Counter;
class Histogram;
}  // namespace prometheus

namespace attache::metrics {

using Labels = std::map<std::string, std::string>;

// Handles; they live as long as their registry. Thread-safe.
class Counter {
 public:
  void Increment(double by = 1);

 private:
  friend class Registry;
  explicit Counter(prometheus::Counter* counter) : counter_(counter) {}
  prometheus::Counter* counter_;
};

class Histogram {
 public:
  void Observe(double value);
  void Observe(absl::Duration duration) {
    Observe(absl::ToDoubleSeconds(duration));
  }

 private:
  friend class Registry;
  explicit Histogram(prometheus::Histogram* histogram)
      : histogram_(histogram) {}
  prometheus::Histogram* histogram_;
};

// Upper bounds for what takes from a tenth of a millisecond to ten seconds.
std::vector<double> SecondsBuckets();

// What a scrape reads from state that is there anyway. Values of one name share
// its help.
class Samples {
 public:
  void Gauge(absl::string_view name, absl::string_view help, double value,
             Labels labels = {});
  // Of what only grows; the name ends in _total.
  void Counter(absl::string_view name, absl::string_view help, double value,
               Labels labels = {});

 private:
  friend class Registry;
  struct Impl;
  explicit Samples(Impl* impl) : impl_(impl) {}
  Impl* impl_;
};

// Thread-safe. Adding a name with the labels that it has already gives the same
// metric. Label values come from small, closed sets: never from a request's
// text.
class Registry {
 public:
  Registry();
  ~Registry();

  Counter AddCounter(absl::string_view name, absl::string_view help,
                     const Labels& labels = {});
  Histogram AddHistogram(absl::string_view name, absl::string_view help,
                         const std::vector<double>& upper_bounds,
                         const Labels& labels = {});
  // Called at every scrape, on the threads of the metrics server, which must
  // have stopped before what `read` uses goes.
  void AddSource(std::function<void(Samples&)> read);

  // All of it in the text format of Prometheus, as a scrape has it.
  std::string Text() const;

  // For the metrics server.
  std::shared_ptr<prometheus::Collectable> collectable() const;

 private:
  struct Impl;
  const std::shared_ptr<Impl> impl_;
};

}  // namespace attache::metrics

#endif  // ATTACHE_COMMON_METRICS_REGISTRY_H_
