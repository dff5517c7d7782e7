#include "ingestor/emit/emit_records.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <openssl/sha.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/text/fold.h"
#include "ingestor/emit/conversions.h"
#include "ingestor/emit/emit_items.h"
#include "ingestor/emit/evidence_table.h"
#include "ingestor/emit/record_budget.h"

namespace attache {
namespace {

// Of travelers, meetings, events and places each, and of the evidence that one
// person, country or region is given.
constexpr size_t kMaxEntries = 100;
constexpr size_t kMaxCitations = 10;

class RecordEmitter {
 public:
  RecordEmitter(const Parsed& parsed, const Trip& trip,
                const Vocabulary& vocabulary, const Utf16Counter& text,
                const Utf16Counter& title, v1::TripRecord* record)
      : parsed_(parsed),
        document_(parsed.document),
        trip_(trip),
        vocabulary_(vocabulary),
        evidence_(parsed.document, text, title, budget_, record),
        record_(record) {}

  void Emit(const std::vector<LinkedItem>& items, IssueSink& issues) {
    record_->set_status(ToProto(trip_.status));
    EmitTravelers();
    EmitVisits();
    EmitMentions();
    EmitRegions();
    if (!trip_.dates.empty() || !trip_.date_spans.empty()) {
      SetDates(document_, trip_.dates, trip_.date_spans, evidence_,
               record_->mutable_dates());
    }
    EmitEvents();
    EmitMeetings();
    EmitItems(parsed_, items, evidence_, budget_, record_);
    EmitAmounts(parsed_, evidence_, budget_, record_);
    EmitTables(document_, evidence_, budget_, record_, issues);
    record_->set_title(Title());
    if (budget_.items_cut()) {
      issues.Report("ITEMS_LEFT_OUT",
                    "The briefing holds more items than a record has room "
                    "for; the first ones stand.");
    }
    if (budget_.evidence_cut()) {
      issues.Report("EVIDENCE_LEFT_OUT",
                    "The record has no room for the evidence of all that was "
                    "found.");
    }
  }

 private:
  using Indexes = google::protobuf::RepeatedField<uint32_t>;

  void CiteSome(const std::vector<TokenSpan>& spans, Indexes* indexes) {
    for (size_t i = 0; i < std::min(spans.size(), kMaxCitations); ++i) {
      evidence_.Cite(spans[i], indexes);
    }
  }

  void CitePerson(const Person& person, Indexes* indexes) {
    evidence_.Cite(person.name_span, indexes);
    evidence_.Cite(person.role_span, indexes);
    CiteSome(person.mentions, indexes);
  }

  void EmitTravelers() {
    for (const TripPerson& traveler : trip_.travelers) {
      if (static_cast<size_t>(record_->travelers_size()) >= kMaxEntries) return;
      const Person& person = parsed_.findings.people[traveler.person];
      v1::Traveler* out = record_->add_travelers();
      out->set_name(person.name);
      out->set_role(person.role);
      out->set_country_code(traveler.country_code);
      out->set_organization(person.organization);
      out->set_role_id(person.role_id);
      out->set_confidence(RoundConfidence(traveler.confidence));
      CitePerson(person, out->mutable_evidence());
    }
  }

  void EmitMeetings() {
    for (const TripPerson& meeting : trip_.meetings) {
      if (static_cast<size_t>(record_->meetings_size()) >= kMaxEntries) return;
      const Person& person = parsed_.findings.people[meeting.person];
      v1::Meeting* out = record_->add_meetings();
      out->set_counterpart(person.name);
      out->set_role(person.role);
      out->set_country_code(meeting.country_code);
      out->set_organization(person.organization);
      out->set_role_id(person.role_id);
      out->set_confidence(RoundConfidence(meeting.confidence));
      CitePerson(person, out->mutable_evidence());
    }
  }

  void EmitVisits() {
    for (const Visit& visit : trip_.visits) {
      v1::CountryVisit* out = record_->add_visits();
      out->set_country_code(visit.country_code);
      std::set<std::string> seen;
      for (const TokenSpan& place : visit.places) {
        if (static_cast<size_t>(out->places_size()) >= kMaxEntries) break;
        if (seen.insert(Fold(document_.TextOf(place))).second) {
          out->add_places(FieldText(document_, place));
        }
      }
      if (!visit.dates.empty() || !visit.date_spans.empty()) {
        SetDates(document_, visit.dates, visit.date_spans, evidence_,
                 out->mutable_dates());
      }
      out->set_confidence(RoundConfidence(visit.confidence));
      CiteSome(visit.evidence, out->mutable_evidence());
    }
  }

