#include "ingestor/readers/build_document.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/fold.h"
#include "ingestor/readers/line_shapes.h"
#include "ingestor/readers/normalize.h"

namespace attache {
namespace {

constexpr uint32_t kMaxHeadlineWords = 30;
constexpr uint32_t kMaxHeadingWords = 20;
constexpr uint32_t kMaxPlainHeadingWords = 12;  // not in title case
constexpr uint32_t kMaxHeadingLength = 160;
constexpr uint32_t kMaxBylineWords = 8;
constexpr double kTitleCase = 0.6;

class DocumentMaker {
 public:
  DocumentMaker(std::string text, const ReadOptions& options, BlockText blocks,
                IssueSink& issues)
      : builder_(std::move(text), options, blocks.style),
        has_title_(!options.title.empty()),
        issues_(issues),
        style_(blocks.style),
        blank_separated_(blocks.blank_separated),
        blocks_(std::move(blocks.blocks)) {
    for (const TextRange& range : blocks.unread) builder_.AddUnread(range);
  }

  Document Make() {
    NormalizeBlocks();
    lone_title_ = LoneTopHeading();
    size_t at = ReadOpening();
    while (at < blocks_.size()) at = ReadBlock(at);
    return std::move(builder_).Finish();
  }

 private:
  struct OpenList {
    uint16_t indent;
    uint32_t list;
    int32_t last_item;
  };

  void NormalizeBlocks() {
    texts_.resize(blocks_.size());
    for (size_t i = 0; i < blocks_.size(); ++i) {
      Block& block = blocks_[i];
      if (block.kind == BlockKind::kTable) continue;
      texts_[i] = builder_.NormalizeRanges(block.ranges);
      if (style_ == RangeStyle::kLines) continue;
      const TextMeasure measure = MeasureText(texts_[i].text);
      block.words = measure.words;
      block.length = measure.length;
      block.last = measure.last;
    }
  }

  // What the block says, marks gone.
  absl::string_view TextOf(const Block& block) const {
    return texts_[&block - blocks_.data()].text;
  }

  // What it was written as, from its first to its last character.
  absl::string_view SourceOf(const Block& block) const {
    if (block.ranges.empty()) return {};
    const uint32_t begin = block.ranges.front().begin;
    return absl::string_view(builder_.document().text)
        .substr(begin, block.ranges.back().end - begin);
  }

  NormalizedText TakeText(const Block& block) {
    return std::move(texts_[&block - blocks_.data()]);
  }

  bool EndsIn(const Block& block, absl::string_view signs) const {
    return block.last != 0 && absl::StrContains(signs, block.last);
  }

  // A short line without a final stop.
  bool IsShort(const Block& block) const {
    if (block.kind != BlockKind::kText || block.never_heading ||
        block.words > kMaxHeadingWords || block.length > kMaxHeadingLength ||
        EndsIn(block, ".!;,:")) {
      return false;
    }
    if (block.last == '?' && block.words > kMaxPlainHeadingWords) return false;
    const absl::string_view text = TextOf(block);
    if (OpensWithQuote(text) || HoldsAddress(SourceOf(block))) return false;
    return block.words <= kMaxPlainHeadingWords ||
           TitleCaseShare(text) >= kTitleCase;
  }

  // A few words in title case with a colon, on a line of their own.
  bool IsColonHeading(const Block& block) const {
    return block.kind == BlockKind::kText && block.last == ':' &&
           block.words <= 6 && TitleCaseShare(TextOf(block)) == 1;
  }

  bool IsRunningText(const Block& block) const {
    return block.kind == BlockKind::kText && !IsShort(block);
  }

  // Whether block `at` heads what follows, nothing marking it.
  bool IsPlainHeading(size_t at) const {
    const Block& block = blocks_[at];
    if (at + 1 >= blocks_.size()) return false;
    const bool apart = !blank_separated_ || block.blank_before ||
                       (at > 0 && blocks_[at - 1].kind != BlockKind::kText);
    if (!apart) return false;
    const Block& next = blocks_[at + 1];
    if (IsColonHeading(block)) {
      return IsRunningText(next) && block.blank_before && block.blank_after &&
             !OpensWithQuote(TextOf(next)) && !IsLabelled(next);
    }
    if (!IsShort(block)) return false;
    if (next.kind == BlockKind::kItem || next.kind == BlockKind::kTable) {
      return true;
    }
    if (next.kind == BlockKind::kMarkedHeading) return false;
    if (IsRunningText(next))
      return next.length > block.length || next.last == ':';
    // A heading above another, with text below that.
    return at + 2 < blocks_.size() && !IsShort(blocks_[at + 2]) &&
           blocks_[at + 2].kind != BlockKind::kMarkedHeading &&
           (!blank_separated_ || next.blank_before);
  }

