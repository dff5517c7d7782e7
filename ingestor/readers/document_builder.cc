#include "ingestor/readers/document_builder.h"

#include <utility>

namespace attache {

DocumentBuilder::DocumentBuilder(std::string text, const ReadOptions& options,
                                 RangeStyle style)
    : style_(style) {
  document_.text = std::move(text);
  document_.given_title = options.title;
  document_.language = options.language;
  document_.media_type = options.media_type;
  document_.publish_day = options.publish_day;
  document_.sections.push_back({});
  if (options.title.empty()) return;
  const TextRange all{0, static_cast<uint32_t>(options.title.size())};
  NormalizedText title = Normalize(options.title, {all});
  if (title.text.empty()) return;
  document_.units.push_back({.kind = UnitKind::kTitle,
                             .text = std::move(title.text),
                             .origin = std::move(title.origin),
                             .in_title = true,
                             .section = 0,
                             .tokens = {}});
}

NormalizedText DocumentBuilder::NormalizeRanges(
    absl::Span<const TextRange> ranges) const {
  return Normalize(document_.text, ranges, style_);
}

uint32_t DocumentBuilder::AddUnit(UnitKind kind, NormalizedText text) {
  document_.units.push_back(
      {.kind = kind,
       .text = std::move(text.text),
       .origin = std::move(text.origin),
       .in_title = false,
       .section = static_cast<uint32_t>(document_.sections.size() - 1),
       .tokens = {}});
  return document_.units.size() - 1;
}

uint32_t DocumentBuilder::AddHeading(int level, NormalizedText text) {
  const uint32_t next = document_.units.size();
  document_.sections.back().end_unit = next;
  document_.sections.push_back({.heading = static_cast<int32_t>(next),
                                .level = level,
                                .first_unit = next,
                                .end_unit = next});
  return AddUnit(UnitKind::kHeading, std::move(text));
}

uint32_t DocumentBuilder::BeginList(int32_t intro) {
  document_.lists.push_back({.intro = intro, .items = {}});
  return document_.lists.size() - 1;
}

uint32_t DocumentBuilder::AddItem(uint32_t list, NormalizedText text) {
  const uint32_t unit = AddUnit(UnitKind::kListItem, std::move(text));
  document_.lists[list].items.push_back(unit);
  return unit;
}

uint32_t DocumentBuilder::BeginTable(int32_t intro, TextRange range) {
  document_.tables.push_back(
      {.intro = intro,
       .section = static_cast<uint32_t>(document_.sections.size() - 1),
       .range = range,
       .header = {},
       .rows = {}});
  return document_.tables.size() - 1;
}

void DocumentBuilder::AddRow(uint32_t table,
                             absl::Span<const TextRanges> cells) {
  TableRow row;
  row.cells.reserve(cells.size());
  for (const TextRanges& cell : cells) {
    row.cells.push_back(AddUnit(UnitKind::kTableCell, NormalizeRanges(cell)));
  }
  Table& target = document_.tables[table];
  if (target.header.cells.empty()) {
    target.header = std::move(row);
  } else {
    target.rows.push_back(std::move(row));
  }
}

void DocumentBuilder::AddUnread(TextRange range) {
  document_.unread.push_back(range);
}

Document DocumentBuilder::Finish() && {
  document_.sections.back().end_unit = document_.units.size();
  return std::move(document_);
}

}  // namespace attache
