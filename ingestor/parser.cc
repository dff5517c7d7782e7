#include "ingestor/parser.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/civil_date.h"
#include "common/error.h"
#include "common/issue.h"
#include "common/status_macros.h"
#include "common/text/utf8.h"
#include "ingestor/document.h"
#include "ingestor/emit/emit_records.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/detect_language.h"
#include "ingestor/passes/find_amounts.h"
#include "ingestor/passes/find_dates.h"
#include "ingestor/passes/find_events.h"
#include "ingestor/passes/find_people.h"
#include "ingestor/passes/find_places.h"
#include "ingestor/passes/find_topics.h"
#include "ingestor/passes/link_items.h"
#include "ingestor/passes/read_items.h"
#include "ingestor/passes/segment.h"
#include "ingestor/passes/validate.h"
#include "ingestor/readers/charset.h"
#include "ingestor/readers/html_to_text.h"
#include "ingestor/readers/sniff.h"
#include "ingestor/readers/text_reader.h"

namespace attache {
namespace {

std::optional<DayNumber> PublishDay(const v1::Briefing& briefing) {
  if (!briefing.has_publish_time()) return std::nullopt;
  constexpr int64_t kDaySeconds = 24 * 60 * 60;
  const int64_t local = briefing.publish_time().seconds() +
                        int64_t{60} * briefing.publish_utc_offset_minutes();
  // Rounded down, also before 1970.
  return (local >= 0 ? local : local - kDaySeconds + 1) / kDaySeconds;
}

absl::Status CheckTexts(const v1::Briefing& briefing) {
  if (briefing.content().empty()) {
    return FieldError("briefing.content", "The content is empty.");
  }
  if (FirstInvalidUtf8(briefing.title()).has_value()) {
    return FieldError("briefing.title", "The title is not valid UTF-8.");
  }
  return absl::OkStatus();
}

// The text of the content, in blocks.
absl::StatusOr<Document> Read(const v1::Briefing& briefing, IssueSink& issues) {
  ATTACHE_RETURN_IF_ERROR(CheckTexts(briefing));
  // A type that is not known is the clearer complaint about bytes that are no
  // text.
  ATTACHE_RETURN_IF_ERROR(ResolveMediaType(briefing.media_type(), "").status());
  ATTACHE_ASSIGN_OR_RETURN(
      std::string text,
      DecodeToUtf8(briefing.content(),
                   DeclaredCharset(briefing.media_type(), briefing.content()),
                   issues));
  ReadOptions options;
  ATTACHE_ASSIGN_OR_RETURN(options.media_type,
                           ResolveMediaType(briefing.media_type(), text));
  options.title = briefing.title();
  options.publish_day = PublishDay(briefing);
  if (options.media_type == "text/html") text = HtmlToText(text, issues);
  Document document = ReadText(std::move(text), options, issues);
  bool any = false;
  for (const Unit& unit : document.units) {
    any = any || (!unit.in_title && !unit.text.empty());
  }
  if (!any) {
    return FieldError("briefing.content", "The content holds no text.");
  }
  return document;
}

Findings Find(const Document& document, const Vocabulary& vocabulary,
              IssueSink& issues) {
  Findings findings;
  findings.places = FindPlaces(document, vocabulary, issues);
  findings.people = FindPeople(document, findings.places, vocabulary, issues);
  findings.dates = FindDates(document, vocabulary, issues);
  findings.events = FindEvents(document, vocabulary, issues);
  return findings;
}

}  // namespace

absl::string_view ParserVersion() { return "1"; }

absl::StatusOr<ParseResult> Parse(const v1::Briefing& briefing,
                                  const Vocabulary& vocabulary) {
  IssueSink issues;
  ATTACHE_ASSIGN_OR_RETURN(Document document, Read(briefing, issues));
  document.language =
      DecideLanguage(document, briefing.language_code(), vocabulary, issues);
  Segment(document, vocabulary);

  const Findings findings = Find(document, vocabulary, issues);
  const std::vector<AmountMention> amounts =
      FindAmounts(document, vocabulary, issues);
  const std::vector<Trip> trips =
      DecideTrips(document, findings, vocabulary, issues);
  const std::vector<TopicMention> sectors = FindSectors(document, vocabulary);
  const std::vector<TopicMention> objectives =
      FindObjectiveCues(document, vocabulary);
  const std::vector<AimPhrase> aims =
      FindAims(document, objectives, vocabulary);
  const std::vector<Item> items = ReadItems(document);
  const std::vector<std::vector<LinkedItem>> linked =
      LinkItems({document, trips, findings.places, amounts, sectors, objectives,
                 aims, items},
                vocabulary);
  Validate(document, trips, linked, issues);

  ParseResult result;
  result.records =
      EmitRecords(briefing, {document, findings, amounts, trips, linked},
                  vocabulary, ParserVersion(), issues);
  result.issues = EmitIssues(issues);
  for (v1::TripRecord& record : result.records) {
    for (const v1::Issue& issue : result.issues) {
      *record.mutable_extraction()->add_issues() = issue;
    }
  }
  result.text = std::move(document.text);
  return result;
}

}  // namespace attache
