// Words, names as written, and exact strings.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attache/v1/trip_record.pb.h"
#include "common/status_macros.h"
#include "common/text/fold.h"
#include "common/text/glob.h"
#include "query_service/convert/field_test.h"
#include "query_service/index/parsed_record.h"
#include "query_service/index/searched_text.h"
#include "query_service/index/word_forms.h"

namespace attache {
namespace {

constexpr size_t kMaxPhraseWords = 64;

std::string Same(absl::string_view text) { return std::string(text); }

// The whole text or one word of it.
bool HoldsMatch(const Glob& glob, absl::string_view text) {
  if (glob.Matches(Fold(text))) return true;
  for (const std::string& word : WordsOf(text)) {
    if (glob.Matches(Fold(word))) return true;
  }
  return false;
}

// Those of the record's texts that free text is searched in.
template <typename F>
bool AnySearchedText(const v1::TripRecord& record, F test) {
  bool any = false;
  ForEachSearchedText(record, [&](absl::string_view text) {
    any = any || (!text.empty() && test(text));
  });
  return any;
}

// A test of all searched texts of a record.
template <typename F>
class SearchedTextCheck final : public RecordCheck {
 public:
  SearchedTextCheck(std::string written, F test,
                    std::shared_ptr<const Stop> stop)
      : written_(std::move(written)),
        test_(std::move(test)),
        stop_(std::move(stop)) {}

  bool Holds(const ParsedRecord& record) const override {
    if (stop_ != nullptr && stop_->Now()) return false;
    const v1::TripRecord& message = record.message();
    return AnySearchedText(message, [&](absl::string_view text) {
      return test_(text, message.source().language_code());
    });
  }
  bool needs_full() const override { return true; }  // for tables
  std::string ToString() const override { return written_; }

