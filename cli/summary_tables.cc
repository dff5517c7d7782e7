#include "cli/summary_tables.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cli/readable_money.h"
#include "cli/terminal.h"

namespace attache::cli {
namespace {

constexpr int64_t kBarColumns = 20;
// Left-aligned blocks of one to seven eighths.
const char* const kEighths[] = {"▏", "▎", "▍", "▌", "▋", "▊", "▉"};

// In proportion to the largest; never nothing for something.
std::string Bar(int64_t count, int64_t largest) {
  if (count <= 0 || largest <= 0) return "";
  const double share =
      static_cast<double>(count) / static_cast<double>(largest);
  const int64_t eighths = std::max<int64_t>(
      1, static_cast<int64_t>(share * static_cast<double>(8 * kBarColumns)));
  std::string bar;
  for (int64_t i = 0; i < eighths / 8; ++i) bar += "█";
  if (eighths % 8 > 0) bar += kEighths[eighths % 8 - 1];
  return bar;
}

bool HasIds(v1::Dimension dimension) {
  return dimension == v1::DIMENSION_COUNTRY ||
         dimension == v1::DIMENSION_SECTOR ||
         dimension == v1::DIMENSION_OBJECTIVE ||
         dimension == v1::DIMENSION_EVENT_SERIES;
}

std::string Investments(const v1::Bucket& bucket) {
  return absl::StrJoin(bucket.amount_totals(), ", ",
                       [](std::string* out, const v1::AmountTotal& total) {
                         absl::StrAppend(out, ReadableTotal(total));
                       });
}

// The columns of one table, and which of them it has.
class SummaryTable {
 public:
  SummaryTable(const v1::Summary& summary, bool bars)
      : ids_(HasIds(summary.dimension())), bars_(bars) {
    int64_t largest = summary.other_count();
    for (const auto& bucket : summary.buckets()) {
      largest_ = std::max(largest_, bucket.record_count());
      investments_ = investments_ || bucket.amount_totals_size() > 0;
    }
    count_width_ = absl::StrCat(std::max(largest, largest_)).size();
    header_ = Cells(absl::AsciiStrToUpper(DimensionWord(summary.dimension())),
                    "ID", "RECORDS", "", "INVESTMENT");
    count_width_ = std::max(count_width_, sizeof("RECORDS") - 1);
    for (const auto& bucket : summary.buckets()) {
      rows_.push_back(Cells(
          bucket.display_name(), bucket.key(), Count(bucket.record_count()),
          Bar(bucket.record_count(), largest_), Investments(bucket)));
    }
    if (summary.other_count() > 0 || rows_.empty()) {
      rows_.push_back(
          Cells("(others)", "", Count(summary.other_count()), "", ""));
    }
  }

  void Print(std::ostream& out, size_t width) const {
    PrintTable(out, header_, rows_, width);
  }

 private:
  Row Cells(std::string name, std::string id, std::string count,
            std::string bar, std::string investments) const {
    Row row = {std::move(name)};
    if (ids_) row.push_back(std::move(id));
    row.push_back(std::move(count));
    if (bars_) row.push_back(std::move(bar));
    if (investments_) row.push_back(std::move(investments));
    return row;
  }

  // Right-aligned.
  std::string Count(int64_t count) const {
    const std::string digits = absl::StrCat(count);
    return std::string(count_width_ - digits.size(), ' ') + digits;
  }

  const bool ids_;
  const bool bars_;
  bool investments_ = false;
  int64_t largest_ = 0;
  size_t count_width_ = 0;
  Row header_;
  std::vector<Row> rows_;
};

}  // namespace

std::string DimensionWord(v1::Dimension dimension) {
  if (dimension == v1::DIMENSION_EVENT_SERIES) return "event";
  return absl::AsciiStrToLower(
      absl::StripPrefix(v1::Dimension_Name(dimension), "DIMENSION_"));
}

void PrintSummaryTables(std::ostream& out,
                        const v1::SummarizeTripRecordsResponse& response,
                        size_t width) {
  if (response.total_size() == 0) {
    out << "No records match.\n";
    return;
  }
  for (const auto& summary : response.summaries()) {
    SummaryTable(summary, width > 0).Print(out, width);
    out << '\n';
  }
  out << response.total_size()
      << (response.total_size() == 1 ? " record\n" : " records\n");
}

void PrintSummaryCsv(std::ostream& out,
                     const v1::SummarizeTripRecordsResponse& response) {
  PrintCsvRow(out, {"dimension", "key", "name", "records", "kind", "currency",
                    "low", "high"});
  for (const auto& summary : response.summaries()) {
    const std::string dimension = DimensionWord(summary.dimension());
    for (const auto& bucket : summary.buckets()) {
      PrintCsvRow(out, {dimension, bucket.key(), bucket.display_name(),
                        absl::StrCat(bucket.record_count()), "", "", "", ""});
      for (const auto& total : bucket.amount_totals()) {
        const std::string kind = FormatKind(total.kind());
        PrintCsvRow(out, {dimension, bucket.key(), bucket.display_name(),
                          absl::StrCat(total.record_count()),
                          kind.empty() ? "unspecified" : kind,
                          total.high().currency_code(), Decimal(total.low()),
                          Decimal(total.high())});
      }
    }
    PrintCsvRow(out, {dimension, "", "", absl::StrCat(summary.other_count()),
                      "", "", "", ""});
  }
}

}  // namespace attache::cli
