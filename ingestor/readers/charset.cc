#include "ingestor/readers/charset.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

// ICU's confidence, 0 to 100, from which a guess is taken. Western texts are
// told by their words, so that short ones score low; mistaking one of them for
// another of their kind does little harm.
constexpr int kMinConfidence = 45;
constexpr int kMinWesternConfidence = 15;
constexpr size_t kSampleBytes = 16 << 10;

absl::Status Unreadable(absl::string_view charset, size_t position,
                        absl::string_view why) {
  return MakeError(v1::ERROR_REASON_CONTENT_UNREADABLE,
                   absl::StrCat("The content cannot be read as ", charset, ": ",
                                why, " at byte ", position, "."),
                   {{"charset", std::string(charset)},
                    {"position", absl::StrCat(position)}});
}

struct MarkedCharset {
  absl::string_view mark;
  const char* name;
};

// The longer marks first: that of UTF-16LE begins that of UTF-32LE.
constexpr MarkedCharset kMarked[] = {
    {absl::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
    {absl::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
    {absl::string_view("\xFF\xFE", 2), "UTF-16LE"},
    {absl::string_view("\xFE\xFF", 2), "UTF-16BE"},
};

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter OpenStrict(const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return Converter(nullptr, &ucnv_close);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr,
                      nullptr, nullptr, &error);
  if (U_FAILURE(error)) converter.reset();
  return converter;
}

// `skipped` bytes of a mark stand before `content`.
absl::StatusOr<std::string> Convert(absl::string_view content,
                                    const std::string& charset,
                                    size_t skipped) {
  const Converter converter = OpenStrict(charset);
  if (converter == nullptr) return Unreadable(charset, 0, "no such charset");
  std::vector<UChar> buffer(16 << 10);
  icu::UnicodeString text;
  const char* from = content.data();
  const char* const end = from + content.size();
  while (true) {
    UErrorCode error = U_ZERO_ERROR;
    UChar* to = buffer.data();
    ucnv_toUnicode(converter.get(), &to, buffer.data() + buffer.size(), &from,
                   end, nullptr, /*flush=*/true, &error);
    text.append(buffer.data(), 0, to - buffer.data());
    if (error == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_FAILURE(error)) {
      return Unreadable(charset, skipped + (from - content.data()),
                        "an invalid sequence ends");
    }
    break;
  }
  std::string utf8;
  text.toUTF8String(utf8);
  if (const size_t nul = utf8.find('\0'); nul != utf8.npos) {
    return Unreadable(charset, skipped + nul, "a NUL character stands");
  }
  return utf8;
}

// UTF-8 with some bytes damaged holds many sequences that are whole.
bool IsDamagedUtf8(absl::string_view content) {
  size_t whole = 0;
  size_t broken = 0;
  for (size_t i = 0; i < content.size();) {
    const unsigned char lead = content[i];
    const size_t size = lead < 0x80                   ? 1
                        : lead >= 0xC2 && lead < 0xE0 ? 2
                        : lead >= 0xE0 && lead < 0xF0 ? 3
                        : lead >= 0xF0 && lead < 0xF5 ? 4
                                                      : 0;
    const bool valid =
        size > 0 && i + size <= content.size() &&
        std::all_of(content.begin() + i + 1, content.begin() + i + size,
                    [](char c) { return (c & 0xC0) == 0x80; });
    if (!valid) {
      ++broken;
      ++i;
      continue;
    }
    if (size > 1) ++whole;
    i += size;
  }
  return whole > broken;
}

std::optional<size_t> FirstBinaryByte(absl::string_view content) {
  for (size_t i = 0; i < content.size(); ++i) {
    const unsigned char c = content[i];
    if (c < 0x20 && (c < '\t' || c > '\r') && c != 0x1B) return i;
  }
  return std::nullopt;
}

bool IsWestern(absl::string_view charset) {
  return charset == "ISO-8859-1" || charset == "windows-1252" ||
         charset == "ISO-8859-15";
}

// What the bytes around the first that is no UTF-8 look like; empty where that
// is not clear.
std::string DetectCharset(absl::string_view content, size_t invalid) {
  const size_t begin =
      invalid > kSampleBytes / 2 ? invalid - kSampleBytes / 2 : 0;
  const absl::string_view sample = content.substr(begin, kSampleBytes);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(
      ucsdet_open(&error), &ucsdet_close);
  ucsdet_setText(detector.get(), sample.data(), sample.size(), &error);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || match == nullptr) return "";
  const std::string name = ucsdet_getName(match, &error);
  const int confidence = ucsdet_getConfidence(match, &error);
  if (U_FAILURE(error)) return "";
  if (IsWestern(name) && confidence >= kMinWesternConfidence) {
    return "windows-1252";  // holds ISO-8859-1, and the quotes that texts have
  }
  return confidence >= kMinConfidence && name != "UTF-8" ? name : "";
}

}  // namespace

absl::StatusOr<std::string> DecodeToUtf8(absl::string_view content,
                                         absl::string_view declared,
                                         IssueSink& issues) {
  std::string charset;
  size_t skipped = 0;
  for (const MarkedCharset& marked : kMarked) {
    if (!absl::StartsWith(content, marked.mark)) continue;
    charset = marked.name;
    skipped = marked.mark.size();
    break;
  }
  if (charset.empty()) {
    absl::string_view text = content;
    if (absl::StartsWith(text, "\xEF\xBB\xBF")) {
      text.remove_prefix(3);
      skipped = 3;
    }
    if (const size_t nul = text.find('\0'); nul != text.npos) {
      return Unreadable("UTF-8", skipped + nul, "a NUL byte stands");
    }
    const std::optional<size_t> invalid = FirstInvalidUtf8(text);
    if (!invalid.has_value()) return std::string(text);
    if (skipped > 0 || IsDamagedUtf8(text)) {
      return Unreadable("UTF-8", skipped + *invalid,
                        "an invalid sequence stands");
    }
    if (const auto binary = FirstBinaryByte(text); binary.has_value()) {
      return Unreadable("UTF-8", *binary, "a control character stands");
    }
    charset = declared.empty() || OpenStrict(std::string(declared)) == nullptr
                  ? DetectCharset(text, *invalid)
                  : std::string(declared);
    if (charset.empty()) {
      return Unreadable("UTF-8", *invalid, "a byte of no known charset stands");
    }
  }
  ATTACHE_ASSIGN_OR_RETURN(std::string text,
                           Convert(content.substr(skipped), charset, skipped));
  issues.Report("CHARSET_CONVERTED",
                absl::StrCat("The content was converted from ", charset, "."));
  return text;
}

}  // namespace attache
