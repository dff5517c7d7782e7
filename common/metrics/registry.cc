#include "common/metrics/registry.h"

#include <iterator>
#include <mutex>
#include <utility>

#include "prometheus/collectable.h"
#include "prometheus/counter.h"
#include "prometheus/histogram.h"
#include "prometheus/metric_family.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"

namespace attache::metrics {

struct Samples::Impl {
  void Add(absl::string_view name, absl::string_view help,
           prometheus::MetricType type, double value, Labels labels) {
    prometheus::MetricFamily& family = families[std::string(name)];
    family.name = std::string(name);
    family.help = std::string(help);
    family.type = type;
    prometheus::ClientMetric& metric = family.metric.emplace_back();
    for (auto& [label, text] : labels) {
      metric.label.push_back({label, std::move(text)});
    }
    if (type == prometheus::MetricType::Counter) {
      metric.counter.value = value;
    } else {
      metric.gauge.value = value;
    }
  }

  std::map<std::string, prometheus::MetricFamily> families;
};

void Samples::Gauge(absl::string_view name, absl::string_view help,
                    double value, Labels labels) {
  impl_->Add(name, help, prometheus::MetricType::Gauge, value,
             std::move(labels));
}

void Samples::Counter(absl::string_view name, absl::string_view help,
                      double value, Labels labels) {
  impl_->Add(name, help, prometheus::MetricType::Counter, value,
             std::move(labels));
}

void Counter::Increment(double by) { counter_->Increment(by); }

void Histogram::Observe(double value) { histogram_->Observe(value); }

std::vector<double> SecondsBuckets() {
  return {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
          0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};
}

struct Registry::Impl : prometheus::Collectable {
  std::vector<prometheus::MetricFamily> Collect() const override {
    std::vector<prometheus::MetricFamily> all = counted.Collect();
    Samples::Impl sampled;
    Samples samples(&sampled);
    const std::scoped_lock lock(mutex);
    for (const auto& read : sources) read(samples);
    for (auto& [name, family] : sampled.families) {
      all.push_back(std::move(family));
    }
    return all;
  }

  // One that has the name of a family gives that family.
  prometheus::Registry counted{prometheus::Registry::InsertBehavior::Merge};
  mutable std::mutex mutex;
  std::vector<std::function<void(Samples&)>> sources;  // guarded by mutex
};

Registry::Registry() : impl_(std::make_shared<Impl>()) {}
Registry::~Registry() = default;

Counter Registry::AddCounter(absl::string_view name, absl::string_view help,
                             const Labels& labels) {
  return Counter(&prometheus::BuildCounter()
                      .Name(std::string(name))
                      .Help(std::string(help))
                      .Register(impl_->counted)
                      .Add(labels));
}

Histogram Registry::AddHistogram(absl::string_view name, absl::string_view help,
                                 const std::vector<double>& upper_bounds,
                                 const Labels& labels) {
  return Histogram(&prometheus::BuildHistogram()
                        .Name(std::string(name))
                        .Help(std::string(help))
                        .Register(impl_->counted)
                        .Add(labels, upper_bounds));
}

void Registry::AddSource(std::function<void(Samples&)> read) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->sources.push_back(std::move(read));
}

std::string Registry::Text() const {
  return prometheus::TextSerializer().Serialize(impl_->Collect());
}

std::shared_ptr<prometheus::Collectable> Registry::collectable() const {
  return impl_;
}

}  // namespace attache::metrics
