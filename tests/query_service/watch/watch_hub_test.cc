#include "query_service/watch/watch_hub.h"

#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/watch/watch_hub_fixture.h"

namespace attache::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST_F(WatchHubTest, SendsWhatMatchesThenEveryChange) {
  Write({{"a", "BR 1"}, {"b", "PE 1"}, {"c", "BR 1"}});
  Open& open = Watch({.filter = kBrazil, .index_id = ""});
  const auto first = open.sink.Response(0);
  ASSERT_TRUE(first);
  EXPECT_EQ(ToText(*first), "0: +a#1@3 +c#1@3");
  EXPECT_EQ(first->index_id(), journal_->index_id());
  EXPECT_EQ(Text(open.sink, 1), "3 synced:");
  Write({{"b", "BR 2"}});
  EXPECT_EQ(Text(open.sink, 2), "4: +b#1@4");
  Write({{"b", "BR 3"}});
  EXPECT_EQ(Text(open.sink, 3), "5: +b#1@5");
  Write({{"a", "PE 2"}});
  EXPECT_EQ(Text(open.sink, 4), "6: -a#1@6");
  Write({{"a", "PE 3"}});
  Write({{"c", ""}});
  EXPECT_EQ(Text(open.sink, 5), "8: -c#1@8");
}

TEST_F(WatchHubTest, TellsHowFarTheSlowestWatcherIsBehind) {
  EXPECT_EQ(hub_->load().watchers, 0);
  Write({{"a", "BR 1"}});
  Open& quick = Watch({.filter = kBrazil, .index_id = ""});
  Open& slow = Begin({.filter = kBrazil, .start_revision = 1, .index_id = ""});
  const auto await_load =
      [this](const std::function<bool(const WatchHub::Load&)>& is_right) {
        for (int i = 0; i < 4000 && !is_right(hub_->load()); ++i) {
          absl::SleepFor(absl::Milliseconds(5));
        }
        return is_right(hub_->load());
      };
  ASSERT_TRUE(await_load([](const WatchHub::Load& load) {
    return load.watchers == 2 && load.catching_up == 0 &&
           load.longest_lag_revisions == 0 && load.queued_bytes == 0;
  }));
  for (int i = 0; i < 5; ++i) Write({{"a", absl::StrCat("BR ", i)}});
  // Of the slow one the first change is on its way, and the others wait.
  EXPECT_TRUE(await_load([](const WatchHub::Load& load) {
    return load.longest_lag_revisions == 5 && load.longest_queue_bytes > 0 &&
           load.queued_bytes == load.longest_queue_bytes;
  }));
  slow.sink.Run(*slow.watch.outbox);
  EXPECT_TRUE(await_load([](const WatchHub::Load& load) {
    return load.longest_lag_revisions == 0 && load.queued_bytes == 0;
  }));
  EXPECT_FALSE(quick.sink.ended());
}

TEST_F(WatchHubTest, ResumesAfterARevisionAlsoWhenStartedAgain) {
  Write({{"a", "BR 1"}});
  Write({{"a", "BR 2"}, {"b", "PE 1"}});
  Write({{"a", "BR 3"}});
  Open& open = Watch({.filter = kBrazil,
                      .start_revision = 1,
                      .index_id = journal_->index_id()});
  EXPECT_EQ(Text(open.sink, 0), "4: +a#1@2 +a#1@4");
  Start();
  Open& again = Watch({.filter = kBrazil,
                       .start_revision = 2,
                       .index_id = journal_->index_id()});
  EXPECT_EQ(Text(again.sink, 0), "4: +a#1@4");
  Write({{"c", "BR 1"}});
  EXPECT_EQ(Text(again.sink, 1), "5: +c#1@5");
}

TEST_F(WatchHubTest, SaysWhenTheHistoryIsGone) {
  Start({.revisions = 2});
  for (int i = 0; i < 6; ++i) Write({{"a", absl::StrCat("BR ", i)}});
  // The hub may be a moment behind, and holds the history meanwhile.
  for (int i = 0; journal_->oldest_revision() < 2 && i < 1000; ++i) {
    absl::SleepFor(absl::Milliseconds(5));
    Write({{"a", "BR more"}});
  }
  Open& open = Watch({.filter = kBrazil, .start_revision = 1, .index_id = ""});
  EXPECT_EQ(Reason(open.sink), "HISTORY_GONE");
  EXPECT_EQ(open.sink.End()->code(), absl::StatusCode::kOutOfRange);
}

