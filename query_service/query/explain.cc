#include "query_service/query/explain.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/query/executor.h"
#include "query_service/query/planner.h"

namespace attache {
namespace {

constexpr size_t kShownParts = 64;
// Of the whole tree, for most cost an execution.
constexpr size_t kShownSteps = 200;

std::string NameOf(const Query& query) {
  switch (query.kind) {
    case Query::Kind::kAnd:
      return "AND";
    case Query::Kind::kOr:
      return "OR";
    case Query::Kind::kNot:
      return "NOT";
    case Query::Kind::kElement:
      return query.space == TermSpace::kObjective ? "one objective has"
                                                  : "one traveler has";
    default:
      return ToString(query);
  }
}

class Explanation {
 public:
  explicit Explanation(const Snapshot& snapshot) : snapshot_(snapshot) {}

  // `counted` is what stands behind the estimate of a step.
  void Step(const Query& query, size_t depth, const std::string& counted) {
    Line(query, TermSpace::kRecord, depth, counted);
    if (query.kind == Query::Kind::kElement) {
      InElement(query.children[0], query.space, depth + 1);
      return;
    }
    std::vector<Query> before;
    const size_t most = std::min(query.children.size(), kShownParts);
    size_t shown = 0;
    for (; shown < most && lines_ < kShownSteps; ++shown) {
      const Query& child = query.children[shown];
      if (query.kind != Query::Kind::kAnd) {
        Step(child, depth + 1, Found(child));
        continue;
      }
      before.push_back(child);
      Step(child, depth + 1,
           absl::StrCat(", leaves ", Count(Query::And(before), snapshot_)));
    }
    More(query.children.size() - shown, depth + 1);
  }

  std::string Found(const Query& query) const {
    return absl::StrCat(", finds ", Count(query, snapshot_));
  }

  std::string Take() && { return std::move(out_); }

 private:
  void InElement(const Query& query, TermSpace space, size_t depth) {
    Line(query, space, depth, "");
    const size_t most = std::min(query.children.size(), kShownParts);
    size_t shown = 0;
    for (; shown < most && lines_ < kShownSteps; ++shown) {
      InElement(query.children[shown], space, depth + 1);
    }
    More(query.children.size() - shown, depth + 1);
  }

  void Line(const Query& query, TermSpace space, size_t depth,
            const std::string& counted) {
    ++lines_;
    absl::StrAppend(&out_, std::string(2 * depth, ' '), NameOf(query), "  ~",
                    Estimate(query, snapshot_, space), counted, "\n");
  }

  void More(size_t count, size_t depth) {
    if (count == 0) return;
    absl::StrAppend(&out_, std::string(2 * depth, ' '), "and ", count,
                    " more\n");
  }

  const Snapshot& snapshot_;
  size_t lines_ = 0;
  std::string out_;
};

}  // namespace

std::string Explain(const Query& plan, const Snapshot& snapshot) {
  Explanation explanation(snapshot);
  explanation.Step(plan, 0, explanation.Found(plan));
  return std::move(explanation).Take();
}

}  // namespace attache
