#include "ingestor/passes/home_country.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "ingestor/passes/itinerary_cells.h"

namespace attache {
namespace {

// "will lead Fiji's delegation", "a Botswana delegation", "la délégation
// ivoirienne".
std::string CountryOfDelegation(const TripText& text) {
  const Document& document = text.document();
  for (const PlaceMention& place : text.findings().places) {
    if (place.kind != PlaceKind::kCountry &&
        place.kind != PlaceKind::kDemonym) {
      continue;
    }
    if (place.kind == PlaceKind::kDemonym && place.span.begin > 0 &&
        document.SameUnit(place.span.begin - 1, place.span.begin) &&
        text.cues().Is(Cue::kDelegation, place.span.begin - 1)) {
      return place.country_code;
    }
    uint32_t at = place.span.end;
    const auto in_unit = [&] {
      return document.SameUnit(at, place.span.begin);
    };
    while (in_unit() && text.cues().Is(Cue::kPossessive, at)) ++at;
    if (in_unit() && text.cues().Is(Cue::kGovernment, at)) ++at;
    if (in_unit() && text.cues().Is(Cue::kDelegation, at)) {
      return place.country_code;
    }
  }
  return "";
}

// "a three-day visit to the province of Manica, in the west of": a part of a
// country, which its own officers tour.
bool LeadsToRegion(const TripText& text, const Stop& stop) {
  const uint32_t place = text.findings().places[stop.place].span.begin;
  return stop.governor < place &&
         text.cues().FirstIn(Cue::kHomeRegion, {stop.governor, place}) !=
             nullptr;
}

// The countries that somebody of no stated state travels to.
std::set<std::string> CountriesGoneTo(const TripText& text,
                                      const std::vector<Stop>& stops) {
  const auto stateless = [&](uint32_t actor) {
    const Person& person = text.findings().people[actor];
    return person.country_code.empty() && person.organization.empty();
  };
  std::set<std::string> gone_to;
  for (const Stop& stop : stops) {
    if (stop.reach != Reach::kTravelled || stop.returning || stop.leaving ||
        LeadsToRegion(text, stop)) {
      continue;
    }
    if (stop.actors.empty() ||
        std::any_of(stop.actors.begin(), stop.actors.end(), stateless)) {
      gone_to.insert(CountryOf(text, stop));
    }
  }
  return gone_to;
}

// The state whose offices the text speaks of most; `sure` leaves out what is
// none, and only stands where a text calls its own state so ("U.S.").
std::string CountryOfOffices(const TripText& text, bool sure) {
  std::map<std::string, int> counts;
  for (const OfficeMatch& office : text.cues().offices()) {
    if (!sure || office.weight == 1) ++counts[office.country_code];
  }
  std::string best;
  int most = 0;
  for (const auto& [code, count] : counts) {
    if (count > most) {
      most = count;
      best = code;
    }
  }
  return best;
}

// "Bern, 20 September 2023": the country of the only line of nothing but place
// and day, which signs the text; several are an itinerary.
std::string CountryOfSignature(const TripText& text) {
  std::string country;
  int lines = 0;
  for (const Unit& unit : text.document().units) {
    if (unit.kind != UnitKind::kParagraph) continue;
    const std::optional<PlaceLine> line = ReadPlaceLine(text, unit.tokens);
    if (!line.has_value() || !line->place || !line->day) continue;
    if (++lines > 1) return "";
    for (uint32_t at = unit.tokens.begin; at < unit.tokens.end; ++at) {
      const PlaceMention* place = text.PlaceAt(at);
      if (place != nullptr && country.empty()) country = place->country_code;
    }
  }
  return country;
}

// "Embassy of Sweden, Addis Ababa" names the sender's state; "Ministry of
// Defence, Singapore" at least where it sits: a short line of the opening.
std::string CountryOfLetterhead(const TripText& text,
                                const std::set<std::string>& gone_to) {
  constexpr uint32_t kLongest = 16;  // tokens
  constexpr size_t kLetterheadUnits = 4;
  const auto& units = text.document().units;
  const auto is_letterhead = [&](size_t unit) {
    return text.cues().FirstIn(Cue::kLetterhead, units[unit].tokens) != nullptr;
  };
  for (size_t u = 0; u < std::min(units.size(), kLetterheadUnits); ++u) {
    const TokenSpan span = units[u].tokens;
    // "REPUBLIC OF KENYA" above "MINISTRY OF TRADE".
    if (u + 1 < units.size() && !span.empty() && is_letterhead(u + 1)) {
      const PlaceMention* state = text.PlaceAt(span.begin);
      if (state != nullptr && state->span == span &&
          !gone_to.contains(state->country_code) &&
          state->kind == PlaceKind::kCountry) {
        return state->country_code;
      }
    }
    if (span.end - span.begin > kLongest || !is_letterhead(u) ||
        text.cues().FirstIn(Cue::kTripNoun, span) != nullptr ||
        text.cues().FirstIn(Cue::kTravel, span) != nullptr) {
      continue;
    }
    for (uint32_t at = span.begin; at < span.end; ++at) {
      const PlaceMention* place = text.PlaceAt(at);
      if (place != nullptr && !place->country_code.empty() &&
          !gone_to.contains(place->country_code)) {
        return place->country_code;
      }
    }
  }
  return "";
}

// Whether a stop is what somebody comes back to: "returns to Wellington", but
// not "returned from Kenya", "returned from a mission to Kenya".
bool ComesBackTo(const TripText& text, const Stop& stop) {
  const CueIndex& cues = text.cues();
  const uint32_t at = text.findings().places[stop.place].span.begin;
  return stop.returning && cues.Is(Cue::kReturn, stop.governor) &&
         (at == 0 ||
          (!cues.Is(Cue::kFrom, at - 1) && !cues.Is(Cue::kOf, at - 1)));
}

// "returns to Wellington on Thursday", "left Paro for Baku": where somebody of
// no stated state comes home to, or sets out from, and does nothing else.
std::string CountryOfReturn(const TripText& text,
                            const std::vector<Stop>& stops,
                            const std::set<std::string>& gone_to) {
  for (const bool returning : {true, false}) {
    for (const Stop& stop : stops) {
      const std::string& country = CountryOf(text, stop);
      if (country.empty() ||
          !(returning ? ComesBackTo(text, stop) : stop.set_out)) {
        continue;
      }
      if (!gone_to.contains(country)) return country;
    }
  }
  return "";
}

// The country that a text is both sent from and told to be returned to,
// whatever else is said to be done there: "the vice president stays in Luanda".
std::string CountrySentFromAndReturnedTo(const TripText& text,
                                         const std::vector<Stop>& stops) {
  for (const PlaceMention& place : text.findings().places) {
    if (place.country_code.empty() || !text.InDateline(place.span.begin)) {
      continue;
    }
    const bool returned_to =
        std::any_of(stops.begin(), stops.end(), [&](const Stop& stop) {
          return CountryOf(text, stop) == place.country_code &&
                 ComesBackTo(text, stop);
        });
    return returned_to ? place.country_code : "";
  }
  return "";
}

// "flew in from New Delhi on a visit to Assam": the country in which somebody
// sets the journey out and stays, as the first sentence that tells of it says.
std::string CountryNotLeft(const TripText& text, const std::vector<Stop>& stops,
                           const std::set<std::string>& gone_to) {
  const auto first =
      std::find_if(stops.begin(), stops.end(), [&](const Stop& stop) {
        return stop.reach != Reach::kNone && !text.InTitle(stop.governor);
      });
  if (first == stops.end()) return "";
  const std::string& country = CountryOf(text, *first);
  bool left = false;
  bool reached = false;
  for (const Stop& stop : stops) {
    if (stop.sentence != first->sentence) continue;
    if (CountryOf(text, stop) != country) return "";
    left = left || stop.leaving;
    reached = reached || !stop.leaving;
  }
  return left && reached && gone_to.contains(country) ? country : "";
}

// Where the text was sent from, as its dateline, its letterhead or its
// signature tells.
std::string CountryReportedFrom(const TripText& text,
                                const std::set<std::string>& gone_to) {
  const auto unless_gone_to = [&](const std::string& country) {
    return gone_to.contains(country) ? std::string() : country;
  };
  for (const PlaceMention& place : text.findings().places) {
    if (!place.country_code.empty() && text.InDateline(place.span.begin)) {
      return unless_gone_to(place.country_code);
    }
  }
  const std::string sender = CountryOfLetterhead(text, gone_to);
  if (!sender.empty()) return sender;
  return unless_gone_to(CountryOfSignature(text));
}

}  // namespace

std::string HomeCountry(const TripText& text, const std::vector<Stop>& stops) {
  const std::set<std::string> gone_to = CountriesGoneTo(text, stops);
  const std::string returned_to = CountryOfReturn(text, stops, gone_to);
  const std::string reported_from = CountryReportedFrom(text, gone_to);
  std::string home = CountryOfOffices(text, /*sure=*/true);
  // Where the state that the text speaks of most is gone to, it may be the
  // host's.
  if (!home.empty() && !reported_from.empty() && gone_to.contains(home)) {
    home = reported_from;
  }
  if (home.empty()) home = CountrySentFromAndReturnedTo(text, stops);
  if (home.empty()) home = CountryOfDelegation(text);
  if (home.empty()) home = reported_from;
  if (home.empty()) home = returned_to;
  if (home.empty()) home = CountryOfOffices(text, /*sure=*/false);
  if (home.empty()) home = CountryNotLeft(text, stops, gone_to);
  return home;
}

}  // namespace attache
