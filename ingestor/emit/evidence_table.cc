#include "ingestor/emit/evidence_table.h"

#include <algorithm>
#include <string>

#include "common/limits.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

constexpr uint32_t kCheckpointBytes = 1024;
constexpr int kMaxOfOneFact = 100;

// The start of the character that `byte` stands in.
uint32_t Boundary(absl::string_view text, uint32_t byte) {
  while (byte > 0 && byte < text.size() && (text[byte] & 0xC0) == 0x80) --byte;
  return byte;
}

}  // namespace

Utf16Counter::Utf16Counter(absl::string_view text) : text_(text) {
  uint32_t units = 0;
  uint32_t from = 0;
  for (uint32_t at = 0; at < text.size(); at += kCheckpointBytes) {
    const uint32_t boundary = Boundary(text, at);
    units += Utf16Length(text.substr(from, boundary - from));
    from = boundary;
    checkpoints_.push_back(units);
  }
}

uint32_t Utf16Counter::UnitsBefore(uint32_t byte) const {
  if (checkpoints_.empty()) return 0;
  const uint32_t index =
      std::min<uint32_t>(byte / kCheckpointBytes, checkpoints_.size() - 1);
  const uint32_t from = Boundary(text_, index * kCheckpointBytes);
  return checkpoints_[index] + Utf16Length(text_.substr(from, byte - from));
}

EvidenceTable::EvidenceTable(const Document& document, const Utf16Counter& text,
                             const Utf16Counter& title, RecordBudget& budget,
                             v1::TripRecord* record)
    : document_(document),
      text_(text),
      title_(title),
      budget_(budget),
      record_(record) {}

void EvidenceTable::Cite(TokenSpan span,
                         google::protobuf::RepeatedField<uint32_t>* indexes) {
  if (span.empty()) return;
  const Unit& unit = document_.units[document_.unit_of[span.begin]];
  CiteRange(document_.RangeOf(span), unit.in_title, unit.section, indexes);
}

void EvidenceTable::CiteRange(
    TextRange range, bool in_title, uint32_t section,
    google::protobuf::RepeatedField<uint32_t>* indexes) {
  if (indexes->size() >= kMaxOfOneFact) return;
  const auto key = std::make_tuple(in_title, range.begin, range.end);
  if (const auto known = known_.find(key); known != known_.end()) {
    if (std::find(indexes->begin(), indexes->end(), known->second) ==
        indexes->end()) {
      indexes->Add(known->second);
    }
    return;
  }
  const absl::string_view source =
      in_title ? document_.given_title : document_.text;
  const Utf16Counter& counter = in_title ? title_ : text_;
  v1::Evidence evidence;
  evidence.set_begin_byte(range.begin);
  evidence.set_end_byte(range.end);
  evidence.set_begin_utf16(counter.UnitsBefore(range.begin));
  evidence.set_end_utf16(counter.UnitsBefore(range.end));
  evidence.set_in_title(in_title);
  const int32_t heading = document_.sections[section].heading;
  if (heading >= 0) {
    evidence.set_section_title(
        std::string(Utf8Prefix(document_.units[heading].text, kMaxQuoteBytes)));
  }
  evidence.set_quote(std::string(Utf8Prefix(
      source.substr(range.begin, range.end - range.begin), kMaxQuoteBytes)));
  if (!budget_.TakeEvidence(evidence.ByteSizeLong() + 4)) return;
  const uint32_t index = record_->evidence_size();
  known_.emplace(key, index);
  *record_->add_evidence() = std::move(evidence);
  indexes->Add(index);
}

}  // namespace attache
