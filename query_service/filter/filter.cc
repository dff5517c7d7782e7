#include "query_service/filter/filter.h"

namespace attache {

const char* ToString(Comparator comparator) {
  switch (comparator) {
    case Comparator::kHas:
      return ":";
    case Comparator::kEq:
      return "=";
    case Comparator::kNe:
      return "!=";
    case Comparator::kLt:
      return "<";
    case Comparator::kLe:
      return "<=";
    case Comparator::kGt:
      return ">";
    case Comparator::kGe:
      return ">=";
  }
  return "?";
}

}  // namespace attache
