#include "ingestor/service/intake.h"

#include <utility>

#include "common/log.h"
#include "ingestor/outbox/fingerprint.h"
#include "ingestor/service/validation.h"

namespace attache {

class Lane::Place {
 private:
  friend class Lane;
  std::function<void()> enter_;
};

std::shared_ptr<Lane::Place> Lane::Take() {
  absl::MutexLock lock(&mutex_);
  return places_.emplace_back(std::make_shared<Place>());
}

void Lane::Enter(const std::shared_ptr<Place>& place,
                 std::function<void()> enter) {
  absl::MutexLock lock(&mutex_);
  place->enter_ = std::move(enter);
  while (!places_.empty() && places_.front()->enter_) {
    places_.front()->enter_();
    places_.pop_front();
  }
}

bool IsRefusal(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsResourceExhausted(status);
}

Intake::Answer Intake::Observed(std::string briefing_id,
                                std::string traceparent, Answer answer) const {
  return [this, briefing_id = std::move(briefing_id),
          traceparent = std::move(traceparent),
          answer = std::move(answer)](absl::StatusOr<v1::IngestResult> result) {
    parts_.on_answered({.briefing_id = briefing_id,
                        .traceparent = traceparent,
                        .result = result});
    answer(std::move(result));
  };
}

void Intake::Refuse(v1::Briefing briefing, std::string traceparent,
                    absl::Status refusal, Answer answer) {
  answer = Observed(briefing.briefing_id(), std::move(traceparent),
                    std::move(answer));
  KeepRefused(std::move(briefing), std::move(refusal), std::move(answer));
}

void Intake::KeepRefused(v1::Briefing briefing, absl::Status refusal,
                         Answer answer) {
  v1::ItemStatus status = outbox::ToItemStatus(refusal);
  parts_.outbox->RecordRejected(
      std::move(briefing), std::move(status),
      [refusal = std::move(refusal),
       answer = std::move(answer)](const absl::Status& recorded) {
        if (!recorded.ok()) {
          Log(LogLevel::kWarning, "a rejected briefing could not be kept",
              {{"error", recorded.ToString()}});
        }
        answer(refusal);
      });
}

void Intake::Submit(const std::shared_ptr<Lane>& lane, v1::Briefing briefing,
                    std::string traceparent, outbox::AnswerTerms terms,
                    Answer answer) {
  answer = Observed(briefing.briefing_id(), traceparent, std::move(answer));
  if (absl::Status valid =
          ValidateBriefing(briefing, "briefing", parts_.max_briefing_bytes);
      !valid.ok()) {
    KeepRefused(std::move(briefing), std::move(valid), std::move(answer));
    return;
  }
  auto shared = std::make_shared<const v1::Briefing>(std::move(briefing));
  Answer keep_refused = [this, shared, answer = std::move(answer)](
                            absl::StatusOr<v1::IngestResult> result) {
    if (IsRefusal(result.status())) {
      KeepRefused(*shared, result.status(), answer);
    } else {
      answer(std::move(result));
    }
  };
  const std::shared_ptr<Lane::Place> place = lane->Take();
  parts_.pool->Run([=, this, terms = std::move(terms),
                    traceparent = std::move(traceparent),
                    answer = std::move(keep_refused)]() mutable {
    auto submission = std::make_shared<outbox::Submission>(
        Prepare(std::move(shared), std::move(traceparent)));
    lane->Enter(place, [this, submission, terms = std::move(terms),
                        answer = std::move(answer)] {
      parts_.outbox->Accept(std::move(*submission), terms, answer);
    });
  });
}

void Intake::Retract(const std::shared_ptr<Lane>& lane, std::string briefing_id,
                     absl::string_view field, std::string traceparent,
                     outbox::AnswerTerms terms, Answer answer) {
  answer = Observed(briefing_id, traceparent, std::move(answer));
  if (absl::Status valid = ValidateBriefingId(briefing_id, field);
      !valid.ok()) {
    v1::Briefing briefing;
    briefing.set_briefing_id(std::move(briefing_id));
    KeepRefused(std::move(briefing), std::move(valid), std::move(answer));
    return;
  }
  lane->Enter(lane->Take(),
              [=, this, terms = std::move(terms), answer = std::move(answer)] {
                parts_.outbox->Retract(briefing_id, traceparent, terms, answer);
              });
}

bool Intake::NeedsNoParse(const v1::Briefing& briefing,
                          const std::string& fingerprint) const {
  const auto held = parts_.reader->Find(briefing.briefing_id());
  // A file that cannot be read shows when the briefing is taken.
  if (!held.ok() || !held->has_value()) return false;
  const outbox::HeldBriefing& found = **held;
  if (briefing.version() != 0 && briefing.version() < found.version) {
    return true;
  }
  return !found.retracted && !found.refused &&
         found.fingerprint == fingerprint &&
         found.parser_version == parts_.parser_version &&
         found.vocabulary_version == parts_.vocabulary_version;
}

outbox::Submission Intake::Prepare(std::shared_ptr<const v1::Briefing> briefing,
                                   std::string traceparent) const {
  const auto parse = [this, briefing]() -> absl::StatusOr<outbox::ParsedTrips> {
    absl::StatusOr<ParseResult> result = parts_.parse(*briefing);
    if (!result.ok()) return result.status();
    return outbox::ParsedTrips{std::move(result->records),
                               std::move(result->issues)};
  };
  outbox::Submission submission;
  submission.briefing = briefing;
  submission.fingerprint = outbox::FingerprintOf(*briefing);
  submission.traceparent = std::move(traceparent);
  if (NeedsNoParse(*briefing, submission.fingerprint)) {
    // Parsed after all where another briefing of this id gets in before.
    submission.parse = parse;
  } else {
    auto parsed =
        std::make_shared<absl::StatusOr<outbox::ParsedTrips>>(parse());
    submission.parse = [parsed] { return std::move(*parsed); };
  }
  return submission;
}

}  // namespace attache
