#include "ingestor/passes/decide_visits.h"

#include <algorithm>
#include <map>
#include <set>

#include "common/text/fold.h"

namespace attache {
namespace {

// In one country; what is told of more joins the last.
constexpr size_t kMostStays = 50;

// A country's stops, or those of one stay there.
struct Stay {
  std::string country;
  std::vector<size_t> stops;
  DateRange dates;
  std::vector<TokenSpan> date_spans;
};

class Itinerary {
 public:
  Itinerary(const TripText& text, const std::vector<Stop>& stops,
            const TripDates& dates, const std::string& home)
      : text_(text), stops_(stops), dates_(dates), home_(home) {}

  std::vector<Visit> Decide() {
    GatherStays();
    OrderByNarration();
    OrderByEnds();
    SplitReturns();
    OrderByDates();
    std::vector<Visit> visits;
    for (const Stay& stay : stays_) visits.push_back(ToVisit(stay));
    return visits;
  }

 private:
  const std::string& Country(size_t stop) const {
    return CountryOf(text_, stops_[stop]);
  }

  bool AtHome(size_t stop) const {
    return LiesIn(text_.findings().places[stops_[stop].place], home_);
  }

  // By first appearance; the text's list of stops goes before its headline's,
  // which may sort them otherwise.
  void GatherStays() {
    const auto gather = [&](bool titles) {
      for (size_t i = 0; i < stops_.size(); ++i) {
        if (AtHome(i)) continue;
        const uint32_t at = text_.findings().places[stops_[i].place].span.begin;
        if (text_.InTitle(at) != titles) continue;
        const auto known = std::find_if(
            stays_.begin(), stays_.end(),
            [&](const Stay& stay) { return stay.country == Country(i); });
        if (known != stays_.end()) {
          known->stops.push_back(i);
        } else {
          stays_.push_back({Country(i), {i}, {}, {}});
        }
      }
    };
    std::vector<std::string> listed;
    for (size_t i = 0; i < stops_.size(); ++i) {
      const uint32_t at = text_.findings().places[stops_[i].place].span.begin;
      if (text_.InTitle(at) && !AtHome(i) &&
          std::find(listed.begin(), listed.end(), Country(i)) == listed.end()) {
        listed.push_back(Country(i));
      }
    }
    gather(false);
    const size_t told = stays_.size();
    gather(true);
    // A headline that lists more countries than any sentence sets the order.
    if (stays_.size() > told || !HasListing()) {
      std::stable_sort(stays_.begin(), stays_.end(),
                       [&](const Stay& a, const Stay& b) {
                         return Rank(listed, a) < Rank(listed, b);
                       });
    }
  }

  static size_t Rank(const std::vector<std::string>& order, const Stay& stay) {
    return static_cast<size_t>(
        std::find(order.begin(), order.end(), stay.country) - order.begin());
  }

  bool HasListing() const {
    std::map<uint32_t, std::set<std::string>> by_sentence;
    for (size_t i = 0; i < stops_.size(); ++i) {
      const uint32_t at = text_.findings().places[stops_[i].place].span.begin;
      if (!text_.InTitle(at)) {
        by_sentence[stops_[i].sentence].insert(Country(i));
      }
    }
    for (const auto& [sentence, countries] : by_sentence) {
      if (countries.size() >= 2) return true;
    }
    return stays_.size() < 2;
  }

