#include "ingestor/passes/decide_trip_dates.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "ingestor/passes/date_single_country.h"

namespace attache {
namespace {

class Dating {
 public:
  Dating(const TripText& text, const std::vector<Stop>& stops,
         const std::vector<bool>& own, const std::string& home, int32_t period)
      : text_(text), stops_(stops), own_(own), home_(home) {
    if (period >= 0) {
      SetWhole(text.findings().dates[period]);
      dates_.whole_is_range = true;
    }
    int days = 0;
    for (const Section& section : text.document().sections) {
      days += DayOfUnit(section.heading) != nullptr;
    }
    is_diary_ = days > 1;
    dates_.stops.resize(stops.size());
    for (const Stop& stop : stops) {
      if (Country(stop) != home) countries_.insert(Country(stop));
    }
  }

  TripDates Decide() {
    bool main_seen = false;
    for (size_t i = 0; i < stops_.size();) {
      if (stops_[i].laid_out) {
        const int32_t date = stops_[i].date;
        if (date >= 0) Set(&dates_.stops[i], text_.findings().dates[date]);
        ++i;
        continue;
      }
      size_t end = i;
      while (end < stops_.size() && !stops_[end].laid_out &&
             stops_[end].sentence == stops_[i].sentence) {
        ++end;
      }
      DateSentence(i, end, &main_seen);
      i = end;
    }
    DateByOpening();
    DateReturn();
    DateDeparture();
    DateEnd();
    MoveBehindStart();
    if (countries_.size() == 1) {
      DateSingleCountry(text_, stops_, own_, home_, &dates_);
    }
    ApplyLengths();
    return std::move(dates_);
  }

 private:
  const std::string& Country(const Stop& stop) const {
    return text_.findings().places[stop.place].country_code;
  }
  TokenSpan PlaceSpan(const Stop& stop) const {
    return text_.findings().places[stop.place].span;
  }

  // "concluded a visit to Peru on 3 May", "today wrapped up", "the tour, which
  // ends on Friday": the only day of a sentence that tells the end.
  bool Ends(const DateMention& date, TokenSpan sentence) const {
    constexpr uint32_t kBefore = 2;  // tokens between the day and the word
    const CueMatch* end = text_.cues().FirstIn(Cue::kTripEnd, sentence);
    return end != nullptr && !date.is_range && !text_.InTitle(sentence.begin) &&
           (end->begin < date.span.begin ||
            end->begin <= date.span.end + kBefore);
  }

  void SetEnd(DatedSpan* slot, const DateMention& date) {
    if (!slot->range.end.empty()) return;
    slot->range.end = date.range.start;
    slot->spans.push_back(date.span);
  }

  void Set(DatedSpan* slot, const DateMention& date) {
    if (!slot->range.empty()) return;
    slot->range = date.range;
    if (slot != &dates_.whole && date.by_weekday && !date.is_range) {
      slot->by_weekday = true;
      MoveIntoWhole(&slot->range.start);
    }
    slot->spans.push_back(date.span);
  }

  // A weekday that was read as last week's or the next is the one within the
  // trip's range: "from Friday to Tuesday ... on to Dhaka on Monday".
  void MoveIntoWhole(PartialDate* day) const {
    const DateRange& whole = dates_.whole.range;
    if (!dates_.whole_is_range || !IsDay(whole.start) || !IsDay(whole.end) ||
        !IsDay(*day)) {
      return;
    }
    const DayNumber first = ToDayNumber(whole.start);
    const DayNumber last = ToDayNumber(whole.end);
    const DayNumber read = ToDayNumber(*day);
    if (read >= first && read <= last) return;
    for (const DayNumber moved : {read + 7, read - 7}) {
      if (moved >= first && moved <= last) *day = FromDayNumber(moved);
    }
  }

  // The day that heads the section of a sentence in a diary, which has several
  // such headings; nullptr elsewhere.
  const DateMention* DayOfHeading(TokenSpan sentence) const {
    if (!is_diary_) return nullptr;
    const Document& document = text_.document();
    const uint32_t unit = document.unit_of[sentence.begin];
    return DayOfUnit(document.sections[document.units[unit].section].heading);
  }