 private:
  const std::string written_;
  const F test_;
  const std::shared_ptr<const Stop> stop_;
};

template <typename F>
Query CheckTexts(std::string written, F test, const FilterContext& context) {
  return Query::Check(std::make_shared<SearchedTextCheck<F>>(
      std::move(written), std::move(test), context.stop));
}

// Every record with such a text in the field.
Query MayHold(const FieldRequest& request, FilterContext& context) {
  return IsSearchedText(request.field.name)
             ? context.resolver.MayHold(request.value.text)
             : Query::All();
}

absl::StatusOr<BoundTest> BindPattern(const FieldRequest& request) {
  ATTACHE_RETURN_IF_ERROR(CheckPattern(request.value));
  const Glob glob(request.value.text, Fold);
  if (request.comparator == Comparator::kHas) {
    return BoundTest{[glob](const FieldValue& value) {
                       return HoldsMatch(glob, value.String());
                     },
                     Query::All()};
  }
  return BoundTest{[glob](const FieldValue& value) {
                     return glob.Matches(Fold(value.String()));
                   },
                   Query::All()};
}

// Words and names: case and accents aside.
absl::StatusOr<BoundTest> BindWritten(const FieldRequest& request,
                                      FilterContext& context) {
  ATTACHE_RETURN_IF_ERROR(RequireEquality(request));
  if (Glob::IsPattern(request.value.text)) return BindPattern(request);
  const std::string text = Glob::Unescaped(request.value.text);
  std::vector<std::string> words = WordsOf(text);
  if (request.comparator == Comparator::kHas) {
    if (words.empty() || words.size() > kMaxPhraseWords) {
      return ValueError(request.value,
                        absl::StrCat("holds ", words.size(), " words"),
                        absl::StrCat("1 to ", kMaxPhraseWords, " words"));
    }
    return BoundTest{[matcher = context.words,
                      words = std::move(words)](const FieldValue& value) {
                       return matcher->HoldsAll(value.String(), value.language,
                                                words);
                     },
                     MayHold(request, context)};
  }
  const std::string key = FoldToKey(text);
  if (request.field.name == "source.publisher" && !key.empty()) {
    return BoundTest{[key](const FieldValue& value) {
                       return FoldToKey(value.String()) == key;
                     },
                     Query::Term(TermField::kPublisher, key), /*exact=*/true};
  }
  if (key.empty()) {
    return BoundTest{[folded = Fold(text)](const FieldValue& value) {
                       return Fold(value.String()) == folded;
                     },
                     Query::All()};
  }
  // Signs that only fold to letters ("™", "½") part the words of the index but
  // not those of the key; both must agree, for the index narrows the search.
  return BoundTest{[key, matcher = context.words,
                    words = std::move(words)](const FieldValue& value) {
                     const std::string held = value.String();
                     return FoldToKey(held) == key &&
                            matcher->HoldsAll(held, value.language, words);
                   },
                   MayHold(request, context)};
}

bool Compare(Comparator comparator, absl::string_view held,
             absl::string_view wanted) {
  switch (comparator) {
    case Comparator::kLt:
      return held < wanted;
    case Comparator::kLe:
      return held <= wanted;
    case Comparator::kGt:
      return held > wanted;
    case Comparator::kGe:
      return held >= wanted;
    default:
      return held == wanted;
  }
}

// Exact strings, in the order of their bytes.
absl::StatusOr<BoundTest> BindId(const FieldRequest& request) {
  const bool equality = RequireEquality(request).ok();
  if (equality && Glob::IsPattern(request.value.text)) {
    ATTACHE_RETURN_IF_ERROR(CheckPattern(request.value));
    return BoundTest{
        [glob = Glob(request.value.text, Same)](const FieldValue& value) {
          return glob.Matches(value.String());
        },
        Query::All()};
  }
  const std::string id = Glob::Unescaped(request.value.text);
  BoundTest bound{
      [id, comparator = request.comparator](const FieldValue& value) {
        return Compare(comparator, value.String(), id);
      },
      Query::All()};
  if (!equality) return bound;
  if (request.field.name == "record_id") {
    bound.query = Query::Record(id);
    bound.exact = !id.empty();  // one that is not set is none
  } else if (request.field.name == "source.briefing_id") {
    // The index knows the briefing of records that do not say it.
    bound.query = Query::Briefing(id);
  } else if (request.field.label) {
    const std::string value = LabelValue(*request.field.label, id);
    bound.query = Query::Term(TermField::kLabel, value);
    // Byte 0 parts key and value, so neither may hold it.
    bound.exact = std::count(value.begin(), value.end(), '\0') == 1;
  }
  return bound;
}

}  // namespace

absl::StatusOr<BoundTest> BindText(const FieldRequest& request,
                                   FilterContext& context) {
  return request.field.kind == FieldKind::kId ? BindId(request)
                                              : BindWritten(request, context);
}

absl::StatusOr<Query> BindWord(const FilterText& value,
                               FilterContext& context) {
  if (value.text == "*" && !value.quoted) return Query::All();
  std::string written =
      value.quoted ? absl::StrCat("\"", value.text, "\"") : value.text;
  if (Glob::IsPattern(value.text)) {
    ATTACHE_RETURN_IF_ERROR(CheckPattern(value));
    return CheckTexts(
        std::move(written),
        [glob = Glob(value.text, Fold)](absl::string_view text,
                                        absl::string_view) {
          return HoldsMatch(glob, text);
        },
        context);
  }
  const std::string text = Glob::Unescaped(value.text);
  std::vector<std::string> words = WordsOf(text);
  if (words.empty() || words.size() > kMaxPhraseWords) {
    return ValueError(
        value, absl::StrCat("holds ", words.size(), " words"),
        absl::StrCat("1 to ", kMaxPhraseWords, " words of letters or digits"));
  }
  Query all = context.resolver.MayHold(text);
  if (words.size() == 1) return all;
  return Query::And(
      {std::move(all),
       CheckTexts(
           std::move(written),
           [matcher = context.words, words = std::move(words)](
               absl::string_view held, absl::string_view language) {
             return matcher->HoldsPhrase(held, language, words);
           },
           context)});
}

}  // namespace attache
