#include "ingestor/parser.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "common/civil_date.h"
#include "common/error.h"
#include "common/issue.h"
#include "common/limits.h"
#include "common/status_macros.h"
#include "common/text/utf8.h"
#include "ingestor/document.h"
#include "ingestor/emit/emit_records.h"
#include "ingestor/passes/cue_index.h"
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
#include "ingestor/passes/topic_context.h"
#include "ingestor/passes/validate.h"
#include "ingestor/readers/charset.h"
#include "ingestor/readers/html_reader.h"
#include "ingestor/readers/markdown_reader.h"
#include "ingestor/readers/read_metadata.h"
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

// The content's text in blocks, and what it says of itself.
absl::StatusOr<ReadResult> Read(const v1::Briefing& briefing,
                                const Vocabulary& vocabulary,
                                IssueSink& issues) {
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
  options.page_words = &vocabulary.page_words();
  ReadResult result;
  if (options.media_type == "text/markdown") {
    result = ReadMarkdown(std::move(text), options, issues);
  } else if (options.media_type == "text/html") {
    result = ReadHtml(text, options, issues);
  } else {
    result.document = ReadText(std::move(text), options, issues);
  }
  bool any = false;
  for (const Unit& unit : result.document.units) {
    any = any || (!unit.in_title && !unit.text.empty());
  }
  if (!any) {
    return FieldError("briefing.content", "The content holds no text.");
  }
  return result;
}

// Fills what the request leaves open from what the content says of itself,
// within the limits of a request's fields.
v1::Briefing Complete(const v1::Briefing& briefing,
                      const ReadMetadata& metadata) {
  v1::Briefing complete = briefing;
  if (complete.uri().empty() && metadata.uri.size() <= kMaxUriBytes) {
    complete.set_uri(metadata.uri);
  }
  if (complete.publisher().empty() &&
      metadata.publisher.size() <= kMaxPublisherBytes) {
    complete.set_publisher(metadata.publisher);
  }
  if (!complete.has_publish_time() && metadata.publish_time.has_value()) {
    complete.mutable_publish_time()->set_seconds(
        absl::ToUnixSeconds(metadata.publish_time->time));
    complete.set_publish_utc_offset_minutes(
        metadata.publish_time->utc_offset_minutes);
  }
  return complete;
}

// What the text shows clearly goes before what the content says of itself:
// many a site declares the language of its theme.
std::string LanguageOf(const Document& document, const v1::Briefing& briefing,
                       const ReadMetadata& metadata,
                       const Vocabulary& vocabulary, IssueSink& issues) {
  if (!briefing.language_code().empty() || metadata.language.empty()) {
    return DecideLanguage(document, briefing.language_code(), vocabulary,
                          issues);
  }
  IssueSink doubts;
  std::string shown = DecideLanguage(document, "", vocabulary, doubts);
  if (doubts.issues().empty()) return shown;
  return DecideLanguage(document, metadata.language, vocabulary, issues);
}

Findings Find(const Document& document, const CueIndex& cues,
              const Vocabulary& vocabulary, IssueSink& issues) {
  Findings findings;
  findings.places = FindPlaces(document, cues, vocabulary, issues);
  findings.people = FindPeople(document, cues, findings.places);
  findings.dates = FindDates(document, vocabulary, issues);
  findings.events = FindEvents(document, cues);
  return findings;
}

}  // namespace

absl::string_view ParserVersion() { return "2"; }

absl::StatusOr<ParseResult> Parse(const v1::Briefing& given,
                                  const Vocabulary& vocabulary) {
  IssueSink issues;
  ATTACHE_ASSIGN_OR_RETURN(ReadResult read, Read(given, vocabulary, issues));
  Document& document = read.document;
  v1::Briefing briefing = Complete(given, read.metadata);
  document.publish_day = PublishDay(briefing);
  document.language =
      LanguageOf(document, given, read.metadata, vocabulary, issues);
  // "pt-BR" says more than the primary language.
  if (given.language_code().empty() &&
      absl::StartsWithIgnoreCase(read.metadata.language, document.language)) {
    briefing.set_language_code(read.metadata.language);
  }
  Segment(document, vocabulary);

  const CueIndex cues(document);
  const Findings findings = Find(document, cues, vocabulary, issues);
  const std::vector<AmountMention> amounts =
      FindAmounts(document, vocabulary, issues);
  const std::vector<Trip> trips = DecideTrips(document, cues, findings, issues);
  const TopicContext context(document);
  const std::vector<TopicMention> sectors = FindSectors(document, context);
  const std::vector<TopicMention> objectives =
      FindObjectiveCues(document, context);
  const std::vector<AimPhrase> aims = FindAims(document, context, objectives);
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
