#include "tests/query_service/support/index_and_plain.h"

#include "gtest/gtest.h"

namespace attache::testing {

IndexAndPlain::IndexAndPlain(MergePolicy policy)
    : index(TestVocabulary(), policy) {}

void IndexAndPlain::Write(const std::vector<std::string>& briefings,
                          RandomRecords& random) {
  std::vector<BriefingRecords> writes;
  for (const std::string& id : briefings) {
    const auto records = random.Briefing(id);
    std::erase_if(plain, [&](const auto& entry) {
      return entry.first.rfind(id + "#", 0) == 0;
    });
    for (const auto& record : records) plain[record.record_id()] = record;
    writes.push_back(ToBriefing(id, records));
  }
  ASSERT_TRUE(index.Apply(writes, ++revision).ok());
}

}  // namespace attache::testing
