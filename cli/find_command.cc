#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "cli/briefing_source.h"
#include "cli/commands.h"
#include "cli/record_list.h"
#include "common/civil_date.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

// Every country: what stands for "any" where only filters are given.
constexpr char kWorld[] = "001";
constexpr int kPageSize = 500;
constexpr int64_t kDefaultLimit = 50;

struct FindOptions {
  std::string expression;  // an AIP-160 filter, instead of what narrows below
  std::vector<std::string> countries, sectors, objectives, travelers, events,
      publishers, languages, statuses, labels;
  std::string role = "visited";
  std::string from, to, published_from, published_until, text;
  float min_confidence = 0;
  bool exclude_children = false;
  std::string order_by = "start_date desc";
  std::string format = "table";
  int64_t limit = kDefaultLimit;
  bool all = false;
  bool full = false;
};

v1::PartialDate ToMessage(const std::string& text) {
  const PartialDate date = *ParsePartialDate(text);
  v1::PartialDate message;
  message.set_year(date.year);
  message.set_month(date.month);
  message.set_day(date.day);
  return message;
}

absl::Status SetTime(const std::string& text,
                     google::protobuf::Timestamp& out) {
  ATTACHE_ASSIGN_OR_RETURN(const absl::Time time, ParsePublishTime(text));
  out.set_seconds(absl::ToUnixSeconds(time));
  return absl::OkStatus();
}

// What no single-valued field of the request takes up.
absl::StatusOr<v1::TripFilter> ToFilter(const FindOptions& options) {
  v1::TripFilter filter;
  const auto add = [](const std::vector<std::string>& values, auto* field) {
    for (const std::string& value : values) field->Add(std::string(value));
  };
  add(options.countries, filter.mutable_countries());
  add(options.sectors, filter.mutable_sectors());
  add(options.objectives, filter.mutable_objectives());
  add(options.travelers, filter.mutable_travelers());
  add(options.events, filter.mutable_event_series());
  add(options.publishers, filter.mutable_publishers());
  add(options.languages, filter.mutable_language_codes());
  for (const std::string& status : options.statuses) {
    v1::TripStatus value = v1::TRIP_STATUS_UNSPECIFIED;
    v1::TripStatus_Parse(
        absl::StrCat(
            "TRIP_STATUS_",
            absl::StrReplaceAll(absl::AsciiStrToUpper(status), {{"-", "_"}})),
        &value);
    filter.add_statuses(value);
  }
  for (const std::string& label : options.labels) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(label, absl::MaxSplits('=', 1));
    (*filter.mutable_labels())[parts.first] = parts.second;
  }
  if (!options.from.empty())
    *filter.mutable_travel_start() = ToMessage(options.from);
  if (!options.to.empty()) *filter.mutable_travel_end() = ToMessage(options.to);
  if (!options.published_from.empty()) {
    ATTACHE_RETURN_IF_ERROR(
        SetTime(options.published_from, *filter.mutable_published_from()));
  }
  if (!options.published_until.empty()) {
    ATTACHE_RETURN_IF_ERROR(
        SetTime(options.published_until, *filter.mutable_published_until()));
  }
  filter.set_text(options.text);
  filter.set_min_confidence(options.min_confidence);
  return filter;
}

using Fetch = std::function<grpc::Status(const v1::PageOptions&,
                                         v1::ListTripRecordsResponse*)>;

