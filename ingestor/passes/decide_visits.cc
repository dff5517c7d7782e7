#include "ingestor/passes/decide_visits.h"

#include <algorithm>
#include <map>
#include <set>

#include "common/text/fold.h"
#include "ingestor/passes/order_stays.h"

namespace attache {
namespace {

// In one country; what is told of more joins the last.
constexpr size_t kMostStays = 50;

class Itinerary {
 public:
  Itinerary(const TripText& text, const std::vector<Stop>& stops,
            const TripDates& dates, const std::string& home)
      : text_(text), stops_(stops), dates_(dates), home_(home) {}

  std::vector<Visit> Decide() {
    GatherStays();
    OrderByNarration(text_, stops_, home_, &stays_);
    OrderByEnds(text_, stops_, home_, &stays_);
    SplitReturns();
    OrderByDates(&stays_);
    std::vector<Visit> visits;
    for (const Stay& stay : stays_) visits.push_back(ToVisit(stay));
    return visits;
  }

 private:
  const std::string& Country(size_t stop) const {
    return CountryOf(text_, stops_[stop]);
  }

  bool AtHome(size_t stop) const { return LiesIn(text_, stops_[stop], home_); }

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
      OrderByList(listed, &stays_);
    }
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

}  // namespace

std::vector<Visit> DecideVisits(const TripText& text,
                                const std::vector<Stop>& stops,
                                const TripDates& dates,
                                const std::string& home) {
  return Itinerary(text, stops, dates, home).Decide();
}

}  // namespace attache
