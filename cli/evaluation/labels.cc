#include "cli/evaluation/labels.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/civil_date.h"
#include "common/text/fold.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace attache::cli {
namespace {

using google::protobuf::Struct;
using JsonValue = google::protobuf::Value;

absl::StatusOr<Struct> ParseJson(absl::string_view text) {
  Struct parsed;
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(text.data(), text.size()), &parsed);
  if (!status.ok()) {
    return absl::InvalidArgumentError(
        absl::string_view(status.message().data(), status.message().size()));
  }
  return parsed;
}

const JsonValue& Field(const Struct& object, const std::string& name) {
  static const JsonValue* const kNone = new JsonValue;
  const auto it = object.fields().find(name);
  return it == object.fields().end() ? *kNone : it->second;
}

const std::string& Text(const Struct& object, const std::string& name) {
  return Field(object, name).string_value();
}

// The texts of `name` in each object of the list `list`, empty ones left out.
std::vector<std::string> Texts(const Struct& object, const std::string& list,
                               const std::string& name) {
  std::vector<std::string> texts;
  for (const JsonValue& value : Field(object, list).list_value().values()) {
    const std::string& text = Text(value.struct_value(), name);
    if (!text.empty()) texts.push_back(text);
  }
  return texts;
}

std::set<std::string> Strings(const Struct& object, const std::string& list) {
  std::set<std::string> strings;
  for (const JsonValue& value : Field(object, list).list_value().values()) {
    strings.insert(value.string_value());
  }
  return strings;
}

std::set<std::string> AsSet(std::vector<std::string> texts) {
  return {texts.begin(), texts.end()};
}

GoldBriefing ToGold(const Struct& line) {
  GoldBriefing gold;
  gold.id = Text(line, "id");
  gold.language = Text(line, "lang");
  gold.publish_date = Text(line, "publish_date");
  Labels& labels = gold.labels;
  labels.is_trip = Field(line, "is_trip").bool_value();
  labels.visits = Texts(line, "visits", "country_code");
  labels.mentions = Strings(line, "mentioned_countries");
  labels.travelers = Texts(line, "travelers", "name");
  labels.meetings = Texts(line, "meetings", "counterpart");
  labels.events = Texts(line, "events", "name");
  labels.sectors = Strings(line, "sectors");
  labels.objectives = AsSet(Texts(line, "objectives", "objective"));
  labels.start = Text(line, "start");
  labels.end = Text(line, "end");
  for (const JsonValue& value : Field(line, "amounts").list_value().values()) {
    const Struct& amount = value.struct_value();
    labels.amounts.push_back(
        {static_cast<int64_t>(Field(amount, "value").number_value()),
         Text(amount, "currency"), Text(amount, "kind")});
  }
  return gold;
}

// Folded words without honorifics and suffixes.
std::vector<std::string> NameWords(absl::string_view name) {
  static const auto* const kDropped = new std::set<std::string>{
      "mr", "mrs", "ms",  "dr",  "sir", "dame", "lord", "h",
      "e",  "sr",  "sra", "dom", "don", "dona", "m",    "mme",
      "jr", "ii",  "iii", "iv",  "gen", "amb"};
  std::vector<std::string> words =
      absl::StrSplit(FoldToKey(name), ' ', absl::SkipEmpty());
  std::vector<std::string> kept;
  for (const std::string& word : words) {
    if (kDropped->count(word) == 0) kept.push_back(word);
  }
  return kept.empty() ? words : kept;
}

// Articles and prepositions of the four languages.
std::vector<std::string> EventWords(absl::string_view name) {
  static const auto* const kSmall = new std::set<std::string>{
      "the",  "a",   "an",  "of",  "on",  "in",   "at",  "for", "to",  "and",
      "with", "by",  "el",  "la",  "los", "las",  "de",  "del", "en",  "y",
      "para", "con", "por", "o",   "os",  "as",   "do",  "da",  "dos", "das",
      "no",   "na",  "e",   "em",  "com", "le",   "les", "l",   "d",   "du",
      "des",  "et",  "au",  "aux", "sur", "pour", "s"};
  std::vector<std::string> kept;
  for (const auto& word :
       absl::StrSplit(FoldToKey(name), ' ', absl::SkipEmpty())) {
    if (kSmall->count(std::string(word)) == 0) kept.emplace_back(word);
  }
  return kept;
}

std::string IsoDate(const v1::PartialDate& date) {
  return ToString(PartialDate{date.year(), date.month(), date.day()});
}

std::string NearestTerm(std::string id, const std::set<std::string>& terms,
                        const ParentOf& parent) {
  while (!id.empty() && terms.count(id) == 0) id = parent(id);
  return id;
}

bool IsOff(const v1::TripRecord& record) {
  return record.status() == v1::TRIP_STATUS_CANCELLED ||
         record.status() == v1::TRIP_STATUS_POSTPONED;
}

const v1::TripRecord* Choose(const std::vector<v1::TripRecord>& records,
                             const Labels& gold) {
  const v1::TripRecord* best = nullptr;
  int most = -1;
  for (const auto& record : records) {
    int shared = 0;
    for (const std::string& name : gold.travelers) {
      for (const auto& traveler : record.travelers()) {
        if (NamesMatch(name, traveler.name())) {
          ++shared;
          break;
        }
      }
    }
    if (shared > most) {
      most = shared;
      best = &record;
    }
  }
  return best;
}

