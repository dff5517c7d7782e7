#include "query_service/journal/producer_positions.h"

#include <algorithm>
#include <limits>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/limits.h"

namespace attache {

int64_t AcknowledgedSequence(const v1::Hello& hello) {
  return hello.first_sequence() == 0 ? hello.last_sequence()
                                     : hello.first_sequence() - 1;
}

absl::Status CheckHello(const v1::Hello& hello) {
  const std::string& id = hello.producer_id();
  if (id.empty() || id.size() > kMaxProducerIdBytes ||
      std::any_of(id.begin(), id.end(), [](unsigned char c) {
        return absl::ascii_isspace(c) || absl::ascii_iscntrl(c);
      })) {
    return FieldError("hello.producer_id",
                      absl::StrCat("takes 1 to ", kMaxProducerIdBytes,
                                   " bytes without white space or control "
                                   "characters"));
  }
  if (hello.epoch() < 0) {
    return FieldError("hello.epoch", "must not be negative");
  }
  if (hello.first_sequence() < 0) {
    return FieldError("hello.first_sequence", "must not be negative");
  }
  if (hello.last_sequence() < hello.first_sequence()) {
    return FieldError(
        "hello.last_sequence",
        absl::StrCat("is ", hello.last_sequence(), ", below first_sequence ",
                     hello.first_sequence()));
  }
  if (hello.last_sequence() == std::numeric_limits<int64_t>::max()) {
    return FieldError("hello.last_sequence", "leaves no sequence to come");
  }
  return absl::OkStatus();
}

absl::Status Claim(absl::string_view principal, const v1::Hello& hello,
                   ProducerPosition& position) {
  if (principal.empty() || principal == position.principal) {
    return absl::OkStatus();
  }
  if (!position.principal.empty()) {
    return MakeError(v1::ERROR_REASON_PRODUCER_OF_ANOTHER,
                     absl::StrCat("producer ", hello.producer_id(),
                                  " belongs to the principal that used it "
                                  "first, which is not ",
                                  principal),
                     {{"producer_id", hello.producer_id()}});
  }
  position.principal = std::string(principal);
  return absl::OkStatus();
}

absl::Status Greet(const v1::Hello& hello, ProducerPosition& position,
                   bool& found_restored) {
  if (hello.epoch() < position.epoch) {
    return MakeError(
        v1::ERROR_REASON_EPOCH_STALE,
        absl::StrCat(
            "producer ", hello.producer_id(), " came with epoch ",
            hello.epoch(), ", and epoch ", position.epoch,
            " was seen: either another process runs on its identity, "
            "or its state was restored and it must count on from there"),
        {{"epoch", absl::StrCat(position.epoch)}});
  }
  if (hello.last_sequence() < position.last_sequence) {
    return MakeError(
        v1::ERROR_REASON_PRODUCER_REWOUND,
        absl::StrCat("producer ", hello.producer_id(),
                     " has given out sequences up to ", hello.last_sequence(),
                     ", and ", position.last_sequence,
                     " is held: its state was restored; number what it holds "
                     "from the one after"),
        {{"last_sequence", absl::StrCat(position.last_sequence)}});
  }
  position.epoch = hello.epoch();
  const int64_t acknowledged = AcknowledgedSequence(hello);
  if (acknowledged <= position.last_sequence) {
    position.resync_from = -1;
    return absl::OkStatus();
  }
  found_restored = position.resync_from != acknowledged;
  position.resync_from = acknowledged;
  return absl::OkStatus();
}

}  // namespace attache
