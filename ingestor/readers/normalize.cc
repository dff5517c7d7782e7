#include "ingestor/readers/normalize.h"

#include <algorithm>
#include <optional>

#include <cmark-gfm/buffer.h>
#include <cmark-gfm/houdini.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace attache {
namespace {

constexpr size_t kMaxEntityBytes = 33;
constexpr size_t kMaxLinkBytes = 2048;

bool IsSpace(UChar32 c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 ||
         (c >= 0xA0 && u_hasBinaryProperty(c, UCHAR_WHITE_SPACE));
}

bool IsInvisible(UChar32 c) {
  return (c < 0x20) || c == 0x7F || c == 0xAD || c == 0xFEFF ||
         (c >= 0x80 && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064);
}

bool HoldsNumberTogether(UChar32 c) {
  return c == 0xA0 || c == 0x202F || c == 0x2009;
}

UChar32 CharAt(absl::string_view text, size_t at, size_t* size) {
  UChar32 c;
  int32_t end = 0;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data() + at);
  U8_NEXT_UNSAFE(bytes, end, c);
  *size = end;
  return c;
}

void AppendChar(UChar32 c, std::string* out) {
  uint8_t bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out->append(reinterpret_cast<const char*>(bytes), size);
}

// The characters of HTML 5 by name, as cmark knows them: of "name;". None where
// the name stands for two characters.
std::optional<UChar32> NamedEntity(absl::string_view name) {
  cmark_strbuf buffer;
  cmark_strbuf_init(cmark_get_default_mem_allocator(), &buffer, 0);
  const auto read = houdini_unescape_ent(
      &buffer, reinterpret_cast<const uint8_t*>(name.data()), name.size());
  std::optional<UChar32> c;
  if (static_cast<size_t>(read) == name.size() && buffer.size > 0) {
    int32_t at = 0;
    UChar32 value = 0;
    U8_NEXT(buffer.ptr, at, buffer.size, value);
    if (at == buffer.size && value > 0) c = value;
  }
  cmark_strbuf_free(&buffer);
  return c;
}

// "name;", "#123;" or "#x1F;" at `at`; its character and size.
std::optional<UChar32> EntityBodyAt(absl::string_view text, size_t at,
                                    size_t* size) {
  const absl::string_view rest = text.substr(at, kMaxEntityBytes);
  const size_t stop = rest.find(';');
  if (stop == absl::string_view::npos || stop == 0) return std::nullopt;
  const absl::string_view name = rest.substr(0, stop);
  *size = stop + 1;
  if (name[0] == '#') {
    uint32_t value = 0;
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const bool read = hex ? absl::SimpleHexAtoi(name.substr(2), &value)
                          : absl::SimpleAtoi(name.substr(1), &value);
    if (!read || value == 0 || value > 0x10FFFF || U_IS_SURROGATE(value)) {
      return std::nullopt;
    }
    return value;
  }
  if (!std::all_of(name.begin(), name.end(), absl::ascii_isalnum)) {
    return std::nullopt;
  }
  return NamedEntity(rest.substr(0, stop + 1));
}

// The entity at `at`, which holds '&'; also one whose '&' was escaped again.
std::optional<UChar32> EntityAt(absl::string_view text, size_t at,
                                size_t* size) {
  size_t begin = at + 1;
  size_t body = 0;
  while (absl::StartsWith(text.substr(begin), "amp;") &&
         EntityBodyAt(text, begin + 4, &body).has_value()) {
    begin += 4;
  }
  const std::optional<UChar32> c = EntityBodyAt(text, begin, &body);
  *size = begin - at + body;
  return c;
}

// Writes characters to the text, and where they came from to the map.
class Writer {
 public:
  Writer(absl::string_view source, RangeStyle style)
      : source_(source), style_(style) {}

  void Append(TextRange range) {
    if (style_ == RangeStyle::kLines || range.begin == range.end) {
      NoteSpace(range.begin, range.begin);
    }
    size_t at = range.begin;
    while (at < range.end) at = AppendOne(at, range.end);
  }

