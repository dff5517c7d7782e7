// A record as people read it, each fact with the words that it was read from.
#ifndef ATTACHE_CLI_CARD_H_
#define ATTACHE_CLI_CARD_H_

#include <string>

#include "attache/v1/ingest_service.pb.h"
#include "attache/v1/trip_record.pb.h"

namespace attache::cli {

// "20–23 February 2024"-like is left to people: "2024-02-20 to 2024-02-23",
// "from 2024-02-20", "until 2024-03"; empty where nothing is known.
std::string FormatDates(const v1::DateRange& dates);

// "500000000 USD", "2–3 billion" is "2000000000 to 3000000000 USD", "up to",
// "at least", "about".
std::string FormatAmount(const v1::Amount& amount);

// "announced", "under way".
std::string FormatStatus(v1::TripStatus status);

std::string RecordCard(const v1::TripRecord& record);

// All records of a briefing, then its issues.
std::string ResponseCard(const v1::ParseBriefingResponse& response);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_CARD_H_