  // "1. Talks in Lima", with a paragraph below and no second item.
  bool IsNumberedHeading(size_t at) const {
    const Block& block = blocks_[at];
    return block.kind == BlockKind::kItem && block.number > 0 &&
           block.words <= kMaxPlainHeadingWords && !EndsIn(block, ".!;,:") &&
           at + 1 < blocks_.size() && IsRunningText(blocks_[at + 1]) &&
           (block.blank_before || !blank_separated_) &&
           blocks_[at + 1].indent <= block.indent;
  }

  bool IsLabelled(const Block& block) const {
    return block.kind == BlockKind::kText && LabelSize(TextOf(block)) > 0;
  }

  // The only # heading of the highest level that comes before any text.
  size_t LoneTopHeading() const {
    size_t found = blocks_.size();
    uint16_t level = 0;
    bool text_seen = false;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      text_seen = text_seen || IsRunningText(block);
      if (block.kind != BlockKind::kMarkedHeading || block.number == 0)
        continue;
      if (found == blocks_.size()) {
        if (text_seen) return blocks_.size();
        found = i;
        level = block.number;
      } else if (block.number <= level) {
        return blocks_.size();
      }
    }
    return found;
  }

  // The headline, and the lines between it and the text. Returns the first
  // block of the body.
  size_t ReadOpening() {
    size_t at = 0;
    if (blocks_.empty()) return at;
    if (IsHeadline(blocks_[0])) {
      AddText(UnitKind::kTitle, blocks_[0]);
      at = 1;
    }
    // Short lines one upon another are who, when and where; one alone is a
    // byline only where the text has no other headings.
    size_t end = at;
    while (end < blocks_.size() && IsShort(blocks_[end]) &&
           blocks_[end].words <= kMaxBylineWords) {
      ++end;
    }
    if (end == blocks_.size() || !IsRunningText(blocks_[end])) return at;
    const bool opens = at > 0 || has_title_;
    const bool byline =
        end > at + 1 || (end == at + 1 && !HasHeadingAfter(end));
    if (!opens || !byline) return at;
    for (; at < end; ++at) AddText(UnitKind::kDateline, blocks_[at]);
    return at;
  }

  bool IsHeadline(const Block& block) const {
    if (blocks_.size() < 2 || block.words > kMaxHeadlineWords) return false;
    const absl::string_view text = TextOf(block);
    if (has_title_) {
      if (block.kind != BlockKind::kText &&
          block.kind != BlockKind::kMarkedHeading) {
        return false;
      }
      return FoldToKey(text) == FoldToKey(builder_.unit(0).text);
    }
    if (block.kind == BlockKind::kMarkedHeading) {
      return lone_title_ == 0 || block.number == 0;
    }
    return block.kind == BlockKind::kText && !EndsIn(block, ".;,:") &&
           !block.never_heading && !HoldsAddress(SourceOf(block)) &&
           block.ranges.size() <= 3 && blocks_[1].kind != BlockKind::kItem &&
           blocks_[1].kind != BlockKind::kTable;
  }

  bool HasHeadingAfter(size_t at) const {
    for (size_t i = at; i < blocks_.size(); ++i) {
      if (blocks_[i].kind == BlockKind::kMarkedHeading || IsPlainHeading(i)) {
        return true;
      }
    }
    return false;
  }

  // Reads the block, or the run of blocks, at `at`; returns what follows.
  size_t ReadBlock(size_t at) {
    const Block& block = blocks_[at];
    if (block.kind != BlockKind::kItem && !block.in_item) open_lists_.clear();
    switch (block.kind) {
      case BlockKind::kTable:
        ReadTable(block);
        return at + 1;
      case BlockKind::kMarkedHeading:
        if (at == lone_title_) {
          AddText(UnitKind::kTitle, block);
        } else {
          AddHeading(block.number == 0 ? 6 : block.number, block);
        }
        return at + 1;
      case BlockKind::kItem:
        if (IsNumberedHeading(at)) {
          open_lists_.clear();
          AddHeading(1, block);
        } else {
          ReadItem(block);
        }
        return at + 1;
      case BlockKind::kText:
        break;
    }
    const bool heading = !block.in_item && IsPlainHeading(at);
    if (heading) {
      AddHeading(1, block);
    } else {
      ReadParagraph(block);
    }
    if (heading || block.last == ':') return ReadUnmarkedList(at + 1);
    return at + 1;
  }

  void AddText(UnitKind kind, const Block& block) {
    intro_ = builder_.AddUnit(kind, TakeText(block));
  }

  void AddHeading(int level, const Block& block) {
    intro_ = builder_.AddHeading(level, TakeText(block));
  }