// The search or the list that asks for the first of what was given; the rest is
// its filter.
absl::StatusOr<Fetch> ChooseList(const FindOptions& options,
                                 v1::TripQueryService::StubInterface& stub) {
  ATTACHE_ASSIGN_OR_RETURN(v1::TripFilter filter, ToFilter(options));
  // An empty filter finds everything, trips that name no country too.
  if (!options.expression.empty() || filter.ByteSizeLong() == 0) {
    v1::SearchTripRecordsRequest request;
    request.set_filter(options.expression);
    return [request, &stub](const v1::PageOptions& page,
                            v1::ListTripRecordsResponse* response) mutable {
      *request.mutable_page() = page;
      return stub.SearchTripRecords(NewContext().get(), request, response);
    };
  }
  if (options.countries.size() == 1 ||
      (options.sectors.size() != 1 && options.objectives.size() != 1)) {
    v1::ListTripRecordsByCountryRequest request;
    request.set_country(kWorld);
    if (options.countries.size() == 1) {
      request.set_country(options.countries[0]);
      filter.clear_countries();
    }
    // Any trip names some country, its traveler's own if no other.
    v1::CountryRole role = v1::COUNTRY_ROLE_ANY;
    if (options.countries.size() == 1) {
      v1::CountryRole_Parse(
          absl::StrCat("COUNTRY_ROLE_", absl::AsciiStrToUpper(options.role)),
          &role);
    }
    request.set_role(role);
    *request.mutable_filter() = std::move(filter);
    return [request, &stub](const v1::PageOptions& page,
                            v1::ListTripRecordsResponse* response) mutable {
      *request.mutable_page() = page;
      return stub.ListTripRecordsByCountry(NewContext().get(), request,
                                           response);
    };
  }
  if (options.sectors.size() == 1) {
    v1::ListTripRecordsBySectorRequest request;
    request.set_sector(options.sectors[0]);
    request.set_exclude_children(options.exclude_children);
    filter.clear_sectors();
    *request.mutable_filter() = std::move(filter);
    return [request, &stub](const v1::PageOptions& page,
                            v1::ListTripRecordsResponse* response) mutable {
      *request.mutable_page() = page;
      return stub.ListTripRecordsBySector(NewContext().get(), request,
                                          response);
    };
  }
  v1::ListTripRecordsByObjectiveRequest request;
  request.set_objective(options.objectives[0]);
  filter.clear_objectives();
  *request.mutable_filter() = std::move(filter);
  return [request, &stub](const v1::PageOptions& page,
                          v1::ListTripRecordsResponse* response) mutable {
    *request.mutable_page() = page;
    return stub.ListTripRecordsByObjective(NewContext().get(), request,
                                           response);
  };
}

absl::Status Run(const FindOptions& options, const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.query));
  const auto stub = v1::TripQueryService::NewStub(channel);
  ATTACHE_ASSIGN_OR_RETURN(const Fetch fetch, ChooseList(options, *stub));
  FoundRecords found;
  v1::PageOptions page;
  page.set_order_by(options.order_by);
  page.set_view(options.full ? v1::RECORD_VIEW_FULL : v1::RECORD_VIEW_BASIC);
  do {
    const int64_t wanted =
        options.all
            ? kPageSize
            : options.limit - static_cast<int64_t>(found.records.size());
    page.set_page_size(
        static_cast<int32_t>(std::min<int64_t>(kPageSize, wanted)));
    v1::ListTripRecordsResponse response;
    const grpc::Status status = fetch(page, &response);
    if (!status.ok())
      return ServiceError(status, kQueryService, addresses.query);
    for (auto& record : *response.mutable_trip_records())
      found.records.push_back(std::move(record));
    found.total_size = response.total_size();
    found.revision = response.revision();
    page.set_page_token(response.next_page_token());
  } while (!page.page_token().empty() &&
           (options.all ||
            static_cast<int64_t>(found.records.size()) < options.limit));
  PrintRecords(options.format, found);
  return absl::OkStatus();
}

std::string CheckDate(const std::string& text) {
  const auto date = ParsePartialDate(text);
  if (date && date->year != 0) return "";
  return absl::StrCat("\"", text,
                      "\" is no date: write 2024, 2024-05 or 2024-05-13");
}

std::string CheckTime(const std::string& text) {
  const auto time = ParsePublishTime(text);
  return time.ok() ? "" : std::string(time.status().message());
}

std::string CheckLabel(const std::string& text) {
  return absl::StrContains(text, '=')
             ? ""
             : absl::StrCat("\"", text, "\" is no label: write KEY=VALUE");
}