TEST_F(WatchHubTest, KeepsToldWatchersResumableWithTheSmallestHistory) {
  for (const int64_t revisions : {1, 0}) {
    Start({.revisions = revisions});
    Open& quiet =
        Watch({.filter = "visits.country_code:\"JP\"", .index_id = ""});
    Open& lively = Watch({.filter = kBrazil, .index_id = ""});
    ASSERT_TRUE(quiet.sink.Response(0) && lively.sink.Response(0));
    for (int i = 0; i < 50; ++i) Write({{"a", absl::StrCat("BR ", i)}});
    const int64_t last = journal_->revision();
    const auto last_of = [](RecordingSink& sink) {
      return sink.count() == 0 ? 0
                               : sink.Response(sink.count() - 1)->revision();
    };
    for (int i = 0; i < 2000 && last_of(quiet.sink) < last; ++i) {
      absl::SleepFor(absl::Milliseconds(5));
    }
    EXPECT_EQ(last_of(quiet.sink), last);
    EXPECT_FALSE(lively.sink.ended());
    Open& again = Watch({.filter = "visits.country_code:\"JP\"",
                         .start_revision = last,
                         .index_id = ""});
    Write({{"j", absl::StrCat("JP ", revisions)}});
    EXPECT_EQ(Text(again.sink, 0), absl::StrCat(last + 1, ": +j#1@", last + 1));
  }
}

TEST_F(WatchHubTest, RefusesFiltersAndRevisionsThatMeanNothing) {
  EXPECT_EQ(Reason(Watch({.filter = "visits.(", .index_id = ""}).sink),
            "FILTER_INVALID");
  EXPECT_EQ(
      Reason(Watch({.filter = "", .start_revision = 5, .index_id = ""}).sink),
      "INDEX_REPLACED");
  EXPECT_EQ(
      Reason(
          Watch({.filter = "", .start_revision = 5, .index_id = "other"}).sink),
      "INDEX_REPLACED");
  EXPECT_EQ(Reason(Watch({.filter = "",
                          .start_revision = 5,
                          .index_id = journal_->index_id()})
                       .sink),
            "FIELD_INVALID");
}

TEST_F(WatchHubTest, AnIndexThatIsReplacedEndsItsWatches) {
  Write({{"a", "BR 1"}});
  Open& open = Watch({.filter = kBrazil, .index_id = ""});
  ASSERT_TRUE(open.sink.Response(1));
  // A producer that has had more acknowledged than is held.
  ASSERT_TRUE(journal_->Greet(MakeHello("p", 1, 90, 100)).ok());
  EXPECT_EQ(Reason(open.sink), "INDEX_REPLACED");
  EXPECT_THAT(DetailsOf(*open.sink.End())->metadata,
              Contains(Pair("index_id", journal_->index_id())));
}

