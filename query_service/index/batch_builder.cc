#include "query_service/index/batch_builder.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "common/status_macros.h"
#include "query_service/index/segment_builder.h"

namespace attache {
namespace {

// What one builder takes at a time: enough to be worth a thread, little enough
// that what it holds meanwhile does not count.
constexpr size_t kChunkRecords = 4096;
constexpr size_t kChunkBytes = size_t{32} << 20;

struct NewRecord {
  absl::string_view briefing_id;
  const StoredRecord* record;
};
using Chunk = std::vector<NewRecord>;

std::vector<Chunk> Split(const std::vector<NewRecord>& records) {
  std::vector<Chunk> chunks;
  size_t bytes = 0;
  for (const NewRecord& record : records) {
    if (chunks.empty() || chunks.back().size() == kChunkRecords ||
        bytes > kChunkBytes) {
      chunks.emplace_back();
      bytes = 0;
    }
    chunks.back().push_back(record);
    bytes += record.record->wire.size();
  }
  return chunks;
}

absl::StatusOr<std::shared_ptr<const Segment>> BuildChunk(
    const Chunk& chunk, const Vocabulary& vocabulary) {
  SegmentBuilder builder(vocabulary);
  for (const NewRecord& record : chunk) {
    ATTACHE_RETURN_IF_ERROR(builder.Add(
        record.briefing_id, record.record->record_id, record.record->wire));
  }
  return std::move(builder).Build();
}

}  // namespace

absl::StatusOr<BuiltBatch> BuildBatch(absl::Span<const BriefingRecords> writes,
                                      const Vocabulary& vocabulary) {
  BuiltBatch batch;
  std::vector<NewRecord> records;
  for (auto write = writes.rbegin(); write != writes.rend(); ++write) {
    if (!batch.briefing_ids.insert(write->briefing_id).second) continue;
    for (auto record = write->records.rbegin(); record != write->records.rend();
         ++record) {
      if (!batch.record_ids.insert(record->record_id).second) continue;
      records.push_back({write->briefing_id, &*record});
    }
  }
  const std::vector<Chunk> chunks = Split(records);
  std::vector<absl::StatusOr<std::shared_ptr<const Segment>>> built(
      chunks.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < chunks.size(); i = next++) {
      built[i] = BuildChunk(chunks[i], vocabulary);
    }
  };
  const size_t helper_count =
      std::min<size_t>(std::max(std::thread::hardware_concurrency(), 1U),
                       std::max<size_t>(chunks.size(), 1)) -
      1;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < helper_count; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  for (auto& segment : built) {
    if (!segment.ok()) return segment.status();
    batch.segments.push_back(*std::move(segment));
  }
  return batch;
}

}  // namespace attache
