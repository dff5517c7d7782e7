// Texts of any length that repeat one thing, for tests of how long a parse
// takes.
#ifndef ATTACHE_TESTS_INGESTOR_TEXT_SHAPES_H_
#define ATTACHE_TESTS_INGESTOR_TEXT_SHAPES_H_

#include <cstddef>
#include <ctime>
#include <functional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attache {

struct TextShape {
  std::string name;
  // Of at least so many bytes, and not many more.
  std::function<std::string(size_t bytes)> text;
  std::string media_type = "text/plain";
  std::string language = {};  // empty to be found out
};

inline void PrintTo(const TextShape& shape, std::ostream* out) {
  *out << shape.name;
}

// The opening, and then piece upon piece.
inline std::function<std::string(size_t)> Repeating(
    std::string opening, std::function<std::string(int)> piece) {
  return [=](size_t bytes) {
    std::string text = opening;
    for (int i = 0; text.size() < bytes; ++i) text += piece(i);
    return text;
  };
}
inline std::function<std::string(size_t)> Repeating(std::string opening,
                                                    std::string piece) {
  return Repeating(std::move(opening), [=](int) { return piece; });
}

inline std::string Country(int i) {
  constexpr const char* kCountries[] = {"Kenya", "Peru",  "Chile", "Ghana",
                                        "Japan", "Spain", "Cuba"};
  return kCountries[i % 7];
}

inline std::string Month(int i) {
  constexpr const char* kMonths[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return kMonths[i % 12];
}

// Another one for each of the first fifty thousand.
inline std::string Day(int i) {
  return absl::StrCat(1 + i % 28, " ", Month(i / 28), " ", 1950 + i / 336);
}

// Another one for each of the first ten thousand.
inline std::string Name(int i) {
  constexpr const char* kSyllables[] = {"ba", "ce", "di", "fo", "gu",
                                        "la", "me", "ni", "po", "ru"};
  std::string name;
  for (int part = 0; part < 4; ++part, i /= 10) name += kSyllables[i % 10];
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

// Of this thread: what others do on the machine does not count.
inline double ProcessorSeconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

// Those that are made to take long: of readers, of passes, and of every file of
// the vocabulary its longest phrases but for their last words.
std::vector<TextShape> MarkupShapes();
std::vector<TextShape> ProseShapes();
std::vector<TextShape> NearMatchShapes();

}  // namespace attache

#endif  // ATTACHE_TESTS_INGESTOR_TEXT_SHAPES_H_
