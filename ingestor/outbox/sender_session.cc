#include "ingestor/outbox/sender_session.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace attache::outbox {
namespace {

constexpr absl::Duration kFirstBackoff = absl::Milliseconds(100);
constexpr absl::Duration kMaxBackoff = absl::Seconds(5);
constexpr absl::Duration kStandBy = absl::Seconds(60);
// A stream that lasted as long was no failure to connect.
constexpr absl::Duration kSound = absl::Seconds(10);

bool HasReason(const std::optional<ErrorDetails>& details,
               v1::ErrorReason reason) {
  return details.has_value() && details->reason == ReasonName(reason);
}

// The number that an error carries under `key`; nullopt where it has none.
std::optional<int64_t> NumberOf(const ErrorDetails& details,
                                absl::string_view key) {
  for (const auto& [name, value] : details.metadata) {
    int64_t number = 0;
    if (name == key && absl::SimpleAtoi(value, &number)) return number;
  }
  return std::nullopt;
}

}  // namespace

SenderSession::SenderSession(std::string parser_version,
                             std::string vocabulary_version,
                             int64_t sendable_sequence)
    : parser_version_(std::move(parser_version)),
      vocabulary_version_(std::move(vocabulary_version)),
      sendable_sequence_(sendable_sequence) {}

v1::Hello SenderSession::MakeHello(const StoreState& state) {
  connected_ = false;
  progressed_ = false;
  outstanding_.clear();
  outstanding_bytes_ = 0;
  acknowledged_sequence_ = state.acknowledged_sequence;
  sent_sequence_ = state.acknowledged_sequence;

  v1::Hello hello;
  hello.set_producer_id(state.producer_id);
  hello.set_epoch(state.epoch);
  hello.set_parser_version(parser_version_);
  hello.set_vocabulary_version(vocabulary_version_);
  hello.set_last_sequence(sendable_sequence_);
  // Pending writes above it are new to everyone; the outbox is empty of others.
  if (state.acknowledged_sequence < sendable_sequence_) {
    hello.set_first_sequence(state.acknowledged_sequence + 1);
  }
  return hello;
}

absl::StatusOr<SenderSession::Start> SenderSession::OnWelcome(
    const v1::Welcome& welcome, const StoreState& state) {
  if (welcome.last_sequence() > sendable_sequence_) {
    return MakeError(
        v1::ERROR_REASON_PRODUCER_REWOUND,
        "The query service holds writes that this producer does "
        "not know.",
        {{"last_sequence", absl::StrCat(welcome.last_sequence())}});
  }
  if (welcome.max_outstanding_writes() < 1 ||
      welcome.max_outstanding_bytes() < 1 || welcome.max_write_bytes() < 1 ||
      welcome.index_id().empty()) {
    return absl::InternalError(
        "The query service's Welcome has no window, no write size or no "
        "index_id.");
  }
  connected_ = true;
  ever_welcomed_ = true;
  window_writes_ = welcome.max_outstanding_writes();
  window_bytes_ = welcome.max_outstanding_bytes();
  max_write_bytes_ = welcome.max_write_bytes();
  max_batch_bytes_ = std::min(welcome.max_write_bytes(), window_bytes_);

  Start start;
  // Writes that were acknowledged and are no longer there are sent again,
  // whether the service asks for it or not. Another index than the last one may
  // hold others under the same sequences, where both sides were restored.
  start.resync =
      welcome.resync() ||
      welcome.last_sequence() < state.acknowledged_sequence ||
      (!state.index_id.empty() && state.index_id != welcome.index_id());
  start.acknowledged_sequence =
      std::max(welcome.last_sequence(), state.acknowledged_sequence);
  // Of an index that is to have everything anew they may be of others' writes.
  if (!start.resync) {
    start.rejected.assign(welcome.rejected_writes().begin(),
                          welcome.rejected_writes().end());
  }
  acknowledged_sequence_ = start.acknowledged_sequence;
  sent_sequence_ = start.acknowledged_sequence;
  return start;
}

bool SenderSession::MaySend(int64_t bytes) const {
  if (!connected_) return false;
  // A write as large as the window, or larger after the service lowered it,
  // still goes, alone.
  if (outstanding_.empty()) return true;
  return static_cast<int64_t>(outstanding_.size()) < window_writes_ &&
         outstanding_bytes_ + bytes <= window_bytes_;
}

void SenderSession::OnSent(int64_t sequence, int64_t bytes) {
  sent_sequence_ = sequence;
  sendable_sequence_ = std::max(sendable_sequence_, sequence);
  outstanding_.emplace_back(sequence, bytes);
  outstanding_bytes_ += bytes;
}

absl::Status SenderSession::OnAck(const v1::Ack& ack) {
  if (ack.sequence() < acknowledged_sequence_ ||
      ack.sequence() > sent_sequence_) {
    return absl::InternalError(absl::StrCat(
        "The query service acknowledged ", ack.sequence(), ", which is not in ",
        acknowledged_sequence_, " to ", sent_sequence_, "."));
  }
  acknowledged_sequence_ = ack.sequence();
  while (!outstanding_.empty() &&
         outstanding_.front().first <= ack.sequence()) {
    outstanding_bytes_ -= outstanding_.front().second;
    outstanding_.pop_front();
  }
  progressed_ = true;
  return absl::OkStatus();
}

SenderSession::Next SenderSession::OnEnd(const absl::Status& status,
                                         absl::Duration lasted, double random) {
  const bool progressed = progressed_ || (connected_ && lasted >= kSound);
  connected_ = false;
  if (progressed) failures_ = rewinds_ = 0;

  const auto details = DetailsOf(status);
  Next next;
  if (HasReason(details, v1::ERROR_REASON_PRODUCER_REWOUND)) {
    const auto last = NumberOf(*details, "last_sequence");
    if (last && *last > sendable_sequence_) {
      sendable_sequence_ = *last;
      next.action = Next::Action::kRewind;
      next.last_sequence = *last;
      // Once is a restore; again and again, somebody else counts on.
      if (++rewinds_ > 1) next.delay = Backoff(random);
      return next;
    }
  } else if (HasReason(details, v1::ERROR_REASON_EPOCH_STALE)) {
    const auto epoch = NumberOf(*details, "epoch");
    if (!ever_welcomed_ && !took_epoch_ && epoch) {
      took_epoch_ = true;
      next.action = Next::Action::kTakeEpoch;
      next.epoch = *epoch + 1;
      return next;
    }
    next.action = Next::Action::kStandBy;
    next.delay = kStandBy;
    return next;
  } else if (HasReason(details, v1::ERROR_REASON_PRODUCER_TAKEN_OVER)) {
    next.action = Next::Action::kStandBy;
    next.delay = kStandBy;
    return next;
  }
  next.delay = Backoff(random);
  if (details && details->retry_delay) {
    next.delay =
        std::max(next.delay, std::min(*details->retry_delay, kMaxBackoff));
  }
  return next;
}

absl::Duration SenderSession::Backoff(double random) {
  const absl::Duration ceiling =
      std::min(kMaxBackoff, kFirstBackoff * (1 << std::min(failures_, 10)));
  ++failures_;
  return ceiling * random;
}

}  // namespace attache::outbox
