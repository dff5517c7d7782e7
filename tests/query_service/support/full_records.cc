#include "tests/query_service/support/full_records.h"

#include <cstdint>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace attache::testing {
namespace {

using Texts = google::protobuf::RepeatedPtrField<std::string>;
using Dates = v1::DateRange;

const char* const kCountries[] = {"BR", "PE", "BE", "US", "KE", "JP"};
const char* const kSectors[] = {"energy", "energy_renewable", "agriculture",
                                "education", "old_sector"};
const char* const kLanguages[] = {"en", "pt-BR", "pt_BR", "es", "fr", "xx", ""};
const char* const kCurrencies[] = {"USD", "EUR", "JPY"};
const char* const kRoles[] = {"head_of_state", "foreign_minister"};

// Fills the fields of one record.
class Filler {
 public:
  explicit Filler(RandomRecords& random) : random_(random) {}

  void Fill(const std::string& briefing_id, v1::TripRecord& record) {
    FillSource(briefing_id, *record.mutable_source());
    if (Some()) record.set_title(Text());
    for (auto& traveler : *record.mutable_travelers()) FillPerson(traveler);
    for (auto& visit : *record.mutable_visits()) {
      FillTexts(*visit.mutable_places());
      if (Some()) FillDates(*visit.mutable_dates());
      visit.set_confidence(Confidence());
    }
    for (auto& mention : *record.mutable_mentioned_countries()) {
      mention.set_mention_count(random_.Below(4));
    }
    for (auto& region : *record.mutable_regions()) {
      if (random_.OneIn(4)) region.set_region_id("indo_pacific");
      region.set_text(Text());
    }
    if (Some()) record.mutable_dates()->set_text(Text());
    for (auto& event : *record.mutable_events()) {
      event.set_name(Text());
      event.set_country_code(One(kCountries));
      if (Some()) FillDates(*event.mutable_dates());
      event.set_confidence(Confidence());
    }
    for (int i = random_.Below(3); i > 0; --i) {
      auto& meeting = *record.add_meetings();
      meeting.set_counterpart(Text());
      FillPerson(meeting);
    }
    FillItems(record);
    FillExtraction(*record.mutable_extraction());
    FillLabels(*record.mutable_labels());
    if (Some()) record.set_revision(random_.Below(4));
    if (Some()) FillTime(*record.mutable_index_time());
    for (auto& table : *record.mutable_tables()) {
      table.set_section_title(Text());
      FillTexts(*table.mutable_header());
      FillTexts(*table.mutable_rows(0)->mutable_cells());
    }
    for (int i = random_.Below(3); i > 0; --i) {
      auto& evidence = *record.add_evidence();
      evidence.set_begin_byte(static_cast<uint32_t>(random_.Below(4)));
      evidence.set_quote(Text());
      evidence.set_in_title(random_.OneIn(3));
    }
  }

 private:
  bool Some() { return !random_.OneIn(4); }
  template <typename Pool>
  std::string One(const Pool& pool) {
    if (random_.OneIn(8)) return "";
    return pool[static_cast<size_t>(
        random_.Below(static_cast<int>(std::size(pool))))];
  }
  std::string Text() { return One(SharedTexts()); }
  float Confidence() { return static_cast<float>(random_.Below(5)) / 4; }

  template <typename Person>
  void FillPerson(Person& person) {
    person.set_role(Text());
    person.set_organization(Text());
    person.set_role_id(One(kRoles));
    person.set_confidence(Confidence());
    if (random_.OneIn(3)) person.set_country_code(One(kCountries));
  }

  void FillTexts(Texts& texts) {
    for (int i = random_.Below(3); i > 0; --i) texts.Add(Text());
  }
  void FillCodes(Texts& codes) {
    for (int i = random_.Below(3); i > 0; --i) codes.Add(One(kCountries));
  }
  void FillSectors(Texts& ids) {
    for (int i = random_.Below(3); i > 0; --i) ids.Add(One(kSectors));
  }

  void FillTime(google::protobuf::Timestamp& time) {
    // Noons and midnights from 1 November 2023 on.
    time.set_seconds(1698796800 + int64_t{43200} * random_.Below(60));
    time.set_nanos(random_.Below(3));
  }

  void FillDate(v1::PartialDate& date) {
    date.set_year(random_.OneIn(6) ? 0 : 2024 + random_.Below(2));
    date.set_month(random_.OneIn(5) ? 0 : 1 + random_.Below(3));
    // 30 February is no date.
    date.set_day(date.month() == 0 || random_.OneIn(3) ? 0
                                                       : 1 + random_.Below(30));
  }
  void FillDates(Dates& dates) {
    if (Some()) FillDate(*dates.mutable_start());
    if (Some()) FillDate(*dates.mutable_end());
    if (Some()) dates.set_text(Text());
  }