  // Whether the mention speaks of the country rather than of a town in it.
  static bool SpeaksOfCountry(const PlaceMention& mention) {
    if (mention.inside_name || mention.country_code.empty()) return false;
    switch (mention.kind) {
      case PlaceKind::kCountry:
      case PlaceKind::kDemonym:
        return true;
      case PlaceKind::kPlace:
        return mention.as_government ||
               (mention.place != nullptr && mention.place->kind == "capital");
      case PlaceKind::kRegion:
        return false;
    }
    return false;
  }

  bool InDateline(const PlaceMention& mention) const {
    return document_.units[document_.unit_of[mention.span.begin]].kind ==
           UnitKind::kDateline;
  }

  // Where the names of persons end.
  absl::flat_hash_map<uint32_t, uint32_t> NameBegins() const {
    absl::flat_hash_map<uint32_t, uint32_t> begins;  // by end
    for (const Person& person : parsed_.findings.people) {
      for (const TokenSpan& span : person.mentions) {
        begins[span.end] = span.begin;
      }
    }
    return begins;
  }

  // "Neusa Lima": a town that is a surname.
  bool IsSurname(
      const PlaceMention& mention,
      const absl::flat_hash_map<uint32_t, uint32_t>& name_begins) const {
    const auto name = name_begins.find(mention.span.end);
    if (mention.kind != PlaceKind::kPlace || name == name_begins.end() ||
        name->second >= mention.span.begin) {
      return false;
    }
    const Token& before = document_.tokens[mention.span.begin - 1];
    return before.kind == TokenKind::kWord && before.capitalized;
  }

  void EmitMentions() {
    const absl::flat_hash_map<uint32_t, uint32_t> name_begins = NameBegins();
    // Visited, or the travelers' own.
    absl::flat_hash_set<absl::string_view> known;
    // Whose territories are theirs, too.
    absl::flat_hash_set<absl::string_view> own;
    for (const Visit& visit : trip_.visits) known.insert(visit.country_code);
    for (const TripPerson& traveler : trip_.travelers) {
      known.insert(traveler.country_code);
      if (!traveler.country_code.empty()) own.insert(traveler.country_code);
    }
    absl::flat_hash_map<absl::string_view, int> index;
    for (const PlaceMention& mention : parsed_.findings.places) {
      if (!SpeaksOfCountry(mention) || InDateline(mention) ||
          known.contains(mention.country_code) ||
          own.contains(mention.sovereign) || IsSurname(mention, name_begins)) {
        continue;
      }
      const auto [entry, added] = index.try_emplace(
          mention.country_code, record_->mentioned_countries_size());
      if (added) {
        record_->add_mentioned_countries()->set_country_code(
            mention.country_code);
      }
      v1::CountryMention* out =
          record_->mutable_mentioned_countries(entry->second);
      out->set_mention_count(out->mention_count() + 1);
      if (static_cast<size_t>(out->evidence_size()) < kMaxCitations) {
        evidence_.Cite(mention.span, out->mutable_evidence());
      }
    }
  }

  void EmitRegions() {
    std::map<std::string, int> index;
    for (const PlaceMention& mention : parsed_.findings.places) {
      if (mention.kind != PlaceKind::kRegion || mention.inside_name ||
          InDateline(mention)) {
        continue;
      }
      const auto [entry, added] =
          index.try_emplace(mention.region_id, record_->regions_size());
      if (added) {
        v1::RegionMention* region = record_->add_regions();
        region->set_region_id(mention.region_id);
        region->set_text(FieldText(document_, mention.span));
      }
      v1::RegionMention* out = record_->mutable_regions(entry->second);
      if (static_cast<size_t>(out->evidence_size()) < kMaxCitations) {
        evidence_.Cite(mention.span, out->mutable_evidence());
      }
    }
  }

  void EmitEvents() {
    for (const TripEvent& event : trip_.events) {
      if (static_cast<size_t>(record_->events_size()) >= kMaxEntries) return;
      v1::Event* out = record_->add_events();
      out->set_name(FieldText(document_, event.name));
      out->set_series_id(event.series_id);
      out->set_country_code(event.country_code);
      if (!event.dates.empty()) {
        SetDates(document_, event.dates, {}, evidence_, out->mutable_dates());
      }
      out->set_confidence(RoundConfidence(event.confidence));
      evidence_.Cite(event.name, out->mutable_evidence());
      CiteSome(event.evidence, out->mutable_evidence());
    }
  }

