#include "query_service/service/query_metrics.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace attache {
namespace {

using metrics::Samples;

// A merge of a large index takes longer than a call.
std::vector<double> MergeBuckets() {
  return {0.0001, 0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 120};
}

void ReadIndex(const TripIndex& index, Samples& samples) {
  const std::shared_ptr<const Snapshot> snapshot = index.Pin();
  uint64_t deleted = 0;
  for (const SegmentView& view : snapshot->views()) {
    deleted += view.segment->size() - view.live_count();
  }
  const auto gauge = [&samples](absl::string_view name, absl::string_view help,
                                auto value) {
    samples.Gauge(name, help, static_cast<double>(value));
  };
  gauge("attache_index_revision", "Revision that reads see.",
        snapshot->revision());
  gauge("attache_index_records", "Records that the index holds.",
        snapshot->record_count());
  gauge("attache_index_briefings", "Briefings that hold a record.",
        snapshot->briefing_count());
  gauge("attache_index_segments", "Segments of the index.",
        snapshot->views().size());
  gauge("attache_index_deleted_records",
        "Records that are gone and wait for their segment's next merge.",
        deleted);
  gauge("attache_index_memory_bytes", "Memory that the segments take.",
        snapshot->memory_bytes());
}

void ReadJournal(const Journal& journal, Samples& samples) {
  samples.Gauge("attache_journal_disk_bytes",
                "Size of the journal and its log on disk.",
                static_cast<double>(journal.DiskBytes()));
  samples.Gauge("attache_journal_revision", "Revision that is on disk.",
                static_cast<double>(journal.revision()));
  samples.Gauge("attache_journal_oldest_revision",
                "Revision after which every change is kept: watches can go on "
                "from there.",
                static_cast<double>(journal.oldest_revision()));
  samples.Gauge("attache_journal_history_bytes",
                "Bytes of the changes that are kept for watches to go on from.",
                static_cast<double>(journal.history_bytes()));
}

void ReadWatches(const WatchHub& hub, Samples& samples) {
  const WatchHub::Load load = hub.load();
  constexpr char kWatchers[] = "attache_watchers";
  constexpr char kHelp[] =
      "Watches that are open: live, or reading the history still.";
  samples.Gauge(kWatchers, kHelp,
                static_cast<double>(load.watchers - load.catching_up),
                {{"state", "live"}});
  samples.Gauge(kWatchers, kHelp, static_cast<double>(load.catching_up),
                {{"state", "catching_up"}});
  samples.Gauge("attache_watch_lag_revisions",
                "Revisions that the slowest live watcher does not have yet.",
                static_cast<double>(load.longest_lag_revisions));
  samples.Gauge("attache_watch_longest_queue_bytes",
                "Bytes of changes that wait for the slowest live watcher.",
                static_cast<double>(load.longest_queue_bytes));
  samples.Gauge("attache_watch_queued_bytes",
                "Bytes of changes that wait for all live watchers.",
                static_cast<double>(load.queued_bytes));
}

}  // namespace

QueryMetrics::QueryMetrics(metrics::Registry& registry)
    : registry_(registry),
      merge_seconds_(registry.AddHistogram("attache_index_merge_seconds",
                                           "How long merges of segments took.",
                                           MergeBuckets())),
      commit_seconds_(registry.AddHistogram(
          "attache_journal_commit_seconds",
          "How long it took to make a group of writes durable.",
          metrics::SecondsBuckets())),
      commit_writes_(registry.AddHistogram(
          "attache_journal_commit_writes", "Writes in a group.",
          {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000})),
      publish_seconds_(registry.AddHistogram(
          "attache_index_publish_seconds",
          "How long it took to index a group of writes for reads to see.",
          metrics::SecondsBuckets())),
      failed_commits_(registry.AddCounter(
          "attache_journal_failed_commits_total",
          "Groups of writes that could not be made durable and indexed.")) {}

void QueryMetrics::OnGroup(const JournalWriter::Report& report) {
  if (!report.status.ok()) {
    failed_commits_.Increment();
    return;
  }
  commit_seconds_.Observe(report.commit_time);
  commit_writes_.Observe(static_cast<double>(report.writes.size()));
  if (report.publish_time > absl::ZeroDuration()) {
    publish_seconds_.Observe(report.publish_time);
  }
  for (const ArrivedWrite& write : report.writes) {
    if (!write.refusal.has_value()) continue;
    registry_
        .AddCounter("attache_writes_refused_total",
                    "Writes that were refused, by reason.",
                    {{"reason", write.refusal->reason()}})
        .Increment();
  }
}

void QueryMetrics::ReadFrom(const State& state) {
  registry_.AddSource([state](Samples& samples) {
    ReadIndex(*state.index, samples);
    samples.Gauge("attache_index_max_bytes",
                  "Memory at which the index takes no more records; 0 for no "
                  "limit.",
                  static_cast<double>(state.max_index_bytes));
    ReadJournal(*state.journal, samples);
    ReadWatches(*state.hub, samples);
    samples.Gauge("attache_producers", "Streams of ingestors that are open.",
                  static_cast<double>(state.index_service->open_streams()));
    samples.Gauge("attache_writes_waiting",
                  "Writes that came in and are not on their way to the disk.",
                  static_cast<double>(state.writer->waiting_writes()));
    samples.Gauge("attache_reads_waiting",
                  "Requests with a filter that wait for a thread.",
                  static_cast<double>(state.query_service->waiting_reads()));
    samples.Gauge("attache_pinned_revisions",
                  "Revisions that are held for page tokens and exports.",
                  static_cast<double>(state.query_service->pinned_revisions()));
  });
}

}  // namespace attache