TEST_F(WatchHubTest, WhoTakesNothingIsEndedAndSlowsNobody) {
  Start({}, {.queue_bytes = 20'000});
  Open& slow = Begin({.filter = "", .index_id = ""});
  Open& quick = Watch({.filter = "", .index_id = ""});
  ASSERT_TRUE(slow.sink.Response(0));
  EXPECT_EQ(Text(slow.sink, 0), "0 synced:");
  slow.watch.outbox->OnSent(true);
  ASSERT_TRUE(quick.sink.Response(0));
  const std::string long_title(1000, 'x');
  for (int i = 0; i < 100; ++i) Write({{"a", "BR" + long_title}});
  for (int i = 0; i < 4000 && !slow.watch.outbox->ended(); ++i) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_TRUE(slow.watch.outbox->ended());
  const int64_t on_its_way =
      slow.sink.Response(slow.sink.count() - 1)->revision();
  slow.watch.outbox->OnSent(true);
  EXPECT_EQ(Reason(slow.sink), "WATCHER_TOO_SLOW");
  EXPECT_THAT(DetailsOf(*slow.sink.End())->metadata,
              Contains(Pair("resume_revision", absl::StrCat(on_its_way))));
  // The other one has all of them.
  int64_t seen = 0;
  for (size_t i = 1; seen < 100; ++i) {
    const auto response = quick.sink.Response(i);
    ASSERT_TRUE(response);
    for (const auto& change : response->changes()) {
      EXPECT_EQ(change.revision(), ++seen);
    }
  }
  // From where it was, nothing is missed.
  Open& again = Watch({.filter = "",
                       .start_revision = on_its_way,
                       .index_id = journal_->index_id()});
  const auto resumed = again.sink.Response(0);
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->changes(0).revision(), on_its_way + 1);
}

TEST_F(WatchHubTest, HasRoomForSoManyAndNoMore) {
  Start({}, {.max_watchers = 2});
  Watch({.filter = "", .index_id = ""});
  Open& second = Watch({.filter = "", .index_id = ""});
  RecordingSink sink;
  const auto third = hub_->Open({.filter = "", .index_id = ""}, sink);
  EXPECT_EQ(third.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(DetailsOf(third.status())->reason, "TOO_MANY_STREAMS");
  second.sink.Stop();
  hub_->Close(std::exchange(second.watch, {}));
  EXPECT_TRUE(
      Watch({.filter = "", .index_id = ""}).sink.Response(0).has_value());
}

TEST_F(WatchHubTest, SendsManyMatchesInSmallResponses) {
  const std::string long_title(50'000, 'x');
  for (int i = 0; i < 100; ++i) {
    Write({{absl::StrCat("b", i), "BR" + long_title}});
  }
  Open& open = Watch({.filter = kBrazil, .index_id = ""});
  int records = 0;
  size_t responses = 0;
  for (;; ++responses) {
    const auto response = open.sink.Response(responses);
    ASSERT_TRUE(response);
    EXPECT_LE(response->ByteSizeLong(), size_t{7} << 19);
    if (response->synced()) break;
    EXPECT_EQ(response->revision(), 0);
    records += response->changes_size();
  }
  EXPECT_EQ(records, 100);
  EXPECT_GT(responses, 3u);
}

TEST_F(WatchHubTest, MarksProgress) {
  Write({{"a", "BR 1"}});
  Open& open = Watch({.filter = "visits.country_code:\"JP\"",
                      .index_id = "",
                      .progress_interval = absl::Milliseconds(100)});
  EXPECT_EQ(Text(open.sink, 0), "1 synced:");
  EXPECT_EQ(Text(open.sink, 1), "1:");
  Write({{"a", "BR 2"}});
  bool marked = false;
  for (size_t i = 2; i < 40 && !marked; ++i)
    marked = Text(open.sink, i) == "2:";
  EXPECT_TRUE(marked);
}

TEST_F(WatchHubTest, WatchersThatJoinWhileItIsWrittenMissNothing) {
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      Write({{absl::StrCat("b", i % 7), absl::StrCat("BR ", i)},
             {absl::StrCat("b", i % 5), i % 3 == 0 ? "" : "PE"}});
    }
  });
  std::vector<Open*> watches;
  for (int i = 0; i < 40; ++i) {
    watches.push_back(&Watch({.filter = "", .index_id = ""}));
    absl::SleepFor(absl::Milliseconds(5));
  }
  stop = true;
  writer.join();
  const int64_t last = journal_->revision();
  for (Open* open : watches) {
    int64_t complete = 0;
    for (size_t i = 0; complete < last; ++i) {
      const auto response = open->sink.Response(i);
      ASSERT_TRUE(response) << "at " << complete;
      if (complete != 0) {
        // Every write changes a record, or takes back a briefing without.
        for (const auto& change : response->changes()) {
          ASSERT_GT(change.revision(), complete);
        }
      }
      if (response->revision() == 0) continue;
      ASSERT_GT(response->revision(), complete);
      complete = response->revision();
    }
  }
}

}  // namespace
}  // namespace attache::testing