  // The day that a heading is; nullptr where it is none.
  const DateMention* DayOfUnit(int32_t heading) const {
    constexpr uint32_t kLongest = 8;  // tokens
    if (heading < 0) return nullptr;
    const TokenSpan tokens = text_.document().units[heading].tokens;
    if (tokens.empty() || tokens.end - tokens.begin > kLongest) return nullptr;
    const DateMention* date = text_.DateAt(tokens.begin);
    return date != nullptr && IsDay(date->range.start) ? date : nullptr;
  }

  void SetWhole(const DateMention& date) {
    if (!dates_.whole.range.empty()) return;
    Set(&dates_.whole, date);
    dates_.whole_is_range = date.is_range;
  }

  // Stops [first, last) stand in one sentence.
  void DateSentence(size_t first, size_t last, bool* main_seen) {
    const TokenSpan sentence =
        text_.document().sentences[stops_[first].sentence].tokens;
    std::vector<const DateMention*> dates = JourneyDates(text_, sentence);
    std::set<std::string> countries;
    bool returning = false;
    for (size_t i = first; i < last; ++i) {
      countries.insert(Country(stops_[i]));
      returning = returning || stops_[i].returning || ComesHome(stops_[i]);
    }
    const bool main = !*main_seen;
    if (!text_.InTitle(sentence.begin)) *main_seen = true;
    const size_t all = dates.size();
    TakeEnd(first, last, &dates);
    const bool took_end = dates.size() < all;
    if (dates.empty() && !took_end) {
      // "Tuesday 6 November" above "11:00 Meeting in Windhoek".
      if (const DateMention* day = DayOfHeading(sentence)) {
        for (size_t i = first; i < last; ++i) Set(&dates_.stops[i], *day);
      }
    }
    if (dates.empty()) return;
    const bool covers_all = std::includes(countries.begin(), countries.end(),
                                          countries_.begin(), countries_.end());
    if (covers_all && dates.size() == 1 && Ends(*dates.front(), sentence)) {
      SetEnd(&dates_.whole, *dates.front());
      return;
    }
    if (countries.size() == 1) {
      const DateMention* date = Nearest(dates, first, last);
      if (returning && !date->is_range) {
        if (dates_.whole.range.end.empty()) {
          dates_.whole.range.end = date->range.start;
          dates_.whole.spans.push_back(date->span);
        }
        return;
      }
      for (size_t i = first; i < last; ++i) {
        Set(&dates_.stops[i], *date);
        JoinDays(dates, *date, &dates_.stops[i]);
        JoinEnd(dates, &dates_.stops[i]);
      }
      return;
    }
    if (dates.size() == 1) {
      const DateMention& date = *dates.front();
      if (returning && !date.is_range) {
        // "returned on the 24th from a tour that began on the 19th".
        if (took_end && dates_.whole.range.start.empty() &&
            date.span.begin > dates_.whole.spans.back().begin &&
            date.range.start < dates_.whole.range.end) {
          dates_.whole.range.start = date.range.start;
          dates_.whole.spans.push_back(date.span);
        }
        if (dates_.whole.range.end.empty()) {
          dates_.whole.range.end = date.range.start;
          dates_.whole.spans.push_back(date.span);
        }
      } else if (HasLeaving(first, last)) {
        // "arrived from Djibouti, where she was on Monday".
        for (size_t i = last; i > first; --i) {
          if (PlaceSpan(stops_[i - 1]).end <= date.span.begin) {
            Set(&dates_.stops[i - 1], date);
            break;
          }
        }
      } else if (main || covers_all) {
        SetWhole(date);
        DateArrival(first, last, date);
      } else {
        DateGroup(first, last, date);
      }
      return;
    }
    if (returning && !dates.front()->is_range &&
        dates_.whole.range.end.empty()) {
      // "returned on Sunday from a tour of ... that began on 25 October".
      dates_.whole.range.end = dates.front()->range.start;
      dates_.whole.spans.push_back(dates.front()->span);
      const DateMention& other = *dates[1];
      if (dates.size() == 2 && !other.is_range &&
          other.range.start < dates_.whole.range.end) {
        dates_.whole.range.start = other.range.start;
        dates_.whole.spans.push_back(other.span);
      }
      return;
    }
    PairDates(dates, first, last);
  }