void AddFilterOptions(CLI::App& command, FindOptions& options) {
  command.add_option("FILTER", options.expression,
                     "An AIP-160 filter (docs/querying.md); it goes without "
                     "the options that narrow the list");
  command.add_option("--country", options.countries,
                     "Country or region, as code or name in any language "
                     "(repeat for any of several)");
  command.add_option("--role", options.role, "What the country is to the trip")
      ->check(CLI::IsMember({"visited", "mentioned", "origin", "any"}))
      ->capture_default_str();
  command.add_option("--sector", options.sectors,
                     "Sector id or name; covers its children");
  command.add_flag("--exclude-children", options.exclude_children,
                   "With one --sector: that sector alone");
  command.add_option("--objective", options.objectives,
                     "Objective id or name, or words of its text");
  command.add_option("--traveler", options.travelers,
                     "Whole words of a traveler's name");
  command.add_option("--event", options.events, "Event series id or name");
  command.add_option("--publisher", options.publishers, "Publisher, exactly");
  command.add_option("--language", options.languages,
                     "Language of the briefing, such as en");
  command.add_option("--status", options.statuses, "Status of the trip")
      ->check(CLI::IsMember(
          {"announced", "under-way", "concluded", "postponed", "cancelled"}));
  command
      .add_option("--label", options.labels,
                  "KEY=VALUE (repeat: all must hold)")
      ->check(CheckLabel);
  command
      .add_option("--from", options.from,
                  "Trips that last until this date or longer: 2024, 2024-05, "
                  "2024-05-13")
      ->check(CheckDate);
  command.add_option("--to", options.to, "Trips that begin by this date")
      ->check(CheckDate);
  command
      .add_option("--published-from", options.published_from,
                  "Published at this time or later")
      ->check(CheckTime);
  command
      .add_option("--published-until", options.published_until,
                  "Published before this time")
      ->check(CheckTime);
  // Each takes one value, and leaves the next word to FILTER.
  for (CLI::Option* option : command.get_options()) {
    option->allow_extra_args(false);
  }
  command.add_option("--text", options.text, "Words that the record holds");
  command.add_option("--min-confidence", options.min_confidence, "0 to 1")
      ->check(CLI::Range(0.0, 1.0));
}

// Those that AddFilterOptions added and the user gave, but for the filter.
std::vector<std::string> NarrowingOptions(const CLI::App& command) {
  static constexpr absl::string_view kOthers[] = {"--order-by", "--format",
                                                  "--limit", "--all", "--full"};
  std::vector<std::string> given;
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name();
    const bool other = std::find(std::begin(kOthers), std::end(kOthers),
                                 name) != std::end(kOthers);
    if (option->count() > 0 && absl::StartsWith(name, "--") && !other) {
      given.push_back(name);
    }
  }
  return given;
}

// What CLI11 cannot check of a single option.
void CheckTogether(const FindOptions& options, const CLI::App& command) {
  const auto narrowing = NarrowingOptions(command);
  if (!options.expression.empty() && !narrowing.empty()) {
    throw CLI::ValidationError("FILTER",
                               absl::StrCat("goes without ", narrowing[0],
                                            "; say it in the filter instead"));
  }
  if (options.role != "visited" && options.countries.size() != 1) {
    throw CLI::ValidationError("--role", "goes with one --country");
  }
  if (options.exclude_children &&
      (options.sectors.size() != 1 || !options.countries.empty())) {
    throw CLI::ValidationError("--exclude-children",
                               "goes with one --sector and no --country");
  }
}

}  // namespace

void AddFindCommand(CLI::App& app, const Addresses& addresses, Action& action) {
  auto options = std::make_shared<FindOptions>();
  CLI::App* command = app.add_subcommand(
      "find", "List trips by country, sector, objective, filter and more");
  AddFilterOptions(*command, *options);
  command->add_option("--order-by", options->order_by, "Order of the list")
      ->check(CLI::IsMember({"start_date desc", "start_date",
                             "publish_time desc", "publish_time"}))
      ->capture_default_str();
  command->add_option("--format", options->format, "How to print them")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}))
      ->capture_default_str();
  CLI::Option* limit =
      command->add_option("--limit", options->limit, "How many at most")
          ->check(CLI::Range(int64_t{1}, int64_t{1000000000}))
          ->capture_default_str();
  command->add_flag("--all", options->all, "All of them")->excludes(limit);
  command->add_flag("--full", options->full,
                    "With tables and evidence (json, jsonl)");
  command->footer(R"(Examples:
  attache find --country Brazil
  attache find --country "Western Balkans" --sector energy --from 2024
  attache find --objective "climate resilience" --format=jsonl --all
  attache find 'visits:(country_code = "BR" AND dates.start >= 2024-11)'
Everything given must hold; of an option given several times, any value may.)");
  command->callback([options, command, &addresses, &action] {
    CheckTogether(*options, *command);
    action = [options, &addresses] { return Run(*options, addresses); };
  });
}

}  // namespace attache::cli
