#include "ingestor/passes/find_places.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/text/fold.h"
#include "ingestor/passes/choose_places.h"
#include "ingestor/passes/place_names.h"
#include "ingestor/passes/place_surroundings.h"

namespace attache {
namespace {

// One walk over the names of a document.
class PlaceScan {
 public:
  PlaceScan(const Document& document, const CueIndex& cues,
            const Vocabulary& vocabulary, IssueSink& issues)
      : document_(document),
        vocabulary_(vocabulary),
        issues_(issues),
        cues_(cues),
        names_(ReadPlaceNames(document, vocabulary)),
        chooser_(document, cues_, names_),
        around_(document, cues_) {}

  std::vector<PlaceMention> Run() && {
    for (size_t i = 0; i < names_.size(); ++i) {
      const TokenSpan span = names_[i].span;
      const PlaceChoice choice = chooser_.Choose(i);
      const bool placed = around_.Located(span);
      if (around_.InCurrency(span) || !chooser_.HasSupport(choice, placed)) {
        continue;
      }
      const bool located =
          placed || (previous_located_ && !mentions_.empty() &&
                     around_.ContinuesList(mentions_.back().span, span));
      mentions_.push_back(Mention(span, choice, located));
      if (choice.rival != nullptr) Report(span, choice);
      previous_located_ = located;
    }
    return std::move(mentions_);
  }

 private:
  PlaceMention Mention(TokenSpan span, const PlaceChoice& choice,
                       bool located) const {
    const PlaceMeaning& best = *choice.best;
    PlaceMention mention;
    mention.place = best.place;
    (best.kind == PlaceKind::kRegion ? mention.region_id
                                     : mention.country_code) = best.id;
    if (choice.province != nullptr) {
      mention.place = choice.province->place;
      mention.country_code = choice.province->id;
    }
    if (const Country* country =
            vocabulary_.FindCountry(mention.country_code)) {
      mention.sovereign = country->sovereign;
    }
    mention.inside_name = around_.InsideName(span, best);
    mention.span = around_.WithCapital(span, best.kind);
    mention.kind = mention.span == span ? best.kind : PlaceKind::kCountry;
    if (best.place != nullptr && best.place->kind == "capital" && !located &&
        choice.qualifier == nullptr) {
      mention.as_government = true;
      // "Brussels" alone is the Union, not Belgium.
      if (cues_.Is(Cue::kSeatOfBodies, span.begin)) mention.inside_name = true;
    }
    if (choice.rival != nullptr) mention.confidence = 0.6f;
    return mention;
  }

  // Once for each name.
  void Report(TokenSpan span, const PlaceChoice& choice) {
    const absl::string_view text = document_.TextOf(span);
    if (!doubtful_.insert(FoldToKey(text)).second) return;
    issues_.Report("AMBIGUOUS_PLACE",
                   absl::StrCat("\"", text, "\" was read as ", choice.best->id,
                                ", but may be ", choice.rival->id, "."),
                   document_.RangeOf(span));
  }

  const Document& document_;
  const Vocabulary& vocabulary_;
  IssueSink& issues_;
  const CueIndex& cues_;
  const std::vector<PlaceName> names_;
  const PlaceChooser chooser_;
  const PlaceSurroundings around_;
  std::vector<PlaceMention> mentions_;
  bool previous_located_ = false;
  absl::flat_hash_set<std::string> doubtful_;  // names that were reported
};

}  // namespace

std::vector<PlaceMention> FindPlaces(const Document& document,
                                     const CueIndex& cues,
                                     const Vocabulary& vocabulary,
                                     IssueSink& issues) {
  return PlaceScan(document, cues, vocabulary, issues).Run();
}

bool LiesIn(const PlaceMention& place, absl::string_view state) {
  return place.country_code == state ||
         (!state.empty() && place.sovereign == state);
}

}  // namespace attache