  // "returned on 3 June from a tour of Peru and Chile", "concluded on Friday in
  // Lima": takes the date of the end out of those of a sentence's several
  // stops.
  void TakeEnd(size_t first, size_t last,
               std::vector<const DateMention*>* dates) {
    if (!dates_.whole.range.end.empty()) return;
    const CueIndex& cues = text_.cues();
    const TokenSpan sentence =
        text_.document().sentences[stops_[first].sentence].tokens;
    const auto end = std::find_if(
        dates->begin(), dates->end(), [&](const DateMention* date) {
          if (date->is_range) return false;
          const CueMatch* over = cues.FirstIn(Cue::kTripEnd, sentence);
          if (over != nullptr && over->begin < date->span.begin &&
              (date->span.end <= over->end || FollowsEnd(*over, date->span))) {
            return true;
          }
          return EndsAtHome(first, last, date->span);
        });
    if (end == dates->end()) return;
    dates_.whole.range.end = (*end)->range.start;
    dates_.whole.spans.push_back((*end)->span);
    // "will close the tour in Bishkek on 23 September" dates that stop, too.
    for (size_t i = first; i < last; ++i) {
      if (stops_[i].closes) Set(&dates_.stops[i], **end);
    }
    dates->erase(end);
  }

  // "which will conclude at the White House on Friday": the next date behind
  // the word, with no other deed between.
  bool FollowsEnd(const CueMatch& over, TokenSpan date) const {
    constexpr uint32_t kNear = 12;  // tokens
    if (date.begin > over.end + kNear) return false;
    for (uint32_t at = over.end; at < date.begin; ++at) {
      if (text_.DateAt(at) != nullptr || text_.cues().Is(Cue::kMeet, at) ||
          text_.cues().Is(Cue::kRelative, at)) {
        return false;
      }
    }
    return true;
  }

  // Whether the date stands with a word of return that leads home, or says not
  // where to.
  bool EndsAtHome(size_t first, size_t last, TokenSpan date) const {
    constexpr uint32_t kNear = 8;  // tokens
    const CueIndex& cues = text_.cues();
    for (uint32_t at = date.begin; at > 0 && date.begin - at < kNear; --at) {
      if (text_.SentenceOf(at - 1) != stops_[first].sentence) break;
      if (text_.DateAt(at - 1) != nullptr) break;
      if (!cues.Is(Cue::kReturn, at - 1)) continue;
      return std::none_of(
          stops_.begin() + first, stops_.begin() + last, [&](const Stop& stop) {
            const uint32_t place = PlaceSpan(stop).begin;
            return stop.returning && Country(stop) != home_ && place > 0 &&
                   !cues.Is(Cue::kFrom, place - 1) &&
                   !cues.Is(Cue::kOf, place - 1);
          });
    }
    return false;
  }

  // "arrived on Wednesday in Addis Ababa after two days in Cairo": the day of one
  // stop of several, beside the word of arriving there.
  void DateArrival(size_t first, size_t last, const DateMention& date) {
    constexpr uint32_t kNear = 4;  // tokens
    if (date.is_range) return;
    for (size_t i = first; i < last; ++i) {
      const uint32_t governor = stops_[i].governor;
      if (text_.cues().Is(Cue::kArrive, governor) && !stops_[i].leaving &&
          date.span.begin > governor && date.span.begin <= governor + kNear &&
          PlaceSpan(stops_[i]).begin >= date.span.end &&
          PlaceSpan(stops_[i]).begin <= date.span.end + kNear) {
        Set(&dates_.stops[i], date);
      }
    }
  }

  // "arrived at Brasília's air base this morning".
  bool ComesHome(const Stop& stop) const {
    return !home_.empty() && Country(stop) == home_ && !stop.leaving &&
           stop.reach == Reach::kTravelled && stop.tense == Tense::kPast &&
           text_.cues().Is(Cue::kArrive, stop.governor);
  }

  bool HasLeaving(size_t first, size_t last) const {
    return std::any_of(stops_.begin() + first, stops_.begin() + last,
                       [&](const Stop& stop) {
                         return stop.leaving && Country(stop) != home_;
                       });
  }

  // One range of several stops: it opens with the first and ends with the last.
  void DateGroup(size_t first, size_t last, const DateMention& date) {
    DatedSpan& opening = dates_.stops[first];
    if (opening.range.empty()) {
      opening.range.start = date.range.start;
      opening.spans.push_back(date.span);
    }
    DatedSpan& closing = dates_.stops[last - 1];
    if (closing.range.empty() && !date.range.end.empty()) {
      closing.range.end = date.range.end;
      closing.spans.push_back(date.span);
    }
  }

