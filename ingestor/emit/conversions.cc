#include "ingestor/emit/conversions.h"

#include <algorithm>
#include <cmath>

#include "common/text/utf8.h"
#include "ingestor/emit/record_budget.h"

namespace attache {
namespace {

void SetDate(const PartialDate& date, v1::PartialDate* out) {
  out->set_year(date.year);
  out->set_month(date.month);
  out->set_day(date.day);
}

void SetMoney(const Money& money, v1::Money* out) {
  out->set_currency_code(money.currency_code);
  out->set_units(money.units);
  out->set_nanos(money.nanos);
}

v1::AmountKind ToProto(AmountKind kind) {
  switch (kind) {
    case AmountKind::kUnspecified:
      return v1::AMOUNT_KIND_UNSPECIFIED;
    case AmountKind::kPotential:
      return v1::AMOUNT_KIND_POTENTIAL;
    case AmountKind::kPledged:
      return v1::AMOUNT_KIND_PLEDGED;
    case AmountKind::kSigned:
      return v1::AMOUNT_KIND_SIGNED;
    case AmountKind::kBackground:
      return v1::AMOUNT_KIND_BACKGROUND;
  }
  return v1::AMOUNT_KIND_UNSPECIFIED;
}

}  // namespace

float RoundConfidence(float confidence) {
  const float bounded = std::clamp(confidence, 0.0f, 1.0f);
  return std::round(bounded * 100) / 100;
}

std::string FieldText(const Document& document, TokenSpan span) {
  return std::string(Utf8Prefix(document.TextOf(span), kMaxTextBytes));
}

v1::TripStatus ToProto(TripStatus status) {
  switch (status) {
    case TripStatus::kUnspecified:
      return v1::TRIP_STATUS_UNSPECIFIED;
    case TripStatus::kAnnounced:
      return v1::TRIP_STATUS_ANNOUNCED;
    case TripStatus::kUnderWay:
      return v1::TRIP_STATUS_UNDER_WAY;
    case TripStatus::kConcluded:
      return v1::TRIP_STATUS_CONCLUDED;
    case TripStatus::kPostponed:
      return v1::TRIP_STATUS_POSTPONED;
    case TripStatus::kCancelled:
      return v1::TRIP_STATUS_CANCELLED;
  }
  return v1::TRIP_STATUS_UNSPECIFIED;
}

void SetDates(const Document& document, const DateRange& dates,
              const std::vector<TokenSpan>& spans, EvidenceTable& evidence,
              v1::DateRange* out) {
  if (!dates.start.empty()) SetDate(dates.start, out->mutable_start());
  if (!dates.end.empty()) SetDate(dates.end, out->mutable_end());
  if (!spans.empty()) out->set_text(FieldText(document, spans[0]));
  for (const TokenSpan& span : spans) {
    evidence.Cite(span, out->mutable_evidence());
  }
}

void SetAmount(const Document& document, const AmountMention& amount,
               EvidenceTable& evidence, v1::Amount* out) {
  if (amount.low.has_value()) SetMoney(*amount.low, out->mutable_low());
  if (amount.high.has_value()) SetMoney(*amount.high, out->mutable_high());
  out->set_approximate(amount.approximate);
  out->set_kind(ToProto(amount.kind));
  out->set_text(FieldText(document, amount.span));
  evidence.Cite(amount.span, out->mutable_evidence());
}

}  // namespace attache
