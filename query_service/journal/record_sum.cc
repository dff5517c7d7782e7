#include "query_service/journal/record_sum.h"

#include <cstring>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace attache {
namespace {

// Eight bytes at a time, as FNV-1a takes one; every step can be undone, so that
// another word gives another hash. Its prime and its start.
constexpr uint64_t kPrime = 0x00000100000001B3;
constexpr uint64_t kStart = 0xCBF29CE484222325;

uint64_t Mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * kPrime;
  return hash ^ (hash >> 32);
}

// With the length, so that two texts side by side keep their border.
uint64_t Mix(uint64_t hash, absl::string_view text) {
  hash = Mix(hash, text.size());
  while (!text.empty()) {
    uint64_t word = 0;
    const size_t size = text.size() < sizeof(word) ? text.size() : sizeof(word);
    std::memcpy(&word, text.data(), size);
    hash = Mix(hash, word);
    text.remove_prefix(size);
  }
  return hash;
}

uint64_t HashOf(absl::string_view briefing_id, absl::string_view record_id,
                absl::string_view wire) {
  // Once more at the end, so that the last words spread too.
  return Mix(Mix(Mix(Mix(kStart, briefing_id), record_id), wire), kStart);
}

}  // namespace

void RecordSum::Add(absl::string_view briefing_id, absl::string_view record_id,
                    absl::string_view wire) {
  value_ += HashOf(briefing_id, record_id, wire);
}

void RecordSum::Remove(absl::string_view briefing_id,
                       absl::string_view record_id, absl::string_view wire) {
  value_ -= HashOf(briefing_id, record_id, wire);
}

std::string RecordSum::ToText(int64_t revision) const {
  return absl::StrCat(revision, " ", value_);
}

std::optional<RecordSum> RecordSum::FromText(absl::string_view text,
                                             int64_t revision) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ' ');
  int64_t of_revision = 0;
  RecordSum sum;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &of_revision) ||
      !absl::SimpleAtoi(parts[1], &sum.value_) || of_revision != revision) {
    return std::nullopt;
  }
  return sum;
}

}  // namespace attache
