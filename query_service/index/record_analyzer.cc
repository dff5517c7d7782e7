#include "query_service/index/record_analyzer.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/civil_date.h"
#include "common/text/fold.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "query_service/index/searched_text.h"

namespace attache {
namespace {

using ::google::protobuf::internal::WireFormatLite;

// google.protobuf.Timestamp's own range; anything beyond is clamped to it.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;

PartialDate ToPartialDate(const v1::PartialDate& date) {
  return {date.year(), date.month(), date.day()};
}

std::vector<std::string> FieldTerms(const v1::TripRecord& record) {
  std::vector<std::string> terms;
  const auto add = [&terms](TermField field, absl::string_view value) {
    if (!value.empty()) terms.push_back(TermKey(field, value));
  };
  for (const auto& visit : record.visits()) {
    add(TermField::kVisited, visit.country_code());
  }
  for (const auto& mention : record.mentioned_countries()) {
    add(TermField::kMentioned, mention.country_code());
  }
  for (const auto& traveler : record.travelers()) {
    add(TermField::kOrigin, traveler.country_code());
  }
  for (const auto& region : record.regions()) {
    add(TermField::kRegion, region.region_id());
  }
  for (const auto& sector : record.sectors()) {
    add(TermField::kSector, sector.sector_id());
  }
  for (const auto& objective : record.objectives()) {
    add(TermField::kObjective, objective.objective_id());
  }
  for (const auto& event : record.events()) {
    add(TermField::kEventSeries, event.series_id());
  }
  for (const auto& traveler : record.travelers()) {
    add(TermField::kTravelerName, NameValue(traveler.name()));
  }
  const PartialDate start = ToPartialDate(record.dates().start());
  if (IntervalOf(start)) {
    add(TermField::kStartMonth, ToString(PartialDate{start.year, start.month}));
  }
  add(TermField::kPublisher, FoldToKey(record.source().publisher()));
  add(TermField::kPublisherName, NameValue(record.source().publisher()));
  const std::string tag = NormalizeLanguage(record.source().language_code());
  for (size_t end = tag.find('-'); end != std::string::npos;
       end = tag.find('-', end + 1)) {
    add(TermField::kLanguage, absl::string_view(tag).substr(0, end));
  }
  add(TermField::kLanguage, tag);
  add(TermField::kStatus, absl::StrCat(static_cast<int>(record.status())));
  for (const auto& [key, value] : record.labels()) {
    add(TermField::kLabel, LabelValue(key, value));
  }
  return terms;
}

}  // namespace

absl::StatusOr<SplitWire> SplitBasic(absl::string_view wire) {
  google::protobuf::io::CodedInputStream input(
      reinterpret_cast<const uint8_t*>(wire.data()),
      static_cast<int>(wire.size()));
  std::string basic;
  std::string full;
  SplitWire split;
  bool ordered = true;
  size_t begin = 0;
  while (const uint32_t tag = input.ReadTag()) {
    if (!WireFormatLite::SkipField(&input, tag)) break;
    const auto end = static_cast<size_t>(input.CurrentPosition());
    const absl::string_view field = wire.substr(begin, end - begin);
    if (WireFormatLite::GetTagFieldNumber(tag) < kFirstFullField) {
      ordered = ordered && full.empty();
      basic.append(field.data(), field.size());
    } else {
      full.append(field.data(), field.size());
    }
    begin = end;
  }
  if (begin != wire.size()) {
    return absl::InvalidArgumentError("the record's bytes are no message");
  }
  split.basic_bytes = basic.size();
  split.wire = ordered ? std::string(wire) : absl::StrCat(basic, full);
  return split;
}

ColumnValue ConfidenceValue(float confidence) {
  // Floats of one sign compare as their bits do.
  if (!(confidence > 0)) return {0, 0};
  return {std::bit_cast<int32_t>(std::min(confidence, 1.0F)), 0};
}

ColumnRow ColumnsOf(const v1::TripRecord& record) {
  ColumnRow row;
  row.fill(ColumnValue::Missing());
  const auto at = [&row](Column column) -> ColumnValue& {
    return row[static_cast<size_t>(column)];
  };
  const auto start = IntervalOf(ToPartialDate(record.dates().start()));
  const auto end = IntervalOf(ToPartialDate(record.dates().end()));
  if (start) at(Column::kStartDay) = {start->first, 0};
  if (start || end) {
    const DayInterval first = start ? *start : *end;
    const DayInterval last = end ? *end : *start;
    at(Column::kFirstDay) = {std::min(first.first, last.first), 0};
    at(Column::kLastDay) = {std::max(first.last, last.last), 0};
  }
  if (record.source().has_publish_time()) {
    const auto& time = record.source().publish_time();
    at(Column::kPublishTime) = {
        std::clamp(time.seconds(), kFirstSecond, kLastSecond),
        std::clamp(time.nanos(), 0, 999999999)};
  }
  at(Column::kConfidence) = ConfidenceValue(record.extraction().confidence());
  return row;
}

RecordAnalyzer::RecordAnalyzer(const Vocabulary& vocabulary)
    : forms_(vocabulary) {}

absl::StatusOr<AnalyzedRecord> RecordAnalyzer::Analyze(
    absl::string_view record_id, absl::string_view wire) {
  v1::TripRecord record;
  // A record has an id at least: a segment keeps none without bytes.
  if (wire.empty() ||
      !record.ParseFromArray(wire.data(), static_cast<int>(wire.size()))) {
    return absl::InvalidArgumentError(
        absl::StrCat("the bytes of record ", record_id, " are no TripRecord"));
  }
  AnalyzedRecord analyzed;
  absl::StatusOr<SplitWire> split = SplitBasic(wire);
  if (!split.ok()) return split.status();
  analyzed.bytes = *std::move(split);
  analyzed.columns = ColumnsOf(record);

  const std::string language =
      forms_.StemmedLanguage(record.source().language_code());
  const auto word_terms = [&](absl::string_view text,
                              std::vector<std::string>& terms) {
    for (const std::string& word : WordsOf(text)) {
      for (const std::string& form : forms_.FormsOf(language, word)) {
        terms.push_back(TermKey(TermField::kWord, WordValue(language, form)));
      }
    }
  };
  auto& elements = analyzed.elements;
  auto& own = elements[static_cast<size_t>(TermSpace::kRecord)].emplace_back(
      FieldTerms(record));
  ForEachSearchedText(record,
                      [&](absl::string_view text) { word_terms(text, own); });
  for (const auto& objective : record.objectives()) {
    word_terms(
        objective.text(),
        elements[static_cast<size_t>(TermSpace::kObjective)].emplace_back());
  }
  for (const auto& traveler : record.travelers()) {
    auto& words =
        elements[static_cast<size_t>(TermSpace::kTraveler)].emplace_back();
    for (const auto word :
         absl::StrSplit(FoldToKey(traveler.name()), ' ', absl::SkipEmpty())) {
      words.push_back(TermKey(TermField::kWord, word));
    }
  }
  for (Investment& investment : InvestmentsOf(record)) {
    elements[static_cast<size_t>(TermSpace::kInvestment)].push_back(
        std::move(investment.terms));
    analyzed.investments.push_back(investment.bounds);
  }
  return analyzed;
}

}  // namespace attache
