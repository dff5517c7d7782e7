#include "query_service/index/trip_index.h"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "common/status_macros.h"
#include "query_service/index/batch_builder.h"
#include "query_service/index/revision_waiters.h"

namespace attache {
namespace {

// Smaller segments are merged by the writer itself: that takes less time than
// their backlog would cost readers while a large merge runs.
constexpr uint64_t kWriterMergesBelow = 64;

void Delete(SegmentView& view, const std::vector<uint32_t>& docs) {
  if (docs.empty()) return;
  auto deleted = view.deleted == nullptr
                     ? std::make_shared<Roaring>()
                     : std::make_shared<Roaring>(*view.deleted);
  deleted->addMany(docs.size(), docs.data());
  view.deleted = std::move(deleted);
}

bool HoldsAny(const std::vector<SegmentView>& views,
              absl::string_view briefing_id) {
  std::vector<uint32_t> docs;
  for (const SegmentView& view : views) {
    docs.clear();
    view.segment->FindBriefing(briefing_id, docs);
    for (const uint32_t doc : docs) {
      if (view.IsLive(doc)) return true;
    }
  }
  return false;
}

// What the batch replaces in `view`; the briefings of those records are added
// to `touched`.
std::vector<uint32_t> Replaced(
    const SegmentView& view, const BuiltBatch& batch,
    absl::flat_hash_set<absl::string_view>& touched) {
  std::vector<uint32_t> found;
  for (const absl::string_view id : batch.briefing_ids) {
    view.segment->FindBriefing(id, found);
  }
  for (const absl::string_view id : batch.record_ids) {
    const auto doc = view.segment->FindRecord(id);
    if (doc) found.push_back(*doc);
  }
  std::erase_if(found, [&view](uint32_t doc) { return !view.IsLive(doc); });
  for (const uint32_t doc : found) {
    touched.insert(view.segment->briefing_id(doc));
  }
  return found;
}

}  // namespace

struct TripIndex::Impl {
  Impl(std::shared_ptr<const Vocabulary> words, MergePolicy merge_policy,
       std::function<void(absl::Duration)> on_merge)
      : vocabulary(std::move(words)),
        policy(merge_policy),
        on_merged(std::move(on_merge)),
        current(std::make_shared<const Snapshot>(0, 0,
                                                 std::vector<SegmentView>())) {}

  // Those below take `state` locked.
  void Replace(const BuiltBatch& batch);
  void MergeSmall();
  std::vector<SegmentView> PickLarge();
  void Install(const std::vector<SegmentView>& sources,
               const MergedSegment& merged);
  void Publish();

  void MergeUntilStopped();
  MergedSegment Merge(const std::vector<SegmentView>& sources) const;

  const std::shared_ptr<const Vocabulary> vocabulary;
  const MergePolicy policy;
  const std::function<void(absl::Duration)> on_merged;

  std::mutex state;  // guards what follows
  std::condition_variable changed;
  std::vector<SegmentView> views;
  absl::flat_hash_set<const Segment*> merging;
  int64_t revision = 0;
  uint64_t briefing_count = 0;
  bool stopped = false;

  // Apart from `state`, so that a reader never waits for a writer's work.
  mutable std::mutex publication;
  std::shared_ptr<const Snapshot> current;