  void FillMoney(v1::Money& money) {
    static constexpr int64_t kUnits[] = {0, 1, 500000, 1200000000};
    money.set_currency_code(One(kCurrencies));
    money.set_units(kUnits[random_.Below(4)]);
    if (random_.OneIn(3)) money.set_nanos(500000000);
  }
  void FillAmount(v1::Amount& amount) {
    if (Some()) FillMoney(*amount.mutable_low());
    if (Some()) FillMoney(*amount.mutable_high());
    amount.set_approximate(random_.OneIn(2));
    amount.set_kind(static_cast<v1::AmountKind>(random_.Below(5)));
    amount.set_text(Text());
  }

  void FillSource(const std::string& briefing_id, v1::Source& source) {
    if (Some()) source.set_briefing_id(briefing_id);
    source.set_language_code(One(kLanguages));
    source.set_title(Text());
    if (Some()) source.set_uri(absl::StrCat("https://a.example/", briefing_id));
    source.set_media_type(random_.OneIn(2) ? "text/html" : "text/plain");
    source.set_version(random_.Below(4));
    if (source.has_publish_time()) FillTime(*source.mutable_publish_time());
  }

  void FillItems(v1::TripRecord& record) {
    for (auto& objective : *record.mutable_objectives()) {
      if (Some()) objective.set_text(Text());
      objective.set_description(Text());
      objective.set_anticipated_impact(Text());
      FillCodes(*objective.mutable_country_codes());
      FillSectors(*objective.mutable_sector_ids());
      objective.set_confidence(Confidence());
    }
    for (auto& sector : *record.mutable_sectors()) {
      if (random_.OneIn(5)) sector.set_sector_id("old_sector");
      sector.set_text(Text());
      sector.set_description(Text());
      FillTexts(*sector.mutable_key_players());
      sector.set_confidence(Confidence());
    }
    for (auto& commitment : *record.mutable_commitments()) {
      commitment.set_text(Text());
      commitment.set_description(Text());
      commitment.set_confidence(Confidence());
    }
    for (int i = random_.Below(3); i > 0; --i) {
      auto& focus = *record.add_focus_areas();
      focus.set_text(Text());
      focus.set_expected_outcomes(Text());
      focus.set_description(Text());
      FillCodes(*focus.mutable_country_codes());
      FillSectors(*focus.mutable_sector_ids());
      focus.set_confidence(Confidence());
    }
    for (int i = random_.Below(3); i > 0; --i) {
      FillAmount(*record.add_amounts());
    }
  }

  void FillExtraction(v1::Extraction& extraction) {
    extraction.set_parser_version(random_.OneIn(2) ? "1.0" : "1.1");
    extraction.set_coverage(Confidence());
    if (random_.OneIn(2)) extraction.set_confidence(Confidence());
    for (int i = random_.Below(3); i > 0; --i) {
      auto& issue = *extraction.add_issues();
      issue.set_code(random_.OneIn(2) ? "TABLE_WIDTH_MISMATCH"
                                      : "AMBIGUOUS_PLACE");
      issue.set_message(Text());
      issue.set_end_byte(static_cast<uint32_t>(random_.Below(3)));
    }
  }

  void FillLabels(google::protobuf::Map<std::string, std::string>& labels) {
    if (random_.OneIn(3)) labels["my key"] = random_.OneIn(2) ? "a*b" : "axb";
  }

  RandomRecords& random_;
};

}  // namespace

v1::TripRecord FullRecord(const std::string& briefing_id, int n,
                          RandomRecords& random) {
  v1::TripRecord record = random.Record(absl::StrCat(briefing_id, "#", n));
  Filler(random).Fill(briefing_id, record);
  return record;
}

const std::vector<std::string>& SharedTexts() {
  static const auto* const kTexts = new std::vector<std::string>{
      "Trade talks",
      "Talks on climate trade",
      "TRADE, TALKS",
      "Visita de comércio",
      "Nações visitadas",
      "Ana Lima",
      "José Ñandú",
      "O'Neil Ana",
      "energy resilience — visits",
      "Échanges and energies",
      "—",
  };
  return *kTexts;
}

const std::vector<std::string>& SharedWords() {
  static const auto* const kWords = new std::vector<std::string>{
      "trade",   "trades",   "trading",   "talks",  "talk",     "climate",
      "visita",  "visitas",  "visitadas", "visits", "nações",   "nacoes",
      "nação",   "comércio", "comercio",  "energy", "energies", "resilience",
      "Ana",     "LIMA",     "nandu",     "Ñandú",  "jose",     "échanges",
      "echange", "neil",     "climates",  "absent"};
  return *kWords;
}

}  // namespace attache::testing
