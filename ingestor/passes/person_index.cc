#include "ingestor/passes/person_index.h"

#include <algorithm>

namespace attache {
namespace {

size_t CountBefore(const std::vector<uint32_t>& tokens, uint32_t token) {
  return std::lower_bound(tokens.begin(), tokens.end(), token) - tokens.begin();
}

}  // namespace

void PersonsByKey::Add(absl::string_view key, int person) {
  std::vector<int>& persons = persons_[key];
  if (persons.size() >= kMostSharing ||
      std::find(persons.begin(), persons.end(), person) != persons.end()) {
    return;
  }
  persons.push_back(person);
}

const std::vector<int>& PersonsByKey::With(absl::string_view key) const {
  static const auto* const none = new std::vector<int>;
  const auto found = persons_.find(key);
  return found == persons_.end() ? *none : found->second;
}

void MentionCount::Add(uint32_t token, bool in_headline) {
  std::vector<uint32_t>& tokens = in_headline ? in_headlines_ : in_text_;
  tokens.insert(std::upper_bound(tokens.begin(), tokens.end(), token), token);
}

size_t MentionCount::Before(uint32_t token) const {
  return CountBefore(in_text_, token) + CountBefore(in_headlines_, token);
}

uint32_t MentionCount::First() const {
  if (in_text_.empty()) return in_headlines_.front();
  if (in_headlines_.empty()) return in_text_.front();
  return std::min(in_text_.front(), in_headlines_.front());
}

}  // namespace attache
