#include "tests/query_service/support/random_records.h"

#include <cstdlib>
#include <iostream>
#include <limits>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace attache::testing {
namespace {

const char* const kCountries[] = {"BR", "PE", "BE", "US", "KE", "JP"};
const char* const kRegions[] = {"005", "019", "150", "014"};
const char* const kSectors[] = {"energy", "energy_renewable", "energy_nuclear",
                                "agriculture", "education"};
const char* const kObjectives[] = {"enhance_trade", "", "no_such_objective"};
const char* const kLanguages[] = {"en", "pt-BR", "es", "xx", ""};
const char* const kPublishers[] = {"The Daily Wire Room", "Agência Central",
                                   "AGENCIA CENTRAL", "Ministry", ""};
const char* const kNames[] = {
    "Ana Lima",    "ANA LIMA",   "José Ñandú", "Ana María Silva",
    "Lima Ortega", "Jean Dupré", "O'Neil Ana", "—"};
const char* const kCurrencies[] = {"USD", "EUR", "JPY"};
const int64_t kUnits[] = {0,
                          1,
                          500000,
                          1200000000,
                          -7,
                          std::numeric_limits<int64_t>::max(),
                          INT64_C(1) << 62};
const char* const kSeries[] = {"g20", "apec", ""};
const char* const kWords[] = {"trade",     "trades",  "trading", "energy",
                              "energies",  "climate", "talks",   "comércio",
                              "comercio",  "visita",  "visitas", "nações",
                              "resilience"};

constexpr int64_t kDay = 86400;

}  // namespace

std::shared_ptr<const Vocabulary> TestVocabulary() {
  static const auto* const kVocabulary = [] {
    auto loaded = Vocabulary::Load(ATTACHE_SOURCE_DIR "/vocabulary");
    if (!loaded.ok()) {
      std::cerr << loaded.status() << "\n";
      std::abort();
    }
    return new std::shared_ptr<const Vocabulary>(*std::move(loaded));
  }();
  return *kVocabulary;
}

std::string Serialize(const v1::TripRecord& record) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  record.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

BriefingRecords ToBriefing(const std::string& briefing_id,
                           const std::vector<v1::TripRecord>& records) {
  BriefingRecords briefing{briefing_id, {}};
  for (const v1::TripRecord& record : records) {
    briefing.records.push_back({record.record_id(), Serialize(record)});
  }
  return briefing;
}

std::vector<v1::TripRecord> RandomRecords::Briefing(
    const std::string& briefing_id) {
  std::vector<v1::TripRecord> records;
  const int count = Below(4);
  for (int n = 1; n <= count; ++n) {
    records.push_back(Record(absl::StrCat(briefing_id, "#", n)));
  }
  return records;
}

v1::TripRecord RandomRecords::Record(const std::string& record_id) {
  v1::TripRecord record;
  record.set_record_id(record_id);
  record.set_title(Words(3));
  record.set_status(static_cast<v1::TripStatus>(Below(6)));
  auto& source = *record.mutable_source();
  source.set_publisher(From(kPublishers));
  source.set_language_code(From(kLanguages));
  if (!OneIn(5)) {
    source.mutable_publish_time()->set_seconds(1700000000 + kDay * Below(20));
    source.mutable_publish_time()->set_nanos(Below(3));
  }
  for (int i = Below(3); i > 0; --i) {
    auto& traveler = *record.add_travelers();
    traveler.set_name(From(kNames));
    if (!OneIn(3)) traveler.set_country_code(From(kCountries));
  }
  for (int i = Below(3); i > 0; --i) {
    record.add_visits()->set_country_code(From(kCountries));
  }
  for (int i = Below(3); i > 0; --i) {
    record.add_mentioned_countries()->set_country_code(From(kCountries));
  }
  if (OneIn(3)) record.add_regions()->set_region_id(From(kRegions));
  if (!OneIn(5)) FillDate(*record.mutable_dates()->mutable_start());
  if (OneIn(2)) FillDate(*record.mutable_dates()->mutable_end());
  if (OneIn(2)) record.add_events()->set_series_id(From(kSeries));
  for (int i = Below(3); i > 0; --i) {
    auto& objective = *record.add_objectives();
    objective.set_objective_id(From(kObjectives));
    objective.set_text(Words(3));
  }
  for (int i = Below(3); i > 0; --i) {
    auto& sector = *record.add_sectors();
    sector.set_sector_id(From(kSectors));
    FillCountries(*sector.mutable_country_codes());
    if (OneIn(2)) FillAmount(*sector.mutable_investment());
  }
  for (int i = Below(3); i > 0; --i) {
    auto& commitment = *record.add_commitments();
    FillCountries(*commitment.mutable_country_codes());
    for (int n = Below(3); n > 0; --n) {
      commitment.add_sector_ids(From(kSectors));
    }
    FillAmount(*commitment.mutable_amount());
  }
  record.mutable_extraction()->set_confidence(static_cast<float>(Below(101)) /
                                              100);
  if (OneIn(2)) (*record.mutable_labels())["desk"] = OneIn(2) ? "a" : "b";
  if (OneIn(3)) (*record.mutable_labels())["tier"] = "";
  if (OneIn(2)) record.add_tables()->add_rows()->add_cells(Words(2));
  return record;
}

