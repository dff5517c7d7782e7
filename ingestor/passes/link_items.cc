#include "ingestor/passes/link_items.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/string_view.h"
#include "ingestor/passes/running_text.h"
#include "ingestor/passes/section_countries.h"

namespace attache {
namespace {

// A cue in an item's description says less of it than one in its label.
constexpr float kDescriptionConfidence = 0.7f;
constexpr float kProseConfidence = 0.8f;
constexpr size_t kMaxProseEvidence = 5;
// Weight of a cue from which on a point of a list states an objective.
constexpr float kEnoughForPoint = 0.6f;

template <typename Mention>
std::vector<const Mention*> Within(const std::vector<Mention>& mentions,
                                   TokenSpan span) {
  std::vector<const Mention*> within;
  auto mention = std::lower_bound(
      mentions.begin(), mentions.end(), span.begin,
      [](const Mention& m, uint32_t begin) { return m.span.begin < begin; });
  for (; mention != mentions.end() && mention->span.begin < span.end;
       ++mention) {
    if (mention->span.end <= span.end) within.push_back(&*mention);
  }
  return within;
}

// Ids of the cues in a span, the weightiest first, each once.
std::vector<std::string> IdsIn(const std::vector<TopicMention>& mentions,
                               TokenSpan span) {
  std::vector<const TopicMention*> within = Within(mentions, span);
  std::stable_sort(within.begin(), within.end(),
                   [](const TopicMention* a, const TopicMention* b) {
                     return a->weight > b->weight;
                   });
  std::vector<std::string> ids;
  for (const TopicMention* mention : within) {
    if (std::find(ids.begin(), ids.end(), mention->id) == ids.end()) {
      ids.push_back(mention->id);
    }
  }
  return ids;
}

void Merge(const std::vector<std::string>& from, std::vector<std::string>* to) {
  for (const std::string& id : from) {
    if (std::find(to->begin(), to->end(), id) == to->end()) to->push_back(id);
  }
}

class Linker {
 public:
  Linker(const LinkInput& input, const Vocabulary& vocabulary)
      : input_(input), document_(input.document), vocabulary_(vocabulary) {
    for (const Trip& trip : input.trips) {
      countries_.emplace_back(document_, input.places, trip);
    }
    trip_of_sentence_.resize(document_.sentences.size(), kNoTrip);
    for (uint32_t t = 0; t < input.trips.size(); ++t) {
      for (const uint32_t sentence : input.trips[t].sentences) {
        if (trip_of_sentence_[sentence] == kNoTrip) {
          trip_of_sentence_[sentence] = t;
        }
      }
    }
    CountSections();
  }

  std::vector<std::vector<LinkedItem>> Link() {
    std::vector<std::vector<LinkedItem>> linked(input_.trips.size());
    if (linked.empty()) return linked;
    AimsLinked aims;
    for (const Item& item : input_.items) {
      if (item.kind == ItemKind::kPoint) continue;
      const uint32_t trip = TripOfSection(item.section);
      linked[trip].push_back(LinkItem(item, trip));
    }
    std::vector<std::set<std::string>> objectives(linked.size());
    for (size_t t = 0; t < linked.size(); ++t) {
      for (const LinkedItem& item : linked[t]) {
        if (item.kind == ItemKind::kObjective) objectives[t].insert(item.id);
      }
    }
    for (const Item& item : input_.items) {
      LinkPoint(item, &linked, &objectives);
    }
    for (const AimPhrase& aim : input_.aims) LinkAim(aim, &linked, &aims);
    for (uint32_t t = 0; t < linked.size(); ++t) AddProseSectors(t, &linked[t]);
    return linked;
  }

 private:
  static constexpr uint32_t kNoTrip = UINT32_MAX;
  // By trip, objective and words: the item that an aim of prose became.
  using AimsLinked =
      std::map<std::tuple<uint32_t, std::string, absl::string_view>, size_t>;

