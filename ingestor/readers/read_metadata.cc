#include "ingestor/readers/read_metadata.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace attache {
namespace {

constexpr size_t kMaxTimeBytes = 64;
constexpr int kMaxOffsetMinutes = 18 * 60;

bool IsDigit(char c) { return absl::ascii_isdigit(c); }

// Takes the offset that ends `text`: "Z", "GMT", "+02:00", "-0300", "+02".
// False where there is none; then nothing is taken.
bool TakeOffset(absl::string_view* text, int* minutes) {
  *minutes = 0;
  for (absl::string_view name : {"Z", "z", "GMT", "UTC", "UT"}) {
    if (absl::EndsWith(*text, name)) {
      text->remove_suffix(name.size());
      *text = absl::StripTrailingAsciiWhitespace(*text);
      return true;
    }
  }
  const size_t sign = text->find_last_of("+-");
  // The dashes of a date are none of an offset.
  if (sign == text->npos || text->substr(0, sign).find(':') == text->npos) {
    return false;
  }
  std::string digits;
  for (const char c : text->substr(sign + 1)) {
    if (c == ':') continue;
    if (!IsDigit(c)) return false;
    digits.push_back(c);
  }
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4) return false;
  const int value = (digits[0] - '0') * 600 + (digits[1] - '0') * 60 +
                    (digits[2] - '0') * 10 + (digits[3] - '0');
  if (value > kMaxOffsetMinutes) return false;
  *minutes = (*text)[sign] == '-' ? -value : value;
  *text = absl::StripTrailingAsciiWhitespace(text->substr(0, sign));
  return true;
}

bool ParseClock(absl::string_view text, absl::Time* time) {
  static constexpr const char* kFormats[] = {"%Y-%m-%dT%H:%M:%E*S",
                                             "%Y-%m-%d %H:%M:%E*S",
                                             "%Y-%m-%dT%H:%M",
                                             "%Y-%m-%d %H:%M",
                                             "%Y-%m-%d",
                                             "%Y/%m/%d %H:%M:%S",
                                             "%Y/%m/%d %H:%M",
                                             "%Y/%m/%d",
                                             "%a, %d %b %Y %H:%M:%S",
                                             "%a, %d %b %Y %H:%M",
                                             "%d %b %Y %H:%M:%S"};
  if (text.size() == 8 && std::all_of(text.begin(), text.end(), IsDigit)) {
    return ParseClock(absl::StrCat(text.substr(0, 4), "-", text.substr(4, 2),
                                   "-", text.substr(6)),
                      time);
  }
  std::string error;
  return std::any_of(std::begin(kFormats), std::end(kFormats),
                     [&](const char* format) {
                       return absl::ParseTime(format, text, time, &error);
                     });
}

}  // namespace

std::optional<WrittenTime> ParseWrittenTime(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty() || text.size() > kMaxTimeBytes) return std::nullopt;
  WrittenTime written;
  TakeOffset(&text, &written.utc_offset_minutes);
  if (!ParseClock(text, &written.time)) return std::nullopt;
  const int64_t year =
      absl::ToCivilYear(written.time, absl::UTCTimeZone()).year();
  if (year < 1900 || year > 9999) return std::nullopt;
  written.time -= absl::Minutes(written.utc_offset_minutes);
  return written;
}

std::string LanguageTag(absl::string_view text) {
  std::string tag(absl::StripAsciiWhitespace(text));
  std::replace(tag.begin(), tag.end(), '_', '-');
  const size_t primary = std::min(tag.find('-'), tag.size());
  if (primary < 2 || primary > 3 || tag.size() > 35) return "";
  if (!std::all_of(tag.begin(), tag.begin() + primary, absl::ascii_isalpha) ||
      !std::all_of(tag.begin(), tag.end(),
                   [](char c) { return c == '-' || absl::ascii_isalnum(c); })) {
    return "";
  }
  return tag;
}

}  // namespace attache
