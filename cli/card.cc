#include "cli/card.h"

#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "cli/terminal.h"
#include "common/civil_date.h"
#include "common/money.h"

namespace attache::cli {
namespace {

std::string Format(const v1::PartialDate& date) {
  return ToString(PartialDate{date.year(), date.month(), date.day()});
}

std::string Value(const v1::Money& money) {
  return ToString(Money{money.currency_code(), money.units(), money.nanos()});
}

// " (a, b)" of what is not empty; nothing where all is.
std::string InBrackets(const std::vector<std::string>& parts) {
  std::vector<std::string> filled;
  for (const std::string& part : parts) {
    if (!part.empty()) filled.push_back(part);
  }
  return filled.empty() ? ""
                        : absl::StrCat(" (", absl::StrJoin(filled, ", "), ")");
}

template <typename Strings>
std::string Join(const Strings& strings) {
  return absl::StrJoin(strings, ", ");
}

// Writes the card of one record.
class CardWriter {
 public:
  explicit CardWriter(const v1::TripRecord& record) : record_(record) {}

  std::string Write() {
    absl::StrAppend(&text_, Printable(record_.title()), "\n");
    Line("record", record_.record_id());
    Line("status", FormatStatus(record_.status()));
    if (record_.has_dates()) {
      Fact("dates", FormatDates(record_.dates()), record_.dates().evidence());
    }
    for (const auto& traveler : record_.travelers()) {
      Fact("traveler",
           absl::StrCat(traveler.name(),
                        InBrackets({traveler.role(), traveler.organization(),
                                    traveler.country_code()})),
           traveler.evidence());
    }
    for (const auto& visit : record_.visits()) {
      Fact("visit",
           absl::StrCat(
               visit.country_code(),
               InBrackets({Join(visit.places()), FormatDates(visit.dates())})),
           visit.evidence());
    }
    for (const auto& event : record_.events()) {
      Fact("event",
           absl::StrCat(event.name(),
                        InBrackets({event.series_id(), event.country_code()})),
           event.evidence());
    }
    for (const auto& meeting : record_.meetings()) {
      const bool named = !meeting.counterpart().empty();
      Fact("meeting",
           absl::StrCat(
               named ? meeting.counterpart() : meeting.role(),
               InBrackets({named ? meeting.role() : "", meeting.organization(),
                           meeting.country_code()})),
           meeting.evidence());
    }
    WriteItems();
    for (const auto& amount : record_.amounts()) {
      Fact("amount", FormatAmount(amount), amount.evidence());
    }
    WriteCountriesAndRegions();
    return std::move(text_);
  }

 private:
  void WriteItems() {
    for (const auto& objective : record_.objectives()) {
      Fact("objective",
           absl::StrCat(objective.text(),
                        InBrackets({objective.objective_id(),
                                    Join(objective.country_codes())})),
           objective.evidence());
    }
    for (const auto& sector : record_.sectors()) {
      Fact("sector",
           absl::StrCat(
               sector.text(),
               InBrackets({sector.sector_id(), Join(sector.country_codes()),
                           FormatAmount(sector.investment()),
                           Join(sector.key_players())})),
           sector.evidence());
    }
    for (const auto& commitment : record_.commitments()) {
      Fact("commitment",
           absl::StrCat(commitment.text(),
                        InBrackets({FormatAmount(commitment.amount()),
                                    Join(commitment.country_codes())})),
           commitment.evidence());
    }
    for (const auto& focus : record_.focus_areas()) {
      Fact(
          "focus area",
          absl::StrCat(focus.text(), InBrackets({Join(focus.country_codes())})),
          focus.evidence());
    }
  }

  void WriteCountriesAndRegions() {
    std::vector<std::string> countries;
    for (const auto& mention : record_.mentioned_countries()) {
      countries.push_back(mention.country_code());
    }
    Line("mentioned", absl::StrJoin(countries, ", "));
    std::set<std::string> regions;
    for (const auto& region : record_.regions()) regions.insert(region.text());
    Line("regions", absl::StrJoin(regions, ", "));
    Line("confidence", absl::StrCat(record_.extraction().confidence()));
  }

  void Line(absl::string_view label, const std::string& value) {
    if (value.empty()) return;
    std::string padded(label);
    padded.resize(12, ' ');
    absl::StrAppend(&text_, "  ", padded, Printable(value), "\n");
  }

  template <typename Indexes>
  void Fact(absl::string_view label, const std::string& value,
            const Indexes& evidence) {
    Line(label, value);
    std::set<std::string> quotes;
    for (const uint32_t index : evidence) {
      if (static_cast<int>(index) >= record_.evidence_size()) continue;
      const std::string quote =
          Printable(record_.evidence(static_cast<int>(index)).quote());
      if (!quotes.insert(quote).second) continue;
      absl::StrAppend(&text_, std::string(16, ' '), "“", quote, "”\n");
    }
  }

  const v1::TripRecord& record_;
  std::string text_;
};

}  // namespace

std::string FormatDates(const v1::DateRange& dates) {
  const std::string start = Format(dates.start());
  const std::string end = Format(dates.end());
  if (start.empty() && end.empty()) return "";
  if (end.empty()) return absl::StrCat("from ", start);
  if (start.empty()) return absl::StrCat("until ", end);
  if (start == end) return start;
  return absl::StrCat(start, " to ", end);
}

std::string FormatAmount(const v1::Amount& amount) {
  std::string value;
  if (amount.has_low() && amount.has_high()) {
    value = Value(amount.low());
    if (value != Value(amount.high())) {
      value = absl::StrCat(
          absl::StripSuffix(value,
                            absl::StrCat(" ", amount.low().currency_code())),
          " to ", Value(amount.high()));
    }
  } else if (amount.has_low()) {
    value = absl::StrCat("at least ", Value(amount.low()));
  } else if (amount.has_high()) {
    value = absl::StrCat("up to ", Value(amount.high()));
  } else {
    return "";
  }
  if (amount.approximate()) value = absl::StrCat("about ", value);
  if (amount.kind() != v1::AMOUNT_KIND_UNSPECIFIED) {
    absl::StrAppend(&value, " ",
                    absl::AsciiStrToLower(absl::StripPrefix(
                        v1::AmountKind_Name(amount.kind()), "AMOUNT_KIND_")));
  }
  return value;
}

std::string FormatStatus(v1::TripStatus status) {
  if (status == v1::TRIP_STATUS_UNSPECIFIED) return "";
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripPrefix(
                                 v1::TripStatus_Name(status), "TRIP_STATUS_")),
                             {{"_", " "}});
}

std::string RecordCard(const v1::TripRecord& record) {
  return CardWriter(record).Write();
}

std::string ResponseCard(const v1::ParseBriefingResponse& response) {
  std::string text;
  if (response.records().empty())
    text = "No official trip abroad is reported.\n";
  for (const auto& record : response.records()) {
    if (!text.empty()) text += '\n';
    text += RecordCard(record);
  }
  if (!response.issues().empty()) text += "\nIn doubt:\n";
  for (const auto& issue : response.issues()) {
    absl::StrAppend(&text, "  ", issue.code(), ": ", Printable(issue.message()),
                    "\n");
  }
  return text;
}

}  // namespace attache::cli