  void CountSections() {
    std::vector<std::map<uint32_t, int>> counts(document_.sections.size());
    for (uint32_t s = 0; s < trip_of_sentence_.size(); ++s) {
      if (trip_of_sentence_[s] == kNoTrip) continue;
      const Unit& unit = document_.units[document_.sentences[s].unit];
      ++counts[unit.section][trip_of_sentence_[s]];
    }
    for (const auto& section : counts) {
      const auto most = std::max_element(
          section.begin(), section.end(),
          [](const auto& a, const auto& b) { return a.second < b.second; });
      trip_of_section_.push_back(most == section.end() ? 0 : most->first);
    }
  }

  uint32_t TripOfSection(uint32_t section) const {
    return trip_of_section_[section];
  }

  uint32_t SentenceAt(TokenSpan span) const {
    auto sentence = std::upper_bound(
        document_.sentences.begin(), document_.sentences.end(), span.begin,
        [](uint32_t at, const Sentence& s) { return at < s.tokens.begin; });
    return sentence - document_.sentences.begin() - 1;
  }

  uint32_t TripAt(TokenSpan span) const {
    return trip_of_sentence_[SentenceAt(span)];
  }

  LinkedItem LinkItem(const Item& item, uint32_t trip) const {
    LinkedItem linked;
    linked.kind = item.kind;
    linked.label = item.label;
    linked.description = item.description;
    linked.impact = item.impact;
    linked.key_players = item.key_players;
    linked.evidence = item.parts;
    linked.country_codes = countries_[trip].OfItem(item);
    linked.amount = AmountOf(item);
    const std::vector<std::string> own = SectorsIn(item.label);
    linked.sector_ids = own;
    Merge(IdsIn(input_.sectors, item.description), &linked.sector_ids);
    if (item.kind == ItemKind::kSector) {
      if (!linked.sector_ids.empty()) linked.id = linked.sector_ids[0];
      if (own.empty() && !linked.id.empty()) {
        linked.confidence = kDescriptionConfidence;
      }
    } else if (item.kind == ItemKind::kObjective) {
      Merge(IdsIn(input_.sectors, item.impact), &linked.sector_ids);
      LinkObjective(item, &linked);
    }
    return linked;
  }

  std::vector<std::string> SectorsIn(TokenSpan label) const {
    std::vector<std::string> ids;
    if (const auto named =
            vocabulary_.sector_names().Find(document_.TextOf(label));
        named.has_value()) {
      ids.push_back(*named);
    }
    Merge(IdsIn(input_.sectors, label), &ids);
    return ids;
  }

  void LinkObjective(const Item& item, LinkedItem* linked) const {
    if (const auto named =
            vocabulary_.objective_names().Find(document_.TextOf(item.label));
        named.has_value()) {
      linked->id = *named;
      return;
    }
    for (const auto& [span, confidence] :
         {std::pair(item.label, 1.0f),
          std::pair(item.description, kDescriptionConfidence)}) {
      const std::vector<std::string> ids = IdsIn(input_.objectives, span);
      if (ids.empty()) continue;
      linked->id = ids[0];
      linked->confidence = confidence;
      return;
    }
  }

  std::optional<uint32_t> AmountOf(const Item& item) const {
    std::vector<TokenSpan> spans = {item.investment, item.label,
                                    item.description};
    spans.insert(spans.end(), item.parts.begin(), item.parts.end());
    for (const TokenSpan& span : spans) {
      const auto amounts = Within(input_.amounts, span);
      if (!amounts.empty()) return amounts[0] - input_.amounts.data();
    }
    return std::nullopt;
  }

  // The objective that a point on a list or a focus area speaks of, where
  // nothing that is called one does.
  void LinkPoint(const Item& item, std::vector<std::vector<LinkedItem>>* linked,
                 std::vector<std::set<std::string>>* known) const {
    if (item.kind != ItemKind::kPoint && item.kind != ItemKind::kFocusArea) {
      return;
    }
    const uint32_t trip = TripOfSection(item.section);
    for (const TokenSpan& span : {item.description, item.label}) {
      for (const TopicMention* cue : Within(input_.objectives, span)) {
        if (cue->weight < kEnoughForPoint ||
            !(*known)[trip].insert(cue->id).second) {
          continue;
        }
        LinkedItem objective;
        objective.kind = ItemKind::kObjective;
        objective.id = cue->id;
        objective.label = span;
        objective.confidence = kDescriptionConfidence * cue->weight;
        objective.from_prose = true;
        objective.evidence.push_back(span);
        objective.sector_ids = IdsIn(input_.sectors, span);
        objective.country_codes = countries_[trip].OfItem(item);
        (*linked)[trip].push_back(std::move(objective));
      }
    }
  }