std::string RandomRecords::Words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) absl::StrAppend(&text, From(kWords), " ");
  return text;
}

void RandomRecords::FillCountries(
    google::protobuf::RepeatedPtrField<std::string>& codes) {
  if (OneIn(2)) return;
  for (int i = 1 + Below(2); i > 0; --i) codes.Add(From(kCountries));
}

void RandomRecords::FillAmount(v1::Amount& amount) {
  amount.set_kind(static_cast<v1::AmountKind>(Below(5)));
  const std::string currency = From(kCurrencies);
  if (!OneIn(4)) FillMoney(currency, *amount.mutable_low());
  if (!OneIn(4)) {
    FillMoney(OneIn(20) ? From(kCurrencies) : currency, *amount.mutable_high());
  }
}

void RandomRecords::FillMoney(const std::string& currency, v1::Money& money) {
  money.set_currency_code(currency);
  money.set_units(
      kUnits[static_cast<size_t>(Below(static_cast<int>(std::size(kUnits))))]);
  if (OneIn(2)) money.set_nanos(Below(1000000000));
}

void RandomRecords::FillDate(v1::PartialDate& date) {
  if (!OneIn(8)) date.set_year(2024 + Below(2));
  if (date.year() != 0 && OneIn(8)) return;
  date.set_month(1 + Below(3));
  if (date.year() != 0 && OneIn(6)) return;
  date.set_day(1 + Below(28));
}

ListRequest RandomRecords::Request() {
  switch (Below(3)) {
    case 0: {
      v1::ListTripRecordsByCountryRequest request;
      request.set_country(OneIn(4) ? From(kRegions) : From(kCountries));
      request.set_role(static_cast<v1::CountryRole>(Below(5)));
      FillFilter(*request.mutable_filter());
      FillPage(*request.mutable_page());
      return request;
    }
    case 1: {
      v1::ListTripRecordsBySectorRequest request;
      request.set_sector(From(kSectors));
      request.set_exclude_children(OneIn(3));
      FillFilter(*request.mutable_filter());
      FillPage(*request.mutable_page());
      return request;
    }
    default: {
      v1::ListTripRecordsByObjectiveRequest request;
      request.set_objective(OneIn(2) ? "enhance_trade" : Words(1 + Below(2)));
      FillFilter(*request.mutable_filter());
      FillPage(*request.mutable_page());
      return request;
    }
  }
}

void RandomRecords::FillFilter(v1::TripFilter& filter) {
  if (OneIn(2)) return;
  if (OneIn(6)) filter.add_countries(From(kCountries));
  if (OneIn(6)) filter.add_countries(From(kRegions));
  if (OneIn(8)) filter.add_sectors(From(kSectors));
  if (OneIn(8)) filter.add_objectives("enhance_trade");
  if (OneIn(8)) filter.add_travelers(OneIn(2) ? "ANA" : "jose nandu");
  if (OneIn(8)) filter.add_event_series("g20");
  if (OneIn(8)) filter.add_publishers("agencia central");
  if (OneIn(8)) filter.add_language_codes(OneIn(2) ? "pt" : "EN");
  for (int i = Below(4); i > 1; --i) {
    filter.add_statuses(static_cast<v1::TripStatus>(1 + Below(5)));
  }
  if (OneIn(4)) {
    filter.mutable_travel_start()->set_year(2024);
    filter.mutable_travel_start()->set_month(1 + Below(3));
  }
  if (OneIn(4)) {
    filter.mutable_travel_end()->set_year(2024 + Below(2));
    filter.mutable_travel_end()->set_month(4);
    filter.mutable_travel_end()->set_day(1 + Below(9));
  }
  if (OneIn(5)) {
    filter.mutable_published_from()->set_seconds(1700000000 + kDay * Below(9));
    filter.mutable_published_from()->set_nanos(Below(3));
  }
  if (OneIn(5)) {
    filter.mutable_published_until()->set_seconds(1700000000 +
                                                  kDay * (10 + Below(9)));
    filter.mutable_published_until()->set_nanos(Below(3));
  }
  if (OneIn(5)) filter.set_text(Words(1 + Below(2)));
  if (OneIn(5)) {
    filter.set_min_confidence(static_cast<float>(Below(101)) / 100);
  }
  if (OneIn(6)) (*filter.mutable_labels())["desk"] = "a";
  if (OneIn(8)) (*filter.mutable_labels())["tier"] = "";
}

void RandomRecords::FillPage(v1::PageOptions& page) {
  static const char* const kOrders[] = {"", "start_date desc", "start_date",
                                        "publish_time desc", "publish_time"};
  page.set_page_size(1 + Below(40));
  page.set_order_by(From(kOrders));
  page.set_view(static_cast<v1::RecordView>(Below(3)));
}

}  // namespace attache::testing