  void ReadParagraph(const Block& block) {
    const uint32_t index = &block - blocks_.data();
    if (!body_seen_ && IsRunningText(block)) {
      body_seen_ = true;
      SplitDateline(index);
    }
    intro_ = builder_.AddUnit(UnitKind::kParagraph, TakeText(block));
  }

  // The dateline that the paragraph opens with becomes a unit of its own.
  void SplitDateline(size_t index) {
    NormalizedText& text = texts_[index];
    const uint32_t size = DatelineSize(text.text);
    if (size == 0 || size >= text.text.size()) return;
    const uint32_t split = text.origin.ToOrigin(size, size + 1).begin;
    TextRanges before;
    TextRanges after;
    for (const TextRange& range : blocks_[index].ranges) {
      if (range.begin < split) {
        before.push_back({range.begin, std::min(range.end, split)});
      }
      if (range.end > split) {
        after.push_back({std::max(range.begin, split), range.end});
      }
    }
    builder_.AddUnit(UnitKind::kDateline, builder_.NormalizeRanges(before));
    text = builder_.NormalizeRanges(after);
  }

  // Items without bullets below a heading or a line that ends in ':'.
  size_t ReadUnmarkedList(size_t at) {
    size_t end = at;
    while (end < blocks_.size() && IsLabelled(blocks_[end]) &&
           !IsPlainHeading(end)) {
      ++end;
    }
    const bool after_colon = at > 0 && EndsIn(blocks_[at - 1], ":");
    if (after_colon && end < at + 2) {
      end = at;
      while (end < blocks_.size() && IsBareItem(blocks_[end]) &&
             (end == at || !blocks_[end].blank_before)) {
        ++end;
      }
    }
    if (end < at + 2) return at;
    const uint32_t list = builder_.BeginList(intro_);
    for (; at < end; ++at) builder_.AddItem(list, TakeText(blocks_[at]));
    intro_ = -1;
    body_seen_ = true;
    return end;
  }

  bool IsBareItem(const Block& block) const {
    if (block.kind != BlockKind::kText || block.words > kMaxHeadingWords) {
      return false;
    }
    return block.last == ';' || (blank_separated_ && !EndsIn(block, "!?:,"));
  }

  void ReadItem(const Block& block) {
    body_seen_ = true;
    while (!open_lists_.empty() && open_lists_.back().indent > block.indent) {
      open_lists_.pop_back();
    }
    if (open_lists_.empty() || open_lists_.back().indent < block.indent) {
      const int32_t intro =
          open_lists_.empty() ? intro_ : open_lists_.back().last_item;
      open_lists_.push_back({block.indent, builder_.BeginList(intro), -1});
    }
    OpenList& open = open_lists_.back();
    open.last_item = builder_.AddItem(open.list, TakeText(block));
    intro_ = -1;
  }

  void ReadTable(const Block& block) {
    body_seen_ = true;
    const TableBlock& shape = block.table;
    const uint32_t table = builder_.BeginTable(intro_, shape.range);
    intro_ = -1;
    const size_t width = shape.rows.front().size();
    size_t uneven = 0;
    for (const auto& row : shape.rows) {
      if (row.size() != width) ++uneven;
      builder_.AddRow(table, row);
    }
    ReportWidths(shape, width, uneven);
  }

  void ReportWidths(const TableBlock& shape, size_t width, size_t uneven) {
    if (shape.delimiter_cells != 0 && shape.delimiter_cells != width) {
      issues_.Report(
          "TABLE_WIDTH_MISMATCH",
          absl::StrCat("The table's header has ", width,
                       " cells, the line below it ", shape.delimiter_cells,
                       "; the header's were taken."),
          shape.range);
    } else if (uneven > 0) {
      issues_.Report("TABLE_WIDTH_MISMATCH",
                     absl::StrCat(uneven, " of ", shape.rows.size() - 1,
                                  " rows have another number of cells than the "
                                  "table's header, which has ",
                                  width, "."),
                     shape.range);
    }
  }

  DocumentBuilder builder_;
  bool has_title_;
  IssueSink& issues_;
  RangeStyle style_;
  bool blank_separated_;
  std::vector<Block> blocks_;
  std::vector<NormalizedText> texts_;  // of the blocks, until units take them
  size_t lone_title_ = 0;
  bool body_seen_ = false;  // a paragraph, list or table
  int32_t intro_ = -1;      // the unit right before, where it may introduce
  std::vector<OpenList> open_lists_;
};

}  // namespace

Document BuildDocument(std::string text, const ReadOptions& options,
                       BlockText blocks, IssueSink& issues) {
  return DocumentMaker(std::move(text), options, std::move(blocks), issues)
      .Make();
}

}  // namespace attache