  // Of several dates, the one that stands nearest to the place; a range before
  // a day.
  const DateMention* Nearest(const std::vector<const DateMention*>& dates,
                             size_t first, size_t last) const {
    const DateMention* best = nullptr;
    uint32_t distance = 0;
    const bool begins =
        std::any_of(dates.begin(), dates.end(), [](const DateMention* date) {
          return !date->range.start.empty();
        });
    for (const DateMention* date : dates) {
      // "until May 22" only ends what something else begins.
      if (date->range.start.empty() && begins) continue;
      for (size_t i = first; i < last; ++i) {
        const TokenSpan place = PlaceSpan(stops_[i]);
        uint32_t apart =
            date->span.begin >= place.end
                ? date->span.begin - place.end
                : place.begin - std::min(place.begin, date->span.end);
        if (date->is_range) apart /= 3;
        if (best == nullptr || apart < distance) {
          best = date;
          distance = apart;
        }
      }
    }
    return best;
  }

  // "on June 15 and 16", "today and tomorrow", "on 21 May he will meet X, and on
  // 22 May he will tour Y": days of one stay that were read apart.
  void JoinDays(const std::vector<const DateMention*>& dates,
                const DateMention& date, DatedSpan* slot) {
    constexpr DayNumber kLongestStay = 10;
    if (!slot->range.end.empty() || !IsDay(slot->range.start)) return;
    PartialDate first = slot->range.start;
    PartialDate last = slot->range.start;
    for (const DateMention* other : dates) {
      if (other == &date || other->is_range || !IsDay(other->range.start) ||
          IsParted(date.span, other->span)) {
        continue;
      }
      const DayNumber apart =
          ToDayNumber(other->range.start) - ToDayNumber(slot->range.start);
      const bool adjoins =
          other->span.end + 1 == date.span.begin &&
          text_.cues().Is(Cue::kConjunction, other->span.end);
      if (apart < 0 && apart >= (adjoins ? -1 : -kLongestStay) &&
          !(other->relative && !date.relative)) {
        first = Earlier(first, other->range.start);
      } else if (apart > 0 && apart <= kLongestStay) {
        last = Later(last, other->range.start);
      } else {
        continue;
      }
      slot->spans.push_back(other->span);
    }
    slot->range.start = first;
    if (last != first) slot->range.end = last;
  }

  // Whether a clause of its own, or some other country, stands between.
  bool IsParted(TokenSpan a, TokenSpan b) const {
    const uint32_t begin = std::min(a.end, b.end);
    const uint32_t end = std::max(a.begin, b.begin);
    std::string country;
    for (uint32_t at = begin; at < end; ++at) {
      if (text_.cues().Is(Cue::kRelative, at)) return true;
      const PlaceMention* place = text_.PlaceAt(at);
      if (place == nullptr || place->country_code.empty() ||
          place->inside_name || place->kind == PlaceKind::kDemonym ||
          text_.EventAt(at) != nullptr) {
        continue;
      }
      if (!country.empty() && place->country_code != country) return true;
      country = place->country_code;
      if (!countries_.contains(country) && country != home_) return true;
    }
    return false;
  }

  // "leaves today for Geneva, where she stays until May 22".
  void JoinEnd(const std::vector<const DateMention*>& dates, DatedSpan* slot) {
    for (const DateMention* other : dates) {
      if (!slot->range.end.empty() || !other->range.start.empty() ||
          !IsDay(slot->range.start) || other->range.end < slot->range.start) {
        continue;
      }
      slot->range.end = other->range.end;
      slot->spans.push_back(other->span);
    }
  }

  // "to Milan June 20-22, Tirana June 30, and Ohrid July 1-3"; "on May 14 to
  // Berlin and on May 15 to Paris".
  void PairDates(std::vector<const DateMention*> dates, size_t first,
                 size_t last) {
    const uint32_t last_place = PlaceSpan(stops_[last - 1]).end;
    const bool leading =
        dates.front()->span.end <= PlaceSpan(stops_[first]).begin;
    const bool trailing = dates.back()->span.begin >= last_place;
    if (leading && trailing) {  // the trip first, then its stops
      if (dates.front()->is_range) SetWhole(*dates.front());
      dates.erase(dates.begin());
    }
    const bool before = leading && !trailing;
    for (size_t i = first; i < last; ++i) {
      const TokenSpan place = PlaceSpan(stops_[i]);
      const DateMention* own = nullptr;
      for (const DateMention* date : dates) {
        if (before && date->span.end <= place.begin) own = date;
        if (!before && own == nullptr && date->span.begin >= place.end) {
          own = date;
        }
      }
      if (own != nullptr) Set(&dates_.stops[i], *own);
    }
  }

