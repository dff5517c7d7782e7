#include "ingestor/passes/abroad.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "ingestor/passes/decide_travelers.h"

namespace attache {
namespace {

// How a text names a country.
struct Naming {
  bool as_such = false;     // "Peru", "Peruvian"
  bool by_capital = false;  // "Lima", which somebody goes to
  bool dateline = false;    // sent from there
};

// The countries that a text calls by no name, as one does at home: it names
// only towns in them, or is sent from there and names only places in them
// ("Guwahati, 4 August: ... flew in from New Delhi").
absl::flat_hash_set<std::string> UnnamedCountries(
    const TripText& text, const std::vector<Stop>& stops) {
  absl::flat_hash_set<uint32_t> gone_to;  // places
  for (const Stop& stop : stops) gone_to.insert(stop.place);
  absl::flat_hash_map<std::string, Naming> namings;
  for (const PlaceMention& place : text.findings().places) {
    const auto index =
        static_cast<uint32_t>(&place - text.findings().places.data());
    Naming& naming = namings[place.country_code];
    if (text.InDateline(place.span.begin)) {
      naming.dateline = true;
    } else if (place.place == nullptr) {
      naming.as_such = true;
    } else if (place.place->kind == "capital" && gone_to.contains(index)) {
      naming.by_capital = true;
    }
  }
  absl::flat_hash_set<std::string> unnamed;
  for (const auto& [country, naming] : namings) {
    if (!naming.as_such && (naming.dateline || !naming.by_capital)) {
      unnamed.insert(country);
    }
  }
  return unnamed;
}

}  // namespace

Abroad::Abroad(const TripText& text, std::string home,
               const std::vector<Stop>& stops)
    : text_(text),
      home_(std::move(home)),
      unnamed_(UnnamedCountries(text, stops)) {}

std::string Abroad::StateOf(uint32_t person) const {
  return attache::StateOf(text_.findings().people[person], home_);
}

bool Abroad::Is(const Stop& stop, uint32_t person) const {
  // A region that is gone to by name ("the Gulf") is abroad, if anything is.
  if (CountryOf(text_, stop).empty()) return stop.reach == Reach::kTravelled;
  const std::string state = StateOf(person);
  if (LiesIn(text_, stop, state)) return false;
  // Whose state nobody tells is at home where the country goes unnamed.
  return !state.empty() ||
         !text_.findings().people[person].organization.empty() ||
         !unnamed_.contains(CountryOf(text_, stop));
}

}  // namespace attache