  RevisionWaiters waiters;
  std::thread merger;
};

void TripIndex::Impl::Replace(const BuiltBatch& batch) {
  // Views of ids in `touched` point into segments that may go: hold them.
  const std::vector<SegmentView> before = views;
  absl::flat_hash_set<absl::string_view> touched = batch.briefing_ids;
  for (SegmentView& view : views) {
    Delete(view, Replaced(view, batch, touched));
  }
  std::erase_if(views,
                [](const SegmentView& view) { return view.live_count() == 0; });
  for (const auto& segment : batch.segments)
    views.push_back({segment, nullptr});
  for (const absl::string_view id : touched) {
    if (HoldsAny(before, id)) --briefing_count;
    if (HoldsAny(views, id)) ++briefing_count;
  }
}

MergedSegment TripIndex::Impl::Merge(
    const std::vector<SegmentView>& sources) const {
  const absl::Time start = absl::Now();
  MergedSegment merged = MergeSegments(sources);
  on_merged(absl::Now() - start);
  return merged;
}

void TripIndex::Impl::MergeSmall() {
  while (true) {
    const std::vector<size_t> picked =
        PickMerge(views, policy, [this](const SegmentView& view) {
          return view.segment->size() >= kWriterMergesBelow ||
                 merging.contains(view.segment.get());
        });
    if (picked.empty()) return;
    std::vector<SegmentView> sources;
    sources.reserve(picked.size());
    for (const size_t i : picked) sources.push_back(views[i]);
    Install(sources, Merge(sources));
  }
}

std::vector<SegmentView> TripIndex::Impl::PickLarge() {
  std::vector<SegmentView> sources;
  for (const size_t i : PickMerge(views, policy, [](const SegmentView& view) {
         return view.segment->size() < kWriterMergesBelow;
       })) {
    sources.push_back(views[i]);
  }
  return sources;
}

void TripIndex::Impl::Install(const std::vector<SegmentView>& sources,
                              const MergedSegment& merged) {
  SegmentView installed{merged.segment, nullptr};
  std::vector<uint32_t> gone_since;
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto now =
        std::find_if(views.begin(), views.end(), [&](const SegmentView& view) {
          return view.segment == sources[i].segment;
        });
    for (uint32_t doc = 0; doc < sources[i].segment->size(); ++doc) {
      const uint32_t new_doc = merged.new_docs[i][doc];
      if (new_doc == kGone) continue;
      // A segment is dropped when its last record goes.
      if (now == views.end() || !now->IsLive(doc)) {
        gone_since.push_back(new_doc);
      }
    }
    if (now != views.end()) views.erase(now);
  }
  if (merged.segment == nullptr) return;
  Delete(installed, gone_since);
  if (installed.live_count() > 0) views.push_back(std::move(installed));
}

void TripIndex::Impl::Publish() {
  auto snapshot =
      std::make_shared<const Snapshot>(revision, briefing_count, views);
  const std::lock_guard<std::mutex> lock(publication);
  current.swap(snapshot);
}

void TripIndex::Impl::MergeUntilStopped() {
  std::unique_lock<std::mutex> lock(state);
  while (!stopped) {
    const std::vector<SegmentView> sources = PickLarge();
    if (sources.empty()) {
      changed.notify_all();
      changed.wait(lock);
      continue;
    }
    for (const SegmentView& view : sources) merging.insert(view.segment.get());
    lock.unlock();
    const MergedSegment merged = Merge(sources);
    lock.lock();
    merging.clear();
    Install(sources, merged);
    Publish();
  }
}

TripIndex::TripIndex(std::shared_ptr<const Vocabulary> vocabulary,
                     MergePolicy policy,
                     std::function<void(absl::Duration)> on_merged)
    : impl_(std::make_unique<Impl>(std::move(vocabulary), policy,
                                   std::move(on_merged))) {
  impl_->merger =
      std::thread([impl = impl_.get()] { impl->MergeUntilStopped(); });
}

TripIndex::~TripIndex() {
  {
    const std::lock_guard<std::mutex> lock(impl_->state);
    impl_->stopped = true;
  }
  impl_->changed.notify_all();
  impl_->merger.join();
}

absl::Status TripIndex::Apply(absl::Span<const BriefingRecords> writes,
                              int64_t revision) {
  ATTACHE_ASSIGN_OR_RETURN(const BuiltBatch batch,
                           BuildBatch(writes, *impl_->vocabulary));
  {
    const std::lock_guard<std::mutex> lock(impl_->state);
    impl_->Replace(batch);
    impl_->MergeSmall();
    impl_->revision = revision;
    impl_->Publish();
  }
  impl_->changed.notify_all();
  impl_->waiters.Advance(revision);
  return absl::OkStatus();
}

std::shared_ptr<const Snapshot> TripIndex::Pin() const {
  const std::lock_guard<std::mutex> lock(impl_->publication);
  return impl_->current;
}

bool TripIndex::WaitForRevision(int64_t revision, absl::Time deadline) const {
  return impl_->waiters.Wait(revision, deadline);
}

TripIndex::WaiterId TripIndex::NotifyAt(int64_t revision,
                                        std::function<void()> done) {
  return impl_->waiters.Notify(revision, std::move(done));
}

void TripIndex::CancelNotify(WaiterId id) { impl_->waiters.Cancel(id); }

void TripIndex::WaitForMerges() const {
  std::unique_lock<std::mutex> lock(impl_->state);
  impl_->changed.wait(lock, [this] {
    return impl_->merging.empty() && impl_->PickLarge().empty();
  });
}

}  // namespace attache