  // "On April 25, she will thank Kosovo": a sentence that opens with a date and
  // names one of the countries dates that stop, where nothing else does.
  void DateByOpening() {
    std::map<std::string, size_t> undated;  // the country's first stop
    for (size_t i = stops_.size(); i-- > 0;) undated[Country(stops_[i])] = i;
    for (size_t i = 0; i < stops_.size(); ++i) {
      if (!dates_.stops[i].range.empty()) undated.erase(Country(stops_[i]));
    }
    for (size_t s = 0; s < text_.document().sentences.size(); ++s) {
      const TokenSpan sentence = text_.document().sentences[s].tokens;
      if (sentence.empty() || !own_[s] ||
          !text_.Tells(static_cast<uint32_t>(s))) {
        continue;
      }
      const std::vector<const DateMention*> dates =
          JourneyDates(text_, sentence);
      if (dates.empty() || dates.front()->span.begin > sentence.begin + 3 ||
          text_.cues().FirstIn(Cue::kOtherTime, sentence) != nullptr) {
        continue;
      }
      // The first one named after it is what the sentence is about.
      std::string country;
      const auto& places = text_.findings().places;
      for (auto place = FirstFrom(places, dates.front()->span.end);
           place != places.end() && place->span.begin < sentence.end; ++place) {
        if (place->span.end > sentence.end || place->inside_name ||
            !countries_.contains(place->country_code)) {
          continue;
        }
        country = place->country_code;
        break;
      }
      const auto slot = undated.find(country);
      const bool whole_known =
          !dates_.whole.range.empty() && countries_.size() == 1;
      if (slot != undated.end() && !whole_known) {
        Set(&dates_.stops[slot->second], *dates.front());
        if (!dates_.stops[slot->second].range.empty()) undated.erase(slot);
      }
    }
  }

  // "returns home on Friday", "will return to Washington on May 5".
  void DateReturn() {
    for (size_t s = 0; s < text_.document().sentences.size(); ++s) {
      const TokenSpan sentence = text_.document().sentences[s].tokens;
      const CueMatch* cue = text_.cues().FirstIn(Cue::kReturn, sentence);
      if (cue == nullptr || !own_[s] || !dates_.whole.range.end.empty()) {
        continue;
      }
      bool abroad = false;
      const auto& places = text_.findings().places;
      for (auto place = FirstFrom(places, cue->end);
           place != places.end() && place->span.begin < sentence.end; ++place) {
        abroad = abroad || (place->span.end <= sentence.end &&
                            countries_.contains(place->country_code));
      }
      if (abroad) continue;
      const DateMention* best = nullptr;
      for (const DateMention* date : JourneyDates(text_, sentence)) {
        if (date->is_range) continue;
        if (date->span.begin < cue->begin) {
          if (cue->begin - date->span.end <= 6) best = date;
          continue;
        }
        best = date;
        break;
      }
      if (best == nullptr) continue;
      dates_.whole.range.end = best->range.start;
      dates_.whole.spans.push_back(best->span);
    }
  }

