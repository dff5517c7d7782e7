// Index, query and conversion against plain code over a map of records.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "query_service/convert/request_query.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/pager.h"
#include "tests/query_service/support/index_and_plain.h"
#include "tests/query_service/support/plain_filter.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

std::string DebugString(const ListRequest& request) {
  return std::visit([](const auto& list) { return list.DebugString(); },
                    request);
}

// All pages of the request at that snapshot, and what each page must satisfy.
void ExpectAnswer(const Snapshot& snapshot, const PlainRecords& plain,
                  const ListRequest& request) {
  const auto query = std::visit(
      [&](const auto& list) {
        return ToQuery(list, *TestVocabulary(), snapshot);
      },
      request);
  const std::vector<std::string> expected = PlainAnswer(plain, request);
  if (!query.ok()) {
    // An objective whose words no record holds is refused.
    EXPECT_TRUE(expected.empty()) << DebugString(request) << query.status();
    return;
  }
  const v1::PageOptions& options = std::visit(
      [](const auto& list) -> const v1::PageOptions& { return list.page(); },
      request);
  const auto parameters = ToPageParameters(options);
  ASSERT_TRUE(parameters.ok()) << parameters.status();
  PageRequest page;
  page.query = *query;
  page.order = parameters->order;
  page.limit = parameters->limit;
  page.max_bytes = SIZE_MAX;
  page.basic = parameters->basic;
  std::vector<std::string> ids;
  do {
    const PageResult result = FetchPage(page, snapshot);
    ASSERT_EQ(result.total, expected.size()) << DebugString(request);
    ASSERT_EQ(result.records.size(),
              std::min(page.limit, expected.size() - ids.size()));
    for (const RecordLocation& found : result.records) {
      v1::TripRecord want =
          plain.at(std::string(found.segment->record_id(found.doc)));
      ids.push_back(want.record_id());
      if (page.basic) {
        want.clear_tables();
        want.clear_evidence();
      }
      EXPECT_EQ(found.segment->wire(found.doc, page.basic), Serialize(want));
    }
    page.after = result.next;
  } while (page.after);
  EXPECT_EQ(absl::StrJoin(ids, " "), absl::StrJoin(expected, " "))
      << DebugString(request);
}

TEST(IndexOracle, AnswersAsPlainCodeWouldWhileRecordsComeAndGo) {
  RandomRecords random(1);
  IndexAndPlain pair(kEager);
  int answers_with_records = 0;
  for (int round = 0; round < 150; ++round) {
    std::vector<std::string> ids;
    for (int i = random.Below(round % 10 == 0 ? 60 : 6); i >= 0; --i) {
      const std::string id = absl::StrCat("briefing-", random.Below(300));
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    pair.Write(ids, random);
    const auto snapshot = pair.index.Pin();
    ASSERT_EQ(snapshot->record_count(), pair.plain.size());
    for (int i = 0; i < 8; ++i) {
      const ListRequest request = random.Request();
      ExpectAnswer(*snapshot, pair.plain, request);
      if (HasFatalFailure()) return;
      if (!PlainAnswer(pair.plain, request).empty()) ++answers_with_records;
    }
  }
  // Else nothing much was compared.
  EXPECT_GT(answers_with_records, 500);
}

TEST(IndexOracle, ALargeLoadAnswersLikeManySmallWrites) {
  RandomRecords random(2);
  IndexAndPlain pair;
  std::vector<std::string> ids;
  for (int i = 0; i < 8000; ++i) ids.push_back(absl::StrCat("b", i));
  pair.Write(ids, random);
  EXPECT_GT(pair.index.Pin()->views().size(), 1u);
  for (int i = 0; i < 30; ++i) {
    ExpectAnswer(*pair.index.Pin(), pair.plain, random.Request());
  }
  pair.Write({"b1", "b7000", "new"}, random);
  for (int i = 0; i < 10; ++i) {
    ExpectAnswer(*pair.index.Pin(), pair.plain, random.Request());
  }
}

TEST(IndexOracle, APinnedSnapshotKeepsItsAnswersWhileWritesGoOn) {
  RandomRecords random(3);
  IndexAndPlain pair(kEager);
  std::vector<std::pair<std::shared_ptr<const Snapshot>, PlainRecords>> pinned;
  for (int round = 0; round < 60; ++round) {
    pair.Write({absl::StrCat("b", random.Below(40)),
                absl::StrCat("c", random.Below(40))},
               random);
    if (round % 6 == 0) pinned.emplace_back(pair.index.Pin(), pair.plain);
  }
  pair.index.WaitForMerges();
  for (const auto& [snapshot, plain] : pinned) {
    for (int i = 0; i < 10; ++i) {
      ExpectAnswer(*snapshot, plain, random.Request());
    }
  }
}

TEST(IndexOracle, FindsEveryRecordByIdAndNoOther) {
  RandomRecords random(4);
  IndexAndPlain pair(kEager);
  for (int round = 0; round < 80; ++round) {
    pair.Write({absl::StrCat("b", random.Below(30))}, random);
  }
  const auto snapshot = pair.index.Pin();
  for (int b = 0; b < 31; ++b) {
    for (int n = 1; n <= 3; ++n) {
      const std::string id = absl::StrCat("b", b, "#", n);
      const auto found = snapshot->Find(id);
      const auto plain = pair.plain.find(id);
      ASSERT_EQ(found.has_value(), plain != pair.plain.end()) << id;
      if (found) {
        EXPECT_EQ(found->segment->wire(found->doc, false),
                  Serialize(plain->second));
      }
    }
  }
}

}  // namespace
}  // namespace attache::testing
