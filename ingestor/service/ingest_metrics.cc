#include "ingestor/service/ingest_metrics.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "ingestor/service/intake.h"

namespace attache {
namespace {

using metrics::Samples;

constexpr char kBriefings[] = "attache_briefings_total";
constexpr char kBriefingsHelp[] =
    "Briefings and withdrawals that were answered, by what became of them; "
    "rejected is the briefing's fault, failed is not.";

// "NO_TRIP" is no_trip.
std::string OutcomeLabel(v1::IngestOutcome outcome) {
  return absl::AsciiStrToLower(
      absl::StripPrefix(v1::IngestOutcome_Name(outcome), "INGEST_OUTCOME_"));
}

// What others send may be anything.
std::string ReasonLabel(absl::string_view reason) {
  return IsReason(reason) ? std::string(reason) : "unknown";
}

void ReadOutbox(const IngestMetrics::State& state, Samples& samples) {
  const outbox::StoreState outbox = state.outbox->state();
  samples.Gauge(
      "attache_outbox_writes",
      "Writes that the query service has not acknowledged.",
      static_cast<double>(outbox.last_sequence - outbox.acknowledged_sequence));
  samples.Gauge("attache_outbox_bytes", "Bytes of those writes.",
                static_cast<double>(outbox.pending_bytes));
  samples.Gauge("attache_outbox_max_bytes",
                "Bytes at which nothing more is accepted.",
                static_cast<double>(state.max_outbox_bytes));
  samples.Gauge("attache_outbox_last_sequence",
                "The last sequence that a write was given.",
                static_cast<double>(outbox.last_sequence));
  samples.Gauge("attache_outbox_acknowledged_sequence",
                "The sequence up to which all is acknowledged.",
                static_cast<double>(outbox.acknowledged_sequence));
  samples.Gauge("attache_outbox_resync",
                "1 while all that is held is sent again, because the query "
                "service was restored or replaced.",
                outbox.resync_until != 0 ? 1 : 0);
  // Where the file cannot be read, the age is not known.
  const auto oldest = state.reader->OldestPendingTime();
  if (!oldest.ok()) return;
  samples.Gauge(
      "attache_outbox_oldest_age_seconds",
      "How long the oldest write has waited to be acknowledged; 0 "
      "where none waits.",
      oldest->has_value() ? absl::ToDoubleSeconds(absl::Now() - **oldest) : 0);
}

}  // namespace

IngestMetrics::IngestMetrics(metrics::Registry& registry)
    : registry_(registry),
      parse_seconds_(registry.AddHistogram("attache_parse_seconds",
                                           "How long parses took.",
                                           metrics::SecondsBuckets())),
      commit_seconds_(registry.AddHistogram(
          "attache_outbox_commit_seconds",
          "How long it took to make a group of changes durable.",
          metrics::SecondsBuckets())),
      failed_commits_(registry.AddCounter(
          "attache_outbox_failed_commits_total",
          "Groups of changes that could not be made durable.")) {}

void IngestMetrics::OnAnswered(const absl::StatusOr<v1::IngestResult>& result) {
  const bool rejected = !result.ok() && IsRefusal(result.status());
  const std::string outcome = result.ok() ? OutcomeLabel(result->outcome())
                              : rejected  ? "rejected"
                                          : "failed";
  registry_.AddCounter(kBriefings, kBriefingsHelp, {{"outcome", outcome}})
      .Increment();
  if (!rejected) return;
  const auto details = DetailsOf(result.status());
  registry_
      .AddCounter("attache_briefings_rejected_total",
                  "Briefings that were rejected, by reason.",
                  {{"reason", ReasonLabel(details ? details->reason : "")}})
      .Increment();
}

void IngestMetrics::OnGroup(const outbox::Outbox::Report& report) {
  if (report.status.ok()) {
    commit_seconds_.Observe(report.lasted);
  } else {
    failed_commits_.Increment();
  }
}

void IngestMetrics::OnRefusedWrite(absl::string_view reason) {
  registry_
      .AddCounter("attache_writes_refused_total",
                  "Writes that the query service refused, by reason.",
                  {{"reason", ReasonLabel(reason)}})
      .Increment();
}

void IngestMetrics::ReadFrom(const State& state) {
  registry_.AddSource([state](Samples& samples) {
    ReadOutbox(state, samples);
    samples.Gauge("attache_parse_queue_briefings",
                  "Briefings that wait for a thread to parse them.",
                  static_cast<double>(state.pool->waiting()));
    samples.Gauge("attache_query_service_connected",
                  "1 while the query service takes writes; else 0.",
                  state.sender->connected() ? 1 : 0);
    samples.Counter("attache_query_service_connections_total",
                    "How often a connection to the query service was made.",
                    static_cast<double>(state.sender->connections()));
  });
}

}  // namespace attache