  // "left on Sunday on a tour", "will leave Seoul for Budapest on 4 December":
  // the day when the travelers set out from home, where nothing earlier is
  // known.
  void DateDeparture() {
    constexpr uint32_t kNear = 5;  // tokens
    const CueIndex& cues = text_.cues();
    for (size_t s = 0; s < text_.document().sentences.size(); ++s) {
      const TokenSpan sentence = text_.document().sentences[s].tokens;
      if (sentence.empty() || !own_[s] || text_.InTitle(sentence.begin) ||
          !text_.Tells(static_cast<uint32_t>(s)) ||
          cues.FirstIn(Cue::kOtherTime, sentence) != nullptr) {
        continue;
      }
      const CueMatch* cue = cues.FirstIn(Cue::kSetOut, sentence);
      if (cue == nullptr || LeavesAbroad(*cue, sentence) ||
          !TravelersSetOut(*cue, sentence)) {
        continue;
      }
      for (const DateMention* date : JourneyDates(text_, sentence)) {
        const bool near = date->span.begin >= cue->end
                              ? date->span.begin - cue->end <= kNear
                              : cue->begin - date->span.end <= kNear;
        if (date->is_range || !near || !IsDay(date->range.start)) continue;
        DateRange& whole = dates_.whole.range;
        if (LeadsHome(*cue, sentence)) {
          if (!whole.end.empty()) break;
          whole.end = date->range.start;
        } else {
          if (StartsBefore(date->range.start, s)) {
            // "arrive on 17 June ... and will depart on the 29th".
            if (!whole.end.empty() || GoesOn(*cue, sentence)) return;
            whole.end = date->range.start;
            dates_.whole.spans.push_back(date->span);
            return;
          }
          whole.start = date->range.start;
        }
        dates_.whole.spans.push_back(date->span);
        return;
      }
    }
  }

  // "is to leave for Port-au-Prince on Thursday", where that is home.
  bool LeadsHome(const CueMatch& cue, TokenSpan sentence) const {
    for (uint32_t at = cue.end; at < sentence.end; ++at) {
      const PlaceMention* place = text_.PlaceAt(at);
      if (place == nullptr) continue;
      return place->country_code == home_ &&
             text_.cues().Is(Cue::kTowards, at - 1);
    }
    return false;
  }

  // "The visit ends next Wednesday", "the mission, which concludes on Sunday":
  // told in a sentence that names no stop.
  void DateEnd() {
    if (!dates_.whole.range.end.empty()) return;
    for (size_t s = 0; s < text_.document().sentences.size(); ++s) {
      const TokenSpan sentence = text_.document().sentences[s].tokens;
      const CueMatch* over = text_.cues().FirstIn(Cue::kTripEnd, sentence);
      if (over == nullptr || !own_[s] || text_.InTitle(sentence.begin) ||
          !text_.Tells(static_cast<uint32_t>(s)) ||
          text_.cues().FirstIn(Cue::kOtherTime, sentence) != nullptr) {
        continue;
      }
      for (const DateMention* date : JourneyDates(text_, sentence)) {
        if (date->is_range || date->span.begin < over->begin ||
            !(date->span.end <= over->end || FollowsEnd(*over, date->span))) {
          continue;
        }
        dates_.whole.range.end = date->range.start;
        dates_.whole.spans.push_back(date->span);
        return;
      }
    }
  }

  // Whether some place abroad stands behind the word of setting out.
  bool GoesOn(const CueMatch& cue, TokenSpan sentence) const {
    for (uint32_t at = cue.end; at < sentence.end; ++at) {
      if (text_.PlaceAt(at) != nullptr) return true;
    }
    return false;
  }

  // Whether the journey is known to have begun by then. A weekday that is told
  // behind the departure may well be the one after it.
  bool StartsBefore(const PartialDate& day, size_t sentence) const {
    const PartialDate& start = dates_.whole.range.start;
    if (!start.empty() && start <= day) return true;
    for (size_t i = 0; i < stops_.size(); ++i) {
      const DatedSpan& stop = dates_.stops[i];
      const bool movable = stop.by_weekday && stops_[i].sentence > sentence;
      if (!stop.range.start.empty() && !movable && stop.range.start < day) {
        return true;
      }
    }
    return false;
  }

  // Whether it is the travelers who leave, and a place that they leave: not "The
  // train left", "who left office".
  bool TravelersSetOut(const CueMatch& cue, TokenSpan sentence) const {
    const CueIndex& cues = text_.cues();
    uint32_t next = cue.end;
    if (next < sentence.end && cues.Is(Cue::kArticle, next)) ++next;
    if (next < sentence.end) {
      const Token& token = text_.document().tokens[next];
      const bool leads = text_.PlaceAt(next) != nullptr ||
                         text_.DateAt(next) != nullptr ||
                         token.kind != TokenKind::kWord || token.capitalized ||
                         cues.Is(Cue::kAt, next) ||
                         cues.Is(Cue::kTowards, next) ||
                         cues.Is(Cue::kFrom, next) || cues.Is(Cue::kOf, next) ||
                         cues.Is(Cue::kToday, next) ||
                         cues.Is(Cue::kFunctionWord, next);
      if (!leads) return false;
      // "saída de Brasília", a noun.
      if (cues.Is(Cue::kFrom, next) || cues.Is(Cue::kOf, next)) return true;
    }
    bool anaphor = false;
    const std::vector<uint32_t> actors =
        ReadActors(text_, cue.begin, &anaphor);
    if (actors.empty()) return anaphor;
    return std::any_of(actors.begin(), actors.end(), [&](uint32_t actor) {
      return std::any_of(stops_.begin(), stops_.end(), [&](const Stop& stop) {
        return std::find(stop.actors.begin(), stop.actors.end(), actor) !=
               stop.actors.end();
      });
    });
  }