  void LinkAim(const AimPhrase& aim,
               std::vector<std::vector<LinkedItem>>* linked,
               AimsLinked* known) const {
    const uint32_t trip = TripAt(aim.span);
    if (trip == kNoTrip) return;
    std::vector<LinkedItem>& items = (*linked)[trip];
    const auto [other, added] = known->try_emplace(
        {trip, aim.objective_id, document_.TextOf(aim.span)}, items.size());
    if (!added) {
      items[other->second].evidence.push_back(aim.span);
      return;
    }
    LinkedItem item;
    item.kind = ItemKind::kObjective;
    item.id = aim.objective_id;
    item.label = aim.span;
    item.confidence = aim.confidence;
    item.from_prose = true;
    item.evidence.push_back(aim.span);
    item.sector_ids = IdsIn(input_.sectors, aim.span);
    item.country_codes = countries_[trip].OfProse(
        document_.sentences[SentenceAt(aim.span)].tokens);
    items.push_back(std::move(item));
  }

  // Sectors that no sector item has: of the sentences about the trip, and of
  // the trip's other items.
  void AddProseSectors(uint32_t trip, std::vector<LinkedItem>* items) const {
    std::set<std::string> known;
    for (const LinkedItem& item : *items) {
      if (item.kind == ItemKind::kSector) known.insert(item.id);
    }
    std::map<std::string, size_t> entries;
    for (const TopicMention& mention : input_.sectors) {
      if (known.contains(mention.id) || !IsAboutTrip(mention.span, trip)) {
        continue;
      }
      const auto [entry, added] =
          entries.try_emplace(mention.id, items->size());
      if (added) {
        LinkedItem item;
        item.kind = ItemKind::kSector;
        item.id = mention.id;
        item.label = mention.span;
        item.sector_ids = {mention.id};
        item.from_prose = true;
        item.confidence = kProseConfidence * mention.weight;
        items->push_back(std::move(item));
      }
      LinkedItem& item = (*items)[entry->second];
      item.confidence =
          std::max(item.confidence, kProseConfidence * mention.weight);
      if (item.evidence.size() < kMaxProseEvidence) {
        item.evidence.push_back(mention.span);
      }
      Merge(countries_[trip].OfProse(
                document_.sentences[SentenceAt(mention.span)].tokens),
            &item.country_codes);
    }
  }

  // In a sentence about the trip, or laid out in one of its sections.
  bool IsAboutTrip(TokenSpan span, uint32_t trip) const {
    const Unit& unit = document_.units[document_.unit_of[span.begin]];
    if (!IsRunningText(document_, span.begin) &&
        (unit.kind == UnitKind::kListItem ||
         unit.kind == UnitKind::kTableCell)) {
      return InItem(span) && TripOfSection(unit.section) == trip;
    }
    return TripAt(span) == trip;
  }

  bool InItem(TokenSpan span) const {
    auto item = std::upper_bound(
        input_.items.begin(), input_.items.end(), span.begin,
        [](uint32_t at, const Item& i) { return at < i.parts[0].begin; });
    // Items of one row begin together and end together.
    return item != input_.items.begin() &&
           std::prev(item)->parts.back().end >= span.end;
  }

  const LinkInput& input_;
  const Document& document_;
  const Vocabulary& vocabulary_;
  std::vector<SectionCountries> countries_;  // by trip
  std::vector<uint32_t> trip_of_sentence_;
  std::vector<uint32_t> trip_of_section_;
};

}  // namespace

std::vector<std::vector<LinkedItem>> LinkItems(const LinkInput& input,
                                               const Vocabulary& vocabulary) {
  return Linker(input, vocabulary).Link();
}

}  // namespace attache
