#include "ingestor/emit/emit_items.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/text/utf8.h"
#include "ingestor/emit/conversions.h"

namespace attache {
namespace {

// What an element of a repeated field takes beside its own bytes.
constexpr size_t kElementBytes = 5;

class ItemEmitter {
 public:
  ItemEmitter(const Parsed& parsed, EvidenceTable& evidence,
              RecordBudget& budget, v1::TripRecord* record)
      : parsed_(parsed),
        evidence_(evidence),
        budget_(budget),
        record_(record) {}

  void Emit(const LinkedItem& item) {
    switch (item.kind) {
      case ItemKind::kObjective:
        return Add(EmitObjective(item), record_->mutable_objectives());
      case ItemKind::kSector:
        return Add(EmitSector(item), record_->mutable_sectors());
      case ItemKind::kCommitment:
        return Add(EmitCommitment(item), record_->mutable_commitments());
      case ItemKind::kFocusArea:
        return Add(EmitFocusArea(item), record_->mutable_focus_areas());
      case ItemKind::kPoint:
        // Linked as objectives (LinkPoint); never an item of its own.
        return;
    }
  }

 private:
  template <typename Message>
  void Add(Message message, google::protobuf::RepeatedPtrField<Message>* to) {
    if (budget_.TakeItem(message.ByteSizeLong() + kElementBytes)) {
      *to->Add() = std::move(message);
    }
  }

  std::string Text(TokenSpan span) const {
    return FieldText(parsed_.document, span);
  }

  // What all four kinds have.
  template <typename Message>
  void SetShared(const LinkedItem& item, Message* message) {
    message->set_text(Text(item.label));
    message->set_description(Text(item.description));
    message->set_confidence(RoundConfidence(item.confidence));
    for (const std::string& code : item.country_codes) {
      message->add_country_codes(code);
    }
    for (const TokenSpan& span : item.evidence) {
      evidence_.Cite(span, message->mutable_evidence());
    }
  }

  template <typename Message>
  void SetSectors(const LinkedItem& item, Message* message) {
    for (const std::string& id : item.sector_ids) message->add_sector_ids(id);
  }

  v1::Objective EmitObjective(const LinkedItem& item) {
    v1::Objective objective;
    SetShared(item, &objective);
    SetSectors(item, &objective);
    objective.set_objective_id(item.id);
    objective.set_anticipated_impact(Text(item.impact));
    return objective;
  }

  v1::SectorEngagement EmitSector(const LinkedItem& item) {
    v1::SectorEngagement sector;
    SetShared(item, &sector);
    sector.set_sector_id(item.id);
    if (item.amount.has_value()) {
      SetAmount(parsed_.document, parsed_.amounts[*item.amount], evidence_,
                sector.mutable_investment());
    }
    for (const std::string& player : item.key_players) {
      sector.add_key_players(std::string(Utf8Prefix(player, kMaxTextBytes)));
    }
    return sector;
  }

  v1::Commitment EmitCommitment(const LinkedItem& item) {
    v1::Commitment commitment;
    SetShared(item, &commitment);
    SetSectors(item, &commitment);
    if (item.amount.has_value()) {
      SetAmount(parsed_.document, parsed_.amounts[*item.amount], evidence_,
                commitment.mutable_amount());
    }
    return commitment;
  }

  v1::FocusArea EmitFocusArea(const LinkedItem& item) {
    v1::FocusArea area;
    SetShared(item, &area);
    SetSectors(item, &area);
    area.set_expected_outcomes(Text(item.impact));
    return area;
  }

  const Parsed& parsed_;
  EvidenceTable& evidence_;
  RecordBudget& budget_;
  v1::TripRecord* record_;
};

// Cells of `row`, padded to the header's width while there is room.
bool EmitCells(const Document& document, const TableRow& row, size_t width,
               RecordBudget& budget,
               google::protobuf::RepeatedPtrField<std::string>* cells) {
  for (size_t i = 0; i < std::max(width, row.cells.size()); ++i) {
    std::string text;
    if (i < row.cells.size()) {
      text = std::string(
          Utf8Prefix(document.units[row.cells[i]].text, kMaxTextBytes));
    }
    if (!budget.TakeTable(text.size() + kElementBytes)) return false;
    *cells->Add() = std::move(text);
  }
  return true;
}

// False where not all of it had room.
bool EmitTable(const Document& document, const Table& table,
               RecordBudget& budget, v1::Table* out) {
  if (!EmitCells(document, table.header, 0, budget, out->mutable_header())) {
    return false;
  }
  for (const TableRow& row : table.rows) {
    v1::TableRow cells;
    if (!EmitCells(document, row, table.header.cells.size(), budget,
                   cells.mutable_cells())) {
      return false;
    }
    *out->add_rows() = std::move(cells);
  }
  return true;
}

}  // namespace

void EmitItems(const Parsed& parsed, const std::vector<LinkedItem>& items,
               EvidenceTable& evidence, RecordBudget& budget,
               v1::TripRecord* record) {
  ItemEmitter emitter(parsed, evidence, budget, record);
  for (const LinkedItem& item : items) {
    if (budget.items_cut()) return;
    emitter.Emit(item);
  }
}

void EmitAmounts(const Parsed& parsed, EvidenceTable& evidence,
                 RecordBudget& budget, v1::TripRecord* record) {
  for (const AmountMention& mention : parsed.amounts) {
    v1::Amount amount;
    SetAmount(parsed.document, mention, evidence, &amount);
    if (!budget.TakeItem(amount.ByteSizeLong() + kElementBytes)) return;
    *record->add_amounts() = std::move(amount);
  }
}

void EmitTables(const Document& document, EvidenceTable& evidence,
                RecordBudget& budget, v1::TripRecord* record,
                IssueSink& issues) {
  for (const Table& table : document.tables) {
    v1::Table out;
    const int32_t heading = document.sections[table.section].heading;
    if (heading >= 0) {
      out.set_section_title(
          std::string(Utf8Prefix(document.units[heading].text, kMaxTextBytes)));
    }
    evidence.CiteRange(table.range, /*in_title=*/false, table.section,
                       out.mutable_evidence());
    const bool whole = EmitTable(document, table, budget, &out);
    const int rows = out.rows_size();
    if (out.header_size() > 0) *record->add_tables() = std::move(out);
    if (whole) continue;
    issues.Report(
        "TABLE_TOO_LARGE",
        absl::StrCat("The record holds ", rows, " of the ", table.rows.size(),
                     " rows of this table, and no table after it."),
        table.range);
    return;
  }
}

}  // namespace attache
