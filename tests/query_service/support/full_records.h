// Records with something in every field, for tests of filters.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_FULL_RECORDS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_FULL_RECORDS_H_

#include <string>
#include <vector>

#include "attache/v1/trip_record.pb.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {

// RandomRecords::Record, with values in the fields that it leaves empty; each
// is at times left out.
v1::TripRecord FullRecord(const std::string& briefing_id, int n,
                          RandomRecords& random);

// Texts that several records share.
const std::vector<std::string>& SharedTexts();
// Words that they and the texts of RandomRecords consist of, in many forms.
const std::vector<std::string>& SharedWords();

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_FULL_RECORDS_H_