// Remembers the first words that each item of `items` was read from.
template <typename Items, typename Value>
void Quote(const v1::TripRecord& record, const std::string& metric,
           const Items& items, const Value& value_of, Labels& labels) {
  for (const auto& item : items) {
    if (item.evidence().empty()) continue;
    const int index = static_cast<int>(item.evidence(0));
    if (index >= record.evidence_size()) continue;
    labels.quotes.emplace(std::make_pair(metric, value_of(item)),
                          record.evidence(index).quote());
  }
}

void AddQuotes(const v1::TripRecord& record, Labels& labels) {
  const auto country = [](const auto& item) { return item.country_code(); };
  Quote(record, "visits", record.visits(), country, labels);
  Quote(record, "mentions", record.mentioned_countries(), country, labels);
  const auto name = [](const auto& item) { return item.name(); };
  Quote(record, "travelers", record.travelers(), name, labels);
  Quote(record, "events", record.events(), name, labels);
  Quote(
      record, "meetings", record.meetings(),
      [](const auto& item) { return item.counterpart(); }, labels);
  Quote(
      record, "sectors", record.sectors(),
      [](const auto& item) { return item.sector_id(); }, labels);
  Quote(
      record, "objectives", record.objectives(),
      [](const auto& item) { return item.objective_id(); }, labels);
  Quote(
      record, "amounts", record.amounts(),
      [](const auto& item) {
        const v1::Money& money = item.has_low() ? item.low() : item.high();
        return absl::StrCat(money.units(), " ", money.currency_code());
      },
      labels);
}

void AddAmounts(const v1::TripRecord& record, Labels& labels) {
  for (const auto& amount : record.amounts()) {
    const v1::Money& money = amount.has_low() ? amount.low() : amount.high();
    labels.amounts.push_back(
        {money.units(), money.currency_code(),
         absl::AsciiStrToLower(absl::StripPrefix(
             v1::AmountKind_Name(amount.kind()), "AMOUNT_KIND_"))});
  }
}

}  // namespace

absl::StatusOr<std::vector<GoldBriefing>> ReadGold(absl::string_view text) {
  std::vector<GoldBriefing> gold;
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const auto parsed = ParseJson(line);
    if (!parsed.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", parsed.status().message()));
    }
    gold.push_back(ToGold(*parsed));
    if (gold.back().id.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": no id"));
    }
  }
  return gold;
}

absl::StatusOr<Terms> ReadTerms(absl::string_view text) {
  const auto parsed = ParseJson(text);
  if (!parsed.ok()) return parsed.status();
  const auto keys = [&](const std::string& name) {
    std::set<std::string> ids;
    for (const auto& [id, meaning] :
         Field(*parsed, name).struct_value().fields()) {
      ids.insert(id);
    }
    return ids;
  };
  return Terms{keys("sectors"), keys("objectives")};
}

Labels LabelsOf(const std::vector<v1::TripRecord>& records, const Labels& gold,
                const Terms& terms, const ParentOf& sector_parent,
                const ParentOf& objective_parent) {
  Labels labels;
  labels.is_trip =
      std::any_of(records.begin(), records.end(),
                  [](const auto& record) { return !IsOff(record); });
  const v1::TripRecord* record = Choose(records, gold);
  if (record == nullptr) return labels;
  for (const auto& visit : record->visits()) {
    if (IsOff(*record)) {
      labels.mentions.insert(visit.country_code());
    } else {
      labels.visits.push_back(visit.country_code());
    }
  }
  for (const auto& mention : record->mentioned_countries()) {
    labels.mentions.insert(mention.country_code());
  }
  for (const auto& traveler : record->travelers()) {
    labels.travelers.push_back(traveler.name());
  }
  for (const auto& meeting : record->meetings()) {
    if (!meeting.counterpart().empty())
      labels.meetings.push_back(meeting.counterpart());
  }
  for (const auto& event : record->events())
    labels.events.push_back(event.name());
  for (const auto& sector : record->sectors()) {
    labels.sectors.insert(
        NearestTerm(sector.sector_id(), terms.sectors, sector_parent));
  }
  for (const auto& objective : record->objectives()) {
    labels.objectives.insert(NearestTerm(objective.objective_id(),
                                         terms.objectives, objective_parent));
  }
  labels.sectors.erase("");
  labels.objectives.erase("");
  if (!IsOff(*record)) {
    labels.start = IsoDate(record->dates().start());
    labels.end = IsoDate(record->dates().end());
  }
  AddAmounts(*record, labels);
  AddQuotes(*record, labels);
  return labels;
}

bool NamesMatch(absl::string_view a, absl::string_view b) {
  const std::vector<std::string> words_a = NameWords(a);
  const std::vector<std::string> words_b = NameWords(b);
  if (words_a.empty() || words_b.empty()) return false;
  return absl::c_linear_search(words_b, words_a.back()) ||
         absl::c_linear_search(words_a, words_b.back());
}

bool EventsMatch(absl::string_view a, absl::string_view b) {
  std::vector<std::string> shorter = EventWords(a);
  std::vector<std::string> longer = EventWords(b);
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (shorter.empty()) return false;
  const auto shared = std::count_if(
      shorter.begin(), shorter.end(), [&](const std::string& word) {
        return absl::c_linear_search(longer, word);
      });
  return 2 * static_cast<size_t>(shared) >= shorter.size();
}

}  // namespace attache::cli