  // "will first travel to Oslo", "then", "from there": if such words tell the
  // whole way, their order counts.
  void OrderByNarration() {
    std::map<uint32_t, std::vector<size_t>> by_sentence;
    std::map<uint32_t, std::set<std::string>> countries_in;
    for (size_t i = 0; i < stops_.size(); ++i) {
      by_sentence[stops_[i].sentence].push_back(i);
      countries_in[stops_[i].sentence].insert(Country(i));
    }
    std::vector<std::string> told;
    bool cued = false;
    for (size_t i = 0; i < stops_.size(); ++i) {
      const TokenSpan sentence =
          text_.document().sentences[stops_[i].sentence].tokens;
      if (text_.InTitle(sentence.begin) || AtHome(i)) continue;
      const std::set<std::string>& countries = countries_in[stops_[i].sentence];
      const CueIndex& cues = text_.cues();
      const bool cue = cues.FirstIn(Cue::kFirst, sentence) != nullptr ||
                       cues.FirstIn(Cue::kThen, sentence) != nullptr ||
                       cues.FirstIn(Cue::kTripStart, sentence) != nullptr ||
                       stops_[i].leaving;
      if (countries.size() > 1 && !cue) continue;
      cued = cued || cue;
      if (stops_[i].leaving && stops_[i].fronted) continue;
      if (std::find(told.begin(), told.end(), Country(i)) != told.end()) {
        continue;
      }
      if (!stops_[i].leaving) {
        told.push_back(Country(i));
        continue;
      }
      // "arrived in Lima from Quito": what is left comes first.
      auto before = told.end();
      for (const size_t j : by_sentence[stops_[i].sentence]) {
        if (j >= i) break;
        before =
            std::min(before, std::find(told.begin(), told.end(), Country(j)));
      }
      told.insert(before, Country(i));
    }
    if (!cued || told.size() < stays_.size()) return;
    std::stable_sort(stays_.begin(), stays_.end(),
                     [&](const Stay& a, const Stay& b) {
                       return Rank(told, a) < Rank(told, b);
                     });
  }

  // "ends a visit to Oslo and goes on to Riga": what ends is one stay alone.
  bool GoesOn(size_t stop) const {
    for (size_t i = stop + 1; i < stops_.size(); ++i) {
      if (stops_[i].sentence != stops_[stop].sentence) break;
      const CueIndex& cues = text_.cues();
      const uint32_t governor = stops_[i].governor;
      if (stops_[i].reach == Reach::kTravelled && !AtHome(i) &&
          !stops_[i].leaving && Country(i) != Country(stop) &&
          governor > stops_[stop].governor &&
          (cues.Is(Cue::kTravelOn, governor) ||
           cues.Is(Cue::kTravel, governor) ||
           cues.Is(Cue::kArrive, governor))) {
        return true;
      }
    }
    return false;
  }

  // "a tour that began in Helsinki and will end in Riga".
  void OrderByEnds() {
    const auto rank = [&](const Stay& stay) {
      int place = 0;
      for (const size_t stop : stay.stops) {
        if (stops_[stop].opens) place = -1;
        if (stops_[stop].closes && !GoesOn(stop)) place = 1;
      }
      return place;
    };
    std::stable_sort(
        stays_.begin(), stays_.end(),
        [&](const Stay& a, const Stay& b) { return rank(a) < rank(b); });
  }

  // Gives each stay its dates; a country of two ranges with another's between
  // them becomes two stays.
  void SplitReturns() {
    for (size_t i = 0; i < stops_.size(); ++i) {
      const PartialDate& start = dates_.stops[i].range.start;
      if (AtHome(i) || !IsDay(start)) continue;
      starts_.push_back(start);
      starts_in_[Country(i)].push_back(start);
    }
    std::sort(starts_.begin(), starts_.end());
    for (auto& [country, starts] : starts_in_) {
      std::sort(starts.begin(), starts.end());
    }
    std::vector<Stay> split;
    for (Stay& stay : stays_) {
      std::vector<Stay> parts;
      for (const size_t stop : stay.stops) {
        const DatedSpan& dated = dates_.stops[stop];
        if (dated.range.empty()) continue;
        auto part = std::find_if(parts.begin(), parts.end(), [&](Stay& other) {
          return Touch(other.dates, dated.range) ||
                 !OthersBetween(stay.country, other.dates, dated.range);
        });
        if (part == parts.end()) {
          if (parts.size() < kMostStays) {
            parts.push_back({stay.country, {}, {}, {}});
          }
          part = parts.end() - 1;
        }
        part->dates.start = Earlier(part->dates.start, dated.range.start);
        // A row of an itinerary that names one day ends with it.
        const PartialDate& last = dated.range.end.empty() &&
                                          stops_[stop].laid_out &&
                                          !part->dates.end.empty()
                                      ? dated.range.start
                                      : dated.range.end;
        if (!last.empty()) part->dates.end = Later(part->dates.end, last);
        part->stops.push_back(stop);
        part->date_spans.insert(part->date_spans.end(), dated.spans.begin(),
                                dated.spans.end());
      }
      if (parts.empty()) {
        split.push_back(std::move(stay));
        continue;
      }
      for (Stay& part : parts) {
        // A later start without an end leaves the stay open.
        split.push_back(std::move(part));
      }
      // Undated stops belong to the first stay.
      for (const size_t stop : stay.stops) {
        if (dates_.stops[stop].range.empty()) {
          split[split.size() - parts.size()].stops.push_back(stop);
        }
      }
    }
    for (Stay& stay : split) std::sort(stay.stops.begin(), stay.stops.end());
    stays_ = std::move(split);
  }