  // "A, B and C", no more than five by name.
  static std::string Enumerate(const std::vector<std::string>& names) {
    constexpr size_t kNamed = 5;
    if (names.empty()) return "";
    if (names.size() == 1) return names[0];
    if (names.size() > kNamed) {
      return absl::StrCat(
          absl::StrJoin(names.begin(), names.begin() + kNamed, ", "), " and ",
          names.size() - kNamed, " more");
    }
    return absl::StrCat(absl::StrJoin(names.begin(), names.end() - 1, ", "),
                        " and ", names.back());
  }

  std::string Title() const {
    std::vector<std::string> travelers;
    for (const v1::Traveler& traveler : record_->travelers()) {
      travelers.push_back(traveler.name().empty() ? traveler.role()
                                                  : traveler.name());
    }
    std::vector<std::string> countries;
    for (const v1::CountryVisit& visit : record_->visits()) {
      const Country* country = vocabulary_.FindCountry(visit.country_code());
      std::string name =
          country == nullptr ? visit.country_code() : country->NameIn("en");
      if (std::find(countries.begin(), countries.end(), name) ==
          countries.end()) {
        countries.push_back(std::move(name));
      }
    }
    std::string title = Enumerate(travelers);
    if (title.empty()) title = "Trip";
    if (!countries.empty()) {
      absl::StrAppend(&title, " to ", Enumerate(countries));
    }
    return title;
  }

  const Parsed& parsed_;
  const Document& document_;
  const Trip& trip_;
  const Vocabulary& vocabulary_;
  RecordBudget budget_;
  EvidenceTable evidence_;
  v1::TripRecord* record_;
};

void SetSource(const v1::Briefing& briefing, const Document& document,
               v1::Source* source) {
  source->set_briefing_id(briefing.briefing_id());
  source->set_uri(briefing.uri());
  source->set_title(briefing.title());
  if (briefing.title().empty()) {
    for (const Unit& unit : document.units) {
      if (unit.kind == UnitKind::kTitle) {
        source->set_title(unit.text);
        break;
      }
    }
  }
  source->set_publisher(briefing.publisher());
  if (briefing.has_publish_time()) {
    *source->mutable_publish_time() = briefing.publish_time();
  }
  source->set_language_code(briefing.language_code().empty()
                                ? document.language
                                : briefing.language_code());
  source->set_media_type(document.media_type);
  source->set_content_sha256(Sha256(briefing.content()));
  source->set_version(briefing.version());
}

float Coverage(const Document& document) {
  if (document.text.empty()) return 0;
  size_t unread = 0;
  for (const TextRange& range : document.unread)
    unread += range.end - range.begin;
  return RoundConfidence(1 - static_cast<float>(unread) / document.text.size());
}

}  // namespace

std::vector<v1::TripRecord> EmitRecords(const v1::Briefing& briefing,
                                        const Parsed& parsed,
                                        const Vocabulary& vocabulary,
                                        absl::string_view parser_version,
                                        IssueSink& issues) {
  std::vector<v1::TripRecord> records;
  if (parsed.trips.empty()) return records;
  const Document& document = parsed.document;
  const Utf16Counter text(document.text);
  const Utf16Counter title(document.given_title);
  v1::Source source;
  SetSource(briefing, document, &source);
  v1::Extraction extraction;
  extraction.set_parser_version(std::string(parser_version));
  extraction.set_vocabulary_version(vocabulary.version());
  extraction.set_text_sha256(Sha256(document.text));
  extraction.set_coverage(Coverage(document));
  for (size_t t = 0; t < parsed.trips.size(); ++t) {
    v1::TripRecord& record = records.emplace_back();
    record.set_record_id(absl::StrCat(briefing.briefing_id(), "#", t + 1));
    *record.mutable_source() = source;
    *record.mutable_extraction() = extraction;
    record.mutable_extraction()->set_confidence(
        RoundConfidence(parsed.trips[t].confidence));
    *record.mutable_labels() = briefing.labels();
    RecordEmitter(parsed, parsed.trips[t], vocabulary, text, title, &record)
        .Emit(parsed.items[t], issues);
  }
  return records;
}

std::vector<v1::Issue> EmitIssues(const IssueSink& issues) {
  std::vector<v1::Issue> out;
  for (const Issue& issue : issues.issues()) {
    v1::Issue& message = out.emplace_back();
    message.set_code(issue.code);
    message.set_message(issue.message);
    message.set_begin_byte(issue.range.begin);
    message.set_end_byte(issue.range.end);
  }
  if (issues.dropped() > 0) {
    v1::Issue& message = out.emplace_back();
    message.set_code("ISSUES_LEFT_OUT");
    message.set_message(
        absl::StrCat(issues.dropped(), " more issues were left out."));
  }
  return out;
}

std::string Sha256(absl::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace attache
