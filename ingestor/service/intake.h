// The way of a briefing from a request into the outbox: checked, parsed beside
// others, and taken in the order of its caller.
#ifndef ATTACHE_INGESTOR_SERVICE_INTAKE_H_
#define ATTACHE_INGESTOR_SERVICE_INTAKE_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "attache/v1/briefing.pb.h"
#include "ingestor/outbox/outbox.h"
#include "ingestor/outbox/store_reader.h"
#include "ingestor/parser.h"
#include "ingestor/service/parse_pool.h"

namespace attache {

// Parse with its vocabulary. Thread-safe.
using ParseFunction =
    std::function<absl::StatusOr<ParseResult>(const v1::Briefing&)>;

// Keeps the briefings of one caller in order while they are parsed in
// parallel. Thread-safe.
class Lane {
 public:
  // A place behind all that were taken before it.
  class Place;
  std::shared_ptr<Place> Take();
  // Runs `enter` once every place before this one has entered; one after the
  // other, under the lane's lock.
  void Enter(const std::shared_ptr<Place>& place, std::function<void()> enter);

 private:
  absl::Mutex mutex_;
  std::deque<std::shared_ptr<Place>> places_ ABSL_GUARDED_BY(mutex_);
};

// Thread-safe. All that it is given outlives it and what it has under way.
class Intake {
 public:
  // What became of a briefing, or of a withdrawal.
  struct Answered {
    const std::string& briefing_id;
    const std::string& traceparent;  // empty where none came
    const absl::StatusOr<v1::IngestResult>& result;
  };

  struct Parts {
    outbox::Outbox* outbox = nullptr;
    outbox::StoreReader* reader = nullptr;
    ParsePool* pool = nullptr;
    ParseFunction parse;
    std::string parser_version;
    std::string vocabulary_version;
    int64_t max_briefing_bytes = 0;
    // For those who count and log: called once for each, just before its
    // caller is answered, on the same thread. Must not block.
    std::function<void(const Answered&)> on_answered = [](const Answered&) {};
  };
  explicit Intake(Parts parts) : parts_(std::move(parts)) {}

  // A briefing that is refused is answered once it stands in the list of
  // rejected ones.
  using Answer = outbox::Outbox::Answer;

  // Takes `briefing`, or withdraws one, by way of `lane`. `field` is where the
  // id stands in the request.
  void Submit(const std::shared_ptr<Lane>& lane, v1::Briefing briefing,
              std::string traceparent, outbox::AnswerTerms terms,
              Answer answer);
  void Retract(const std::shared_ptr<Lane>& lane, std::string briefing_id,
               absl::string_view field, std::string traceparent,
               outbox::AnswerTerms terms, Answer answer);
  // What is wrong with the request itself: an item that is empty.
  void Refuse(v1::Briefing briefing, std::string traceparent,
              absl::Status refusal, Answer answer);

  const Parts& parts() const { return parts_; }

 private:
  // `answer`, told of behind on_answered.
  Answer Observed(std::string briefing_id, std::string traceparent,
                  Answer answer) const;
  void KeepRefused(v1::Briefing briefing, absl::Status refusal, Answer answer);
  outbox::Submission Prepare(std::shared_ptr<const v1::Briefing> briefing,
                             std::string traceparent) const;
  bool NeedsNoParse(const v1::Briefing& briefing,
                    const std::string& fingerprint) const;

  const Parts parts_;
};

// Whether an error tells that the briefing is at fault, and not the server.
bool IsRefusal(const absl::Status& status);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_INTAKE_H_