  static bool Touch(const DateRange& a, const DateRange& b) {
    if (!IsDay(a.start) || !IsDay(b.start)) return true;
    const DayNumber a_first = ToDayNumber(a.start);
    const DayNumber b_first = ToDayNumber(b.start);
    const DayNumber a_last = IsDay(a.end) ? ToDayNumber(a.end) : a_first;
    const DayNumber b_last = IsDay(b.end) ? ToDayNumber(b.end) : b_first;
    return a_first <= b_last + 1 && b_first <= a_last + 1;
  }

  // Whether a stay elsewhere starts between those of `a` and `b`.
  bool OthersBetween(const std::string& country, const DateRange& a,
                     const DateRange& b) const {
    const PartialDate low = Earlier(a.start, b.start);
    const PartialDate high = Later(a.start, b.start);
    const auto between = [&](const std::vector<PartialDate>& starts) {
      return std::upper_bound(starts.begin(), starts.end(), high) -
             std::upper_bound(starts.begin(), starts.end(), low);
    };
    const auto here = starts_in_.find(country);
    return between(starts_) !=
           (here == starts_in_.end() ? 0 : between(here->second));
  }

  // What has no date of its own stays behind what it was told after.
  void OrderByDates() {
    // Of the same day, the one that is told first goes first.
    std::vector<std::pair<std::pair<PartialDate, uint32_t>, size_t>> keys;
    std::pair<PartialDate, uint32_t> last;
    int dated = 0;
    for (size_t i = 0; i < stays_.size(); ++i) {
      const PartialDate start =
          IsDay(stays_[i].dates.start) ? stays_[i].dates.start : PartialDate{};
      if (!start.empty()) {
        last = {start, stays_[i].date_spans.empty()
                           ? 0
                           : stays_[i].date_spans.front().begin};
        ++dated;
      }
      keys.push_back({last, i});
    }
    if (dated < 2) return;
    std::stable_sort(
        keys.begin(), keys.end(),
        [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Stay> ordered;
    for (const auto& [date, index] : keys) {
      ordered.push_back(std::move(stays_[index]));
    }
    stays_ = std::move(ordered);
  }

  Visit ToVisit(const Stay& stay) const {
    Visit visit;
    visit.country_code = stay.country;
    visit.dates = stay.dates;
    visit.date_spans = stay.date_spans;
    std::set<std::string> names;
    bool travelled = false;
    for (const size_t stop : stay.stops) {
      const PlaceMention& place = text_.findings().places[stops_[stop].place];
      travelled = travelled || stops_[stop].reach == Reach::kTravelled;
      visit.evidence.push_back(place.span);
      if (place.place == nullptr) continue;
      const std::string name = FoldToKey(text_.document().TextOf(place.span));
      if (names.insert(name).second) visit.places.push_back(place.span);
    }
    visit.confidence = travelled ? 0.95f : 0.7f;
    return visit;
  }

  const TripText& text_;
  const std::vector<Stop>& stops_;
  const TripDates& dates_;
  const std::string& home_;
  std::vector<Stay> stays_;
  // The days on which stops abroad start, sorted: all, and by country.
  std::vector<PartialDate> starts_;
  std::map<std::string, std::vector<PartialDate>> starts_in_;
};

// "visited Aden today": the countries of which nothing but that day is told.
std::set<std::string> ConfinedToDay(const TripText& text,
                                    const std::vector<Stop>& stops) {
  std::set<std::string> confined;
  for (const Stop& stop : stops) {
    const TokenSpan sentence = text.document().sentences[stop.sentence].tokens;
    if (stop.tense == Tense::kPast && stop.reach == Reach::kTravelled &&
        text.cues().Is(Cue::kVisitVerb, stop.governor) &&
        text.cues().FirstIn(Cue::kToday, sentence) != nullptr) {
      confined.insert(CountryOf(text, stop));
    }
  }
  return confined;
}

}  // namespace

std::vector<Visit> DecideVisits(const TripText& text,
                                const std::vector<Stop>& stops,
                                const TripDates& dates,
                                const std::string& home) {
  return Itinerary(text, stops, dates, home).Decide();
}

DateRange DecideRange(const TripText& text, const TripDates& dates,
                      const std::vector<Stop>& stops, const std::string& home,
                      std::vector<Visit>* visits) {
  DateRange range = dates.whole.range;
  // A single country's stay is the trip, and the other way round.
  const bool all_abroad =
      std::none_of(stops.begin(), stops.end(), [&](const Stop& stop) {
        return LiesIn(text.findings().places[stop.place], home);
      });
  if (visits->size() == 1 && !range.empty() && all_abroad &&
      visits->front().dates.empty()) {
    visits->front().dates = range;
    visits->front().date_spans = dates.whole.spans;
  }
  const std::set<std::string> of_one_day = ConfinedToDay(text, stops);
  for (size_t i = 0; i < visits->size(); ++i) {
    Visit& visit = (*visits)[i];
    if (!IsDay(visit.dates.start) || !visit.dates.end.empty()) continue;
    const DayNumber day = ToDayNumber(visit.dates.start);
    bool confined = of_one_day.contains(visit.country_code);
    if (i + 1 < visits->size() && IsDay((*visits)[i + 1].dates.start)) {
      const DayNumber next = ToDayNumber((*visits)[i + 1].dates.start);
      confined = confined || next == day || next == day + 1;
    }
    confined = confined || range.end == visit.dates.start;
    if (confined) visit.dates.end = visit.dates.start;
  }
  // A lone day may be that of one stop.
  const bool start_stated = !range.start.empty() && dates.whole_is_range;
  const bool end_stated = !range.end.empty();
  PartialDate latest_start;
  PartialDate latest_end;
  for (const Visit& visit : *visits) {
    if (!start_stated) range.start = Earlier(range.start, visit.dates.start);
    latest_start = Later(latest_start, visit.dates.start);
    latest_end = Later(latest_end, visit.dates.end);
  }
  // Days at home before, between or after belong to the trip too.
  for (size_t i = 0; i < stops.size(); ++i) {
    const PlaceMention& place = text.findings().places[stops[i].place];
    if (!LiesIn(place, home) || dates.stops[i].range.empty()) continue;
    if (!start_stated) {
      range.start = Earlier(range.start, dates.stops[i].range.start);
    }
    latest_end = Later(latest_end, dates.stops[i].range.end);
  }
  // The last stop's open end leaves the trip's open.
  if (!end_stated && !latest_end.empty() &&
      (latest_start.empty() || latest_end >= latest_start)) {
    range.end = latest_end;
  }
  if (!range.start.empty() && !range.end.empty() && range.end < range.start) {
    range.end = {};
  }
  return range;
}

}  // namespace attache
