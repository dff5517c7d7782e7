#include "query_service/index/investments.h"

#include <algorithm>
#include <utility>

#include "query_service/index/terms.h"

namespace attache {
namespace {

std::vector<std::string> TermsOf(TermField field,
                                 const std::vector<std::string>& values) {
  std::vector<std::string> terms;
  for (const std::string& value : values) {
    if (!value.empty()) terms.push_back(TermKey(field, value));
  }
  return terms;
}

// The country of items that name none.
std::vector<std::string> OnlyVisited(const v1::TripRecord& record) {
  std::vector<std::string> codes;
  for (const auto& visit : record.visits()) {
    const std::string& code = visit.country_code();
    if (!code.empty() &&
        std::find(codes.begin(), codes.end(), code) == codes.end()) {
      codes.push_back(code);
    }
  }
  if (codes.size() != 1) codes.clear();
  return codes;
}

class Gatherer {
 public:
  explicit Gatherer(const v1::TripRecord& record)
      : countries_of_trip_(TermsOf(TermField::kVisited, OnlyVisited(record))) {}

  void Add(const v1::Amount& amount,
           const google::protobuf::RepeatedPtrField<std::string>& countries,
           std::vector<std::string> sectors) {
    std::vector<std::string> terms =
        countries.empty() ? countries_of_trip_
                          : TermsOf(TermField::kVisited,
                                    {countries.begin(), countries.end()});
    for (std::string& term : TermsOf(TermField::kSector, sectors)) {
      terms.push_back(std::move(term));
    }
    if (!amount.has_high() || !amount.has_low() ||
        amount.low().currency_code() == amount.high().currency_code()) {
      AddBounds(amount, std::move(terms));
      return;
    }
    v1::Amount end = amount;
    end.clear_high();
    AddBounds(end, terms);
    end = amount;
    end.clear_low();
    AddBounds(end, std::move(terms));
  }

  std::vector<Investment> Take() && { return std::move(investments_); }

 private:
  void AddBounds(const v1::Amount& amount, std::vector<std::string> terms) {
    if (!amount.has_low() && !amount.has_high()) return;
    // Of a missing low all fields are 0.
    const v1::Money& low = amount.low();
    const v1::Money& high = amount.has_high() ? amount.high() : low;
    terms.push_back(TermKey(TermField::kMoney,
                            MoneyValue(amount.kind(), high.currency_code())));
    investments_.push_back(
        {{low.units(), high.units(), low.nanos(), high.nanos()},
         std::move(terms)});
  }

  const std::vector<std::string> countries_of_trip_;
  std::vector<Investment> investments_;
};

}  // namespace

std::vector<Investment> InvestmentsOf(const v1::TripRecord& record) {
  Gatherer gatherer(record);
  for (const auto& sector : record.sectors()) {
    gatherer.Add(sector.investment(), sector.country_codes(),
                 {sector.sector_id()});
  }
  for (const auto& commitment : record.commitments()) {
    gatherer.Add(
        commitment.amount(), commitment.country_codes(),
        {commitment.sector_ids().begin(), commitment.sector_ids().end()});
  }
  return std::move(gatherer).Take();
}

}  // namespace attache
