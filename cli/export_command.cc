#include <cstddef>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include <unistd.h>

#include "attache/v1/trip_query_service.grpc.pb.h"
#include "cli/commands.h"
#include "cli/export_reader.h"
#include "cli/json.h"
#include "cli/output_file.h"
#include "cli/record_list.h"
#include "cli/terminal.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

struct ExportOptions {
  std::string filter;
  std::string format = "jsonl";
  std::string output;
  bool basic = false;
};

// Formats what comes and writes it, a response at a time.
class RecordWriter {
 public:
  RecordWriter(OutputFile& output, bool csv) : output_(output), csv_(csv) {
    // A terminal that takes the records shows by itself how far it is.
    if (isatty(STDERR_FILENO) != 0 &&
        !(output.is_standard_output() && isatty(STDOUT_FILENO) != 0)) {
      progress_.emplace("records", 0);
    }
  }

  absl::Status Take(const v1::ExportTripRecordsResponse& response) {
    std::ostringstream text;
    if (csv_ && bytes_ == 0) PrintCsvHeader(text);
    for (const v1::TripRecord& record : response.trip_records()) {
      if (csv_) {
        PrintCsvRecord(text, record);
      } else {
        text << ToJson(record, JsonForm::kOneLine);
      }
    }
    const std::string bytes = std::move(text).str();
    ATTACHE_RETURN_IF_ERROR(output_.Write(bytes));
    bytes_ += bytes.size();
    records_ += static_cast<size_t>(response.trip_records_size());
    if (progress_)
      progress_->Update(records_, Megabytes(static_cast<int64_t>(bytes_)));
    return absl::OkStatus();
  }

  size_t bytes() const { return bytes_; }

 private:
  OutputFile& output_;
  const bool csv_;
  std::optional<Progress> progress_;
  size_t records_ = 0;
  size_t bytes_ = 0;
};

absl::Status Run(const ExportOptions& options, const Addresses& addresses) {
  const bool csv = options.format == "csv";
  v1::ExportTripRecordsRequest request;
  request.set_filter(options.filter);
  // CSV has no columns for what BASIC leaves out.
  request.set_view(csv || options.basic ? v1::RECORD_VIEW_BASIC
                                        : v1::RECORD_VIEW_FULL);
  ATTACHE_ASSIGN_OR_RETURN(auto channel, Connect(addresses, addresses.query));
  ATTACHE_ASSIGN_OR_RETURN(const auto output, OutputFile::Open(options.output));
  ExportReader reader(std::move(channel), addresses.query);
  size_t bytes = 0;
  {
    RecordWriter writer(*output, csv);
    const absl::Status status = reader.Run(
        std::move(request), [&](const v1::ExportTripRecordsResponse& response) {
          return writer.Take(response);
        });
    // Whoever read it has had enough.
    if (absl::IsCancelled(status) && output->is_standard_output()) {
      return absl::OkStatus();
    }
    ATTACHE_RETURN_IF_ERROR(status);
    bytes = writer.bytes();
  }
  ATTACHE_RETURN_IF_ERROR(output->Commit());
  if (!output->is_standard_output()) {
    std::cout << reader.record_count() << " records of revision "
              << reader.revision() << " in " << Printable(options.output)
              << " (" << Megabytes(static_cast<int64_t>(bytes)) << ")\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddExportCommand(CLI::App& app, const Addresses& addresses,
                      Action& action) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand(
      "export", "Write all records, or all that match, as of one revision");
  command->add_option("FILTER", options->filter,
                      "AIP-160 filter, such as visits.country_code:BR; "
                      "all records without one");
  command->add_option("--format", options->format, "jsonl or csv")
      ->check(CLI::IsMember({"jsonl", "csv"}))
      ->capture_default_str();
  command->add_option("--output", options->output,
                      "File to write instead of standard output; FILE.part "
                      "until it is complete");
  command->add_flag("--basic", options->basic,
                    "Without tables and evidence (jsonl)");
  command->footer(R"(Examples:
  attache export --output trips.jsonl
  attache export 'visits.country_code:BR' --format=csv > brazil.csv
In the byte order of record ids. Where the connection breaks it goes on by
itself, at the same revision.)");
  command->callback([options, &addresses, &action] {
    action = [options, &addresses] { return Run(*options, addresses); };
  });
}

}  // namespace attache::cli