  NormalizedText Finish() {
    FlushCopied();
    return std::move(out_);
  }

 private:
  // Consumes one character, entity or mark at `at`; returns what follows it.
  size_t AppendOne(size_t at, size_t end) {
    size_t size = 1;
    const char byte = source_[at];
    if (byte == '&') {
      size_t entity_size = 0;
      const auto c = EntityAt(source_.substr(0, end), at, &entity_size);
      if (c.has_value()) {
        Put(*c, at, at + entity_size, /*copied=*/false);
        return at + entity_size;
      }
    } else if (style_ == RangeStyle::kExact) {
      // No other byte is a mark.
    } else if (byte == '*' || byte == '_') {
      if (at + 1 < end && source_[at + 1] == byte) {
        Delete(at, at + 2);
        return at + 2;
      }
    } else if (byte == '[' || byte == ']' || byte == '!') {
      if (const size_t next = SkipLinkMark(at, end); next != at) return next;
    } else if (byte == '\\' && at + 1 < end &&
               absl::StrContains("|*_\\#[]", source_[at + 1])) {
      Delete(at, at + 1);
      Put(source_[at + 1], at + 1, at + 2, /*copied=*/true);
      return at + 2;
    }
    const UChar32 c = CharAt(source_, at, &size);
    Put(c, at, at + size, /*copied=*/true);
    return at + size;
  }

  // The ']' of the link "[text](target)" that opens at `at`; npos for none.
  size_t LinkMiddle(size_t at, size_t end) {
    if (at < plain_bracket_until_ || source_[at] != '[') {
      return source_.npos;
    }
    const absl::string_view rest =
        source_.substr(at, std::min(end - at, kMaxLinkBytes));
    const size_t middle = rest.find("](");
    if (middle == rest.npos || rest.find(')', middle) == rest.npos) {
      plain_bracket_until_ = at + rest.size();
      return source_.npos;
    }
    if (rest.substr(1, middle - 1).find('[') != rest.npos) return source_.npos;
    return at + middle;
  }

  // Of a link or image, the signs and the target go.
  size_t SkipLinkMark(size_t at, size_t end) {
    if (source_[at] == ']') {
      if (at != link_end_) return at;
      const size_t close = source_.find(')', at) + 1;
      Delete(at, close);
      return close;
    }
    const size_t open = source_[at] == '!' ? at + 1 : at;
    if (open >= end) return at;
    const size_t middle = LinkMiddle(open, end);
    if (middle == source_.npos) return at;
    link_end_ = middle;
    Delete(at, open + 1);
    return open + 1;
  }

  void Put(UChar32 c, size_t begin, size_t end, bool copied) {
    if (IsSpace(c)) {
      if (HoldsNumberTogether(c) && EndsInDigit() && end < source_.size() &&
          absl::ascii_isdigit(source_[end])) {
        PutVisible(c == 0x2009 ? 0x202F : c, begin, end, copied && c != 0x2009);
      } else {
        NoteSpace(begin, end);
      }
      return;
    }
    if (IsInvisible(c)) {
      Delete(begin, end);
      return;
    }
    FlushSpace();
    if (SpaceIsMissingBefore(c, end)) {
      FlushCopied();
      out_.text.push_back(' ');
      out_.origin.AddReplaced(begin, begin, 1);
      word_begin_ = out_.text.size();
    }
    PutVisible(c, begin, end, copied);
  }

  void PutVisible(UChar32 c, size_t begin, size_t end, bool copied) {
    if (!copied) {
      FlushCopied();
      const size_t before = out_.text.size();
      AppendChar(c, &out_.text);
      out_.origin.AddReplaced(begin, end, out_.text.size() - before);
      return;
    }
    if (copied_size_ > 0 && copied_from_ + copied_size_ != begin) {
      FlushCopied();
    }
    if (copied_size_ == 0) copied_from_ = begin;
    out_.text.append(source_.data() + begin, end - begin);
    copied_size_ += end - begin;
  }