  // Whether it is a country of the tour that is left.
  bool LeavesAbroad(const CueMatch& cue, TokenSpan sentence) const {
    for (uint32_t at = cue.end; at < sentence.end && at < cue.end + 4; ++at) {
      const PlaceMention* place = text_.PlaceAt(at);
      if (place == nullptr) continue;
      const bool from = text_.cues().Is(Cue::kFrom, at - 1) ||
                        text_.cues().Is(Cue::kLeave, at - 1);
      return from && countries_.contains(place->country_code);
    }
    return false;
  }

  // "will leave on Sunday ... On Friday she is in Prague": a weekday that was
  // read as the one before the travelers set out is the one behind it.
  void MoveBehindStart() {
    constexpr DayNumber kWeek = 7;
    const PartialDate start = dates_.whole.range.start;
    if (!IsDay(start)) return;
    for (DatedSpan& stop : dates_.stops) {
      if (!stop.by_weekday || !IsDay(stop.range.start)) continue;
      const DayNumber day = ToDayNumber(stop.range.start);
      if (day >= ToDayNumber(start) || day + kWeek < ToDayNumber(start)) {
        continue;
      }
      stop.range.start = FromDayNumber(day + kWeek);
      if (IsDay(stop.range.end)) {
        stop.range.end = FromDayNumber(ToDayNumber(stop.range.end) + kWeek);
      }
    }
  }

  bool DatesStops() const {
    return std::any_of(
        dates_.stops.begin(), dates_.stops.end(),
        [](const DatedSpan& stop) { return !stop.range.start.empty(); });
  }

  // "a two-day visit": a stop of known start, or the trip, gets its end.
  void ApplyLengths() {
    std::map<uint32_t, std::vector<size_t>> by_sentence;
    for (size_t i = 0; i < stops_.size(); ++i) {
      by_sentence[stops_[i].sentence].push_back(i);
    }
    constexpr float kOfTrip = 0.9f;  // see find_dates_lengths.cc
    const bool dates_stops = DatesStops();
    for (const DateMention& date : text_.findings().dates) {
      if (date.length_days < 1 || date.span.empty() ||
          !own_[text_.SentenceOf(date.span.begin)]) {
        continue;
      }
      for (const size_t i : by_sentence[text_.SentenceOf(date.span.begin)]) {
        DatedSpan& slot = dates_.stops[i];
        if (!IsDay(slot.range.start) || !slot.range.end.empty()) continue;
        slot.range.end =
            FromDayNumber(ToDayNumber(slot.range.start) + date.length_days - 1);
        slot.spans.push_back(date.span);
      }
      if (date.confidence < kOfTrip) continue;
      DatedSpan& whole = dates_.whole;
      // "today concluded a two-day visit".
      if (IsDay(whole.range.end) && whole.range.start.empty() &&
          !dates_stops) {
        whole.range.start = FromDayNumber(ToDayNumber(whole.range.end) -
                                          date.length_days + 1);
        whole.spans.push_back(date.span);
      }
      if (IsDay(whole.range.start) && whole.range.end.empty()) {
        whole.range.end = FromDayNumber(ToDayNumber(whole.range.start) +
                                        date.length_days - 1);
        whole.spans.push_back(date.span);
      }
    }
  }

  const TripText& text_;
  const std::vector<Stop>& stops_;
  const std::vector<bool>& own_;  // by sentence
  const std::string& home_;
  std::set<std::string> countries_;  // abroad
  bool is_diary_ = false;
  TripDates dates_;
};

}  // namespace

TripDates DecideTripDates(const TripText& text, const std::vector<Stop>& stops,
                          const std::vector<bool>& own, const std::string& home,
                          int32_t period) {
  return Dating(text, stops, own, home, period).Decide();
}

}  // namespace attache