  void NoteSpace(size_t begin, size_t end) {
    if (out_.text.empty()) return;
    if (!space_) space_begin_ = begin;
    space_ = true;
    space_end_ = end;
  }

  void FlushSpace() {
    if (!space_) return;
    space_ = false;
    if (space_end_ == space_begin_ + 1 && source_[space_begin_] == ' ') {
      PutVisible(' ', space_begin_, space_end_, /*copied=*/true);
    } else {
      FlushCopied();
      out_.text.push_back(' ');
      out_.origin.AddReplaced(space_begin_, space_end_, 1);
    }
    word_begin_ = out_.text.size();
  }

  void Delete(size_t begin, size_t end) {
    if (space_) {
      space_end_ = end;
      return;
    }
    FlushCopied();
    out_.origin.AddReplaced(begin, end, 0);
  }

  void FlushCopied() {
    if (copied_size_ == 0) return;
    out_.origin.AddCopied(copied_from_, copied_size_);
    copied_size_ = 0;
  }

  bool EndsInDigit() const {
    return !space_ && !out_.text.empty() &&
           absl::ascii_isdigit(out_.text.back());
  }

  // Whether the sentence, abbreviation or clause before `c` lacks its space.
  // `next` is where the source goes on after `c`.
  bool SpaceIsMissingBefore(UChar32 c, size_t next) const {
    if (!u_isalpha(c)) return false;
    const absl::string_view word =
        absl::string_view(out_.text).substr(word_begin_);
    if (word.size() < 2) return false;
    const char last = word.back();
    const unsigned char before = word[word.size() - 2];
    if (last == ',' || last == ';') return IsLetterByte(before);
    if (IsAddress(word)) return false;
    const bool upper_then_lower = u_isUUppercase(c) && next < source_.size() &&
                                  !absl::ascii_isupper(source_[next]) &&
                                  source_[next] != '.';
    if (absl::EndsWith(word, "”")) {
      return upper_then_lower && word.size() > 3 &&
             absl::StrContains(".!?", word[word.size() - 4]);
    }
    if (last == '!' || last == '?') return upper_then_lower;
    if (last != '.') return false;
    if (upper_then_lower) return IsLetterByte(before) || before == ')';
    // "U.S.foreign", but no "a.m.to" and no "U.S.s".
    return word.size() >= 4 && absl::ascii_isupper(before) &&
           word[word.size() - 3] == '.' && u_isULowercase(c) &&
           next + 1 < source_.size() && absl::ascii_islower(source_[next]) &&
           absl::ascii_islower(source_[next + 1]);
  }

  static bool IsLetterByte(unsigned char byte) {
    return absl::ascii_isalnum(byte) || byte >= 0x80;
  }
  static bool IsAddress(absl::string_view word) {
    constexpr size_t kMaxScan = 256;
    word = word.substr(0, kMaxScan);
    return word.find('@') != word.npos || word.find('/') != word.npos ||
           absl::StartsWithIgnoreCase(word, "www.");
  }

  absl::string_view source_;
  RangeStyle style_;
  NormalizedText out_;
  size_t word_begin_ = 0;  // in out_.text
  bool space_ = false;     // white space seen and not yet written
  size_t space_begin_ = 0;
  size_t space_end_ = 0;
  size_t copied_from_ = 0;  // run not yet in the map
  size_t copied_size_ = 0;
  size_t link_end_ =
      absl::string_view::npos;      // the ']' of the link that is open
  size_t plain_bracket_until_ = 0;  // no link closes before
};

}  // namespace

std::string DecodeEntities(absl::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      size_t entity_size = 0;
      if (const auto c = EntityAt(text, at, &entity_size); c.has_value()) {
        AppendChar(*c, &decoded);
        at += entity_size;
        continue;
      }
    }
    decoded.push_back(text[at++]);
  }
  return decoded;
}

NormalizedText Normalize(absl::string_view source,
                         absl::Span<const TextRange> ranges, RangeStyle style) {
  Writer writer(source, style);
  for (const TextRange& range : ranges) writer.Append(range);
  return writer.Finish();
}

}  // namespace attache
